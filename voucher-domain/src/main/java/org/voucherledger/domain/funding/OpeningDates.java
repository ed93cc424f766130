package org.voucherledger.domain.funding;

import static org.voucherledger.domain.rule.Check.DEADLINE;
import static org.voucherledger.domain.rule.Rule.CV_01;

import java.time.Duration;
import java.time.Instant;
import org.voucherledger.domain.batch.BatchCommand.OpenBatch;
import org.voucherledger.domain.rule.Decision;
import org.voucherledger.domain.scheme.SchemeTerms;
import org.voucherledger.domain.scheme.SchemeTerms.Kind;
import org.voucherledger.domain.time.Shanghai;

/**
 * The dates a batch is opened with: its own where its notice names them, else the scheme's. One that counts from the
 * publication of a grant is not known yet and {@code null}; a cycle has no grant, is public from its opening, and counts from
 * that day (CV-01).
 */
record OpeningDates(Instant validUntil, Instant redemptionFrom, Instant redemptionUntil) {

    static OpeningDates of(OpenBatch open, SchemeTerms terms) {
        boolean cycle = terms.kind() == Kind.CONSUMPTION;
        var validity = terms.validity();
        var redemption = terms.redemption();
        // A cloud voucher has none of its own: it is valid until redemption closes (CL-02).
        Instant validUntil = validity == null ? null : orElse(open.validUntil(), validity.until());
        if (validUntil == null && cycle) {
            validUntil = daysAfter(open.applyFrom(), validity.daysAfterPublication());
        }
        Instant from = orElse(open.redemptionFrom(), redemption.from());
        if (from == null && cycle) {
            from = daysAfter(open.applyFrom(), redemption.opensDaysAfterPublication());
        }
        Instant until = orElse(open.redemptionUntil(), redemption.until());
        if (until == null && cycle) {
            until = validUntil.plus(Duration.ofDays(redemption.closesDaysAfterValidity()));
        }
        return new OpeningDates(validUntil, from, until);
    }

    /** CV-01: what is taken in the last moment of the window may still be used. */
    Decision cycleHoldsItsWindow(OpenBatch open, SchemeTerms terms) {
        return terms.kind() == Kind.CONSUMPTION
                ? CV_01.notBefore(DEADLINE, "CycleEndsBeforeItsWindow", open.applyUntil(), validUntil)
                : null;
    }

    /** CV-01: what is used in the last moment of the cycle may still be claimed. */
    Decision redemptionOutlivesTheCycle(SchemeTerms terms) {
        return terms.kind() == Kind.CONSUMPTION
                ? CV_01.before(DEADLINE, "RedemptionEndsBeforeTheCycle", redemptionUntil, validUntil)
                : null;
    }

    private static Instant daysAfter(Instant opening, int days) {
        return Shanghai.endOf(Shanghai.dateOf(opening).plusDays(days));
    }

    private static Instant orElse(Instant own, Instant otherwise) {
        return own == null ? otherwise : own;
    }
}
