package org.voucherledger.domain.scenario;

import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.voucherledger.domain.party.Industry;
import org.voucherledger.domain.party.PriorityTag;
import org.voucherledger.domain.party.RecognitionLevel;
import org.voucherledger.domain.party.ServiceType;
import org.voucherledger.domain.party.Size;
import org.voucherledger.domain.scheme.SchemeTerms;
import org.voucherledger.domain.scheme.SchemeTerms.Applying;
import org.voucherledger.domain.scheme.SchemeTerms.Eligibility;
import org.voucherledger.domain.scheme.SchemeTerms.Fund;
import org.voucherledger.domain.scheme.SchemeTerms.Granting;
import org.voucherledger.domain.scheme.SchemeTerms.Ordering;
import org.voucherledger.domain.scheme.SchemeTerms.Paying;
import org.voucherledger.domain.scheme.SchemeTerms.Providers;
import org.voucherledger.domain.scheme.SchemeTerms.Redemption;
import org.voucherledger.domain.scheme.SchemeTerms.ServicePeriod;
import org.voucherledger.domain.scheme.SchemeTerms.Title;
import org.voucherledger.domain.scheme.SchemeTerms.TypeConditions;
import org.voucherledger.domain.scheme.SchemeTerms.WaitingList;
import org.voucherledger.domain.scheme.SchemeTerms.WhenItNoLongerFits;
import org.voucherledger.domain.time.Shanghai;

/** The Guangzhou 2020 scheme with the rulebook's numbers, and its variations that other cities might publish. */
public final class GuangzhouTerms {

    public static final String SCHEME = "GZ-2020";
    public static final String CITY = "广州市";
    public static final long FUND_FEN = yuan(6_000_000);
    public static final long ANNUAL_CAP_FEN = yuan(20_000);
    public static final long PROVIDER_CAP_FEN = yuan(500_000);
    public static final Instant VALID_UNTIL = shanghai("2020-12-01T00:00");
    public static final Instant REDEMPTION_FROM = shanghai("2020-06-01T00:00");
    public static final Instant REDEMPTION_UNTIL = shanghai("2021-01-01T00:00");

    private GuangzhouTerms() {}

    /** Whole yuan as fen. */
    public static long yuan(long yuan) {
        return Math.multiplyExact(yuan, 100);
    }

    /** An instant written as Shanghai's clock shows it: {@code 2020-05-31T00:00}. */
    public static Instant shanghai(String dateTime) {
        return LocalDateTime.parse(dateTime).atZone(Shanghai.ZONE).toInstant();
    }

    public static SchemeTerms asPublished() {
        return new SchemeTerms(
                SCHEME,
                new Title("2020年广州市中小微企业服务券", "Guangzhou service vouchers for SMEs, 2020"),
                SchemeTerms.Kind.SERVICE,
                "广州市工业和信息化局",
                CITY,
                2020,
                new Fund(FUND_FEN, yuan(6_000_000)),
                new Eligibility(
                        EnumSet.of(Size.MEDIUM, Size.SMALL, Size.MICRO), EnumSet.allOf(Industry.class), true, true, 1),
                List.of(EnumSet.allOf(PriorityTag.class)),
                new Applying(ANNUAL_CAP_FEN, 10, null),
                new Granting(WhenItNoLongerFits.STOP, 1),
                new WaitingList(false, null),
                new Ordering(30, false),
                new Providers(
                        PROVIDER_CAP_FEN, 1_000, EnumSet.of(RecognitionLevel.NATIONAL, RecognitionLevel.PROVINCIAL)),
                Map.of(
                        ServiceType.INFORMATION, anyone(),
                        ServiceType.TECHNOLOGY, anyone(),
                        ServiceType.ENTREPRENEURSHIP, new TypeConditions(EnumSet.of(Size.SMALL, Size.MICRO), 3),
                        ServiceType.TRAINING, anyone(),
                        ServiceType.FINANCING, anyone()),
                new ServicePeriod(LocalDate.of(2019, 12, 1), LocalDate.of(2020, 11, 30)),
                VALID_UNTIL,
                new Paying(5_000, 5_000),
                new Redemption(REDEMPTION_FROM, REDEMPTION_UNTIL, false, 7),
                new SchemeTerms.Papers(
                        5_242_880,
                        Set.of("application/pdf", "image/jpeg", "image/png"),
                        Map.of(
                                "CONTRACT", Set.of("CONTRACT"),
                                "PAYMENT", Set.of("INVOICE", "BANK_TRANSFER"),
                                "CLAIM", Set.of("CLAIM_FORM"))));
    }

    private static TypeConditions anyone() {
        return new TypeConditions(Set.of(), null);
    }

    /** The same scheme with some of its terms changed, under another identifier or as the next version. */
    @SafeVarargs
    public static SchemeTerms with(UnaryOperator<Draft>... changes) {
        Draft draft = new Draft(asPublished());
        for (UnaryOperator<Draft> change : changes) {
            draft = change.apply(draft);
        }
        return draft.terms();
    }

