package org.voucherledger.api.pipeline;

import java.util.Arrays;
import java.util.Collection;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import org.axonframework.commandhandling.AnnotationCommandHandlerAdapter;
import org.axonframework.commandhandling.CommandMessage;
import org.axonframework.commandhandling.CommandResultMessage;
import org.axonframework.commandhandling.GenericCommandMessage;
import org.axonframework.commandhandling.SimpleCommandBus;
import org.axonframework.messaging.correlation.CorrelationDataProvider;
import org.axonframework.messaging.correlation.SimpleCorrelationDataProvider;
import org.axonframework.messaging.interceptors.CorrelationDataInterceptor;
import org.axonframework.messaging.unitofwork.CurrentUnitOfWork;
import org.voucherledger.api.eventstore.LedgerEventStore;
import org.voucherledger.domain.command.AllowedTo;
import org.voucherledger.domain.command.Command;
import org.voucherledger.domain.command.Role;
import org.voucherledger.domain.command.Stamp;
import org.voucherledger.domain.rule.Check;
import org.voucherledger.domain.rule.Checks;
import org.voucherledger.domain.rule.Decision;
import org.voucherledger.domain.rule.Refused;
import org.voucherledger.domain.rule.Rule;
import org.voucherledger.domain.rule.StandingRefusal;
import org.voucherledger.domain.time.WorkingDays;

/** Puts one command to the domain, inside the transaction that is already there. */
final class CommandExecution {

    /** What came of it, before it is durable. */
    sealed interface Outcome {
        record Done(Object result) implements Outcome {}

        record Denied(Decision decision) implements Outcome {}
    }

    private final SimpleCommandBus bus;

    CommandExecution(Collection<?> handlers) {
        bus = SimpleCommandBus.builder()
                // A refusal is decided before anything is recorded; there is nothing to take back.
                .rollbackConfiguration(fault -> !isAnswer(fault))
                .build();
        bus.registerHandlerInterceptor(new CorrelationDataInterceptor<>(
                new CorrelationDataProvider[] {new SimpleCorrelationDataProvider(Stamp.CORRELATED)}));
        for (Object handler : handlers) {
            subscribe(handler);
        }
    }

    /** The first check of all: a role that may not ask, or not for that party, is refused before anything is looked up. */
    Optional<Decision> actorRefusal(CommandRequest request) {
        return Optional.ofNullable(Checks.first(Stream.of(role(request), party(request))));
    }

    private static Decision role(CommandRequest request) {
        return Rule.ALL_04.isOneOf(
                Check.ACTOR,
                "RoleNotAllowed",
                Arrays.asList(allowedTo(request.command())),
                request.actor().role(),
                request.command().getClass().getSimpleName());
    }

    private static Decision party(CommandRequest request) {
        String party = request.actor().onBehalfOf();
        return Rule.ALL_04.holds(
                Check.ACTOR,
                "NotTheParty",
                party.isEmpty() || party.equals(request.mandate()),
                request.mandate(),
                party,
                request.actor().id());
    }

    /**
     * Executes the command in a unit of work nested in the current one.
     *
     * @param papers what refuses it because of the documents that it names (GZ-45). Looked up before the domain is asked, and
     *     told in its turn: what the domain refuses before that stage, or at it, goes first (ALL-02)
     * @throws RuntimeException a fault, after which the whole transaction must be rolled back
     */
    Outcome execute(Received received, Optional<Decision> papers) {
        if (papers.isEmpty()) {
            return execute(received);
        }
        var unitOfWork = CurrentUnitOfWork.get();
        int before = LedgerEventStore.recordedInThisTransaction();
        StandingRefusal.set(unitOfWork, papers.get());
        try {
            Outcome outcome = execute(received);
            if (LedgerEventStore.recordedInThisTransaction() != before) {
                throw new IllegalStateException("something was recorded against " + papers.get());
            }
            return outcome instanceof Outcome.Denied denied
                            && denied.decision().stage().compareTo(papers.get().stage()) <= 0
                    ? denied
                    : new Outcome.Denied(papers.get());
        } finally {
            StandingRefusal.lift(unitOfWork);
        }
    }

    private Outcome execute(Received received) {
        Command command = received.request().command();
        int before = LedgerEventStore.recordedInThisTransaction();
        CommandResultMessage<?> answered =
                dispatch(new GenericCommandMessage<>(command, received.stamp().toMetaData()));
        if (!answered.isExceptional()) {
            return new Outcome.Done(answered.getPayload());
        }
        Throwable thrown = answered.exceptionResult();
        Outcome denied = denied(thrown);
        if (LedgerEventStore.recordedInThisTransaction() != before) {
            throw new IllegalStateException(command + " was refused after it had recorded something", thrown);
        }
        return denied;
    }

    private static Outcome denied(Throwable thrown) {
        return switch (thrown) {
            case Refused refused -> new Outcome.Denied(refused.decision());
            case WorkingDays.UnknownYear unknown -> new Outcome.Denied(UnknownWorkingDays.refusal(unknown));
            case RuntimeException fault -> throw fault;
            case Error fault -> throw fault;
            case Throwable fault -> throw new IllegalStateException(fault);
        };
    }

    private static boolean isAnswer(Throwable thrown) {
        return thrown instanceof Refused || thrown instanceof WorkingDays.UnknownYear;
    }

    private static Role[] allowedTo(Command command) {
        AllowedTo allowed = command.getClass().getAnnotation(AllowedTo.class);
        return allowed == null ? new Role[0] : allowed.value();
    }

    private CommandResultMessage<?> dispatch(CommandMessage<Command> message) {
        var answered = new AtomicReference<CommandResultMessage<?>>();
        bus.<Command, Object>dispatch(message, (asked, result) -> answered.set(result));
        return answered.get();
    }

    private <T> void subscribe(T handler) {
        new AnnotationCommandHandlerAdapter<>(handler).subscribe(bus);
    }
}
