package org.voucherledger.domain.money;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FenTest {

    @Test
    @DisplayName("ALL-03: an amount is never negative and never beyond what the ledger can count")
    void staysInRange() {
        assertThat(Fen.of(0)).isSameAs(Fen.ZERO);
        assertThat(Fen.of(Fen.MAX).value()).isEqualTo(Fen.MAX);
        assertThatThrownBy(() -> Fen.of(-1)).isInstanceOf(ArithmeticException.class);
        assertThatThrownBy(() -> Fen.of(Fen.MAX + 1)).isInstanceOf(ArithmeticException.class);
        assertThatThrownBy(() -> Fen.of(1).minus(Fen.of(2))).isInstanceOf(ArithmeticException.class);
        assertThatThrownBy(() -> Fen.of(Fen.MAX).plus(Fen.of(1))).isInstanceOf(ArithmeticException.class);
    }

    @DisplayName("GZ-24: a share is rounded down to the fen, the only rounding there is")
    @ParameterizedTest(name = "{1} basis points of {0} fen are {2}")
    @CsvSource({"100, 5000, 50", "101, 5000, 50", "1, 5000, 0", "3, 3333, 0", "10000, 1, 1", "9999, 1, 0", "0, 5000, 0"
    })
    void shareRoundsDown(long fen, int basisPoints, long share) {
        assertThat(Fen.of(fen).share(basisPoints)).isEqualTo(Fen.of(share));
    }

    @Test
    @DisplayName("GZ-24: the largest amount has an exact share")
    void shareOfTheLargest() {
        assertThat(Fen.of(Fen.MAX).share(10_000)).isEqualTo(Fen.of(Fen.MAX));
    }

    @Test
    void comparesAndAdds() {
        assertThat(Fen.of(3).plus(Fen.of(4))).isEqualTo(Fen.of(7));
        assertThat(Fen.of(4).minus(Fen.of(4)).isZero()).isTrue();
        assertThat(Fen.of(3).min(Fen.of(4))).isEqualTo(Fen.of(3));
        assertThat(Fen.of(4).exceeds(Fen.of(4))).isFalse();
        assertThat(Fen.of(5).exceeds(Fen.of(4))).isTrue();
        assertThat(Fen.of(5)).isGreaterThan(Fen.of(4));
    }
}
