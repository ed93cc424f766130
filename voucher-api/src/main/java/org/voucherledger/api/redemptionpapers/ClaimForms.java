package org.voucherledger.api.redemptionpapers;

import static org.voucherledger.api.paper.Sheet.Cell.count;
import static org.voucherledger.api.paper.Sheet.Cell.yuan;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.function.ToLongFunction;
import java.util.stream.Stream;
import org.voucherledger.api.paper.Sheet;
import org.voucherledger.api.paper.Sheet.Cell;
import org.voucherledger.api.paper.Sheet.Column;
import org.voucherledger.api.paper.Sheet.Fact;
import org.voucherledger.api.redemptionpapers.ClaimFigures.Line;
import org.voucherledger.domain.redemption.ReviewStage;
import org.voucherledger.domain.time.Shanghai;

/**
 * GZ-40: 兑现申请表 and 使用情况明细汇总表, as they are printed, stamped and handed in. Each kind of voucher has the columns of its
 * own papers: a service voucher its order and payment (GZ-24), a cloud voucher its contract and share (CL-06, CL-08), a
 * consumption voucher its purchase, and no name of who holds it (CV-01, ALL-05).
 */
final class ClaimForms {

    private static final String SIGNED = "                                        （盖章）    年  月  日";

    /** A column of the summary: what stands in it for a voucher, and below for all of them. */
    private record Part(Column column, Function<Line, Cell> ofLine, Function<ClaimFigures, Cell> ofAll) {

        static Part words(String heading, int width, Function<Line, String> text) {
            return new Part(new Column(heading, width), line -> Cell.of(text.apply(line)), claim -> Cell.of(""));
        }

        static Part amount(String heading, int width, ToLongFunction<Line> fen) {
            return new Part(
                    new Column(heading, width), line -> yuan(fen.applyAsLong(line)), claim -> yuan(claim.sum(fen)));
        }
    }

    private static final List<Part> SERVICE = List.of(
            Part.words("服务券编号", 5, Line::voucherId),
            Part.words("企业名称", 6, line -> line.enterprise().name()),
            Part.words("统一社会信用代码", 7, line -> line.enterprise().id()),
            Part.words("所在区", 3, Line::district),
            Part.words("服务产品", 4, Line::product),
            Part.words("服务类别", 3, Line::serviceType),
            Part.words("合同编号", 5, Line::contract),
            Part.amount("合同金额（元）", 4, Line::contractFen),
            Part.words("发票", 6, Line::invoices),
            Part.amount("发票金额（元）", 4, Line::invoicedFen),
            Part.words("对公转账凭证", 5, Line::transfers),
            Part.amount("企业自付金额（元）", 4, Line::transferredFen),
            Part.words("服务完成日期", 4, Line::completedOn),
            Part.amount("服务券面额（元）", 4, Line::faceFen),
            Part.amount("服务券使用金额（元）", 4, Line::claimedFen));

    private static final List<Part> CLOUD = List.of(
            Part.words("服务券编号", 5, Line::voucherId),
            Part.words("企业名称", 6, line -> line.enterprise().name()),
            Part.words("统一社会信用代码", 7, line -> line.enterprise().id()),
            Part.words("所在区", 3, Line::district),
            Part.words("目录产品", 4, Line::product),
            Part.words("产品类别", 3, Line::serviceType),
            Part.words("合同编号", 5, Line::contract),
            Part.amount("合同金额（元）", 4, Line::contractFen),
            Part.words("发票", 6, Line::invoices),
            Part.amount("发票金额（元）", 4, Line::invoicedFen),
            Part.words("对公转账凭证", 5, Line::transfers),
            Part.amount("企业支付金额（元）", 4, Line::transferredFen),
            Part.words("服务验收日期", 4, Line::completedOn),
            Part.words("奖补比例", 3, ClaimForms::share),
            Part.amount("服务券面额（元）", 4, Line::faceFen),
            Part.amount("申请兑现金额（元）", 4, Line::claimedFen));

    private static final List<Part> CONSUMPTION = List.of(
            Part.words("消费券编号", 5, Line::voucherId),
            Part.words("消费类别", 4, Line::serviceType),
            Part.words("消费流水号", 6, Line::purchase),
            Part.words("使用日期", 4, Line::completedOn),
            Part.amount("消费金额（元）", 4, Line::purchaseFen),
            Part.amount("使用门槛（元）", 4, Line::thresholdFen),
            Part.amount("消费券面额（元）", 4, Line::faceFen),
            Part.amount("申请兑现金额（元）", 4, Line::claimedFen));

    private ClaimForms() {}

