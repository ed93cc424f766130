package org.voucherledger.domain.cloud;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.TreeMap;
import java.util.stream.LongStream;
import org.axonframework.commandhandling.CommandHandler;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.voucherledger.domain.cloud.CloudCommand.RecallApplication;
import org.voucherledger.domain.cloud.CloudModel.Status;
import org.voucherledger.domain.command.Stamp;
import org.voucherledger.domain.dossier.VoucherDossier;
import org.voucherledger.domain.ledger.Ledger;
import org.voucherledger.domain.scenario.City;
import org.voucherledger.domain.voucher.VoucherEvent.ReservationReleased;
import org.voucherledger.domain.voucher.VoucherStatus;

/** Random steps in two cities' batches, each held against {@link CloudModel} by {@link RandomProvince}. */
class RandomProvinceTest {

    private static final int STEPS = Integer.getInteger("steps", 700);

    static LongStream seeds() {
        return LongStream.rangeClosed(1, Long.getLong("seeds", 12));
    }

    @Test
    @DisplayName(
            "CL-01 to CL-08, ALL-03: whatever is done, the ledger allows what the rulebook allows and every fen is where it says")
    void agrees() {
        var seen = EnumSet.noneOf(Status.class);
        var done = new TreeMap<String, Integer>();
        var refused = new TreeMap<String, Integer>();
        seeds().forEach(seed -> {
            try (var play = new RandomProvince(seed)) {
                play.lives(STEPS);
                seen.addAll(play.seen);
                play.done.forEach((step, times) -> done.merge(step, times, Integer::sum));
                play.refused.forEach((step, times) -> refused.merge(step, times, Integer::sum));
            }
        });
        // A comparison that has not seen everything proves little.
        assertThat(seen).containsExactlyInAnyOrder(Status.values());
        assertThat(done.keySet()).as("done %s", done).hasSize(19);
        assertThat(refused.keySet()).as("refused %s", refused).hasSizeGreaterThan(16);
    }

    /** Takes an application back but forgets the provider's reservation (CL-03). */
    static final class RecallKeepsTheProvider {
        private final Ledger ledger;

        RecallKeepsTheProvider(Ledger ledger) {
            this.ledger = ledger;
        }

        @CommandHandler
        public void handle(RecallApplication recall, Stamp stamp) {
            var dossier = VoucherDossier.of(ledger, recall.voucherId());
            if (dossier.voucher().status() == VoucherStatus.RESERVED) {
                dossier.record(new ReservationReleased(
                        recall.voucherId(),
                        dossier.batchId(),
                        dossier.voucher().issue().faceFen(),
                        true,
                        "bug"));
            }
        }
    }

    @Test
    @DisplayName("a forgotten reservation is noticed, so that the comparison can fail")
    void plantedBug() {
        var city = new City(RandomProvince.terms(), (ledger, handlers) -> {
            var more = new ArrayList<>(handlers);
            more.add(new RecallKeepsTheProvider(ledger));
            return more;
        });
        try (var play = new RandomProvince(1, city)) {
            assertThatThrownBy(() -> play.lives(STEPS))
                    .isInstanceOf(AssertionError.class)
                    .hasMessageContaining("available of");
        }
    }
}
