package org.voucherledger.api.query;

import java.io.IOException;
import java.io.OutputStream;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.dhatim.fastexcel.Workbook;
import org.dhatim.fastexcel.Worksheet;
import org.voucherledger.domain.audit.AuditFindingStatus;
import org.voucherledger.domain.audit.AuditMatter;
import org.voucherledger.domain.audit.AuditOutcome;
import org.voucherledger.domain.audit.AuditRisk;
import org.voucherledger.domain.audit.FrameItems;
import org.voucherledger.domain.audit.Stratum;
import org.voucherledger.domain.time.Shanghai;
import org.voucherledger.projections.audit.AuditFindingRow;
import org.voucherledger.projections.audit.AuditFindingRow.FollowUp;
import org.voucherledger.projections.audit.DrawRow;
import org.voucherledger.projections.audit.DrawnRow;
import org.voucherledger.projections.projection.Seen;

/** The work papers of a draw: a sheet for the draw, one for what was drawn, one for the findings, amounts in yuan with two decimals. */
final class WorkPapersWorkbook {

    private static final Map<FrameItems, String> ITEMS = Map.of(
            FrameItems.VOUCHERS, "已发放的服务券 Vouchers granted", FrameItems.CLAIM_ITEMS, "兑现申请中的服务券 Items of claims");
    private static final Map<AuditMatter, String> MATTERS = Map.of(
            AuditMatter.PAPERS, "资料不全或不符 Papers",
            AuditMatter.SERVICE_NOT_AS_AGREED, "服务未提供或与合同不符 Service not as agreed",
            AuditMatter.PRICE, "价格虚高 Price",
            AuditMatter.RELATED_PARTIES, "关联交易 Related parties",
            AuditMatter.PROCEDURE, "审核程序不当 Procedure",
            AuditMatter.OTHER, "其他 Other");
    private static final Map<AuditFindingStatus, String> STEPS = Map.of(
            AuditFindingStatus.RECORDED, "提出 Recorded",
            AuditFindingStatus.ANSWERED, "答复 Answered",
            AuditFindingStatus.CLOSED, "办结 Closed");
    private static final Map<AuditOutcome, String> OUTCOMES = Map.of(
            AuditOutcome.REMEDIED, "已整改 Remedied",
            AuditOutcome.NOT_REMEDIED, "未整改 Not remedied",
            AuditOutcome.WITHDRAWN, "撤回 Withdrawn");

    private WorkPapersWorkbook() {}

    static void write(Seen<WorkPapers> seen, OutputStream out) throws IOException {
        WorkPapers papers = seen.value();
        try (Workbook book = new Workbook(out, "voucher-ledger", "1.0")) {
            draw(head(book, "抽样 Draw", seen), papers.draw());
            items(head(book, "样本 Sample", seen), papers.items());
            findings(head(book, "审计发现 Findings", seen), papers.findings());
        }
    }

    /** For which draw, and for which moment of the ledger it is true. */
    private static Worksheet head(Workbook book, String name, Seen<WorkPapers> seen) {
        Worksheet sheet = book.newWorksheet(name);
        sheet.value(
                0,
                0,
                "审计工作底稿 Audit work papers  抽样编号 Draw: " + seen.value().draw().id());
        sheet.value(
                1, 0, "截至账本位置 As of position " + seen.position() + "，" + moment(seen.asOf()) + "（北京时间 Beijing time）");
        return sheet;
    }

    private static void draw(Worksheet sheet, DrawRow draw) {
        int row = 2;
        row = line(sheet, row, "工作方案 Scheme", draw.schemeId());
        row = line(sheet, row, "批次 Batch", draw.batchId() == null ? "全部 All" : draw.batchId());
        row = line(sheet, row, "抽样总体 Frame", ITEMS.get(draw.items()));
        row = line(sheet, row, "总体所在账本位置 Position of the frame", Long.toString(draw.framePosition()));
        row = line(sheet, row, "总体 SHA-256 of the frame", draw.frameSha256());
        row = line(sheet, row, "种子 Seed", draw.seed());
        row = line(sheet, row, "事由 Reason", draw.reason());
        row = line(sheet, row, "依据的投诉举报或抽查 Ground", draw.groundId());
        row = line(sheet, row, "公布 Announced", moment(draw.announcedAt()) + " " + draw.announcedBy());
        row = line(
                sheet, row, "抽取 Drawn", draw.drawnAt() == null ? null : moment(draw.drawnAt()) + " " + draw.drawnBy());
        row = count(sheet, row, "总体数量 Items in the frame", draw.frameSize());
        row = count(sheet, row, "不属于任何层 In no stratum", draw.inNoStratum());
        heading(
                sheet,
                ++row,
                "层 Stratum",
                "金额自（元） From (yuan)",
                "金额至（不含，元） Below (yuan)",
                "服务机构 Provider",
                "评分自（百分之一） Rating from (hundredths)",
                "评分至（不含） Rating below",
                "风险 Risks",
                "层内数量 Out of",
                "样本数量 Size");
        for (DrawRow.Layer layer : draw.strata()) {
            row++;
            Stratum stratum = layer.stratum();
            sheet.value(row, 0, stratum.stratumId());
            yuan(sheet, row, 1, stratum.fromFen());
            yuan(sheet, row, 2, stratum.belowFen());
            sheet.value(row, 3, stratum.providerId());
            sheet.value(row, 4, stratum.fromRatingHundredths());
            sheet.value(row, 5, stratum.belowRatingHundredths());
            sheet.value(row, 6, stratum.risks().stream().map(AuditRisk::name).collect(Collectors.joining(", ")));
            sheet.value(row, 7, layer.outOf());
            sheet.value(row, 8, stratum.size());
        }
    }

