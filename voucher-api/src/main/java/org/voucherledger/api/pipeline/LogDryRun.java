package org.voucherledger.api.pipeline;

import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import javax.sql.DataSource;
import org.axonframework.common.caching.NoCache;
import org.axonframework.eventhandling.EventMessage;
import org.axonframework.messaging.GenericMessage;
import org.axonframework.messaging.unitofwork.DefaultUnitOfWork;
import org.axonframework.messaging.unitofwork.UnitOfWork;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.support.TransactionTemplate;
import org.voucherledger.api.eventstore.AggregateRepositories;
import org.voucherledger.api.eventstore.LedgerEventStore;
import org.voucherledger.api.eventstore.LedgerStore;
import org.voucherledger.domain.LedgerDomain;
import org.voucherledger.domain.audit.Frames;
import org.voucherledger.domain.command.Actor;
import org.voucherledger.domain.command.Command;
import org.voucherledger.domain.ledger.Ledger;
import org.voucherledger.domain.rule.Decision;
import org.voucherledger.domain.rule.Trail;

/** Puts commands to the domain on the log as one snapshot of the database shows it, and takes everything back. */
final class LogDryRun implements DryRun {

    private static final String DRY = "dry run";

    private final LedgerStore store;
    private final TransactionTemplate atOneMoment;
    private final JdbcTemplate sql;
    private final NamedDocuments documents;
    private final Frames frames;
    private final LedgerClock clock;

    LogDryRun(
            DataSource dataSource,
            PlatformTransactionManager transactions,
            NamedDocuments documents,
            Frames frames,
            LedgerClock clock) {
        this.store = LedgerStore.over(dataSource, transactions, Ledger.AGGREGATES);
        this.sql = new JdbcTemplate(dataSource);
        this.documents = documents;
        this.frames = frames;
        this.clock = clock;
        this.atOneMoment = new TransactionTemplate(transactions);
        atOneMoment.setReadOnly(true);
        atOneMoment.setIsolationLevel(TransactionDefinition.ISOLATION_REPEATABLE_READ);
    }

    @Override
    public Explanation of(Actor actor, String mandate, Command command) {
        return atOneMoment.execute(transaction -> explain(actor, mandate, command));
    }

    @Override
    public List<Optional<Decision>> refusals(Actor actor, String mandate, List<? extends Command> commands) {
        return atOneMoment.execute(transaction -> takenBack(unit -> {
            var execution = execution();
            List<Received> all = commands.stream()
                    .map(command -> received(actor, mandate, command))
                    .toList();
            var papers = documents.among(all.stream().map(Received::request).toList(), sql);
            return all.stream()
                    .map(received -> outcome(execution, received, papers))
                    .map(outcome -> outcome instanceof CommandExecution.Outcome.Denied denied
                            ? Optional.of(denied.decision())
                            : Optional.<Decision>empty())
                    .toList();
        }));
    }

    private Explanation explain(Actor actor, String mandate, Command command) {
        var received = received(actor, mandate, command);
        return takenBack(unit -> {
            var trail = Trail.begin(unit);
            var outcome = outcome(execution(), received, documents.among(List.of(received.request()), sql));
            List<Decision> decisions = trail.decisions();
            return switch (outcome) {
                case CommandExecution.Outcome.Denied denied ->
                    new Explanation(received.at(), position(), decisions, denied.decision(), null, List.of());
                case CommandExecution.Outcome.Done done ->
                    new Explanation(received.at(), position(), decisions, null, done.result(), recorded());
            };
        });
    }

    private Received received(Actor actor, String mandate, Command command) {
        return new Received(new CommandRequest(actor, mandate, DRY, "", command), clock.now(), null);
    }

    private static CommandExecution.Outcome outcome(
            CommandExecution execution, Received received, Function<CommandRequest, Optional<Decision>> papers) {
        Optional<Decision> actorRefusal = execution.actorRefusal(received.request());
        return actorRefusal.isPresent()
                ? new CommandExecution.Outcome.Denied(actorRefusal.get())
                : execution.execute(received, papers.apply(received.request()));
    }

    /** What is recorded on the way is never written. */
    private static <T> T takenBack(Function<UnitOfWork<?>, T> question) {
        var unit = DefaultUnitOfWork.startAndGet(new GenericMessage<>(DRY));
        try {
            return question.apply(unit);
        } finally {
            if (unit.isActive()) {
                unit.rollback();
            }
        }
    }

    /** Without a cache and for this run alone: what is tried here must never be taken for what has happened. */
    private CommandExecution execution() {
        var repositories = new AggregateRepositories(Ledger.AGGREGATES, store.events(), NoCache.INSTANCE);
        return new CommandExecution(LedgerDomain.commandHandlers(
                new Ledger(repositories, store.events()::foresee), store.events(), frames));
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
