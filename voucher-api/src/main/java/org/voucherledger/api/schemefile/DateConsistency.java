package org.voucherledger.api.schemefile;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import org.voucherledger.domain.scheme.SchemeTerms;
import org.voucherledger.domain.scheme.SchemeTerms.Kind;
import org.voucherledger.domain.scheme.SchemeTerms.Redemption;
import org.voucherledger.domain.time.Shanghai;

/** That no window or period ends before it begins, and no deadline falls before its step can begin or after it can end. */
final class DateConsistency {

    private final SchemeTerms terms;
    private final Findings findings;

    private DateConsistency(SchemeTerms terms, Findings findings) {
        this.terms = terms;
        this.findings = findings;
    }

    static void check(SchemeTerms terms, Findings findings) {
        var check = new DateConsistency(terms, findings);
        if (terms.validity() != null) {
            check.validity();
        }
        check.redemption(terms.redemption());
        if (terms.servicePeriod() != null) {
            findings.insist(
                    !terms.servicePeriod().to().isBefore(terms.servicePeriod().from()),
                    "/servicePeriod/to",
                    "不得早于 servicePeriod.from",
                    "must not be before servicePeriod.from");
        }
        if (terms.kind() == Kind.SERVICE) {
            check.ordering();
            check.servicePeriod();
            check.backfill();
        }
    }

    private void validity() {
        oneOfTwo(terms.validity().until(), terms.validity().daysAfterPublication(), "/validity");
        reachesTheYear(validUntil(), "/validity/until");
    }

    /** Nobody is granted anything before the scheme's year, so that a step that is over by then could never be done. */
    private void reachesTheYear(Instant until, String pointer) {
        findings.insist(
                until == null || until.isAfter(Shanghai.startOf(LocalDate.of(terms.year(), 1, 1))),
                pointer,
                "早于方案年度 year 的开始",
                "is over before the scheme's year begins");
    }

    private void redemption(Redemption redemption) {
        oneOfTwo(redemption.from(), redemption.opensDaysAfterPublication(), "/redemption");
        oneOfTwo(redemption.until(), redemption.closesDaysAfterValidity(), "/redemption");
        if (validUntil() == null) {
            reachesTheYear(redemption.until(), "/redemption/until");
        }
        if (redemption.until() != null) {
            closesAt(redemption, redemption.until(), "/redemption/until");
            findings.insist(
                    validUntil() == null || !redemption.until().isBefore(validUntil()),
                    "/redemption/until",
                    "早于券的有效期截止 validity.until，最后使用的券无法兑现",
                    "is before validity.until: vouchers that are used last could not be claimed");
        } else if (validUntil() != null && redemption.closesDaysAfterValidity() != null) {
            closesAt(
                    redemption,
                    validUntil().plus(Duration.ofDays(redemption.closesDaysAfterValidity())),
                    "/redemption/closesDaysAfterValidity");
        } else if (redemption.closesDaysAfterValidity() != null
                && redemption.opensDaysAfterPublication() != null
                && validDays() != null) {
            int closes = validDays() + redemption.closesDaysAfterValidity();
            findings.insist(
                    redemption.opensDaysAfterPublication() < closes,
                    "/redemption/opensDaysAfterPublication",
                    "兑现在公布后第 " + closes + " 日即截止，早于其开始",
                    "claiming is over " + closes + " days after publication, before it begins");
        }
    }

    private void closesAt(Redemption redemption, Instant closes, String pointer) {
        if (redemption.from() != null) {
            findings.insist(
                    closes.isAfter(redemption.from()),
                    pointer,
                    "兑现的截止须晚于开始 redemption.from",
                    "claiming must end after redemption.from");
        }
    }

    private void ordering() {
        oneOfTwo(terms.ordering().days(), terms.ordering().until(), "/ordering");
        Instant until = terms.ordering().until();
        reachesTheYear(until, "/ordering/until");
        if (until != null) {
            findings.insist(
                    validUntil() == null || !until.isAfter(validUntil()),
                    "/ordering/until",
                    "晚于券的有效期截止 validity.until",
                    "is after validity.until");
            findings.insist(
                    !until.isAfter(endOfService()),
                    "/ordering/until",
                    "晚于服务期截止 servicePeriod.to，届时已无服务可订",
                    "is after servicePeriod.to: there would be no service left to order");
        }
        Integer valid = validDays();
        if (terms.ordering().days() != null && valid != null) {
            findings.insist(
                    terms.ordering().days() <= valid,
                    "/ordering/days",
                    "多于有效期 validity.daysAfterPublication，券先于下单期限失效",
                    "is more than validity.daysAfterPublication: vouchers would expire before they must be ordered");
        }
    }

    /** GZ-23, GZ-24: whoever is served on the last day must still be able to pay within the validity. */
    private void servicePeriod() {
        if (validUntil() != null) {
            findings.insist(
                    !endOfService().isAfter(validUntil()),
                    "/servicePeriod/to",
                    "超出券的有效期 validity.until，届时的服务已无法用券支付",
                    "reaches beyond validity.until: what is served last could not be paid by voucher");
        }
    }

    private void backfill() {
        Instant until = terms.waitingList().until();
        findings.insist(
                terms.waitingList().backfill() == (until != null),
                "/waitingList/until",
                "backfill 为 true 时必须填写，为 false 时必须为 null",
                "must be given if, and only if, backfill is true");
        reachesTheYear(until, "/waitingList/until");
        if (until != null) {
            findings.insist(
                    validUntil() == null || !until.isAfter(validUntil()),
                    "/waitingList/until",
                    "晚于券的有效期截止 validity.until",
                    "is after validity.until");
            findings.insist(
                    terms.ordering().until() == null
                            || !until.isAfter(terms.ordering().until()),
                    "/waitingList/until",
                    "晚于下单截止 ordering.until，递补的券已不能下单",
                    "is after ordering.until: what is granted then could not be ordered");
        }
    }

    /** {@code null} where it counts, and where the vouchers are valid until redemption closes (CL-02). */
    private Instant validUntil() {
        return terms.validity() == null ? null : terms.validity().until();
    }

    private Integer validDays() {
        return terms.validity() == null ? null : terms.validity().daysAfterPublication();
    }

    private Instant endOfService() {
        return Shanghai.endOf(terms.servicePeriod().to());
    }

    private void oneOfTwo(Object one, Object other, String pointer) {
        findings.insist(
                (one == null) != (other == null), pointer, "两项之中填写一项，另一项为 null", "one of two is given, the other null");
    }
}
