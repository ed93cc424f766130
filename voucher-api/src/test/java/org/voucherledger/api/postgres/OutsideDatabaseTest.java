package org.voucherledger.api.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.jdbc.core.JdbcTemplate;
import org.voucherledger.api.commandline.CannotRun;
import org.voucherledger.api.commandline.LocalLedger;

/** The program on an outside PostgreSQL with the two roles that the how-to page makes, neither of which is a superuser. */
@ExtendWith(OutputCaptureExtension.class)
class OutsideDatabaseTest {

    @TempDir
    private Path data;

    private String url;

    @BeforeEach
    void rolesAndDatabase() {
        try (var superuser = TestPostgres.pool()) {
            var sql = new JdbcTemplate(superuser);
            sql.execute("drop database if exists outside");
            sql.execute("drop role if exists outside_program");
            sql.execute("drop role if exists outside_owner");
            sql.execute("create role outside_owner login password 'o'");
            sql.execute("create role outside_program login password 'p'");
            sql.execute("create database outside owner outside_owner encoding 'UTF8'");
            sql.execute("grant connect, create, temporary on database outside to outside_program");
            url = superuser.getJdbcUrl().replaceFirst("/ledger$", "/outside");
        }
    }

    private Map<String, String> settings(String user, String password) {
        Map<String, String> settings = new LinkedHashMap<>();
        settings.put("ledger.data", data.toString());
        settings.put("spring.datasource.url", url);
        settings.put("spring.datasource.username", user);
        settings.put("spring.datasource.password", password);
        return settings;
    }

    @Test
    @DisplayName("with an owner for the migrations and a role of its own it runs, and cannot change what has happened")
    void twoRoles() throws SQLException {
        Map<String, String> settings = settings("outside_program", "p");
        settings.put("spring.flyway.user", "outside_owner");
        settings.put("spring.flyway.password", "o");
        try (LocalLedger ledger = LocalLedger.startQuietly(settings);
                Connection ours = DriverManager.getConnection(url, "outside_program", "p");
                var statement = ours.createStatement()) {
            assertThat(ledger.url()).isNotNull();
            assertThatCode(() -> ProgramRole.require(ours)).doesNotThrowAnyException();
            assertThatThrownBy(() -> statement.execute("truncate ledger.domain_event"))
                    .hasMessageContaining("permission denied");
        }
    }

    @Test
    @DisplayName("with one role for everything it does not start, and says which roles it needs")
    void oneRole(CapturedOutput output) {
        assertThatThrownBy(() -> LocalLedger.startQuietly(settings("outside_owner", "o")))
                .isInstanceOf(CannotRun.class);
        assertThat(output.getAll())
                .contains("could change or remove rows of ledger.domain_event")
                .contains("SPRING_FLYWAY_USER")
                .doesNotContain("\tat org.voucherledger");
    }
}
