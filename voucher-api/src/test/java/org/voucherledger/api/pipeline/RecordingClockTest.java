package org.voucherledger.api.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayDeque;
import java.util.List;
import java.util.stream.IntStream;
import org.axonframework.messaging.GenericMessage;
import org.axonframework.messaging.unitofwork.DefaultUnitOfWork;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.voucherledger.api.pipeline.TestCommand.Count;

class RecordingClockTest {

    private static final Instant NOON = Instant.parse("2026-03-01T04:00:00.000001Z");

    @Test
    @DisplayName(
            "A clock that is set back does not take the times of recording along; it goes on when it has caught up")
    void neverGoesBack() {
        var readings = new ArrayDeque<>(List.of(
                NOON, NOON.plusSeconds(10), NOON.minusSeconds(3_600), NOON.plusSeconds(10), NOON.plusSeconds(11)));
        var clock = new RecordingClock(readings::poll);
        var transaction = DefaultUnitOfWork.startAndGet(new GenericMessage<>("a group"));
        clock.records(transaction);
        clock.notBefore(NOON.plusSeconds(5));
        transaction.rollback();

        assertThat(IntStream.range(0, 5).mapToObj(i -> clock.instant()))
                .containsExactly(
                        NOON.plusSeconds(5),
                        NOON.plusSeconds(10),
                        NOON.plusSeconds(10),
                        NOON.plusSeconds(10),
                        NOON.plusSeconds(11));
    }

    @Test
    @DisplayName(
            "Two programs with clocks an hour apart take turns on one database, and no event is recorded before another")
    void clocksApart() {
        try (TestLedger ahead = TestLedger.fresh(() -> NOON.plusSeconds(3_600), 10);
                TestLedger behind = ahead.another(() -> NOON)) {
            for (int i = 0; i < 5; i++) {
                assertThat(behind.ask("b" + i, new Count("S", "b" + i))).isInstanceOf(Answer.Accepted.class);
                assertThat(ahead.ask("a" + i, new Count("S", "a" + i))).isInstanceOf(Answer.Accepted.class);
            }
            List<Instant> recorded = ahead
                    .sql
                    .queryForList(
                            "select recorded_at from ledger.domain_event order by global_index", OffsetDateTime.class)
                    .stream()
                    .map(OffsetDateTime::toInstant)
                    .toList();
            assertThat(recorded)
                    .hasSize(10)
                    .isSorted()
                    .startsWith(NOON, NOON.plusSeconds(3_600))
                    .endsWith(NOON.plusSeconds(3_600), NOON.plusSeconds(3_600));
        }
    }

    @Test
    @DisplayName("After a start recording goes on from the last event of the log, wherever the server's clock is")
    void goesOnWhereTheLogEnds() {
        try (TestLedger before = TestLedger.fresh(() -> NOON.plusSeconds(3_600), 10)) {
            assertThat(before.ask("a", new Count("S", "a"))).isInstanceOf(Answer.Accepted.class);
            try (TestLedger restarted = before.another(() -> NOON)) {
                assertThat(restarted.ask("b", new Count("S", "b"))).isInstanceOf(Answer.Accepted.class);
            }
            assertThat(before.sql.queryForList(
                            "select distinct recorded_at from ledger.domain_event", OffsetDateTime.class))
                    .singleElement()
                    .satisfies(at -> assertThat(at.toInstant()).isEqualTo(NOON.plusSeconds(3_600)));
        }
    }
}
