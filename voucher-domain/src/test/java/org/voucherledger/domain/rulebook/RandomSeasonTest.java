package org.voucherledger.domain.rulebook;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.voucherledger.domain.voucher.VoucherStatus;

/**
 * Random seasons, the ledger beside the rulebook. {@code -Dseeds=200 -Dsteps=5000} runs a longer campaign, {@code -Dseed=7}
 * one season again.
 */
class RandomSeasonTest {

    @Test
    @DisplayName("ALL-03: whatever many actors do, the ledger answers, refuses and books as the rulebook says")
    void agreesWithTheRulebook() {
        int seeds = Integer.getInteger("seeds", 20);
        int steps = Integer.getInteger("steps", 1_500);
        Long one = Long.getLong("seed");
        long first = one == null ? 1 : one;
        long last = one == null ? seeds : one;
        Map<String, Integer> accepted = new TreeMap<>();
        Map<String, Integer> refused = new TreeMap<>();
        Map<String, Integer> silent = new TreeMap<>();
        Map<VoucherStatus, Long> outcomes = new TreeMap<>();
        for (long seed = first; seed <= last; seed++) {
            try (var season = new RandomSeason(seed, (ledger, handlers) -> handlers)) {
                season.take(steps);
                season.accepted().forEach((k, n) -> accepted.merge(k, n, Integer::sum));
                season.refusals().forEach((k, n) -> refused.merge(k, n, Integer::sum));
                season.undetermined().forEach((k, n) -> silent.merge(k, n, Integer::sum));
                season.outcomes().forEach((k, n) -> outcomes.merge(k, n, Long::sum));
            }
        }
        System.out.printf(
                "%d seasons of %d steps%naccepted %s%nrefused %s%nthe rulebook is silent %s%nvouchers %s%n",
                last - first + 1, steps, accepted, refused, silent, outcomes);
        assertThat(outcomes).containsKeys(VoucherStatus.REDEEMED, VoucherStatus.REVOKED);
    }
}
