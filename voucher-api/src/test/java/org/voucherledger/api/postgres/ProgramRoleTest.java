package org.voucherledger.api.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.zaxxer.hikari.HikariDataSource;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.jdbc.core.JdbcTemplate;

/** What the role that the program works as can do to what has happened: add to it, and nothing else. */
class ProgramRoleTest {

    private static final String PERMISSION_DENIED = "42501";

    private static HikariDataSource owner;
    private static HikariDataSource program;

    @BeforeAll
    static void migrated() {
        owner = TestPostgres.emptyLedger();
        program = TestPostgres.programPool();
    }

    @AfterAll
    static void close() {
        program.close();
        owner.close();
    }

    static Stream<String> changes() {
        return ProgramRole.ADDED_TO.stream()
                .flatMap(table -> Stream.of(
                        "update ledger." + table + " set " + columnOf(table) + " = " + columnOf(table),
                        "delete from ledger." + table,
                        "truncate ledger." + table + " cascade",
                        "select 1 from ledger." + table + " for update",
                        "drop table ledger." + table + " cascade",
                        "alter table ledger." + table + " disable trigger all"));
    }

    private static String columnOf(String table) {
        return new JdbcTemplate(owner)
                .queryForObject(
                        "select column_name from information_schema.columns where table_schema = 'ledger'"
                                + " and table_name = ? and is_identity = 'NO' limit 1",
                        String.class,
                        table);
    }

    @DisplayName("ALL-04: the program's role can neither change nor remove what has happened")
    @ParameterizedTest(name = "{0}")
    @MethodSource("changes")
    void cannot(String change) throws SQLException {
        try (Connection connection = program.getConnection();
                var statement = connection.createStatement()) {
            assertThatThrownBy(() -> statement.execute(change))
                    .isInstanceOfSatisfying(
                            SQLException.class,
                            refused -> assertThat(refused.getSQLState()).isEqualTo(PERMISSION_DENIED));
        }
    }

    @Test
    @DisplayName("ALL-04: it adds events, answers and seals")
    void adds() {
        List<String> may = new JdbcTemplate(program)
                .queryForList(
                        "select relname from pg_class where relnamespace = 'ledger'::regnamespace and relkind = 'r'"
                                + " and has_table_privilege(oid, 'SELECT') and has_table_privilege(oid, 'INSERT')",
                        String.class);

        assertThat(may).containsAll(ProgramRole.ADDED_TO).contains("lane", "clock", "document", "seal_edge");
    }

    @Test
    void it_is_let_in_and_the_owner_is_not() throws SQLException {
        try (Connection ours = program.getConnection();
                Connection owners = owner.getConnection()) {
            assertThatCode(() -> ProgramRole.require(ours)).doesNotThrowAnyException();
            assertThatThrownBy(() -> ProgramRole.require(owners))
                    .isInstanceOf(PostgresUnavailable.class)
                    .hasMessageContaining("could change or remove rows of ledger.domain_event")
                    .hasMessageContaining("SPRING_FLYWAY_USER");
        }
    }

    static Stream<String> grants() {
        return Stream.of(
                "grant update on ledger.command_answer to voucher_program",
                "grant update (payload) on ledger.domain_event to voucher_program",
                "grant delete on ledger.checkpoint to voucher_program",
                "grant truncate on ledger.seal_tile to voucher_program",
                "grant trigger on ledger.seal_run to voucher_program",
                "grant voucher to voucher_program",
                "alter role voucher_program superuser");
    }

    @DisplayName("A role that could change what has happened is not let in, by whatever way it could")
    @ParameterizedTest(name = "{0}")
    @MethodSource("grants")
    void not_let_in(String grant) throws SQLException {
        try (Connection owners = owner.getConnection();
                Connection ours = program.getConnection();
                var statement = owners.createStatement()) {
            owners.setAutoCommit(false);
            statement.execute(grant);
            statement.execute("set local session authorization voucher_program");
            assertThatThrownBy(() -> ProgramRole.require(owners)).isInstanceOf(PostgresUnavailable.class);
            owners.rollback();
            assertThatCode(() -> ProgramRole.require(ours)).doesNotThrowAnyException();
        }
    }
}
