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
import org.voucherledger.domain.redemption.ClaimCommand.ObjectToItem;
import org.voucherledger.domain.redemption.ObjectionMatter;
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

    /** Of one claim V1 is rejected; V2 is approved, so that its claimant is paid. V3's claim is rejected, too, and objected to. */
    private static City rejected(String published) {
        var city = new City();
        city.at("2020-05-01T09:00");
        city.grants(
                voucher("V1").worth(yuan(5_000)).to("E1"),
                voucher("V2").worth(yuan(5_000)).to("E2"),
                voucher("V3").worth(yuan(5_000)).to("E3"));
        city.at("2020-05-20T09:00");
        city.accepts("V1", yuan(3_000)).accepts("V2", yuan(3_000)).accepts("V3", yuan(3_000));
        city.at("2020-06-02T09:00");
        city.claims("C1", "V1").reviews("C1", 0).wasAccepted();
        city.claims("C2", "V2").reviews("C2", yuan(3_000)).wasAccepted();
        city.claims("C3", "V3").reviews("C3", 0).wasAccepted();
        city.at(published);
        city.publishes("C1").publishes("C2").publishes("C3").wasAccepted();
        city.sends(new ObjectToItem("C3", city.id("V3"), "O1", ObjectionMatter.AMOUNT_TOO_LOW, List.of()))
                .wasAccepted();
        return city;
    }

    private static void whatIsRejectedLapses(
            String published, String noticeEnds, String redemptionEnds, boolean sweptMeanwhile) {
        Instant shut = shanghai(redemptionEnds);
        Instant over = shanghai(noticeEnds);
        Instant later = over.isAfter(shut) ? over : shut;
        try (City city = rejected(published);
                var ledger = new SweptCity(city)) {
            String batch = city.state(city.id("V1")).issue().batchId();
            long before = backFen(ledger);
            assertThat(ledger.foretold(batch, later.minusSeconds(1)).vouchers()).isZero();
            Foretold asked = ledger.foretold(batch, later);
            assertThat(asked.all())
                    .extracting(lapse -> lapse.voucherId() + " " + lapse.step() + " " + lapse.amountFen())
                    .containsExactly(city.id("V1") + " EndNotice " + yuan(3_000));
            if (sweptMeanwhile) {
                ledger.sweepsAt(over);
                assertThat(ledger.status("V1")).isEqualTo("ACCEPTED");
                assertThat(ledger.foretold(batch, later).all())
                        .extracting(lapse -> lapse.voucherId() + " " + lapse.step() + " " + lapse.amountFen())
                        .containsExactly(city.id("V1") + " RecoverVoucher " + yuan(3_000));
            }
            ledger.sweepsAt(later.minusSeconds(1));
            assertThat(backFen(ledger)).isEqualTo(before);
            ledger.sweepsAt(later);
            assertThat(backFen(ledger) - before).isEqualTo(asked.amountFen());
            assertThat(ledger.foretold(batch, later).vouchers()).isZero();
        }
    }

    @Test
    @DisplayName("GZ-42, ALL-06: a rejected item lapses with its notice where redemption has closed meanwhile")
    void noticeEndsAfterRedemption() {
        whatIsRejectedLapses("2020-12-28T09:00", "2021-01-05T00:00", "2021-01-01T00:00", false);
    }

    @Test
    @DisplayName(
            "GZ-42, ALL-06: a rejected item whose notice ends in the window lapses when it shuts, swept meanwhile or not")
    void noticeEndsBeforeRedemption() {
        whatIsRejectedLapses("2020-06-03T09:00", "2020-06-11T00:00", "2021-01-01T00:00", true);
        whatIsRejectedLapses("2020-12-20T09:00", "2020-12-28T00:00", "2021-01-01T00:00", false);
    }
}
