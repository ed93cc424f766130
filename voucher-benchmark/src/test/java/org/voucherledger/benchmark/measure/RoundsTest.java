package org.voucherledger.benchmark.measure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.function.DoubleSupplier;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Contenders take turns, and what is said of them is the median with its spread. */
class RoundsTest {

    private static DoubleSupplier making(double... figures) {
        Iterator<Double> next = Arrays.stream(figures).boxed().iterator();
        return next::next;
    }

    @Test
    @DisplayName("each round is everybody's turn once, and the rounds that warm up are not counted")
    void interleaved() {
        List<String> turns = new ArrayList<>();
        var rounds = new Rounds()
                .with("one", () -> turn(turns, "one"))
                .with("other", () -> turn(turns, "other"))
                .run(1, 2);

        assertThat(turns).containsExactly("one", "other", "one", "other", "one", "other");
        assertThat(rounds.bar("one")).isEqualTo(new Bar("one", 4, 3, 5));
    }

    private static double turn(List<String> turns, String name) {
        turns.add(name);
        return turns.size();
    }

    @Test
    @DisplayName(
            "of an odd number of rounds the middle one counts, of an even number the mean of the two in the middle")
    void median() {
        assertThat(new Rounds().with("odd", making(9, 1, 5)).run(0, 3).median("odd"))
                .isEqualTo(5);
        assertThat(new Rounds().with("even", making(8, 2, 4, 1)).run(0, 4).median("even"))
                .isEqualTo(3);
    }

    @Test
    @DisplayName("a ratio is that of each round, so that a slow round falls on both")
    void ratio() {
        var rounds = new Rounds()
                .with("ledger", making(20, 2, 30))
                .with("other", making(10, 2, 5))
                .run(0, 3);

        assertThat(rounds.ratio("ledgerVsOther", "ledger", "other", null))
                .isEqualTo(new Ratio("ledgerVsOther", 2, 1, 6, null));
    }

    @Test
    @DisplayName("two contenders of one name are a mistake")
    void twice() {
        var rounds = new Rounds().with("one", () -> 1);
        assertThatThrownBy(() -> rounds.with("one", () -> 2)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    @DisplayName("an aim is reached by what equals it, and what misses it is told by how much")
    void aim() {
        assertThat(Aim.atLeast(3.5).judge(3.5)).isEqualTo("at least 3.50, reached");
        assertThat(Aim.atLeast(4).judge(3)).isEqualTo("at least 4.00, missed by 25%");
        assertThat(Aim.atMost(0.25).judge(0.25)).isEqualTo("at most 0.25, reached");
        assertThat(Aim.atMost(0.25).judge(0.5)).isEqualTo("at most 0.25, missed by 100%");
    }
}
