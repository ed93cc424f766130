package org.voucherledger.api.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.zaxxer.hikari.HikariDataSource;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.JdbcTemplate;
import org.voucherledger.api.postgres.TestPostgres;

class LedgerClocksTest {

    private static final Instant SPRING = Instant.parse("2020-03-01T00:00:00Z");
    private static final Instant SUMMER = Instant.parse("2020-06-01T00:00:00Z");

    private final HikariDataSource pool = TestPostgres.emptyLedger();
    private final JdbcTemplate sql = new JdbcTemplate(pool);

    @AfterEach
    void close() {
        pool.close();
    }

    @Test
    void a_rehearsal_goes_on_where_it_stood() {
        var clock = (RehearsalClock) LedgerClocks.of(sql, Optional.of(SPRING));
        assertThat(clock.now()).isEqualTo(SPRING);

        clock.forwardTo(SUMMER);

        assertThat(clock.now()).isEqualTo(SUMMER);
        assertThat(LedgerClocks.of(sql, Optional.of(SPRING)).now()).isEqualTo(SUMMER);
        assertThat(LedgerClocks.of(sql, Optional.empty()).now()).isEqualTo(SUMMER);
    }

    @Test
    void a_rehearsal_clock_moves_only_forward() {
        var clock = (RehearsalClock) LedgerClocks.of(sql, Optional.of(SUMMER));

        clock.forwardTo(SUMMER);
        assertThatThrownBy(() -> clock.forwardTo(SPRING)).isInstanceOf(RehearsalClock.ClockTurnedBack.class);

        assertThat(clock.now()).isEqualTo(SUMMER);
    }

    @Test
    void a_real_ledger_is_never_rehearsed_with() {
        assertThat(LedgerClocks.of(sql, Optional.empty())).isInstanceOf(SystemClock.class);

        assertThatThrownBy(() -> LedgerClocks.of(sql, Optional.of(SPRING)))
                .isInstanceOf(LedgerClocks.NotARehearsal.class);
        assertThat(LedgerClocks.of(sql, Optional.empty())).isInstanceOf(SystemClock.class);
    }
}