    /** Terms on their way to being published; each method answers a changed copy. */
    public record Draft(SchemeTerms terms) {

        public Draft named(String schemeId) {
            return copy(
                    schemeId,
                    terms.fund(),
                    terms.priorityTiers(),
                    terms.applying(),
                    terms.granting(),
                    terms.waitingList(),
                    terms.ordering(),
                    terms.redemption());
        }

        public Draft fund(long amountFen, long minimumFen) {
            return copy(
                    terms.schemeId(),
                    new Fund(amountFen, minimumFen),
                    terms.priorityTiers(),
                    terms.applying(),
                    terms.granting(),
                    terms.waitingList(),
                    terms.ordering(),
                    terms.redemption());
        }

        public Draft tiers(List<Set<PriorityTag>> tiers) {
            return copy(
                    terms.schemeId(),
                    terms.fund(),
                    tiers,
                    terms.applying(),
                    terms.granting(),
                    terms.waitingList(),
                    terms.ordering(),
                    terms.redemption());
        }

        public Draft annualCap(long capFen) {
            return applying(new Applying(
                    capFen, terms.applying().mostParts(), terms.applying().stopAtBasisPointsOfBudget()));
        }

        /** GZ-13: applying stops when the live amounts reach this share of the budget. */
        public Draft stopsAt(int basisPointsOfBudget) {
            return applying(new Applying(
                    terms.applying().annualCapFen(), terms.applying().mostParts(), basisPointsOfBudget));
        }

        private Draft applying(Applying applying) {
            return copy(
                    terms.schemeId(),
                    terms.fund(),
                    terms.priorityTiers(),
                    applying,
                    terms.granting(),
                    terms.waitingList(),
                    terms.ordering(),
                    terms.redemption());
        }

        /** GZ-12: the application that no longer fits in full gets what is left. */
        public Draft grantsInPart() {
            return copy(
                    terms.schemeId(),
                    terms.fund(),
                    terms.priorityTiers(),
                    terms.applying(),
                    new Granting(WhenItNoLongerFits.PARTIAL, terms.granting().resultsDueWorkingDays()),
                    terms.waitingList(),
                    terms.ordering(),
                    terms.redemption());
        }

        /** GZ-14: money that comes back is granted down the queue. */
        public Draft backfillUntil(Instant until) {
            return copy(
                    terms.schemeId(),
                    terms.fund(),
                    terms.priorityTiers(),
                    terms.applying(),
                    terms.granting(),
                    new WaitingList(true, until),
                    terms.ordering(),
                    terms.redemption());
        }

        public Draft rollsOver() {
            return copy(
                    terms.schemeId(),
                    terms.fund(),
                    terms.priorityTiers(),
                    terms.applying(),
                    terms.granting(),
                    terms.waitingList(),
                    new Ordering(terms.ordering().days(), true),
                    terms.redemption());
        }

        public Draft expertPanel() {
            Redemption r = terms.redemption();
            return copy(
                    terms.schemeId(),
                    terms.fund(),
                    terms.priorityTiers(),
                    terms.applying(),
                    terms.granting(),
                    terms.waitingList(),
                    terms.ordering(),
                    new Redemption(r.from(), r.until(), true, r.noticeDays()));
        }

        /** GZ-21: the fixed part of a provider's cap. */
        public Draft providerCap(long capFen) {
            Providers p = terms.providers();
            return new Draft(new SchemeTerms(
                    terms.schemeId(),
                    terms.title(),
                    terms.kind(),
                    terms.authority(),
                    terms.city(),
                    terms.year(),
                    terms.fund(),
                    terms.eligibility(),
                    terms.priorityTiers(),
                    terms.applying(),
                    terms.granting(),
                    terms.waitingList(),
                    terms.ordering(),
                    new Providers(capFen, p.capBasisPointsOfFund(), p.levelsOfAnyCity()),
                    terms.serviceTypes(),
                    terms.servicePeriod(),
                    terms.validUntil(),
                    terms.paying(),
                    terms.redemption(),
                    terms.papers()));
        }

        private Draft copy(
                String schemeId,
                Fund fund,
                List<Set<PriorityTag>> tiers,
                Applying applying,
                Granting granting,
                WaitingList waitingList,
                Ordering ordering,
                Redemption redemption) {
            return new Draft(new SchemeTerms(
                    schemeId,
                    terms.title(),
                    terms.kind(),
                    terms.authority(),
                    terms.city(),
                    terms.year(),
                    fund,
                    terms.eligibility(),
                    tiers,
                    applying,
                    granting,
                    waitingList,
                    ordering,
                    terms.providers(),
                    terms.serviceTypes(),
                    terms.servicePeriod(),
                    terms.validUntil(),
                    terms.paying(),
                    redemption,
                    terms.papers()));
        }
    }
}
