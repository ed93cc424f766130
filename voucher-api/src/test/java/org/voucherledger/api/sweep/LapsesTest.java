package org.voucherledger.api.sweep;

import static org.assertj.core.api.Assertions.assertThat;
import static org.voucherledger.domain.scenario.City.Grant.voucher;
import static org.voucherledger.domain.scenario.GuangzhouTerms.shanghai;
import static org.voucherledger.domain.scenario.GuangzhouTerms.yuan;

import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.voucherledger.api.sweep.Lapses.Foretold;
import org.voucherledger.api.sweep.Lapses.Sum;
import org.voucherledger.domain.scenario.City;
import org.voucherledger.domain.voucher.VoucherCommand.FreezeVoucher;

/** ALL-06: what is foretold is what the sweep then does. */
class LapsesTest {

    /** V1 is not ordered, V2 ordered only, V3 contracted, V4 accepted with a remainder, V5 not ordered and frozen. */
    private static City city() {
        var city = new City();
        city.at("2020-05-01T09:00");
        city.grants(
                voucher("V1").worth(yuan(5_000)).to("E1"),
                voucher("V2").worth(yuan(5_000)).to("E2"),
                voucher("V3").worth(yuan(5_000)).to("E3"),
                voucher("V4").worth(yuan(5_000)).to("E4"),
                voucher("V5").worth(yuan(5_000)).to("E5"));
        city.at("2020-05-20T09:00");
        city.orders("V2").from("P1").using(yuan(3_000)).wasAccepted();
        city.contracts("V3", yuan(3_000)).wasAccepted();
        city.accepts("V4", yuan(3_000)).wasAccepted();
        city.sends(new FreezeVoucher(city.id("V5"), "核查")).wasAccepted();
        return city;
    }

    private static long backFen(SweptCity ledger) {
        ledger.settle();
        return ledger.sql().queryForObject("select sum(back_fen) from view.voucher", Long.class);
    }

    private static List<Sum> expected(Sum... sums) {
        return List.of(sums);
    }

    @Test
    @DisplayName(
            "ALL-06: the lapses by a moment are those that the sweep at that moment records, to the second and the fen")
    void whatIsForetoldHappens() {
        Instant orders = shanghai("2020-06-01T00:00");
        Instant validity = shanghai("2020-12-01T00:00");
        try (City city = city();
                var ledger = new SweptCity(city)) {
            String batch = city.state(city.id("V1")).issue().batchId();
            assertThat(ledger.foretold(batch, orders.minusSeconds(1)).vouchers())
                    .isZero();

            Foretold first = ledger.foretold(batch, orders);
            assertThat(first.byStep()).isEqualTo(expected(new Sum("RecoverVoucher", 2, yuan(10_000))));
            assertThat(first.byState())
                    .isEqualTo(expected(new Sum("ISSUED", 1, yuan(5_000)), new Sum("ORDERED", 1, yuan(5_000))));
            Foretold last = ledger.foretold(batch, validity);
            assertThat(last.byStep())
                    .isEqualTo(expected(
                            new Sum("LapseRemainder", 1, yuan(2_000)), new Sum("RecoverVoucher", 3, yuan(15_000))));
            assertThat(ledger.foretold("OTHER", validity).vouchers()).isZero();

            ledger.sweepsAt(orders);
            assertThat(backFen(ledger)).isEqualTo(first.amountFen());
            assertThat(ledger.foretold(batch, orders).vouchers()).isZero();
            ledger.sweepsAt(validity);
            assertThat(backFen(ledger)).isEqualTo(last.amountFen());
        }
    }
}
