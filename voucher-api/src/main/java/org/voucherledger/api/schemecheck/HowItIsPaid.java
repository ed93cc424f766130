package org.voucherledger.api.schemecheck;

import java.util.TreeMap;
import java.util.TreeSet;
import org.voucherledger.api.schemefile.Words;
import org.voucherledger.domain.scheme.SchemeTerms;
import org.voucherledger.domain.scheme.SchemeTerms.Claimant;
import org.voucherledger.domain.scheme.SchemeTerms.MoneyThen;
import org.voucherledger.domain.scheme.SchemeTerms.Outcome;
import org.voucherledger.domain.scheme.SchemeTerms.QuotaThen;
import org.voucherledger.domain.scheme.SchemeTerms.Redemption;

/** From the claim to the money, what becomes of what is not used, and the papers of each step. */
final class HowItIsPaid {

    private HowItIsPaid() {}

    static void explain(SchemeTerms terms, Explanation explanation) {
        redemption(terms.redemption(), explanation.part("兑现", "Redemption"));
        Part ending = explanation.part("未使用的券", "Vouchers that end unused");
        outcome("/ending/onReturn", "退回", "Returned", terms.ending().onReturn(), ending);
        outcome("/ending/onExpiry", "逾期收回", "Expired", terms.ending().onExpiry(), ending);
        outcome(
                "/ending/onViolation",
                "违规撤销",
                "Revoked for a violation",
                terms.ending().onViolation(),
                ending);
        papers(terms, explanation.part("材料", "Documents"));
    }

    private static void redemption(Redemption redemption, Part part) {
        boolean provider = redemption.claimant() == Claimant.PROVIDER;
        part.say(
                "/redemption/claimant",
                provider ? "由服务机构申请兑现。" : "由企业申请兑现。",
                provider ? "The provider claims." : "The enterprise claims.");
        Words opens = redemption.from() != null
                ? Words.of(
                        Plain.moment(redemption.from()).zh(),
                        Plain.moment(redemption.from()).en())
                : Words.of(
                        "公布后第 " + redemption.opensDaysAfterPublication() + " 日 24:00",
                        "24:00 of day " + redemption.opensDaysAfterPublication() + " after publication");
        part.say("/redemption/from", opens.zh() + " 起可申请。", "Claims are taken from " + opens.en() + " on.");
        Words closes = redemption.until() != null
                ? Words.of(
                        Plain.moment(redemption.until()).zh(),
                        Plain.moment(redemption.until()).en())
                : Words.of(
                        "券的有效期截止后 " + redemption.closesDaysAfterValidity() + " 日",
                        redemption.closesDaysAfterValidity() + " days after the validity");
        part.say(
                "/redemption/until",
                closes.zh() + " 截止（不含）。",
                "Claims end " + (redemption.until() == null ? "" : "before ") + closes.en() + ".");
        Words reviews = Plain.joined(redemption.reviews(), Plain::name);
        part.say(
                "/redemption/reviews",
                "依次审核：" + reviews.zh() + "。",
                "Reviews, each by another person, in this order: " + reviews.en() + ".");
        int days = redemption.noticeDays();
        part.say(
                "/redemption/noticeDays",
                days == 0 ? "不公示。" : "公示 " + days + " 日，至公布后第 " + days + " 日 24:00。",
                days == 0
                        ? "Nothing is published for objections."
                        : "The list is published until 24:00 of day " + days + " after publication.");
    }

    private static void outcome(String path, String zh, String en, Outcome outcome, Part part) {
        boolean free = outcome.quota() == QuotaThen.FREE;
        boolean back = outcome.money() == MoneyThen.BACK;
        part.say(
                path,
                zh + "：" + (free ? "额度可再申领" : "额度不退还") + "；" + (back ? "资金在递补期内退回批次，否则失效。" : "资金失效。"),
                en + ": the quota " + (free ? "may be asked for again" : "stays charged") + "; the money "
                        + (back ? "goes back to the batch while backfill is open, else it lapses." : "lapses."));
    }

    private static void papers(SchemeTerms terms, Part part) {
        String types = String.join(", ", new TreeSet<>(terms.papers().mediaTypes()));
        long bytes = terms.papers().mostBytes();
        part.say("/papers/mediaTypes", "每份文件的格式：" + types + "。", "Each file is one of " + types + ".");
        part.say("/papers/mostBytes", "每份文件最大 " + bytes + " 字节。", "Each file has at most " + bytes + " bytes.");
        new TreeMap<>(terms.papers().required()).forEach((step, kinds) -> {
            Words name = Plain.name(step);
            String papers = String.join(", ", new TreeSet<>(kinds));
            part.say(
                    "/papers/required/" + step,
                    name.zh() + "须附：" + (kinds.isEmpty() ? "无" : papers) + "。",
                    "With " + name.en() + ": " + (kinds.isEmpty() ? "nothing" : papers) + ".");
        });
    }
}
