package org.voucherledger.projections.sealedlog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** How logs were begun anew, as the extension lines of a checkpoint tell it. */
class BreakTest {

    private static Break after(String name, long holds) {
        var ended = SigningKey.generate(name, KeyType.NOTE, new SecureRandom());
        return new Break(
                ended.publicKey(), holds, Hash.ofLeaf(new byte[1]), holds + 1, Hash.ofLeaf(new byte[2]), "lost");
    }

    @Test
    @DisplayName(
            "all of them are read back, the newest first, whatever else stands before and behind; of none there is none")
    void readBack() {
        var breaks = List.of(after("b", 7), after("a", 7), after("first", 3));
        var lines = new ArrayList<>(List.of("signed at some time", "previous 9"));
        assertThat(Break.in(lines)).isEmpty();

        lines.addAll(Break.lines(breaks));
        lines.add("something else");

        assertThat(Break.in(lines)).isEqualTo(breaks);
    }

    @Test
    @DisplayName(
            "the first leaves of a log are those of the one before: of an older one no more can hold than of the next")
    void neverMoreOfAnOlderOne() {
        assertThat(Break.in(Break.lines(List.of(after("a", 7), after("first", 7)))))
                .hasSize(2);
        assertThatThrownBy(() -> Break.in(Break.lines(List.of(after("a", 7), after("first", 8)))))
                .isInstanceOf(Unreadable.class)
                .hasMessageContaining("more holds");
    }

    @Test
    @DisplayName("one that was cut off anywhere is none, the last one neither")
    void cutOff() {
        List<String> lines = Break.lines(List.of(after("a", 7), after("first", 3)));
        for (int length : List.of(1, 2, 3, 5, 6, 7)) {
            assertThatThrownBy(() -> Break.in(lines.subList(0, length)))
                    .as("%d lines", length)
                    .isInstanceOf(Unreadable.class);
        }
    }
}
