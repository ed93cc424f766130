package org.voucherledger.api.pipeline;

import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.axonframework.commandhandling.GenericCommandMessage;
import org.axonframework.messaging.unitofwork.DefaultUnitOfWork;
import org.axonframework.messaging.unitofwork.UnitOfWork;
import org.springframework.jdbc.core.JdbcTemplate;
import org.voucherledger.api.eventstore.LedgerEventStore;
import org.voucherledger.api.eventstore.LedgerStore;
import org.voucherledger.domain.dossier.Footprint;
import org.voucherledger.domain.ledger.Ledger;

/**
 * Runs waiting commands together in one transaction, so that they share one commit.
 *
 * <p>The transaction holds the lane's lock from its first statement to its end: what it reads is the end of the log, and what
 * it appends follows it. Afterwards either every command of the group is durable together with its answer, or none is.
 */
class CommandGroup {

    /** The first half of the advisory lock's name; the second is the lane. */
    static final int LANE_LOCKS = 0x564C;

    /** Whoever waits behind a bulk grant should not wait for the bulk grants behind it too. */
    private static final int EVENTS = 1_000;

    private static final long NOTHING_SEEN = -1;

    /** The last event of the log; position 0 and the beginning of time if there is none. */
    private record Head(long position, Instant recordedAt) {}

    /**
     * The transaction gets its number here, before it takes a position: whoever finds a gap in the positions knows by that when
     * every transaction that could still fill it has ended. An append alone takes the position first.
     */
    private static final String LOCK = "select pg_advisory_xact_lock(?, ?), pg_current_xact_id()";

    private static final String HEAD =
            "select global_index, recorded_at from ledger.domain_event order by global_index desc limit 1";
    private static final String WRITTEN_SINCE =
            "select distinct aggregate_identifier from ledger.domain_event where global_index > ?";
    private static final String APPENDED =
            "select global_index from ledger.domain_event where global_index > ? order by global_index";
    private static final String TOUCH = """
            insert into ledger.lane (lane, groups, last_received_at) values (?, 1, ?)
            on conflict (lane) do update set groups = lane.groups + 1,
                last_received_at = greatest(lane.last_received_at, excluded.last_received_at)
            """;

    private final int lane;
    private final LedgerStore store;
    private final JdbcTemplate sql;
    private final CommandAnswers answers;
    private final AnswerJson json;
    private final CommandExecution execution;
    private final NamedDocuments documents;
    private final RecordingClock recording;
    private final Footprint footprint;
    /** Up to where the cached aggregates are true. */
    private long seenHead = NOTHING_SEEN;

    CommandGroup(
            int lane,
            LedgerStore store,
            JdbcTemplate sql,
            CommandAnswers answers,
            AnswerJson json,
            CommandExecution execution,
            NamedDocuments documents,
            RecordingClock recording) {
        this.lane = lane;
        this.store = store;
        this.sql = sql;
        this.answers = answers;
        this.json = json;
        this.execution = execution;
        this.documents = documents;
        this.recording = recording;
        this.footprint = new Footprint(new Ledger(store.repositories()));
    }

    /** The last stamp that a durable command got in this lane; the beginning of time if there was none. */
    static Instant lastReceived(JdbcTemplate sql, int lane) {
        return sql
                .query(
                        "select last_received_at from ledger.lane where lane = ?",
                        (row, n) -> row.getObject(1, OffsetDateTime.class).toInstant(),
                        lane)
                .stream()
                .findFirst()
                .orElse(Instant.EPOCH);
    }

    /**
     * The answers, in the order of the commands, after they have become durable. Fewer than commands if the first of them
     * recorded so much that the others had better have a transaction of their own; at least one.
     *
     * @throws RuntimeException a fault: nothing of the group happened, unless the connection was lost at the commit, when
     *     only asking again for the same keys can tell
     */
    List<Answer> run(List<Received> commands) {
        var root = DefaultUnitOfWork.startAndGet(new GenericCommandMessage<>("a group of commands"));
        try {
            root.attachTransaction(store.transactions());
            long head = lockAndReadHead(root);
            var progress = new GroupProgress(
                    answers.find(commands.stream().map(Received::key).toList()),
                    documents.among(commands.stream().map(Received::request).toList(), sql),
                    execution);
            foresee(commands);
            for (Received command : commands) {
                progress.run(command);
                if (LedgerEventStore.recordedInThisTransaction() >= EVENTS) {
                    break;
                }
            }
            // Registered after the handlers that append the events, so it runs when they are in the table.
            root.onPrepareCommit(unit -> {
                progress.settle(positionsAfter(head), json);
                answers.keep(progress.toKeep());
                sql.update(TOUCH, lane, progress.lastReceivedAt().atOffset(ZoneOffset.UTC));
            });
            root.commit();
            seenHead = progress.position();
            return progress.answers();
        } catch (RuntimeException | Error fault) {
            forget();
            rollBack(root, fault);
            throw fault;
        }
    }

    /** A rush finds everybody cold: who applies for the first time is read with all the others, not one by one. */
    private void foresee(List<Received> commands) {
        foresee(commands.stream()
                .flatMap(command -> Footprint.named(command.request().command()).stream()));
        foresee(commands.stream()
                .flatMap(command -> footprint.following(command.request().command(), command.stamp()).stream()));
    }

    private void foresee(Stream<String> streams) {
        store.events()
                .foresee(streams.filter(stream -> !store.cache().containsKey(stream))
                        .toList());
    }

    /** What broke the group is what decides, not what its connection says when it is rolled back. */
    private static void rollBack(UnitOfWork<?> root, Throwable fault) {
        if (root.isActive()) {
            try {
                root.rollback(fault);
            } catch (RuntimeException second) {
                fault.addSuppressed(second);
            }
        }
    }

    /** The position at the start, then that of each event which this transaction appended. */
    private List<Long> positionsAfter(long head) {
        var positions = new ArrayList<Long>();
        positions.add(head);
        positions.addAll(sql.queryForList(APPENDED, Long.class, head));
        return positions;
    }

    private long lockAndReadHead(UnitOfWork<?> transaction) {
        sql.query(LOCK, row -> {}, LANE_LOCKS, lane);
        Head last = head();
        recording.records(transaction, last.recordedAt());
        long head = last.position();
        // A log that has become shorter is another one: restored, or a standby that had not seen the end of ours.
        if (seenHead == NOTHING_SEEN || head < seenHead) {
            store.cache().removeAll();
        } else if (head != seenHead) {
            sql.queryForList(WRITTEN_SINCE, String.class, seenHead).forEach(store.cache()::remove);
        }
        return head;
    }

    /** What we hold may never have happened. */
    private void forget() {
        store.cache().removeAll();
        seenHead = NOTHING_SEEN;
    }

    private Head head() {
        return sql
                .query(
                        HEAD,
                        (row, n) -> new Head(
                                row.getLong(1),
                                row.getObject(2, OffsetDateTime.class).toInstant()))
                .stream()
                .findFirst()
                .orElse(new Head(0, Instant.EPOCH));
    }
}
