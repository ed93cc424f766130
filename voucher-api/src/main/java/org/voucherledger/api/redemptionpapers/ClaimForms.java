package org.voucherledger.api.redemptionpapers;

import static org.voucherledger.api.paper.Sheet.Cell.count;
import static org.voucherledger.api.paper.Sheet.Cell.yuan;

import java.util.ArrayList;
import java.util.List;
import org.voucherledger.api.paper.Sheet;
import org.voucherledger.api.paper.Sheet.Cell;
import org.voucherledger.api.paper.Sheet.Column;
import org.voucherledger.api.paper.Sheet.Fact;
import org.voucherledger.api.redemptionpapers.ClaimFigures.Line;
import org.voucherledger.domain.time.Shanghai;

/** GZ-40: 服务券兑现申请表 and 服务券使用情况明细汇总表, as they are printed, stamped and handed in. */
final class ClaimForms {

    private static final List<Column> SUMMARY = List.of(
            new Column("序号", 2),
            new Column("服务券编号", 5),
            new Column("企业名称", 6),
            new Column("统一社会信用代码", 7),
            new Column("所在区", 3),
            new Column("服务产品", 4),
            new Column("服务类别", 3),
            new Column("合同编号", 5),
            new Column("合同金额（元）", 4),
            new Column("发票", 6),
            new Column("发票金额（元）", 4),
            new Column("对公转账凭证", 5),
            new Column("企业自付金额（元）", 4),
            new Column("服务完成日期", 4),
            new Column("服务券面额（元）", 4),
            new Column("服务券使用金额（元）", 4),
            new Column("审核金额（元）", 4));

    private ClaimForms() {}

    static Sheet form(ClaimFigures claim) {
        List<Fact> facts = new ArrayList<>(List.of(
                fact("申请单位", claim.claimant().name()),
                fact("统一社会信用代码", claim.claimant().id()),
                fact("服务机构", claim.provider().name()),
                fact("工作方案", claim.scheme()),
                fact("服务券批次", claim.batchId()),
                fact("兑现申请编号", claim.claimId()),
                fact(
                        "申请日期",
                        claim.submittedAt() == null
                                ? ""
                                : Shanghai.dateOf(claim.submittedAt()).toString()),
                new Fact("服务券张数", count(claim.lines().size())),
                new Fact("服务企业数", count(claim.enterprises())),
                new Fact("合同金额合计（元）", yuan(claim.sum(Line::contractFen))),
                new Fact("发票金额合计（元）", yuan(claim.sum(Line::invoicedFen))),
                new Fact("企业自付合计（元）", yuan(claim.sum(Line::transferredFen))),
                new Fact("申请兑现金额（元）", yuan(claim.sum(Line::claimedFen))),
                fact("申请兑现金额（大写）", ChineseCapitals.of(claim.sum(Line::claimedFen)))));
        if (claim.reviewed()) {
            facts.add(new Fact("审核金额（元）", yuan(claim.sum(Line::approvedFen))));
            facts.add(fact("审核金额（大写）", ChineseCapitals.of(claim.sum(Line::approvedFen))));
        }
        return new Sheet(
                "服务券兑现申请表",
                facts,
                List.of(),
                List.of(),
                List.of(
                        "本单位承诺：所提供的材料真实无误，严格按照规定使用服务券，接受财政或审计部门的监督。",
                        "法定代表人（签字）：                    申请单位（盖章）：                    日期：    年  月  日",
                        "承办单位初审意见：                                        （盖章）    年  月  日",
                        "市工业和信息化局审定意见：                                （盖章）    年  月  日"));
    }

    static Sheet summary(ClaimFigures claim) {
        List<List<Cell>> rows = new ArrayList<>();
        for (Line line : claim.lines()) {
            rows.add(row(rows.size() + 1, line, claim.reviewed()));
        }
        rows.add(sums(claim));
        return new Sheet(
                "服务券使用情况明细汇总表",
                List.of(
                        fact("申请单位", claim.claimant().name()),
                        fact("统一社会信用代码", claim.claimant().id()),
                        fact("服务机构", claim.provider().name()),
                        fact("工作方案", claim.scheme()),
                        fact("服务券批次", claim.batchId()),
                        fact("兑现申请编号", claim.claimId())),
                SUMMARY,
                rows,
                List.of("申请单位（盖章）：                    日期：    年  月  日"));
    }

    private static List<Cell> row(int number, Line line, boolean reviewed) {
        return List.of(
                count(number),
                Cell.of(line.voucherId()),
                Cell.of(line.enterprise().name()),
                Cell.of(line.enterprise().id()),
                Cell.of(line.district()),
                Cell.of(line.product()),
                Cell.of(line.serviceType()),
                Cell.of(line.contract()),
                yuan(line.contractFen()),
                Cell.of(line.invoices()),
                yuan(line.invoicedFen()),
                Cell.of(line.transfers()),
                yuan(line.transferredFen()),
                Cell.of(line.completedOn()),
                yuan(line.faceFen()),
                yuan(line.claimedFen()),
                reviewed ? yuan(line.approvedFen()) : Cell.of(""));
    }

    private static List<Cell> sums(ClaimFigures claim) {
        Cell none = Cell.of("");
        return List.of(
                Cell.of("合计"),
                none,
                none,
                none,
                none,
                none,
                none,
                none,
                yuan(claim.sum(Line::contractFen)),
                none,
                yuan(claim.sum(Line::invoicedFen)),
                none,
                yuan(claim.sum(Line::transferredFen)),
                none,
                yuan(claim.sum(Line::faceFen)),
                yuan(claim.sum(Line::claimedFen)),
                claim.reviewed() ? yuan(claim.sum(Line::approvedFen)) : none);
    }

    private static Fact fact(String heading, String text) {
        return new Fact(heading, Cell.of(text));
    }
}
