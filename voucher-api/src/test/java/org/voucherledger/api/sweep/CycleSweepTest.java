package org.voucherledger.api.sweep;

import static org.assertj.core.api.Assertions.assertThat;
import static org.voucherledger.domain.scenario.ConsumptionTerms.CATERING;
import static org.voucherledger.domain.scenario.ConsumptionTerms.LARGE;
import static org.voucherledger.domain.scenario.ConsumptionTerms.REDEMPTION_UNTIL;
import static org.voucherledger.domain.scenario.ConsumptionTerms.SMALL;
import static org.voucherledger.domain.scenario.ConsumptionTerms.UNTIL;
import static org.voucherledger.domain.scenario.ConsumptionTerms.VALID_UNTIL;
import static org.voucherledger.domain.scenario.GuangzhouTerms.yuan;

import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.voucherledger.api.sweep.Sweep.Swept;
import org.voucherledger.domain.scenario.City;
import org.voucherledger.domain.scenario.ConsumptionTerms;

/** What time brings about in a cycle is recorded by the ledger itself: neither a second too early, nor twice (CV-01). */
class CycleSweepTest {

    private static void due(SweptCity ledger, Instant at, Map<String, Integer> commands) {
        Swept early = ledger.sweepsAt(at.minusSeconds(1));
        assertThat(early.recorded()).isEmpty();
        assertThat(early.refused()).isZero();
        Swept swept = ledger.sweepsAt(at);
        assertThat(swept.recorded()).isEqualTo(commands);
        assertThat(swept.refused()).isZero();
        assertThat(ledger.sweepsAt(at).recorded()).isEmpty();
    }

    @Test
    @DisplayName(
            "CV-01: the window ends, the unused go back with the cycle, the unclaimed with redemption, and it is closed")
    void cycle() {
        City city = ConsumptionTerms.city();
        city.takes("h-1", "B1", CATERING, SMALL).wasAccepted();
        city.takes("h-1", "B1", CATERING, LARGE).wasAccepted();
        city.takes("h-2", "B1", CATERING, LARGE).wasAccepted();
        city.uses("B1-T2", "P1", "R-1", yuan(200)).wasAccepted();
        city.uses("B1-T3", "P1", "R-2", yuan(200)).wasAccepted();
        city.claims("C1", "B1-T3").wasAccepted();
        city.reconciles("C1", 0).wasAccepted();
        try (var ledger = new SweptCity(city)) {
            // The rejection takes effect at once, because nothing is published.
            assertThat(ledger.sweepsAt(UNTIL.minusSeconds(10)).recorded()).isEqualTo(Map.of("EndNotice", 1));
            assertThat(ledger.status("B1-T3")).isEqualTo("ACCEPTED");
            due(ledger, UNTIL, Map.of("EndApplications", 1));
            due(ledger, VALID_UNTIL, Map.of("RecoverVoucher", 1));
            assertThat(ledger.status("B1-T1")).isEqualTo("REVOKED");
            assertThat(ledger.status("B1-T2")).isEqualTo("ACCEPTED");
            due(ledger, REDEMPTION_UNTIL, Map.of("RecoverVoucher", 2, "CloseBatch", 1));
            assertThat(ledger.status("B1-T2")).isEqualTo("REVOKED");
            assertThat(ledger.settle()
                            .sql()
                            .queryForObject(
                                    "select phase || ' ' || lapsed_fen from view.batch where id = 'B1'", String.class))
                    .isEqualTo("CLOSED " + yuan(10_000));
        }
    }
}
