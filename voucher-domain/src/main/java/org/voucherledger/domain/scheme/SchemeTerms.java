package org.voucherledger.domain.scheme;

import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.voucherledger.domain.party.Industry;
import org.voucherledger.domain.party.PriorityTag;
import org.voucherledger.domain.party.RecognitionLevel;
import org.voucherledger.domain.party.ServiceType;
import org.voucherledger.domain.party.Size;

/**
 * One version of a scheme's rules as data (ALL-01): every number that the rules compute with stands here and nowhere in
 * the code. Read from the scheme file, published as an event, never changed; a batch runs under the version it was opened
 * with. Shares are in basis points (5000 = 50%), amounts in whole fen.
 *
 * @param city the city whose fund it is and where its enterprises are registered
 * @param year the scheme year; provider caps are counted by it
 */
public record SchemeTerms(
        String schemeId,
        Title title,
        Kind kind,
        String authority,
        String city,
        int year,
        Fund fund,
        Eligibility eligibility,
        List<Set<PriorityTag>> priorityTiers,
        Applying applying,
        Granting granting,
        WaitingList waitingList,
        Ordering ordering,
        Providers providers,
        Map<ServiceType, TypeConditions> serviceTypes,
        ServicePeriod servicePeriod,
        Instant validUntil,
        Paying paying,
        Redemption redemption,
        Papers papers) {

    /** Which life the vouchers of the scheme lead. */
    public enum Kind {
        SERVICE
    }

    public record Title(String zh, String en) {}

    /** GZ-15: what the bureau sets aside, and the least it must be for the scheme to be published. */
    public record Fund(long amountFen, long minimumFen) {}

    /** GZ-01; no industry named means that all are admitted. */
    public record Eligibility(
            Set<Size> sizes,
            Set<Industry> industries,
            boolean legalPersonOnly,
            boolean verifiedEachYear,
            int minimumTrustLevel) {}

    /** GZ-11, GZ-13: the annual cap; how many vouchers one application may ask for; and, if set, at what share of the budget applying stops. */
    public record Applying(long annualCapFen, int mostParts, Integer stopAtBasisPointsOfBudget) {}

    /** GZ-12. */
    public record Granting(WhenItNoLongerFits whenItNoLongerFits, int resultsDueWorkingDays) {}

    public enum WhenItNoLongerFits {
        STOP,
        PARTIAL
    }

    /** GZ-14: whether money that comes back is granted down the queue, and until when. */
    public record WaitingList(boolean backfill, Instant until) {}

    /** GZ-20: natural days from the day after applications end; whether a last day that is not worked moves on. */
    public record Ordering(int days, boolean rollover) {}

    /** GZ-21, GZ-05: the cap of one provider, and which levels take vouchers of other cities than their own. */
    public record Providers(long capFen, int capBasisPointsOfFund, Set<RecognitionLevel> levelsOfAnyCity) {}

    /** GZ-06: conditions on the enterprise; an empty set and a null mean none. */
    public record TypeConditions(Set<Size> sizes, Integer beforeAnniversaryYears) {}

    /** GZ-23: both days in. */
    public record ServicePeriod(LocalDate from, LocalDate to) {
        public boolean contains(LocalDate day) {
            return !day.isBefore(from) && !day.isAfter(to);
        }
    }

    /** GZ-24: the voucher's share of the settled amount at most, the enterprise's own transfers at least. */
    public record Paying(int voucherShareBasisPoints, int ownShareBasisPoints) {}

    /** GZ-40 to GZ-42; the dates are a batch's own once its notice says so. */
    public record Redemption(Instant from, Instant until, boolean expertPanel, int noticeDays) {}

    /**
     * GZ-45: how a document may look, and which kinds each step needs ({@code CONTRACT}, {@code PAYMENT}, {@code CLAIM}).
     */
    public record Papers(long mostBytes, Set<String> mediaTypes, Map<String, Set<String>> required) {}

    public String version(int number) {
        return schemeId + "@" + number;
    }
}
