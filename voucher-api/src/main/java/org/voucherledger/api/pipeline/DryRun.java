package org.voucherledger.api.pipeline;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import javax.sql.DataSource;
import org.axonframework.common.caching.NoCache;
import org.axonframework.eventhandling.EventMessage;
import org.axonframework.messaging.GenericMessage;
import org.axonframework.messaging.unitofwork.DefaultUnitOfWork;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.support.TransactionTemplate;
import org.voucherledger.api.eventstore.AggregateRepositories;
import org.voucherledger.api.eventstore.LedgerEventStore;
import org.voucherledger.api.eventstore.LedgerStore;
import org.voucherledger.domain.LedgerDomain;
import org.voucherledger.domain.command.Actor;
import org.voucherledger.domain.command.Command;
import org.voucherledger.domain.ledger.Ledger;
import org.voucherledger.domain.rule.Decision;
import org.voucherledger.domain.rule.Trail;

/**
 * Asks the domain what it would say to a command, without doing it (ALL-02): the same handlers, on the log as it is at one
 * moment, in a transaction that only reads.
 *
 * <p>Nothing is recorded, no key is used, no lane is held: the answer is true for the position that it names, and the command
 * may be answered otherwise when it is given.
 */
public final class DryRun {

    private static final String DRY = "dry run";

    /**
     * What would come of the command.
     *
     * @param position of the last event that was known
     * @param decisions every rule that was looked at, in order, each with its figures; none behind one that denies
     * @param refusal the decision that refuses it, or {@code null} where it would be done
     * @param result what would be answered, or {@code null}
     * @param events what would be recorded, in order
     */
    public record Explanation(
            Instant receivedAt,
            long position,
            List<Decision> decisions,
            Decision refusal,
            Object result,
            List<Object> events) {}

    private final LedgerStore store;
    private final TransactionTemplate atOneMoment;
    private final JdbcTemplate sql;
    private final LedgerClock clock;

    public DryRun(DataSource dataSource, PlatformTransactionManager transactions, LedgerClock clock) {
        this.store = LedgerStore.over(dataSource, transactions, Ledger.AGGREGATES);
        this.sql = new JdbcTemplate(dataSource);
        this.clock = clock;
        this.atOneMoment = new TransactionTemplate(transactions);
        atOneMoment.setReadOnly(true);
        atOneMoment.setIsolationLevel(TransactionDefinition.ISOLATION_REPEATABLE_READ);
    }

    public Explanation of(Actor actor, Command command) {
        return atOneMoment.execute(transaction -> explain(actor, command));
    }

    private Explanation explain(Actor actor, Command command) {
        var received = new Received(new CommandRequest(actor, DRY, "", command), clock.now(), null);
        var execution = execution();
        var unit = DefaultUnitOfWork.startAndGet(new GenericMessage<>(DRY));
        try {
            var trail = Trail.of(unit);
            Optional<Decision> role = execution.actorRefusal(received.request());
            CommandExecution.Outcome outcome =
                    role.isPresent() ? new CommandExecution.Outcome.Denied(role.get()) : execution.execute(received);
            List<Decision> decisions = role.isPresent() ? List.of(role.get()) : trail.decisions();
            return switch (outcome) {
                case CommandExecution.Outcome.Denied denied ->
                    new Explanation(received.at(), position(), decisions, denied.decision(), null, List.of());
                case CommandExecution.Outcome.Done done ->
                    new Explanation(received.at(), position(), decisions, null, done.result(), recorded());
            };
        } finally {
            if (unit.isActive()) {
                unit.rollback();
            }
        }
    }

    /** Without a cache and for this run alone: what is tried here must never be taken for what has happened. */
    private CommandExecution execution() {
        var repositories = new AggregateRepositories(Ledger.AGGREGATES, store.events(), NoCache.INSTANCE);
        return new CommandExecution(LedgerDomain.commandHandlers(new Ledger(repositories), store.events()));
    }

    private static List<Object> recorded() {
        return LedgerEventStore.unwrittenInThisTransaction().stream()
                .<Object>map(EventMessage::getPayload)
                .toList();
    }

    private long position() {
        Long head = sql.queryForObject("select coalesce(max(global_index), 0) from ledger.domain_event", Long.class);
        return head == null ? 0 : head;
    }
}
