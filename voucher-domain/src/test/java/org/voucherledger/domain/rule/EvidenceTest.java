package org.voucherledger.domain.rule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.voucherledger.domain.money.Fen;

class EvidenceTest {

    private static final Decision CAP =
            Rule.GZ_21.fits(Check.CAPS, "ProviderCapExceeded", Fen.of(50), Fen.ZERO, Fen.of(7));
    private static final Decision LATE =
            Rule.GZ_20.before(Check.DEADLINE, "OrderTooLate", Instant.EPOCH, Instant.parse("2020-05-31T00:00:00Z"));

    private static final Decision VERIFIED =
            Rule.GZ_02.finds(Check.PARTY, "NotVerified", true, "verified for 2020", "not verified", "apply");

    @Test
    @DisplayName(
            "ALL-04: a decision is kept with its rule, outcome and figures, whole numbers as such, the rest as text, and nothing twice")
    void keepsTheFigures() {
        var written = Evidence.written(List.of(CAP, VERIFIED, LATE));
        assertThat(written)
                .containsExactly(
                        List.of("GZ-21", "ProviderCapExceeded", 50L, 0L, 7L),
                        List.of("GZ-02", "NotVerified", "verified for 2020", "apply"),
                        List.of(
                                "GZ-20",
                                "OrderTooLate",
                                false,
                                "1970-01-01T00:00:00Z",
                                "2020-05-31T00:00:00Z",
                                "2020-05-31T00:00:00Z"));
        assertThat(Evidence.read(written))
                .containsExactly(
                        new Evidence("GZ-21", "ProviderCapExceeded", true, 50L, 0L, 7L, 1),
                        new Evidence(
                                "GZ-02", "NotVerified", true, "verified for 2020", "verified for 2020", "apply", 1),
                        new Evidence(
                                "GZ-20",
                                "OrderTooLate",
                                false,
                                "1970-01-01T00:00:00Z",
                                "2020-05-31T00:00:00Z",
                                "2020-05-31T00:00:00Z",
                                1));
        assertThat(Evidence.read(written).getFirst().decidedBy()).isEqualTo(Rule.GZ_21);
    }

    @Test
    @DisplayName(
            "ALL-04: what was decided a hundred times alike is kept once, with how often; another figure is another line")
    void keepsWhatIsAlikeOnce() {
        var many =
                IntStream.range(0, 100).mapToObj(i -> i == 42 ? LATE : same()).toList();
        var written = Evidence.written(many);
        assertThat(written).hasSize(2);
        assertThat(Evidence.read(written).getFirst().times()).isEqualTo(99);
        assertThat(Evidence.read(written).getLast().times()).isEqualTo(1);
    }

    @Test
    @DisplayName("ALL-04: what is not as long as a decision is not taken for one")
    void readsNothingElse() {
        assertThatIllegalArgumentException().isThrownBy(() -> Evidence.read(List.of(List.of("GZ-21", "x", 1L))));
    }

    private static Decision same() {
        return Rule.GZ_40.holds(Check.STATE, "VoucherStatus", true, "[ACCEPTED]", "ACCEPTED", "claim");
    }

    @Test
    @DisplayName("ALL-04: one of a set reads the same in whatever order the set was made")
    void readsTheSame() {
        var one = Rule.GZ_01.isOneOf(Check.PARTY, "x", List.of("b", "a", "c"), "a", "x");
        var other =
                Rule.GZ_01.isOneOf(Check.PARTY, "x", new TreeSet<>(Set.of("c", "b", "a")).descendingSet(), "a", "x");
        assertThat(one).isEqualTo(other);
        assertThat(one.limit()).isEqualTo("[a, b, c]");
    }
}
