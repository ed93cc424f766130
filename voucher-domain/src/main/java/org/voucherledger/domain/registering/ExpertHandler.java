package org.voucherledger.domain.registering;

import static org.voucherledger.domain.expert.ExpertStanding.REGISTERED;
import static org.voucherledger.domain.expert.ExpertStanding.SUSPENDED;

import java.util.Set;
import org.axonframework.commandhandling.CommandHandler;
import org.voucherledger.domain.aggregate.Live;
import org.voucherledger.domain.expert.ExpertCommand;
import org.voucherledger.domain.expert.ExpertCommand.RegisterExpert;
import org.voucherledger.domain.expert.ExpertCommand.ReinstateExpert;
import org.voucherledger.domain.expert.ExpertCommand.RemoveExpert;
import org.voucherledger.domain.expert.ExpertCommand.SuspendExpert;
import org.voucherledger.domain.expert.ExpertEvent;
import org.voucherledger.domain.expert.ExpertEvent.ExpertRegistered;
import org.voucherledger.domain.expert.ExpertEvent.ExpertReinstated;
import org.voucherledger.domain.expert.ExpertEvent.ExpertRemoved;
import org.voucherledger.domain.expert.ExpertEvent.ExpertSuspended;
import org.voucherledger.domain.expert.ExpertStanding;
import org.voucherledger.domain.expert.ExpertState;
import org.voucherledger.domain.ledger.Ledger;
import org.voucherledger.domain.rule.Checks;

/** The register of experts: who may sit on the panel of GZ-41 (SV-01). */
public final class ExpertHandler {

    private final Ledger ledger;

    public ExpertHandler(Ledger ledger) {
        this.ledger = ledger;
    }

    @CommandHandler
    public void handle(RegisterExpert register) {
        var expert = ledger.expert(register.expertRef());
        Checks.inOrder(() -> expert.now().isNotInTheRegister(register.expertRef()));
        expert.record(new ExpertRegistered(register.expertRef(), register.fields(), register.city()));
    }

    @CommandHandler
    public void handle(SuspendExpert suspend) {
        among(Set.of(REGISTERED), suspend).record(new ExpertSuspended(suspend.expertRef(), suspend.reason()));
    }

    @CommandHandler
    public void handle(ReinstateExpert reinstate) {
        among(Set.of(SUSPENDED), reinstate).record(new ExpertReinstated(reinstate.expertRef(), reinstate.reason()));
    }

    @CommandHandler
    public void handle(RemoveExpert remove) {
        among(Set.of(REGISTERED, SUSPENDED), remove).record(new ExpertRemoved(remove.expertRef(), remove.reason()));
    }

    private Live<ExpertState, ExpertEvent> among(Set<ExpertStanding> standings, ExpertCommand command) {
        var expert = ledger.expert(command.expertRef());
        Checks.inOrder(() -> expert.now().isAmong(standings, command.expertRef()));
        return expert;
    }
}
