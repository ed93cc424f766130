package org.voucherledger.domain.scenario;

import java.lang.reflect.RecordComponent;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.Arrays;
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
import org.voucherledger.domain.redemption.ReviewStage;
import org.voucherledger.domain.scheme.SchemeTerms;
import org.voucherledger.domain.scheme.SchemeTerms.Applying;
import org.voucherledger.domain.scheme.SchemeTerms.Claimant;
import org.voucherledger.domain.scheme.SchemeTerms.Eligibility;
import org.voucherledger.domain.scheme.SchemeTerms.Ending;
import org.voucherledger.domain.scheme.SchemeTerms.Fund;
import org.voucherledger.domain.scheme.SchemeTerms.Granting;
import org.voucherledger.domain.scheme.SchemeTerms.MoneyThen;
import org.voucherledger.domain.scheme.SchemeTerms.Ordering;
import org.voucherledger.domain.scheme.SchemeTerms.Paying;
import org.voucherledger.domain.scheme.SchemeTerms.Providers;
import org.voucherledger.domain.scheme.SchemeTerms.QuotaThen;
import org.voucherledger.domain.scheme.SchemeTerms.Redemption;
import org.voucherledger.domain.scheme.SchemeTerms.ServicePeriod;
import org.voucherledger.domain.scheme.SchemeTerms.Tariff;
import org.voucherledger.domain.scheme.SchemeTerms.Title;
import org.voucherledger.domain.scheme.SchemeTerms.TypeConditions;
import org.voucherledger.domain.scheme.SchemeTerms.Validity;
import org.voucherledger.domain.scheme.SchemeTerms.WaitingList;
import org.voucherledger.domain.scheme.SchemeTerms.When;
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
                List.of(new SchemeTerms.City(CITY, null)),
                2020,
                new Fund(FUND_FEN, yuan(6_000_000)),
                new Eligibility(
                        EnumSet.of(Size.MEDIUM, Size.SMALL, Size.MICRO), EnumSet.allOf(Industry.class), true, true, 1),
                List.of(EnumSet.complementOf(EnumSet.of(PriorityTag.CLUSTER_PILOT))),
                List.of(new Tariff(When.ALWAYS, 5_000, ANNUAL_CAP_FEN, null)),
                new Applying(10, null),
                new Granting(WhenItNoLongerFits.STOP, 1),
                new WaitingList(false, null),
                new Ordering(30, null, false),
                new Providers(
                        PROVIDER_CAP_FEN,
                        1_000,
                        EnumSet.of(RecognitionLevel.NATIONAL, RecognitionLevel.PROVINCIAL),
                        Map.of()),
                Map.of(
                        ServiceType.INFORMATION, anyone(),
                        ServiceType.TECHNOLOGY, anyone(),
                        ServiceType.ENTREPRENEURSHIP, new TypeConditions(EnumSet.of(Size.SMALL, Size.MICRO), 3),
                        ServiceType.TRAINING, anyone(),
                        ServiceType.FINANCING, anyone()),
                new ServicePeriod(LocalDate.of(2019, 12, 1), LocalDate.of(2020, 11, 30)),
                new Validity(VALID_UNTIL, null),
                new Paying(5_000),
                new Redemption(
                        Claimant.PROVIDER,
                        REDEMPTION_FROM,
                        REDEMPTION_UNTIL,
                        null,
                        null,
                        List.of(ReviewStage.FIRST, ReviewStage.FINAL),
                        7),
                new Ending(
                        new SchemeTerms.Outcome(QuotaThen.FREE, MoneyThen.BACK),
                        new SchemeTerms.Outcome(QuotaThen.KEEP, MoneyThen.BACK),
                        new SchemeTerms.Outcome(QuotaThen.KEEP, MoneyThen.BACK)),
                new SchemeTerms.Papers(
                        5_242_880,
                        Set.of("application/pdf", "image/jpeg", "image/png"),
                        Map.of(
                                "CONTRACT", Set.of("CONTRACT"),
                                "PAYMENT", Set.of("INVOICE", "BANK_TRANSFER"),
                                "CLAIM", Set.of("CLAIM_FORM"))),
                null,
                null);
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
            return with("schemeId", schemeId);
        }

        public Draft fund(long amountFen, long minimumFen) {
            return with("fund", new Fund(amountFen, minimumFen));
        }

        public Draft tiers(List<Set<PriorityTag>> tiers) {
            return with("priorityTiers", tiers);
        }

        public Draft annualCap(long capFen) {
            return tariff(new Tariff(When.ALWAYS, 5_000, capFen, null));
        }

        public Draft tariff(Tariff... rows) {
            return with("tariff", List.of(rows));
        }

        /** GZ-13: applying stops when the live amounts reach this share of the budget. */
        public Draft stopsAt(int basisPointsOfBudget) {
            return with("applying", new Applying(terms.applying().mostParts(), basisPointsOfBudget));
        }

        public Draft mostParts(int parts) {
            return with("applying", new Applying(parts, terms.applying().stopAtBasisPointsOfBudget()));
        }

        /** GZ-12: the application that no longer fits in full gets what is left. */
        public Draft grantsInPart() {
            return with(
                    "granting",
                    new Granting(WhenItNoLongerFits.PARTIAL, terms.granting().resultsDueWorkingDays()));
        }

        /** GZ-14: money that comes back is granted down the queue. */
        public Draft backfillUntil(Instant until) {
            return with("waitingList", new WaitingList(true, until));
        }

        public Draft rollsOver() {
            return with("ordering", new Ordering(terms.ordering().days(), null, true));
        }

        /** GZ-20: a fixed instant in place of natural days. */
        public Draft ordersUntil(Instant until) {
            return with("ordering", new Ordering(null, until, false));
        }

        /** Validity and redemption count from the publication. */
        public Draft countsFromPublication(int validDays, int redemptionOpensDays, int redemptionClosesDays) {
            Redemption r = terms.redemption();
            return with("validity", new Validity(null, validDays))
                    .with(
                            "redemption",
                            new Redemption(
                                    r.claimant(),
                                    null,
                                    null,
                                    redemptionOpensDays,
                                    redemptionClosesDays,
                                    r.reviews(),
                                    r.noticeDays()));
        }

        public Draft expertPanel() {
            return reviews(ReviewStage.FIRST, ReviewStage.EXPERT, ReviewStage.FINAL);
        }

        public Draft reviews(ReviewStage... stages) {
            Redemption r = terms.redemption();
            return with(
                    "redemption",
                    new Redemption(
                            r.claimant(),
                            r.from(),
                            r.until(),
                            r.opensDaysAfterPublication(),
                            r.closesDaysAfterValidity(),
                            List.of(stages),
                            r.noticeDays()));
        }

        /** GZ-42: 0 publishes nothing. */
        public Draft noticeDays(int days) {
            Redemption r = terms.redemption();
            return with(
                    "redemption",
                    new Redemption(
                            r.claimant(),
                            r.from(),
                            r.until(),
                            r.opensDaysAfterPublication(),
                            r.closesDaysAfterValidity(),
                            r.reviews(),
                            days));
        }

        public Draft ending(Ending ending) {
            return with("ending", ending);
        }

        /** GZ-21: the fixed part of a provider's cap. */
        public Draft providerCap(long capFen) {
            Providers p = terms.providers();
            return with(
                    "providers",
                    new Providers(capFen, p.capBasisPointsOfFund(), p.levelsOfAnyCity(), p.capFenByClass()));
        }

        /** The same terms with another value of one component. */
        public Draft with(String component, Object value) {
            RecordComponent[] components = SchemeTerms.class.getRecordComponents();
            Class<?>[] types =
                    Arrays.stream(components).map(RecordComponent::getType).toArray(Class<?>[]::new);
            try {
                Object[] values = new Object[components.length];
                for (int i = 0; i < components.length; i++) {
                    values[i] = components[i].getName().equals(component)
                            ? value
                            : components[i].getAccessor().invoke(terms);
                }
                return new Draft(SchemeTerms.class.getDeclaredConstructor(types).newInstance(values));
            } catch (ReflectiveOperationException e) {
                throw new AssertionError(e);
            }
        }
    }
}
