package org.voucherledger.api.pipeline;

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

/** Puts the command to the domain on the log as one snapshot of the database shows it, and takes everything back. */
final class LogDryRun implements DryRun {

    private static final String DRY = "dry run";

    private final LedgerStore store;
    private final TransactionTemplate atOneMoment;
    private final JdbcTemplate sql;
    private final NamedDocuments documents;
    private final LedgerClock clock;

    LogDryRun(
            DataSource dataSource,
            PlatformTransactionManager transactions,
            NamedDocuments documents,
            LedgerClock clock) {
        this.store = LedgerStore.over(dataSource, transactions, Ledger.AGGREGATES);
        this.sql = new JdbcTemplate(dataSource);
        this.documents = documents;
        this.clock = clock;
        this.atOneMoment = new TransactionTemplate(transactions);
        atOneMoment.setReadOnly(true);
        atOneMoment.setIsolationLevel(TransactionDefinition.ISOLATION_REPEATABLE_READ);
    }

    @Override
    public Explanation of(Actor actor, String mandate, Command command) {
        return atOneMoment.execute(transaction -> explain(actor, mandate, command));
    }

    private Explanation explain(Actor actor, String mandate, Command command) {
        var received = new Received(new CommandRequest(actor, mandate, DRY, "", command), clock.now(), null);
        var execution = execution();
        var unit = DefaultUnitOfWork.startAndGet(new GenericMessage<>(DRY));
        try {
            var trail = Trail.of(unit);
            Optional<Decision> actorRefusal = execution.actorRefusal(received.request());
            CommandExecution.Outcome outcome = actorRefusal.isPresent()
                    ? new CommandExecution.Outcome.Denied(actorRefusal.get())
                    : execution.execute(
                            received, documents.among(List.of(command), sql).apply(command));
            List<Decision> decisions = trail.decisions();
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
