package org.voucherledger.api.eventstore;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.voucherledger.api.postgres.TestPostgres;
import org.voucherledger.domain.ledger.Ledger;
import org.voucherledger.projections.audittrail.AuditTrailProjection;
import org.voucherledger.projections.projection.Projections;

/** Trap 2: what commits at a lower position than others before it must still reach every view, however many they were. */
class LateTransactionTest {

    /** More than Axon looks back over if it is not told otherwise. */
    private static final int OVERTAKING = 10_500;

    private static final Duration PATIENCE = Duration.ofSeconds(120);

    private static final String EVENTS = """
            insert into ledger.domain_event (event_identifier, aggregate_identifier, sequence_number, type, recorded_at,
                payload_type, payload_revision, payload, meta_data)
            select gen_random_uuid()::text, 'provider:' || ? || n, 0, 'Provider', now(), 'ProviderVerified', '1',
                convert_to(format('{"providerId":"%s"}', ? || n), 'UTF8'), convert_to('{}', 'UTF8')
            from generate_series(1, ?) n
            """;

    @Test
    @DisplayName(
            "A transaction that is overtaken by more than ten thousand events is shown by the views when it commits")
    void overtaken() throws Exception {
        try (var pool = TestPostgres.emptyLedger();
                Connection late = pool.getConnection()) {
            var transactions = new JdbcTransactionManager(pool);
            var readers = LedgerStore.over(pool, transactions, Ledger.AGGREGATES);
            try (var views = new Projections(
                    List.of(new AuditTrailProjection(readers.serializer())),
                    pool,
                    transactions,
                    readers.events(),
                    readers.serializer())) {
                views.start();
                insert(pool.getConnection(), "FIRST", 1);
                late.setAutoCommit(false);
                insert(late, "LATE", 2, false);
                insert(pool.getConnection(), "OVERTAKING", OVERTAKING);
                var positions = views.positions();
                positions.awaitAtLeast(AuditTrailProjection.NAME, OVERTAKING + 3, PATIENCE);
                assertThat(positions.progress(AuditTrailProjection.NAME).hasReached(2))
                        .isFalse();

                late.commit();
                late.setAutoCommit(true);

                positions.awaitAtLeast(AuditTrailProjection.NAME, 2, PATIENCE);
                positions.awaitAtLeast(AuditTrailProjection.NAME, 3, PATIENCE);
                assertThat(new JdbcTemplate(pool)
                                .queryForList(
                                        "select stream_id from view.audit_event where position in (2, 3) order by position",
                                        String.class))
                        .containsExactly("provider:LATE1", "provider:LATE2");
                assertThat(new JdbcTemplate(pool).queryForObject("select count(*) from view.audit_event", Long.class))
                        .isEqualTo(OVERTAKING + 3L);
            } finally {
                readers.events().shutDown();
            }
        }
    }

    private static void insert(Connection committing, String names, int many) throws SQLException {
        try (committing) {
            insert(committing, names, many, true);
        }
    }

    private static void insert(Connection connection, String names, int many, boolean committed) throws SQLException {
        assertThat(connection.getAutoCommit()).isEqualTo(committed);
        try (var insert = connection.prepareStatement(EVENTS)) {
            insert.setString(1, names);
            insert.setString(2, names);
            insert.setInt(3, many);
            assertThat(insert.executeUpdate()).isEqualTo(many);
        }
    }
}
