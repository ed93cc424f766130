package org.voucherledger.api.redemptionpapers;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import org.springframework.web.util.HtmlUtils;
import org.springframework.web.util.UriUtils;
import org.voucherledger.api.paper.Sheet;
import org.voucherledger.domain.redemption.ClaimEvent.Listed;
import org.voucherledger.domain.redemption.ClaimState;
import org.voucherledger.domain.time.Shanghai;

/** Published lists as pages that need nothing from elsewhere. Whatever comes from the ledger is text in it. */
final class PublicListPage {

    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm", Locale.ROOT);

    private static final String STYLE =
            "body{font-family:sans-serif;margin:2rem;max-width:70rem}table{border-collapse:collapse}"
                    + "th,td{border:1px solid #999;padding:.3rem .6rem;text-align:left}td.n{text-align:right}code{word-break:break-all}";

    private PublicListPage() {}

    static String html(PublicNotice notice, long position, Instant asOf) {
        PublishedList first = notice.first();
        StringBuilder page = begin("服务券兑现公示")
                .append("<p>兑现申请编号：")
                .append(text(first.claimId()))
                .append("；服务机构：")
                .append(text(first.providerName()))
                .append("</p><p>公示截止：")
                .append(time(first.noticeEndsAt()))
                .append("（北京时间，不含该时刻）。任何单位或个人如有异议，可于公示期内提出复核申请。</p>")
                .append("<table><thead><tr><th>服务券编号<th>企业名称<th>统一社会信用代码<th>申请金额（元）<th>公示金额（元）")
                .append("<th>现核定金额（元）<th>状态<th>公示截止</tr></thead><tbody>");
        for (Listed listed : first.items()) {
            row(page, listed, notice.now().item(listed.voucherId()));
        }
        page.append("</tbody></table>");
        for (PublishedList list : notice.lists()) {
            file(page, list);
        }
        return end(page, position, asOf);
    }

    /** Of which list the file is, and that it is the one in the ledger. */
    private static void file(StringBuilder page, PublishedList list) {
        page.append("<p>");
        if (list.anew()) {
            Listed item = list.items().getFirst();
            page.append("服务券 ")
                    .append(text(item.voucherId()))
                    .append(" 经复核调增为 ")
                    .append(Sheet.Cell.yuan(item.approvedFen()).text())
                    .append(" 元，于 ")
                    .append(time(list.publishedAt()))
                    .append(" 重新公示，公示截止：")
                    .append(time(list.noticeEndsAt()))
                    .append("。");
        }
        page.append("名单文件：<a href=\"")
                .append(text(segment(list.claimId())))
                .append('/')
                .append(list.fileName())
                .append("\">")
                .append(list.fileName())
                .append("</a>，SHA-256（已记入台账）：<code>")
                .append(text(list.sha256()))
                .append("</code></p>");
    }

    /** Every list that was published, the latest first. */
    static String index(List<PublishedList> lists, String next, long position, Instant asOf) {
        StringBuilder page = begin("服务券兑现公示目录")
                .append("<table><thead><tr><th>公示时间<th>兑现申请编号<th>服务机构<th>项数<th>公示截止<th>名单文件")
                .append("<th>SHA-256（已记入台账）</tr></thead><tbody>");
        for (PublishedList list : lists) {
            String claim = text("/public/claims/" + segment(list.claimId()));
            page.append("<tr><td>")
                    .append(time(list.publishedAt()))
                    .append(list.anew() ? "（重新公示）" : "")
                    .append("<td><a href=\"")
                    .append(claim)
                    .append("\">")
                    .append(text(list.claimId()))
                    .append("</a><td>")
                    .append(text(list.providerName()))
                    .append("<td class=n>")
                    .append(list.items().size())
                    .append("<td>")
                    .append(time(list.noticeEndsAt()))
                    .append("<td><a href=\"")
                    .append(claim)
                    .append('/')
                    .append(list.fileName())
                    .append("\">")
                    .append(list.fileName())
                    .append("</a><td><code>")
                    .append(text(list.sha256()))
                    .append("</code></tr>");
        }
        page.append("</tbody></table>");
        if (next != null) {
            page.append("<p><a href=\"/public/claims?cursor=").append(next).append("\">更早的公示</a></p>");
        }
        return end(page, position, asOf);
    }

    private static StringBuilder begin(String title) {
        return new StringBuilder("<!DOCTYPE html><html lang=\"zh-CN\"><head><meta charset=\"utf-8\"><title>")
                .append(title)
                .append("</title><style>")
                .append(STYLE)
                .append("</style></head><body><h1>")
                .append(title)
                .append("</h1>");
    }

    private static String end(StringBuilder page, long position, Instant asOf) {
        return page.append("<p>数据截至 ")
                .append(time(asOf))
                .append("，账本位置 ")
                .append(position)
                .append("。</p></body></html>")
                .toString();
    }

    private static String segment(String claimId) {
        return UriUtils.encodePathSegment(claimId, StandardCharsets.UTF_8);
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
