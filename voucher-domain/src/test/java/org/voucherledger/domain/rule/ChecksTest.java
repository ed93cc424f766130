package org.voucherledger.domain.rule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.util.Arrays;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.voucherledger.domain.money.Fen;

class ChecksTest {

    private static Decision decision(Check stage, boolean allowed) {
        return Rule.ALL_02.holds(stage, "about-" + stage, allowed, 1L, 2L, 3L);
    }

    @Test
    @DisplayName("ALL-02: the stages stand in the rulebook's order")
    void stages() {
        assertThat(Arrays.stream(Check.values()).map(Enum::name))
                .containsExactly(
                        "ACTOR",
                        "IDEMPOTENCY",
                        "STATE",
                        "FREEZE",
                        "DEADLINE",
                        "PARTY",
                        "PRODUCT",
                        "DOCUMENTS",
                        "AMOUNTS",
                        "CAPS",
                        "USED_ONCE");
    }

    @Test
    @DisplayName("ALL-02: the first failure refuses, and nothing after it is asked")
    void firstFailureRefuses() {
        var asked = new AtomicBoolean();
        assertThatThrownBy(() ->
                        Checks.inOrder(() -> decision(Check.STATE, true), () -> decision(Check.DEADLINE, false), () -> {
                            asked.set(true);
                            return decision(Check.CAPS, false);
                        }))
                .isInstanceOfSatisfying(
                        Refused.class,
                        refused -> assertThat(refused.decision().stage()).isEqualTo(Check.DEADLINE));
        assertThat(asked).isFalse();
    }

    @Test
    @DisplayName("ALL-02: a handler that asks out of order is a fault, even where all is allowed")
    void outOfOrder() {
        assertThatThrownBy(() -> Checks.inOrder(() -> decision(Check.CAPS, true), () -> decision(Check.DEADLINE, true)))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("ALL-02");
    }

    @Test
    @DisplayName("ALL-02: a question that does not apply is skipped; one stage may be asked more than once")
    void skipsWhatDoesNotApply() {
        assertThatCode(() -> Checks.inOrder(
                        () -> decision(Check.PARTY, true), () -> null, () -> decision(Check.PARTY, true)))
                .doesNotThrowAnyException();
    }

    @Test
    @DisplayName("ALL-02: a refusal states its figures and is no fault")
    void refusalStatesItsFigures() {
        assertThatThrownBy(() -> Rule.GZ_21.holds(Check.CAPS, "x", false, null, 1L, 1L))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new Refused(decision(Check.CAPS, true))).isInstanceOf(IllegalArgumentException.class);
        var refused = new Refused(decision(Check.CAPS, false));
        assertThat(refused.getStackTrace()).isEmpty();
        assertThat(refused).hasMessage("ALL-02 about-CAPS: limit 1, used 2, asked 3");
    }

    @DisplayName("GZ-21: what is used and asked fits up to the last fen of the limit, not one fen more")
    @ParameterizedTest(name = "limit {0}, used {1}, asked {2}: {3}")
    @CsvSource({"100, 0, 100, true", "100, 0, 101, false", "100, 99, 1, true", "100, 100, 1, false", "0, 1, 1, false"})
    void fits(long limit, long used, long asked, boolean allowed) {
        assertThat(Rule.GZ_21
                        .fits(Check.CAPS, "x", Fen.of(limit), Fen.of(used), Fen.of(asked))
                        .allowed())
                .isEqualTo(allowed);
    }

    @Test
    @DisplayName("ALL-02: what is found is told as it is, where it is as required and where it is not")
    void findsWhatIs() {
        assertThat(Rule.GZ_01
                        .finds(Check.PARTY, "Blacklisted", true, "not blacklisted", "blacklisted", "apply")
                        .used())
                .isEqualTo("not blacklisted");
        assertThat(Rule.GZ_01.finds(Check.PARTY, "Blacklisted", false, "not blacklisted", "blacklisted", "apply"))
                .isEqualTo(
                        Rule.GZ_01.holds(Check.PARTY, "Blacklisted", false, "not blacklisted", "blacklisted", "apply"));
    }

    @Test
    @DisplayName("GZ-10: the opening instant is in, the closing instant is out")
    void instants() {
        Instant at = Instant.parse("2020-04-30T09:00:00Z");
        assertThat(Rule.GZ_10.before(Check.DEADLINE, "x", at, at.minusNanos(1)).allowed())
                .isTrue();
        assertThat(Rule.GZ_10.before(Check.DEADLINE, "x", at, at).allowed()).isFalse();
        assertThat(Rule.GZ_10.notBefore(Check.DEADLINE, "x", at, at).allowed()).isTrue();
        assertThat(Rule.GZ_10
                        .notBefore(Check.DEADLINE, "x", at, at.minusNanos(1))
                        .allowed())
                .isFalse();
    }

    @Test
    @DisplayName("ALL-02: every rule is named as the rulebook names it and says its clause in two languages")
    void everyRuleIsNamed() {
        for (Rule rule : Rule.values()) {
            assertThat(rule.id()).matches("(GZ|CL|CV|SV|ALL)-\\d\\d");
            assertThat(rule.clause()).isNotBlank();
            assertThat(rule.english()).isNotBlank();
            assertThat(rule.chinese()).matches(".*\\p{IsHan}.*");
        }
    }
}
