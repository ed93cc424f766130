package org.voucherledger.projections.risk;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import org.axonframework.eventhandling.TrackedEventMessage;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.voucherledger.projections.fixture.Folded;
import org.voucherledger.projections.fixture.RandomCity;
import org.voucherledger.projections.fixture.TestViews;

/** SV-04: in a random season, at any position, what is found is what is found by hand, and found again as of then. */
class RandomRisksTest {

    /** Low, so that there is something to find. */
    private static final RiskThresholds LOW =
            new RiskThresholds(2, 2, 100, 2, 3, 1, 3_000, 2, 1, 1, Duration.ofDays(3), 2);

    @ParameterizedTest
    @ValueSource(longs = {4, 19})
    @DisplayName(
            "SV-04: prices, payers and undone payments are those counted by hand, wherever the log stands, and later")
    void as_counted_by_hand(long seed) {
        try (var city = new RandomCity(seed).lives(700);
                var views = new TestViews(new RiskProjection()).start()) {
            var risks = new Risks(List.of(new RisksOfTheLog(views.dataSource(), LOW)));
            List<TrackedEventMessage<?>> events = city.events();
            var positions = new ArrayList<Long>();
            var then = new ArrayList<List<RiskFlag>>();
            int told = 0;
            int flags = 0;
            for (int stop : Folded.stops(events, 5, seed)) {
                views.log().append(events.subList(told, stop));
                views.settle();
                told = stop;
                var expected = new ExpectedRisks(LOW, events.subList(0, stop));
                assertThat(ExpectedRisks.words(
                                found(risks, RiskKind.PRICE_FAR, Long.MAX_VALUE), "priceFen", "medianFen", "prices"))
                        .isEqualTo(expected.far());
                assertThat(ExpectedRisks.words(
                                found(risks, RiskKind.FEW_ENTERPRISES, Long.MAX_VALUE), "fewFen", "allFen", "vouchers"))
                        .isEqualTo(expected.few());
                assertThat(ExpectedRisks.words(found(risks, RiskKind.PAYMENT_UNDONE, Long.MAX_VALUE), "times"))
                        .isEqualTo(expected.undone());
                flags += expected.far().size()
                        * expected.few().size()
                        * expected.undone().size();
                positions.add(views.jdbc().queryForObject("select max(globalIndex) from DomainEventEntry", Long.class));
                then.add(all(risks, Long.MAX_VALUE));
            }
            assertThat(flags).as("of each kind something").isPositive();
            for (int i = 0; i < positions.size(); i++) {
                assertThat(all(risks, positions.get(i)))
                        .as("as of %d", positions.get(i))
                        .isEqualTo(then.get(i));
            }
        }
    }

    private static List<RiskFlag> found(Risks risks, RiskKind kind, long at) {
        return risks.flags(EnumSet.of(kind), null, at, "", 10_000);
    }

    private static List<RiskFlag> all(Risks risks, long at) {
        return risks.flags(Risks.OF_THE_LOG, null, at, "", 10_000);
    }
}