    static Sheet form(ClaimFigures claim) {
        List<Fact> facts = new ArrayList<>(parties(claim));
        facts.add(fact(
                "申请日期",
                claim.submittedAt() == null
                        ? ""
                        : Shanghai.dateOf(claim.submittedAt()).toString()));
        facts.add(new Fact(name(claim) + "张数", count(claim.lines().size())));
        facts.addAll(spent(claim));
        facts.add(new Fact("申请兑现金额（元）", yuan(claim.sum(Line::claimedFen))));
        facts.add(fact("申请兑现金额（大写）", ChineseCapitals.of(claim.sum(Line::claimedFen))));
        if (claim.reviewed()) {
            facts.add(new Fact("审核金额（元）", yuan(claim.sum(Line::approvedFen))));
            facts.add(fact("审核金额（大写）", ChineseCapitals.of(claim.sum(Line::approvedFen))));
        }
        List<String> closing = new ArrayList<>(List.of(
                "本单位承诺：所提供的材料真实无误，严格按照规定使用" + name(claim) + "，接受财政或审计部门的监督。",
                "法定代表人（签字）：                    申请单位（盖章）：                    日期：    年  月  日"));
        claim.reviews().forEach(review -> closing.add(opinion(review, claim.authority()) + SIGNED));
        return new Sheet(name(claim) + "兑现申请表", facts, List.of(), List.of(), closing);
    }

    static Sheet summary(ClaimFigures claim) {
        List<Part> parts = parts(claim);
        List<List<Cell>> rows = new ArrayList<>();
        for (Line line : claim.lines()) {
            Cell number = count(rows.size() + 1);
            rows.add(row(number, parts.stream().map(part -> part.ofLine().apply(line))));
        }
        rows.add(row(Cell.of("合计"), parts.stream().map(part -> part.ofAll().apply(claim))));
        return new Sheet(
                name(claim) + "使用情况明细汇总表",
                parties(claim),
                Stream.concat(Stream.of(new Column("序号", 2)), parts.stream().map(Part::column))
                        .toList(),
                rows,
                List.of("申请单位（盖章）：                    日期：    年  月  日"));
    }

    /** What was approved stands in the last column; before anybody has reviewed it, nothing does. */
    private static List<Part> parts(ClaimFigures claim) {
        Part approved =
                claim.reviewed() ? Part.amount("审核金额（元）", 4, Line::approvedFen) : Part.words("审核金额（元）", 4, line -> "");
        List<Part> ofKind = switch (claim.kind()) {
            case SERVICE -> SERVICE;
            case CLOUD -> CLOUD;
            case CONSUMPTION -> CONSUMPTION;
        };
        return Stream.concat(ofKind.stream(), Stream.of(approved)).toList();
    }

    private static List<Cell> row(Cell first, Stream<Cell> rest) {
        return Stream.concat(Stream.of(first), rest).toList();
    }

    private static List<Fact> parties(ClaimFigures claim) {
        return List.of(
                fact("申请单位", claim.claimant().name()),
                fact("统一社会信用代码", claim.claimant().id()),
                fact(provider(claim), claim.provider().name()),
                fact("工作方案", claim.scheme()),
                fact(name(claim) + "批次", claim.batchId()),
                fact("兑现申请编号", claim.claimId()));
    }

    /** What the vouchers helped to pay. */
    private static List<Fact> spent(ClaimFigures claim) {
        Fact contracts = new Fact("合同金额合计（元）", yuan(claim.sum(Line::contractFen)));
        Fact invoices = new Fact("发票金额合计（元）", yuan(claim.sum(Line::invoicedFen)));
        return switch (claim.kind()) {
            case SERVICE ->
                List.of(
                        new Fact("服务企业数", count(claim.enterprises())),
                        contracts,
                        invoices,
                        new Fact("企业自付合计（元）", yuan(claim.sum(Line::transferredFen))));
            case CLOUD -> List.of(contracts, invoices, new Fact("企业支付合计（元）", yuan(claim.sum(Line::transferredFen))));
            case CONSUMPTION -> List.of(new Fact("消费金额合计（元）", yuan(claim.sum(Line::purchaseFen))));
        };
    }

    private static String name(ClaimFigures claim) {
        return switch (claim.kind()) {
            case SERVICE, CLOUD -> "服务券";
            case CONSUMPTION -> "消费券";
        };
    }

    private static String provider(ClaimFigures claim) {
        return switch (claim.kind()) {
            case SERVICE -> "服务机构";
            case CLOUD -> "供应商";
            case CONSUMPTION -> "商户";
        };
    }

    private static String opinion(ReviewStage review, String authority) {
        return switch (review) {
            case FIRST -> "承办单位初审意见：";
            case EXPERT -> "专家评审意见：";
            case FINAL -> authority + "审定意见：";
            case RECONCILIATION -> "承办单位对账意见：";
        };
    }

    private static String share(Line line) {
        return BigDecimal.valueOf(line.shareBasisPoints(), 2)
                        .stripTrailingZeros()
                        .toPlainString() + "%";
    }

    private static Fact fact(String heading, String text) {
        return new Fact(heading, Cell.of(text));
    }
}
