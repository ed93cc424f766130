package org.voucherledger.api.pipeline;

import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.stream.Stream;
import org.axonframework.commandhandling.GenericCommandMessage;
import org.axonframework.messaging.unitofwork.DefaultUnitOfWork;
import org.axonframework.messaging.unitofwork.UnitOfWork;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.core.JdbcTemplate;
import org.voucherledger.api.eventstore.LedgerEventStore;
import org.voucherledger.api.eventstore.LedgerStore;
import org.voucherledger.api.eventstore.Snapshots;
import org.voucherledger.domain.footprint.Footprint;
import org.voucherledger.domain.ledger.Ledger;

/**
 * Where groups of commands are decided, on the state in memory and writing nothing.
 *
 * <p>The state in memory is that of the log, followed by what was decided here and is not yet known to be durable. When
 * anything of that turns out not to have happened, everything that was decided on it is void with it: {@link #forget}.
 *
 * <p>For two threads, one at a time: the one that decides ahead and the one that writes.
 */
final class Desk {

    /** Whoever waits behind a bulk grant should not wait for the bulk grants behind it too. */
    private static final int EVENTS = 1_000;

    private static final Logger LOG = LoggerFactory.getLogger(Desk.class);

    private final LedgerStore store;
    private final JdbcTemplate sql;
    private final CommandAnswers answers;
    private final CommandExecution execution;
    private final NamedDocuments documents;
    private final RecordingClock recording;
    private final Ledger ledger;
    private final Footprint footprint;
    /** Decided last and not yet known to be durable, or {@code null}. */
    private Decided expected;
    /** Counts how often what was in memory has become void. Read by the writer without waiting for what is being decided. */
    private volatile long basis;

    Desk(
            LedgerStore store,
            JdbcTemplate sql,
            CommandAnswers answers,
            CommandExecution execution,
            NamedDocuments documents,
            RecordingClock recording) {
        this.store = store;
        this.sql = sql;
        this.answers = answers;
        this.execution = execution;
        this.documents = documents;
        this.recording = recording;
        this.ledger = new Ledger(store.repositories());
        this.footprint = new Footprint(ledger);
    }

    /**
     * Decides these commands, behind what was decided last; no more of them than record a bounded number of events, and at
     * least one.
     *
     * @param behind some that wait: what they name is read while these are decided
     * @throws RuntimeException a fault, after which nothing in memory is trusted any more
     */
    synchronized Decided decide(List<Received> commands, List<Received> behind) {
        var root = DefaultUnitOfWork.startAndGet(new GenericCommandMessage<>("a group of commands"));
        try {
            LedgerEventStore.writeLater(root);
            recording.records(root);
            var progress = new GroupProgress(
                    answers.find(commands.stream().map(Received::key).toList()),
                    expected == null ? null : expected.progress(),
                    documents.among(commands.stream().map(Received::request).toList(), sql),
                    execution);
            foresee(commands);
            readAhead(behind);
            int count = 0;
            while (count < commands.size() && LedgerEventStore.recordedInThisTransaction() < EVENTS) {
                progress.run(commands.get(count++));
            }
            var events = LedgerEventStore.unwrittenInThisTransaction();
            var standings = Snapshots.due(events, ledger);
            root.commit();
            // Written as JSON here, because the writer has more to do than whoever decides.
            store.events().pack(events);
            store.events().expect(events);
            expected = new Decided(commands.subList(0, count), progress, events, standings, basis);
            return expected;
        } catch (RuntimeException | Error fault) {
            forget();
            rollBack(root, fault);
            throw fault;
        }
    }

    /**
     * Decides these commands under the lane's lock, where all that is before them is durable. What has been decided ahead meanwhile was
     * decided without them, and is void.
     *
     * @throws RuntimeException a fault, after which nothing in memory is trusted any more
     */
    synchronized Decided decideAnew(List<Received> commands) {
        if (expected != null) {
            forget();
        }
        return decide(commands, List.of());
    }

    /** Whether nothing that it was decided on has become void. */
    boolean stands(Decided decided) {
        return decided.basis() == basis;
    }

    /** What was decided has been written and committed. */
    synchronized void isDurable(Decided decided) {
        if (stands(decided)) {
            store.events().arrived(decided.events());
            store.events().snapshots().keep(decided.standings());
            if (expected == decided) {
                expected = null;
            }
        }
    }

    /** Whatever is in memory may never have happened; everything that was decided and is not durable is void. */
    synchronized void forget() {
        basis++;
        expected = null;
        store.events().expectNothing();
        store.cache().removeAll();
    }

    /** Somebody else has continued these streams; everything that was decided and is not durable is void. */
    synchronized void othersWrote(Collection<String> streams) {
        if (expected == null) {
            streams.forEach(store.cache()::remove);
            streams.forEach(store.events()::continued);
        } else {
            forget();
        }
    }

    /** Nothing is recorded before this moment. */
    void notBefore(Instant lastRecorded) {
        recording.notBefore(lastRecorded);
    }

    /** A rush finds everybody cold: who applies for the first time is read with all the others, not one by one. */
    private void foresee(List<Received> commands) {
        store.events().foresee(cold(named(commands)));
        store.events().foresee(cold(following(commands)));
    }

    /** The lane need not wait for what it will need soon. What is wrong with one that waits is told when its turn comes. */
    private void readAhead(List<Received> behind) {
        try {
            var led = behind.stream()
                    .filter(command -> cold(Footprint.leading(command.request().command()).stream())
                            .isEmpty())
                    .toList();
            store.events().readAhead(cold(Stream.concat(named(behind), following(led))));
        } catch (RuntimeException fault) {
            LOG.warn("What {} commands will need was not read ahead: {}", behind.size(), fault.toString());
        }
    }

    private static Stream<String> named(List<Received> commands) {
        return commands.stream()
                .flatMap(command -> Footprint.named(command.request().command()).stream());
    }

    private Stream<String> following(List<Received> commands) {
        return commands.stream()
                .flatMap(command -> footprint.following(command.request().command(), command.stamp()).stream());
    }

    private List<String> cold(Stream<String> streams) {
        return streams.filter(stream -> !store.cache().containsKey(stream)).toList();
    }

    /** What broke the group is what decides, not what comes of rolling it back. */
    private static void rollBack(UnitOfWork<?> root, Throwable fault) {
        if (root.isActive()) {
            try {
                root.rollback(fault);
            } catch (RuntimeException second) {
                fault.addSuppressed(second);
            }
        }
    }
}
