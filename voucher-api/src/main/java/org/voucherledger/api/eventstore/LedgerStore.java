package org.voucherledger.api.eventstore;

import java.util.Collection;
import java.util.concurrent.Executor;
import javax.sql.DataSource;
import org.axonframework.common.transaction.TransactionManager;
import org.axonframework.spring.jdbc.SpringDataSourceConnectionProvider;
import org.axonframework.spring.messaging.unitofwork.SpringTransactionManager;
import org.springframework.transaction.PlatformTransactionManager;
import org.voucherledger.domain.ledger.Ledger;

/**
 * Everything that a lane needs to write the log over its data source, and to read it as it writes.
 *
 * @param transactions joins the transaction that is already running on the thread
 */
public record LedgerStore(
        EventNames names,
        EventSerializer serializer,
        LedgerEventStore events,
        AggregateCache cache,
        AggregateRepositories repositories,
        TransactionManager transactions) {

    /** Most of them take two or three kilobytes, so that all of them together take about an eighth of it. */
    private static final long MEMORY_BEHIND_EACH = 20_000;

    private static final long MOST_CACHED = 200_000;

    /** The batches, parties, quotas and vouchers of a busy day, as far as there is memory for them. */
    public static final int AGGREGATES_CACHED =
            (int) Math.min(MOST_CACHED, Runtime.getRuntime().maxMemory() / MEMORY_BEHIND_EACH);

    /** All aggregates as this store's transactions see them; what a handler foresees is read in one go. */
    public Ledger ledger() {
        return new Ledger(repositories, this::foresee);
    }

    /** Reads what of these streams is not cached; the transaction must hold its lane's lock, or see one moment only. */
    public void foresee(Collection<String> streams) {
        events.foresee(
                streams.stream().filter(stream -> !cache.containsKey(stream)).toList());
    }

    /** For a lane, over a data source of its own: each commit is beyond doubt, or fails. */
    public static LedgerStore over(DataSource dataSource, Collection<Class<?>> aggregates) {
        return over(dataSource, aggregates, LedgerEventStore.beside());
    }

    /** @param reader where streams are read ahead, on connections of the same data source */
    public static LedgerStore over(DataSource dataSource, Collection<Class<?>> aggregates, Executor reader) {
        return over(dataSource, new UndoubtedCommits(dataSource), aggregates, reader);
    }

    /** For whoever only looks, in transactions that it shares with others. */
    public static LedgerStore over(
            DataSource dataSource, PlatformTransactionManager platform, Collection<Class<?>> aggregates) {
        return over(dataSource, platform, aggregates, LedgerEventStore.beside());
    }

    private static LedgerStore over(
            DataSource dataSource,
            PlatformTransactionManager platform,
            Collection<Class<?>> aggregates,
            Executor reader) {
        var names = EventNames.of(aggregates);
        var serializer = EventSerializer.of(names);
        var transactions = new SpringTransactionManager(platform);
        var storage =
                PostgresEventStorage.over(new SpringDataSourceConnectionProvider(dataSource), transactions, serializer);
        var events = LedgerEventStore.over(storage, new Snapshots(dataSource), reader);
        var cache = new AggregateCache(AGGREGATES_CACHED);
        return new LedgerStore(
                names, serializer, events, cache, new AggregateRepositories(aggregates, events, cache), transactions);
    }
}