    private static void items(Worksheet sheet, List<DrawnRow> items) {
        int row = 2;
        heading(
                sheet,
                row,
                "层 Stratum",
                "抽取次序 Place",
                "服务券 Voucher",
                "批次 Batch",
                "企业 Enterprise",
                "服务机构 Provider",
                "状态 Status",
                "面额（元） Face (yuan)",
                "未使用（元） Unused",
                "已使用（元） Used",
                "申请兑现（元） Claimed",
                "已兑现（元） Redeemed",
                "收回（元） Gone back",
                "评分 Rating",
                "审计发现 Findings");
        for (DrawnRow item : items) {
            row++;
            sheet.value(row, 0, item.stratumId());
            sheet.value(row, 1, item.place());
            sheet.value(row, 2, item.voucherId());
            sheet.value(row, 3, item.batchId());
            sheet.value(row, 4, item.enterpriseId());
            sheet.value(row, 5, item.providerId());
            sheet.value(row, 6, item.status().name());
            yuan(sheet, row, 7, item.faceFen());
            yuan(sheet, row, 8, item.unusedFen());
            yuan(sheet, row, 9, item.usedFen());
            yuan(sheet, row, 10, item.claimedFen());
            yuan(sheet, row, 11, item.redeemedFen());
            yuan(sheet, row, 12, item.backFen());
            sheet.value(row, 13, item.rating());
            sheet.value(row, 14, item.findings());
        }
    }

    /** A row for each step, so that nothing of what was said is left out. */
    private static void findings(Worksheet sheet, List<AuditFindingRow> findings) {
        int row = 2;
        heading(
                sheet,
                row,
                "审计发现 Finding",
                "服务券 Voucher",
                "事项 Matter",
                "涉及金额（元） In question (yuan)",
                "步骤 Step",
                "时间 When",
                "操作人 Who",
                "角色 Role",
                "内容 Statement",
                "结果 Outcome",
                "附件 Documents",
                "账本位置 Position");
        for (AuditFindingRow finding : findings) {
            for (FollowUp step : finding.steps()) {
                row++;
                sheet.value(row, 0, finding.id());
                sheet.value(row, 1, finding.voucherId());
                sheet.value(row, 2, MATTERS.get(finding.matter()));
                yuan(sheet, row, 3, finding.questionedFen());
                sheet.value(row, 4, STEPS.get(step.status()));
                sheet.value(row, 5, moment(step.at()));
                sheet.value(row, 6, step.actor());
                sheet.value(row, 7, step.role().name());
                sheet.value(row, 8, step.statement());
                sheet.value(row, 9, step.outcome() == null ? null : OUTCOMES.get(step.outcome()));
                sheet.value(
                        row,
                        10,
                        step.documents().stream()
                                .map(document -> document.kind() + " " + document.sha256())
                                .collect(Collectors.joining("\n")));
                sheet.value(row, 11, step.position());
            }
        }
    }

    private static void heading(Worksheet sheet, int row, String... headings) {
        for (int column = 0; column < headings.length; column++) {
            sheet.value(row, column, headings[column]);
        }
    }

    private static int line(Worksheet sheet, int row, String name, String value) {
        sheet.value(row, 0, name);
        sheet.value(row, 1, value);
        return row + 1;
    }

    private static int count(Worksheet sheet, int row, String name, Integer value) {
        sheet.value(row, 0, name);
        sheet.value(row, 1, value);
        return row + 1;
    }

    private static String moment(Instant at) {
        return at == null ? "—" : at.atZone(Shanghai.ZONE).toLocalDateTime().toString();
    }

    /** Exact: fen are shifted, never divided. */
    private static void yuan(Worksheet sheet, int row, int column, Long fen) {
        if (fen != null) {
            sheet.value(row, column, BigDecimal.valueOf(fen, 2));
            sheet.style(row, column).format("#,##0.00").set();
        }
    }
}
