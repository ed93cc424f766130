package org.voucherledger.api.redemptionpapers;

import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import org.springframework.web.util.HtmlUtils;
import org.voucherledger.domain.redemption.ClaimEvent.ClaimPublished;
import org.voucherledger.domain.redemption.ClaimEvent.Listed;
import org.voucherledger.domain.redemption.ClaimState;
import org.voucherledger.domain.time.Shanghai;

/** The published list as a page that needs nothing from elsewhere. Whatever comes from the ledger is text in it. */
final class PublicListPage {

    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm", Locale.ROOT);

    private static final String STYLE =
            "body{font-family:sans-serif;margin:2rem;max-width:70rem}table{border-collapse:collapse}"
                    + "th,td{border:1px solid #999;padding:.3rem .6rem;text-align:left}td.n{text-align:right}code{word-break:break-all}";

    private PublicListPage() {}

    static String html(PublicNotice notice, Instant asOf) {
        ClaimPublished published = notice.published();
        StringBuilder page = new StringBuilder("<!DOCTYPE html><html lang=\"zh-CN\"><head><meta charset=\"utf-8\">")
                .append("<title>服务券兑现公示</title><style>")
                .append(STYLE)
                .append("</style></head><body><h1>服务券兑现公示</h1><p>兑现申请编号：")
                .append(text(published.claimId()))
                .append("；服务机构：")
                .append(text(published.providerName()))
                .append("</p><p>公示截止：")
                .append(time(published.noticeEndsAt()))
                .append("（北京时间，不含该时刻）。任何单位或个人如有异议，可于公示期内提出复核申请。</p>")
                .append("<table><thead><tr><th>服务券编号<th>企业名称<th>统一社会信用代码<th>申请金额（元）<th>公示金额（元）")
                .append("<th>现核定金额（元）<th>状态<th>公示截止</tr></thead><tbody>");
        for (Listed listed : published.list()) {
            row(page, listed, notice.now().item(listed.voucherId()));
        }
        return page.append("</tbody></table><p>名单文件：<a href=\"")
                .append(text(published.claimId()))
                .append("/list.csv\">list.csv</a>，SHA-256（已记入台账）：<code>")
                .append(text(published.listSha256()))
                .append("</code></p><p>数据截至 ")
                .append(time(asOf))
                .append("。</p></body></html>")
                .toString();
    }

    private static void row(StringBuilder page, Listed listed, ClaimState.Item item) {
        page.append("<tr><td>")
                .append(text(listed.voucherId()))
                .append("<td>")
                .append(text(listed.enterpriseName()))
                .append("<td>")
                .append(text(listed.enterpriseId()))
                .append("<td class=n>")
                .append(Sheet.Cell.yuan(listed.claimedFen()).text())
                .append("<td class=n>")
                .append(Sheet.Cell.yuan(listed.approvedFen()).text())
                .append("<td class=n>")
                .append(Sheet.Cell.yuan(item.approvedFen()).text())
                .append("<td>")
                .append(state(item))
                .append("<td>")
                .append(time(item.noticeEndsAt()))
                .append("</tr>");
    }

    private static String state(ClaimState.Item item) {
        if (!item.objections().isEmpty()) {
            return "复核中";
        }
        return switch (item.status()) {
            case OPEN -> "审核中";
            case PUBLISHED -> "已公示";
            case SETTLED -> "已兑现";
            case RELEASED -> "不予兑现";
            case DROPPED -> "已撤销";
        };
    }

    private static String time(Instant instant) {
        return TIME.format(instant.atZone(Shanghai.ZONE));
    }

    private static String text(String text) {
        return HtmlUtils.htmlEscape(text, "UTF-8");
    }
}
