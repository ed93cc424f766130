package org.voucherledger.api.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.JdbcTemplate;
import org.voucherledger.api.eventstore.LedgerStore;
import org.voucherledger.api.postgres.TestPostgres;
import org.voucherledger.domain.ledger.Ledger;

/** What whoever seals the log relies on to know when a gap in the positions stays one. */
class NumberBeforePositionTest {

    @Test
    @DisplayName("a group has its transaction number before it draws the first position")
    void number() {
        List<Boolean> numbered = new CopyOnWriteArrayList<>();
        NamedDocuments looking = (requests, sql) -> {
            numbered.add(sql.queryForObject("select pg_current_xact_id_if_assigned() is not null", Boolean.class));
            return request -> Optional.empty();
        };
        try (var pool = TestPostgres.emptyLedger()) {
            var store = LedgerStore.over(pool, Ledger.AGGREGATES);
            try (var pipeline = GroupCommitPipeline.over(
                    store,
                    new JdbcTemplate(pool),
                    TestLedger.handlers(store),
                    looking,
                    new SystemClock(),
                    10,
                    status -> {})) {
                TestLedger.await(pipeline.submit(TestLedger.request("k", new TestCommand.Look("x"))));
            }
            store.events().shutDown();
        }
        assertThat(numbered).containsExactly(true);
    }
}
