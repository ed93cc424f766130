package org.voucherledger.domain.scheme;

import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.voucherledger.domain.party.Industry;
import org.voucherledger.domain.party.PriorityTag;
import org.voucherledger.domain.party.RecognitionLevel;
import org.voucherledger.domain.party.ServiceType;
import org.voucherledger.domain.party.Size;
import org.voucherledger.domain.party.SupplierClass;
import org.voucherledger.domain.redemption.ReviewStage;
import org.voucherledger.domain.rule.Check;
import org.voucherledger.domain.rule.Decision;
import org.voucherledger.domain.rule.Rule;

/**
 * One version of a scheme's rules as data (ALL-01): every number that the rules compute with stands here and nowhere in
 * the code. Read from the scheme file, published as an event, never changed; a batch runs under the version it was opened
 * with. Shares are in basis points (5000 = 50%), amounts in whole fen.
 *
 * <p>A part that the scheme's kind does not know is {@code null}: see {@link Kind}.
 *
 * @param cities whose enterprises may apply; each batch is of one of them
 * @param year the scheme year; provider caps are counted by it
 * @param tariff what an enterprise may get, by who it is; the first row that fits it counts
 */
public record SchemeTerms(
        String schemeId,
        Title title,
        Kind kind,
        String authority,
        List<City> cities,
        int year,
        Fund fund,
        Eligibility eligibility,
        List<Set<PriorityTag>> priorityTiers,
        List<Tariff> tariff,
        Applying applying,
        Granting granting,
        WaitingList waitingList,
        Ordering ordering,
        Providers providers,
        Map<ServiceType, TypeConditions> serviceTypes,
        ServicePeriod servicePeriod,
        Validity validity,
        Paying paying,
        Redemption redemption,
        Ending ending,
        Papers papers,
        Cloud cloud,
        Consumption consumption) {

    /** Which life the vouchers of the scheme lead; each names the parts of the terms that it alone has. */
    public enum Kind {
        /** Granted down a queue, then ordered, contracted, paid, accepted: applying, granting to paying. */
        SERVICE,
        /** Reserved with a contract, vetted in order, claimed by the enterprise: cloud. */
        CLOUD,
        /** Taken at once, used at a merchant above a threshold: consumption. */
        CONSUMPTION
    }

    public record Title(String zh, String en) {}

    /** A city of the programme; {@code region} names its part of the province where the tariff differs by it, else {@code null}. */
    public record City(String name, String region) {}

    /** GZ-15: what the bureau sets aside, and the least it must be for the scheme to be published. */
    public record Fund(long amountFen, long minimumFen) {}

    /** GZ-01; no industry named means that all are admitted. */
    public record Eligibility(
            Set<Size> sizes,
            Set<Industry> industries,
            boolean legalPersonOnly,
            boolean verifiedEachYear,
            int minimumTrustLevel) {}

    /**
     * One row of what an enterprise may get.
     *
     * @param when whom it is for
     * @param shareBasisPoints what part of the settled amount the voucher pays (GZ-24, CL-06)
     * @param annualCapFen GZ-11; {@code null} for no cap
     * @param ceilingFen the most that one application may ask for; {@code null} for no ceiling
     */
    public record Tariff(When when, int shareBasisPoints, Long annualCapFen, Long ceilingFen) {}

    /**
     * Whom a row is for; an empty set and a {@code null} ask nothing.
     *
     * @param applicationFrom the first of the enterprise's applications in the year that it is for, counted from one
     * @param applicationTo the last of them
     */
    public record When(
            Set<Size> sizes,
            Set<String> regions,
            Set<PriorityTag> tags,
            Integer applicationFrom,
            Integer applicationTo) {

        public static final When ALWAYS = new When(Set.of(), Set.of(), Set.of(), null, null);

        boolean fits(Applicant applicant) {
            return (sizes.isEmpty() || sizes.contains(applicant.size()))
                    && (regions.isEmpty() || applicant.region() != null && regions.contains(applicant.region()))
                    && (tags.isEmpty() || tags.stream().anyMatch(applicant.tags()::contains))
                    && (applicationFrom == null || applicant.application() >= applicationFrom)
                    && (applicationTo == null || applicant.application() <= applicationTo);
        }
    }

    /** What the tariff asks of an enterprise; {@code application} counts its applications in the year, this one included. */
    public record Applicant(Size size, String region, Set<PriorityTag> tags, int application) {}

    /** GZ-11, GZ-13: how many vouchers one application may ask for; and, if set, at what share of the budget applying stops. */
    public record Applying(int mostParts, Integer stopAtBasisPointsOfBudget) {}

    /** GZ-12. */
    public record Granting(WhenItNoLongerFits whenItNoLongerFits, int resultsDueWorkingDays) {}

    public enum WhenItNoLongerFits {
        STOP,
        PARTIAL;

        /** GZ-12: what an application gets of what is left; nothing, where the granting ends with it. */
        public long grantedFen(long askedFen, long leftFen) {
            return askedFen <= leftFen ? askedFen : this == PARTIAL ? leftFen : 0;
        }
    }

    /** GZ-14: whether money that comes back is granted down the queue, and until when. */
    public record WaitingList(boolean backfill, Instant until) {}

    /**
     * GZ-20: natural days from the day after applications end, and whether a last day that is not worked moves on; or a fixed
     * instant that is too late. One of the two is {@code null}.
     */
    public record Ordering(Integer days, Instant until, boolean rollover) {}

    /**
     * GZ-21, GZ-05, CL-05: the cap of one provider, the share of the fund it is bounded by ({@code null}: none), which levels
     * take vouchers of other cities than their own, and the limits of the classes that have their own.
     */
    public record Providers(
            long capFen,
            Integer capBasisPointsOfFund,
            Set<RecognitionLevel> levelsOfAnyCity,
            Map<SupplierClass, Long> capFenByClass) {}

    /** GZ-06: conditions on the enterprise; an empty set and a null mean none. */
    public record TypeConditions(Set<Size> sizes, Integer beforeAnniversaryYears) {}

    /** GZ-23: both days in. */
    public record ServicePeriod(LocalDate from, LocalDate to) {
        public boolean contains(LocalDate day) {
            return !day.isBefore(from) && !day.isAfter(to);
        }
    }

    /**
     * The first instant at which a voucher is no longer valid, or 24:00 of the n-th day after publication. One is {@code null}.
     * A cloud voucher has no validity of its own: it is valid until redemption closes (CL-02).
     */
    public record Validity(Instant until, Integer daysAfterPublication) {}

    /** GZ-24: the least part of the invoices that the enterprise pays itself. */
    public record Paying(int ownShareBasisPoints) {}

    /**
     * GZ-40 to GZ-42, CL-02, CV-01; fixed dates are a batch's own once its notice says so. Where no date is fixed, the window
     * opens so many days after publication and closes so many days after the vouchers' validity.
     *
     * @param reviews who looks at a claim, in this order; a reconciliation takes the place of all others
     * @param noticeDays how long the list is published; 0 where nothing is
     */
    public record Redemption(
            Claimant claimant,
            Instant from,
            Instant until,
            Integer opensDaysAfterPublication,
            Integer closesDaysAfterValidity,
            List<ReviewStage> reviews,
            int noticeDays) {}

    /** Who asks for the money. */
    public enum Claimant {
        PROVIDER,
        ENTERPRISE
    }

    /** What becomes of quota and money of a voucher that ends unused (GZ-30, GZ-31, GZ-32). */
    public record Ending(Outcome onReturn, Outcome onExpiry, Outcome onViolation) {}

    public record Outcome(QuotaThen quota, MoneyThen money) {}

    public enum QuotaThen {
        /** It may be asked for again. */
        FREE,
        /** It stays charged. */
        KEEP
    }

    public enum MoneyThen {
        /** Available while backfill is open, else lapsed. */
        BACK,
        /** Lapsed in any case. */
        LAPSED
    }

    /**
     * GZ-45: how a document may look, and which kinds each step needs ({@code APPLY}, {@code CONTRACT}, {@code PAYMENT},
     * {@code CLAIM}).
     */
    public record Papers(long mostBytes, Set<String> mediaTypes, Map<String, Set<String>> required) {}

    /**
     * The cloud voucher's own terms.
     *
     * @param catalogueYear the year of the catalogue whose products may be applied for (CL-07)
     * @param mostWaiting how many of an enterprise's applications of one year may wait to be vetted at a time (CL-03)
     * @param firstTierReserveBasisPoints the part of a batch's budget kept for the first tier (CL-03); {@code null} for none
     */
    public record Cloud(int catalogueYear, int mostWaiting, Integer firstTierReserveBasisPoints) {}

    /** CV-01: what may be taken, by category of merchant. */
    public record Consumption(Map<String, Category> categories) {}

    /** How many a holder takes at most in a cycle, and the faces there are. */
    public record Category(int mostPerHolder, List<Face> faces) {}

    /** A face and the least purchase that it pays a part of. */
    public record Face(long faceFen, long thresholdFen) {}

    /** ALL-01: a step belongs to the life of one kind of voucher. */
    public Decision isOfKind(Kind expected, String asked) {
        return Rule.ALL_01.holds(Check.STATE, "NotOfThisKind", kind == expected, expected.name(), kind.name(), asked);
    }

    public String version(int number) {
        return schemeId + "@" + number;
    }

    /** The programme has a city of this name. */
    public boolean isOf(String city) {
        return cities.stream().anyMatch(each -> each.name().equals(city));
    }

    /** The part of the province that the city lies in, {@code null} where the scheme names none. */
    public String regionOf(String city) {
        return cities.stream()
                .filter(each -> each.name().equals(city))
                .findFirst()
                .map(City::region)
                .orElse(null);
    }

    /** The first row for this applicant; none where the scheme gives it nothing. */
    public Optional<Tariff> tariffFor(Applicant applicant) {
        return tariff.stream().filter(row -> row.when().fits(applicant)).findFirst();
    }
}
