package org.voucherledger.api.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.ArrayDeque;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.JdbcTemplate;
import org.voucherledger.api.postgres.TestPostgres;

class RecordingClockTest {

    private static final Instant NOON = Instant.parse("2026-03-01T04:00:00.000001Z");

    @Test
    @DisplayName(
            "A clock that is set back does not take the times of recording along; it goes on when it has caught up")
    void neverGoesBack() {
        var readings = new ArrayDeque<>(List.of(
                NOON, NOON.plusSeconds(10), NOON.minusSeconds(3_600), NOON.plusSeconds(10), NOON.plusSeconds(11)));
        var clock = new RecordingClock(readings::poll, NOON.plusSeconds(5));

        assertThat(List.of(clock.instant(), clock.instant(), clock.instant(), clock.instant(), clock.instant()))
                .containsExactly(
                        NOON.plusSeconds(5),
                        NOON.plusSeconds(10),
                        NOON.plusSeconds(10),
                        NOON.plusSeconds(10),
                        NOON.plusSeconds(11));
    }

    @Test
    @DisplayName("After a start recording goes on from the last event of the log, wherever the server's clock is")
    void goesOnWhereTheLogEnds() {
        try (var database = TestPostgres.emptyLedger()) {
            var sql = new JdbcTemplate(database);
            assertThat(RecordingClock.of(() -> NOON, sql).instant()).isEqualTo(NOON);
            sql.update("insert into ledger.domain_event (event_identifier, aggregate_identifier, sequence_number, type,"
                    + " recorded_at, payload_type, payload, meta_data) values ('e', 's', 0, 't',"
                    + " '2026-03-02 00:00:00.000002+00', 'E', '{}', '{}')");
            assertThat(RecordingClock.of(() -> NOON, sql).instant())
                    .isEqualTo(Instant.parse("2026-03-02T00:00:00.000002Z"));
        }
    }
}
