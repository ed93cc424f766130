package org.voucherledger.domain.scenario;

import static org.voucherledger.domain.scenario.GuangzhouTerms.shanghai;
import static org.voucherledger.domain.scenario.GuangzhouTerms.yuan;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.voucherledger.domain.party.RecognitionLevel;
import org.voucherledger.domain.redemption.ReviewStage;
import org.voucherledger.domain.scheme.SchemeTerms;
import org.voucherledger.domain.scheme.SchemeTerms.Category;
import org.voucherledger.domain.scheme.SchemeTerms.Claimant;
import org.voucherledger.domain.scheme.SchemeTerms.Consumption;
import org.voucherledger.domain.scheme.SchemeTerms.Ending;
import org.voucherledger.domain.scheme.SchemeTerms.Face;
import org.voucherledger.domain.scheme.SchemeTerms.Fund;
import org.voucherledger.domain.scheme.SchemeTerms.Kind;
import org.voucherledger.domain.scheme.SchemeTerms.MoneyThen;
import org.voucherledger.domain.scheme.SchemeTerms.Outcome;
import org.voucherledger.domain.scheme.SchemeTerms.Providers;
import org.voucherledger.domain.scheme.SchemeTerms.QuotaThen;
import org.voucherledger.domain.scheme.SchemeTerms.Redemption;
import org.voucherledger.domain.scheme.SchemeTerms.Title;
import org.voucherledger.domain.scheme.SchemeTerms.Validity;

/** A consumption-voucher scheme with round numbers, and one cycle of it in June 2022 (CV-01). */
public final class ConsumptionTerms {

    public static final String SCHEME = "CV-2022";
    public static final String CATERING = "CATERING";
    public static final String RETAIL = "RETAIL";
    public static final long SMALL = yuan(20);
    public static final long SMALL_FROM = yuan(100);
    public static final long LARGE = yuan(50);
    public static final long LARGE_FROM = yuan(200);

    /** The cycle: its window, the end of its vouchers, the end of claiming. */
    public static final Instant FROM = shanghai("2022-06-06T10:00");

    public static final Instant UNTIL = shanghai("2022-06-10T00:00");
    public static final Instant VALID_UNTIL = shanghai("2022-06-13T00:00");
    public static final Instant REDEMPTION_UNTIL = shanghai("2022-06-27T00:00");

    private ConsumptionTerms() {}

    /** Of catering two a holder, of 20 from 100 and of 50 from 200 yuan; of retail three. Merchants take 10,000 yuan. */
    public static SchemeTerms published() {
        return terms(QuotaThen.KEEP, yuan(10_000));
    }

    public static SchemeTerms terms(QuotaThen onExpiry, long merchantCapFen) {
        var draft = new GuangzhouTerms.Draft(GuangzhouTerms.asPublished())
                .named(SCHEME)
                .with("title", new Title("2022年消费券", "Consumption vouchers, 2022"))
                .with("kind", Kind.CONSUMPTION)
                .with("year", 2022)
                .with("fund", new Fund(yuan(1_000_000), 0))
                .with("providers", new Providers(merchantCapFen, null, Set.of(RecognitionLevel.PROVINCIAL), Map.of()))
                .with("validity", new Validity(null, 6))
                .with(
                        "redemption",
                        new Redemption(Claimant.PROVIDER, null, null, 0, 14, List.of(ReviewStage.RECONCILIATION), 0))
                .with(
                        "ending",
                        new Ending(
                                new Outcome(QuotaThen.FREE, MoneyThen.BACK),
                                new Outcome(onExpiry, MoneyThen.BACK),
                                new Outcome(QuotaThen.KEEP, MoneyThen.BACK)))
                .with(
                        "consumption",
                        new Consumption(Map.of(
                                CATERING,
                                new Category(2, List.of(new Face(SMALL, SMALL_FROM), new Face(LARGE, LARGE_FROM))),
                                RETAIL,
                                new Category(3, List.of(new Face(SMALL, SMALL_FROM))))));
        for (String absent : List.of(
                "eligibility",
                "tariff",
                "applying",
                "granting",
                "waitingList",
                "ordering",
                "serviceTypes",
                "servicePeriod",
                "paying")) {
            draft = draft.with(absent, null);
        }
        return draft.terms();
    }

    /** A city with the cycle {@code B1} of so much money, at its opening. */
    public static City city(SchemeTerms terms, long budgetFen) {
        var city = new City(terms).at(FROM);
        city.opensCycle("B1", budgetFen, FROM, UNTIL, VALID_UNTIL, REDEMPTION_UNTIL)
                .wasAccepted();
        return city;
    }

    public static City city() {
        return city(published(), yuan(10_000));
    }
}
