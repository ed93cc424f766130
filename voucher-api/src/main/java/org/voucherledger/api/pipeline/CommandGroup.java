package org.voucherledger.api.pipeline;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import org.axonframework.common.transaction.Transaction;
import org.springframework.core.NestedExceptionUtils;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.JdbcTemplate;
import org.voucherledger.api.eventstore.LedgerStore;

/**
 * Writes what a group of commands came to, in one transaction, so that they share one commit.
 *
 * <p>The transaction holds the lane's lock from its first statement to its end: what it finds is the end of the log, and what it
 * appends follows it. What was decided before the lock was held is written only if nobody has written since; else it is decided
 * again under the lock. Afterwards either every command of the group is durable together with its answer, or none is.
 */
class CommandGroup {

    /** The first half of the advisory lock's name; the second is the lane. */
    static final int LANE_LOCKS = 0x564C;

    private static final String TRANSACTION_TIMEOUT = "25P04";

    /** Who has missed more than this reads everything anew. */
    private static final long MOST_CAUGHT_UP_WITH = 10_000;

    /**
     * Where the ledger stands: the last event of the log, position 0 and the beginning of time if there is none, and how many
     * groups have been committed. Refusals leave no event, but they make a group, too.
     *
     * @param event its identifier; empty if there is none. Another event at its position is another log
     */
    private record Head(long position, String event, Instant recordedAt, long groups) {

        boolean isSame(Head other) {
            return position == other.position && event.equals(other.event) && groups == other.groups;
        }
    }

    /**
     * The transaction gets its number here, before it takes a position: whoever finds a gap in the positions knows by that when
     * every transaction that could still fill it has ended. An append alone takes the position first.
     */
    private static final String LOCK = "select pg_advisory_xact_lock(?, ?), pg_current_xact_id()";

    /** A statement of its own: one sees what was committed before it began, so that of the lock does not see the end of the log. */
    private static final String HEAD = """
            select coalesce(last.global_index, 0), coalesce(last.event_identifier, ''), coalesce(last.recorded_at, to_timestamp(0)),
                coalesce((select groups from ledger.lane where lane = ?), 0)
            from (select 1) as one left join
                (select global_index, event_identifier, recorded_at from ledger.domain_event order by global_index desc limit 1) as last on true
            """;

    private static final String IS_IT = """
            select exists (select from ledger.domain_event where global_index = ? and event_identifier = ?)
            """;

    private static final String WRITTEN_SINCE =
            "select distinct aggregate_identifier from ledger.domain_event where global_index > ?";
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
    private final Desk desk;
    /** Where the ledger stood after our last group, or {@code null} if that is not known. */
    private Head seen;
    /** Whether nobody else had written when the lock was taken last. */
    private volatile boolean alone;

    CommandGroup(int lane, LedgerStore store, JdbcTemplate sql, CommandAnswers answers, AnswerJson json, Desk desk) {
        this.lane = lane;
        this.store = store;
        this.sql = sql;
        this.answers = answers;
        this.json = json;
        this.desk = desk;
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

    /** Whether it is worth deciding before the lock is held: where others write too, it would be in vain. */
    boolean isAlone() {
        return alone;
    }

    /**
     * The answers, in the order of the commands, after they have become durable. Fewer than commands if the first of them
     * recorded so much that the others had better have a transaction of their own; at least one.
     *
     * @param ahead what these commands came to when they were decided before, or {@code null}
     * @throws RuntimeException a fault: nothing of the group happened, unless the connection was lost at the commit, when
     *     only asking again for the same keys can tell
     */
    List<Answer> run(List<Received> commands, Decided ahead) {
        Transaction transaction = null;
        try {
            transaction = store.transactions().startTransaction();
            Head head = lockAndReadHead();
            alone = seen != null && seen.isSame(head);
            if (!alone) {
                catchUp(head);
            }
            Decided decided = ahead != null && desk.stands(ahead) ? ahead : desk.decideAnew(commands);
            List<Long> positions = append(head, decided);
            GroupProgress progress = decided.progress();
            progress.settle(positions, json);
            answers.keep(progress.toKeep());
            sql.update(TOUCH, lane, progress.lastReceivedAt().atOffset(ZoneOffset.UTC));
            transaction.commit();
            transaction = null;
            String last = decided.events().isEmpty()
                    ? head.event()
                    : decided.events().getLast().getIdentifier();
            seen = new Head(progress.position(), last, head.recordedAt(), head.groups() + 1);
            if (decided != ahead) {
                desk.isDurable(decided);
            }
            store.events().told(decided.events());
            return progress.answers();
        } catch (RuntimeException | Error fault) {
            seen = null;
            desk.forget();
            rollBack(transaction, fault);
            throw fault;
        }
    }

    /** Whoever waited for the lock too long has not run a single command: that is no fault of any of them. */
    private Head lockAndReadHead() {
        try {
            sql.query(LOCK, row -> {}, LANE_LOCKS, lane);
            return sql.queryForObject(HEAD, CommandGroup::head, lane);
        } catch (DataAccessException fault) {
            if (NestedExceptionUtils.getMostSpecificCause(fault) instanceof SQLException sql
                    && TRANSACTION_TIMEOUT.equals(sql.getSQLState())) {
                throw new IllegalStateException(
                        "the lane's lock was not to be had",
                        new SQLTransientConnectionException(fault.getMessage(), fault));
            }
            throw fault;
        }
    }

    private static Head head(ResultSet row, int number) throws SQLException {
        return new Head(
                row.getLong(1),
                row.getString(2),
                row.getObject(3, OffsetDateTime.class).toInstant(),
                row.getLong(4));
    }

    /** Somebody else has written, or it is not known who has. */
    private void catchUp(Head head) {
        desk.notBefore(head.recordedAt());
        // A log without our last event is another one: restored, or a standby that had not seen the end of ours.
        if (seen == null || !isStill(seen) || head.position() - seen.position() > MOST_CAUGHT_UP_WITH) {
            desk.forget();
        } else {
            desk.othersWrote(sql.queryForList(WRITTEN_SINCE, String.class, seen.position()));
        }
    }

    private boolean isStill(Head known) {
        return known.position() == 0
                || Boolean.TRUE.equals(sql.queryForObject(IS_IT, Boolean.class, known.position(), known.event()));
    }

    /** The position at the start, then that of each event which this transaction appended. */
    private List<Long> append(Head head, Decided decided) {
        var positions = new ArrayList<Long>();
        positions.add(head.position());
        if (!decided.events().isEmpty()) {
            positions.addAll(store.events().append(decided.events()));
        }
        return positions;
    }

    /** What broke the group is what decides, not what its connection says when it is rolled back. */
    private static void rollBack(Transaction transaction, Throwable fault) {
        if (transaction != null) {
            try {
                transaction.rollback();
            } catch (RuntimeException second) {
                fault.addSuppressed(second);
            }
        }
    }
}
