package org.voucherledger.api.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.zaxxer.hikari.HikariDataSource;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.SpringApplication;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.jdbc.core.JdbcTemplate;
import org.voucherledger.api.VoucherLedger;
import org.voucherledger.api.eventstore.LanePool;
import org.voucherledger.domain.command.Role;

/** The program as it is served, with every connection of its readers taken. */
class StarvedReadersTest {

    @TempDir
    private Path data;

    @Test
    @DisplayName(
            "however many read, the lane writes: it has connections of its own, whose time-outs end before the client's")
    void theLaneRuns() throws SQLException {
        try (ConfigurableApplicationContext program = new SpringApplication(VoucherLedger.class)
                .run("--ledger.data=" + data, "--server.port=0", "--server.address=127.0.0.1")) {
            var readers = program.getBean(HikariDataSource.class);
            var lane = (HikariDataSource) program.getBean(LanePool.class).dataSource();
            List<Connection> taken = new ArrayList<>();
            for (int i = 0; i < readers.getMaximumPoolSize(); i++) {
                taken.add(readers.getConnection());
            }

            var told = Caller.anonymous(
                            program.getEnvironment().getRequiredProperty("local.server.port", Integer.class))
                    .as(data, Role.OPERATOR)
                    .withKey("key-1")
                    .post("/api/v1/batches/B-9/applications-end", "");

            assertThat(told.status()).as(told.text()).isEqualTo(404);
            assertThat(told.text("about")).isEqualTo("BatchUnknown");
            for (Connection connection : taken) {
                connection.close();
            }
            gentle(readers, "10min", 660);
            gentle(lane, "2min", 150);
        }
    }

    private static void gentle(HikariDataSource pool, String longestTransaction, int longestSilenceSeconds) {
        assertThat(new JdbcTemplate(pool).queryForObject("show transaction_timeout", String.class))
                .isEqualTo(longestTransaction);
        assertThat(pool.getDataSourceProperties())
                .containsEntry("tcpKeepAlive", "true")
                .containsEntry("socketTimeout", Integer.toString(longestSilenceSeconds));
    }
}
