package org.voucherledger.api.schemefile;

import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.voucherledger.domain.party.ServiceType;
import org.voucherledger.domain.redemption.ReviewStage;
import org.voucherledger.domain.scheme.SchemeTerms;
import org.voucherledger.domain.scheme.SchemeTerms.Kind;
import org.voucherledger.domain.scheme.SchemeTerms.Redemption;
import org.voucherledger.domain.scheme.SchemeTerms.Tariff;
import org.voucherledger.domain.scheme.SchemeTerms.Validity;

/** What a scheme leaves open or nobody might expect of it. It may be meant: a remark stops nothing. */
final class Remarks {

    private static final int WHOLE = 10_000;

    private final SchemeTerms terms;
    private final Findings findings;

    private Remarks(SchemeTerms terms, Findings findings) {
        this.terms = terms;
        this.findings = findings;
    }

    static List<Finding> of(SchemeTerms terms, LocatedDocument document) {
        Findings findings = new Findings(document);
        var remarks = new Remarks(terms, findings);
        remarks.tiers();
        remarks.tariff();
        remarks.providers();
        remarks.redemption(terms.redemption());
        remarks.papers();
        if (terms.kind() == Kind.SERVICE) {
            remarks.service();
        }
        return findings.inOrder();
    }

    private void tiers() {
        if (terms.priorityTiers().isEmpty() && terms.kind() != Kind.CONSUMPTION) {
            findings.say(
                    "/priorityTiers", "未设优先等级：一律按申领先后", "no tier goes first: everybody comes in the order of applying");
        }
    }

    private void tariff() {
        if (terms.tariff() == null) {
            return;
        }
        new TariffReach(terms).gaps().forEach(this::gap);
        for (int i = 0; i < terms.tariff().size(); i++) {
            Tariff row = terms.tariff().get(i);
            if (row.annualCapFen() == null && row.ceilingFen() == null) {
                findings.say(
                        "/tariff/" + i,
                        "既无年度上限也无单次上限：只受批次预算限制",
                        "neither cap nor ceiling: only the batch's budget bounds it");
            }
            boolean nothing = row.annualCapFen() != null && row.annualCapFen() == 0
                    || row.ceilingFen() != null && row.ceilingFen() == 0;
            if (nothing) {
                findings.say("/tariff/" + i, "上限为 0：符合这一行的企业得不到任何金额", "gives nothing: its cap or ceiling is 0");
            }
        }
    }

    private void gap(TariffReach.Gap gap) {
        String region = gap.region() == null ? "" : gap.region();
        boolean always = gap.from() == 1 && gap.to() == null;
        String zhNumber = gap.to() == null ? "第 " + gap.from() + " 次起" : "第 " + gap.from() + " 至 " + gap.to() + " 次";
        String enNumber = gap.to() == null
                ? " from its application no. " + gap.from() + " of the year on"
                : " for its applications no. " + gap.from() + " to " + gap.to() + " of the year";
        findings.say(
                "/tariff",
                (region.isEmpty() ? "" : "地区“" + region + "”") + "规模 " + gap.size() + " 的企业"
                        + (always ? "" : zhNumber + "申领时") + "不符合任何一行，申领将被拒绝（除非另有类别）",
                "no row fits an enterprise of size " + gap.size() + (region.isEmpty() ? "" : " of the region " + region)
                        + (always ? "" : enNumber) + ": it is refused, unless it has one of the tags");
    }

    private void providers() {
        var providers = terms.providers();
        if (providers.capFen() > terms.fund().amountFen()) {
            findings.say(
                    "/providers/capFen",
                    "高于资金总额 fund.amountFen，不会起作用",
                    "is above fund.amountFen and will never bound anybody");
        }
        if (providers.capFen() == 0 && providers.capFenByClass().isEmpty()
                || providers.capBasisPointsOfFund() != null && providers.capBasisPointsOfFund() == 0) {
            findings.say("/providers", "上限为 0：任何服务机构都不能收券", "the cap is 0: no provider can take a voucher");
        }
    }

    private void redemption(Redemption redemption) {
        if (redemption.noticeDays() == 0 && !redemption.reviews().contains(ReviewStage.RECONCILIATION)) {
            findings.say(
                    "/redemption/noticeDays",
                    "不公示：审核结束即可拨付，任何人都无法提出异议",
                    "nothing is published: settlement follows the last review at once and nobody can object");
        }
        if (terms.validity() != null) {
            redemption(redemption, terms.validity());
        }
    }

    private void redemption(Redemption redemption, Validity validity) {
        boolean closesWithValidity =
                redemption.until() != null && redemption.until().equals(validity.until())
                        || redemption.closesDaysAfterValidity() != null && redemption.closesDaysAfterValidity() == 0;
        if (closesWithValidity) {
            findings.say(
                    redemption.until() != null ? "/redemption/until" : "/redemption/closesDaysAfterValidity",
                    "兑现与券的有效期同时截止：最后使用的券来不及申请兑现",
                    "claiming ends with the validity: what is used last can hardly be claimed");
        }
        if ((redemption.until() == null) != (redemption.from() == null)
                || redemption.until() != null && validity.until() == null) {
            findings.say(
                    "/redemption",
                    "兑现期限一部分为固定日期，一部分从公布日起算：若公布过晚，兑现可能在开始前截止，届时不予公布，须由主管部门调整日期",
                    "fixed dates and counted ones together: after a late publication claiming might end before it begins;"
                            + " the grant is then not published until the authority has moved a date");
        }
    }

    private void papers() {
        for (String step : Steps.decidedByPapers(terms.kind())) {
            Set<String> required = terms.papers().required().getOrDefault(step, Set.of());
            if (required.isEmpty()) {
                findings.say(
                        "/papers/required", "步骤 " + step + " 不要求任何材料", "no document is required at the step " + step);
            }
        }
    }

    private void service() {
        Integer stopsAt = terms.applying().stopAtBasisPointsOfBudget();
        if (stopsAt != null && stopsAt < WHOLE) {
            findings.say(
                    "/applying/stopAtBasisPointsOfBudget",
                    "低于 100%：申领在预算用完之前即停止",
                    "is below 100%: applying stops before the budget is used");
        }
        Set<ServiceType> closed = EnumSet.allOf(ServiceType.class);
        closed.removeAll(terms.serviceTypes().keySet());
        if (!closed.isEmpty()) {
            findings.say("/serviceTypes", "未列入的服务类别不能用券：" + closed, "types that vouchers do not pay for: " + closed);
        }
        for (int i = 0; i < terms.tariff().size(); i++) {
            int share = terms.tariff().get(i).shareBasisPoints();
            if (share + terms.paying().ownShareBasisPoints() > WHOLE) {
                findings.say(
                        "/tariff/" + i + "/shareBasisPoints",
                        "与企业自付比例 paying.ownShareBasisPoints 合计超过 100%：足额用券时服务机构须退还多付部分",
                        "is above 100% together with paying.ownShareBasisPoints: a voucher used in full leaves the provider"
                                + " owing the enterprise");
            }
        }
    }
}
