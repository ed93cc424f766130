package org.voucherledger.projections.voucherboard;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.voucherledger.domain.voucher.VoucherEvent;
import org.voucherledger.domain.voucher.VoucherState;
import org.voucherledger.projections.fixture.RandomCity;

/** What views keep of a voucher. */
class WithoutPapersTest {

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4})
    @DisplayName("A voucher folded without its papers is at every event the voucher folded with them, without them")
    void folds_alike(long seed) {
        Map<String, VoucherState> whole = new HashMap<>();
        Map<String, VoucherState> without = new HashMap<>();
        int left = 0;
        try (var city = new RandomCity(seed).lives(400)) {
            for (var message : city.events()) {
                if (message.getPayload() instanceof VoucherEvent event) {
                    String id = event.voucherId();
                    VoucherState now =
                            whole.getOrDefault(id, VoucherState.EMPTY).evolve(event);
                    VoucherState kept = without.getOrDefault(id, VoucherState.EMPTY)
                            .evolve(event)
                            .withoutPapers();

                    assertThat(kept).as("%s", event).isEqualTo(now.withoutPapers());

                    left += now.equals(kept) ? 0 : 1;
                    whole.put(id, now);
                    without.put(id, kept);
                }
            }
        }
        assertThat(left).as("states that had papers").isPositive();
    }
}
