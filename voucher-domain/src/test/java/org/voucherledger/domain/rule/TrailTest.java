package org.voucherledger.domain.rule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.stream.Stream;
import org.axonframework.messaging.GenericMessage;
import org.axonframework.messaging.unitofwork.CurrentUnitOfWork;
import org.axonframework.messaging.unitofwork.DefaultUnitOfWork;
import org.axonframework.messaging.unitofwork.UnitOfWork;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class TrailTest {

    private final UnitOfWork<?> unit = DefaultUnitOfWork.startAndGet(new GenericMessage<>("explained"));

    @AfterEach
    void end() {
        unit.rollback();
        assertThat(CurrentUnitOfWork.isStarted()).isFalse();
    }

    private static Decision decision(String about, boolean allowed) {
        return Rule.GZ_24.holds(Check.AMOUNTS, about, allowed, 1L, 1L, 1L);
    }

    @Test
    @DisplayName("ALL-02: what was looked at is kept in order, allowed and denied, up to the one that refuses")
    void keepsWhatWasLookedAt() {
        var trail = Trail.begin(unit);
        Decision one = decision("One", true);
        Decision two = decision("Two", false);
        assertThatThrownBy(() -> Checks.inOrder(() -> one, () -> null, () -> two, () -> decision("Three", true)))
                .isInstanceOf(Refused.class);
        assertThat(trail.decisions()).containsExactly(one, two);
    }

    @Test
    @DisplayName("ALL-02: a question made of several is kept with all that were asked, each once")
    void keepsTheParts() {
        var trail = Trail.begin(unit);
        Decision one = decision("One", true);
        Decision two = decision("Two", false);
        Decision three = decision("Three", true);
        assertThatThrownBy(() -> Checks.inOrder(() -> Checks.first(Stream.of(one, two, three))))
                .isInstanceOf(Refused.class);
        assertThat(trail.decisions()).isEqualTo(List.of(one, two));
    }

    @Test
    @DisplayName("ALL-02: a command that nobody asked to explain leaves no trail")
    void keepsNothingUnasked() {
        Checks.inOrder(() -> decision("One", true));
        assertThat(Trail.handOver()).isEmpty();
        assertThat(Trail.begin(unit).decisions()).isEmpty();
    }

    @Test
    @DisplayName("ALL-04: what was decided since something was recorded is handed over once, and stays in the trail")
    void handsOverOnce() {
        var trail = Trail.begin(unit);
        Decision one = decision("One", true);
        Decision two = decision("Two", true);
        Decision three = decision("Three", true);
        Checks.inOrder(() -> one, () -> two);
        assertThat(Trail.handOver()).containsExactly(one, two);
        assertThat(Trail.handOver()).isEmpty();
        Checks.inOrder(() -> three);
        assertThat(Trail.handOver()).containsExactly(three);
        assertThat(trail.decisions()).containsExactly(one, two, three);
    }

    @Test
    @DisplayName("ALL-04: the next command of a group begins with a trail of its own")
    void beginsAnew() {
        Trail.begin(unit);
        Checks.inOrder(() -> decision("Refused elsewhere", true));
        var next = Trail.begin(unit);
        Decision own = decision("Own", true);
        Checks.inOrder(() -> own);
        assertThat(next.decisions()).containsExactly(own);
        assertThat(Trail.handOver()).containsExactly(own);
    }
}
