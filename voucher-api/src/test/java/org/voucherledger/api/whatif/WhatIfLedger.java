package org.voucherledger.api.whatif;

import static org.assertj.core.api.Assertions.assertThat;

import com.zaxxer.hikari.HikariDataSource;
import java.util.Collection;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.locks.Lock;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.voucherledger.api.eventstore.EventsInOrder;
import org.voucherledger.api.eventstore.LedgerStore;
import org.voucherledger.api.eventstore.PlayedBefore;
import org.voucherledger.api.postgres.TestPostgres;
import org.voucherledger.api.schemefile.SchemeFile;
import org.voucherledger.domain.ledger.Ledger;
import org.voucherledger.domain.scenario.City;
import org.voucherledger.domain.scheme.SchemeTerms;

/** A real log that cities are brought into, and what-if over it; each answer is held against the log's not having grown. */
final class WhatIfLedger implements AutoCloseable {

    private static final String FILE = "0".repeat(64);

    private final HikariDataSource pool = TestPostgres.emptyLedger();
    private final JdbcTemplate sql = new JdbcTemplate(pool);
    private final LedgerStore store = LedgerStore.over(pool, new JdbcTransactionManager(pool), Ledger.AGGREGATES);
    private volatile Runnable whileTelling = () -> {};
    private final WhatIf whatIf = new WhatIf(new PastBatches(new EventsInOrder(sql, store.serializer()) {
        @Override
        public void tell(Collection<String> beginnings, Predicate<String> wanted, long upTo, Consumer<Placed> told) {
            whileTelling.run();
            super.tell(beginnings, wanted, upTo, told);
        }
    }));

    /** The city's log, and nothing else. */
    void bring(City city) {
        sql.execute("truncate ledger.domain_event");
        PlayedBefore.bring(store, city.ledger().events());
    }

    WhatIfAnswer ask(String batch, SchemeTerms draft) {
        long events = count();
        try {
            return whatIf.ask(batch, new SchemeFile(draft, FILE));
        } finally {
            assertThat(count()).as("nothing is written").isEqualTo(events);
        }
    }

    /** Begins to ask, and stays in the middle of it until the lock is free. Returns when it is there. */
    Thread askHeldBy(Lock lock, String batch, SchemeTerms draft) throws InterruptedException {
        var there = new CountDownLatch(1);
        whileTelling = () -> {
            whileTelling = () -> {};
            there.countDown();
            lock.lock();
            lock.unlock();
        };
        Thread asking = Thread.startVirtualThread(() -> whatIf.ask(batch, new SchemeFile(draft, FILE)));
        there.await();
        return asking;
    }

    private long count() {
        return sql.queryForObject("select count(*) from ledger.domain_event", Long.class);
    }

    @Override
    public void close() {
        store.events().shutDown();
        pool.close();
    }
}
