package org.voucherledger.api.schemecheck;

import java.util.List;
import java.util.TreeSet;
import org.voucherledger.api.schemefile.Words;
import org.voucherledger.domain.scheme.SchemeTerms;
import org.voucherledger.domain.scheme.SchemeTerms.City;
import org.voucherledger.domain.scheme.SchemeTerms.Eligibility;
import org.voucherledger.domain.scheme.SchemeTerms.Kind;
import org.voucherledger.domain.scheme.SchemeTerms.Tariff;
import org.voucherledger.domain.scheme.SchemeTerms.When;

/** Whose vouchers they are and what each may get: cities, eligibility, tiers, tariff. */
final class WhoMayApply {

    private WhoMayApply() {}

    static void explain(SchemeTerms terms, Explanation explanation) {
        Part cities = explanation.part("地域", "Cities");
        for (int i = 0; i < terms.cities().size(); i++) {
            City city = terms.cities().get(i);
            String region = city.region();
            String zh = city.name() + (region == null ? "" : "，属" + region);
            String en = city.name() + (region == null ? "" : ", which lies in " + region);
            // Persons hold consumption vouchers, and nobody asks where they live.
            boolean ofPersons = terms.kind() == Kind.CONSUMPTION;
            cities.say(
                    "/cities/" + i,
                    ofPersons ? "在" + zh + "发放。" : zh + "的企业可以参加。",
                    ofPersons
                            ? "Vouchers are issued in " + en + "."
                            : "Enterprises of " + en + (region == null ? "" : ",") + " may take part.");
        }
        if (terms.eligibility() != null) {
            eligibility(terms.eligibility(), explanation.part("申领条件", "Who may apply"));
        }
        tiers(terms, explanation.part("优先顺序", "Who goes first"));
        if (terms.tariff() != null) {
            Part tariff =
                    explanation.part("额度与比例（自上而下，以最先符合的一行为准）", "What one may get (the first row that fits counts)");
            for (int i = 0; i < terms.tariff().size(); i++) {
                row(terms.tariff().get(i), i, tariff);
            }
        }
    }

    private static void eligibility(Eligibility e, Part part) {
        Words sizes = Plain.names(e.sizes());
        Words industries = e.industries().isEmpty() ? Words.of("不限", "of any industry") : Plain.names(e.industries());
        part.say("/eligibility/sizes", "规模：" + sizes.zh() + "。", "Enterprises of these sizes: " + sizes.en() + ".");
        part.say("/eligibility/industries", "行业：" + industries.zh() + "。", "Industries: " + industries.en() + ".");
        part.say(
                "/eligibility/legalPersonOnly",
                e.legalPersonOnly() ? "须为独立法人。" : "不要求独立法人。",
                e.legalPersonOnly() ? "Independent legal persons only." : "They need not be legal persons.");
        part.say(
                "/eligibility/verifiedEachYear",
                e.verifiedEachYear() ? "每年须经承办单位审核一次。" : "审核一次即可，不必每年审核。",
                e.verifiedEachYear()
                        ? "The operator checks them anew for each year."
                        : "Once checked by the operator they stay so.");
        part.say(
                "/eligibility/minimumTrustLevel",
                "统一身份认证账号须达到 L" + e.minimumTrustLevel() + " 或以上。",
                "Their unified-identity account has at least the trust level L" + e.minimumTrustLevel() + ".");
    }

    private static void tiers(SchemeTerms terms, Part part) {
        for (int i = 0; i < terms.priorityTiers().size(); i++) {
            Words tags = Plain.names(terms.priorityTiers().get(i));
            part.say(
                    "/priorityTiers/" + i,
                    "第 " + (i + 1) + " 优先：" + tags.zh() + "。",
                    "Tier " + (i + 1) + ": " + tags.en() + ".");
        }
        boolean none = terms.priorityTiers().isEmpty();
        part.say(
                "/priorityTiers/-",
                none ? "无优先，一律按申领先后。" : "其余企业在后；同一等级内按申领先后。",
                none
                        ? "Nobody goes first; the order of applying counts."
                        : "Everybody else comes after; inside a tier the order of applying counts.");
    }

    private static void row(Tariff row, int index, Part part) {
        Words who = who(row.when());
        Words share = Words.of(
                "券最多支付结算金额的 " + Plain.percent(row.shareBasisPoints()),
                "the voucher pays at most " + Plain.percent(row.shareBasisPoints()) + " of what is settled");
        Words cap = row.annualCapFen() == null
                ? Words.of("年度不设上限", "there is no cap for the year")
                : Words.of(
                        "每年最多 " + Plain.yuan(row.annualCapFen()).zh(),
                        "at most " + Plain.yuan(row.annualCapFen()).en() + " a calendar year");
        Words ceiling = row.ceilingFen() == null
                ? Words.of("单次不设上限", "no ceiling for one application")
                : Words.of(
                        "单次最多 " + Plain.yuan(row.ceilingFen()).zh(),
                        "at most " + Plain.yuan(row.ceilingFen()).en() + " with one application");
        part.say(
                "/tariff/" + index,
                who.zh() + "：" + share.zh() + "；" + cap.zh() + "，" + ceiling.zh() + "。",
                who.en() + ": " + share.en() + "; " + cap.en() + ", " + ceiling.en() + ".");
    }

    private static Words who(When when) {
        StringBuilder zh = new StringBuilder();
        StringBuilder en = new StringBuilder();
        if (!when.regions().isEmpty()) {
            List<String> regions = List.copyOf(new TreeSet<>(when.regions()));
            zh.append(String.join("、", regions)).append("的");
            en.append(" in ").append(String.join(", ", regions));
        }
        if (!when.sizes().isEmpty()) {
            zh.append(Plain.names(when.sizes()).zh());
            en.append(" of size ").append(Plain.names(when.sizes()).en());
        }
        zh.append("企业");
        if (!when.tags().isEmpty()) {
            zh.append("（").append(Plain.names(when.tags()).zh()).append("）");
            en.append(" that are among ").append(Plain.names(when.tags()).en());
        }
        Integer from = when.applicationFrom();
        Integer to = when.applicationTo();
        if (from != null || to != null) {
            zh.append("当年第 ").append(from == null ? 1 : from).append(to == null ? " 次起的申领" : " 至 " + to + " 次申领");
            en.append(", for their applications no. ")
                    .append(from == null ? 1 : from)
                    .append(to == null ? " and later of the year" : " to " + to + " of the year");
        }
        return zh.toString().equals("企业")
                ? Words.of("所有企业", "Every enterprise")
                : Words.of(zh.toString(), "Enterprises" + en);
    }
}
