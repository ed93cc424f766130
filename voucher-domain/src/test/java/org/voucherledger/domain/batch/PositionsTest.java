package org.voucherledger.domain.batch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.NoSuchElementException;
import java.util.Random;
import java.util.TreeSet;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class PositionsTest {

    @Test
    @DisplayName(
            "CL-03: the first position that is left is known, whatever goes in whichever order, and nothing empty is kept")
    void first() {
        var random = new Random(7);
        var expected = new TreeSet<Long>();
        Positions positions = Positions.NONE;
        for (long next = 1; next <= 2_000; next++) {
            positions = positions.with(next);
            expected.add(next);
            while (!expected.isEmpty() && random.nextInt(100) < 45) {
                Long gone = expected.ceiling((long) random.nextInt((int) next + 1));
                gone = gone == null ? expected.first() : gone;
                positions = positions.without(gone);
                expected.remove(gone);
            }
            assertThat(positions.count()).isEqualTo(expected.size());
            assertThat(positions.isEmpty()).isEqualTo(expected.isEmpty());
            if (!expected.isEmpty()) {
                assertThat(positions.first()).isEqualTo(expected.first());
            }
        }
        for (Long each : expected) {
            positions = positions.without(each);
        }
        assertThat(positions).isEqualTo(Positions.NONE);
        assertThatThrownBy(positions::first).isInstanceOf(NoSuchElementException.class);
    }

    @Test
    @DisplayName("what is added or taken out makes new positions and leaves the old ones as they were")
    void value() {
        Positions one = Positions.NONE.with(255).with(256);
        assertThat(one.without(255).first()).isEqualTo(256);
        assertThat(one.with(1).first()).isEqualTo(1);
        assertThat(one.first()).isEqualTo(255);
        assertThat(one.without(9)).isEqualTo(one);
    }
}
