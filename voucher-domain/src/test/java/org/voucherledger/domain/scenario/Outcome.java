package org.voucherledger.domain.scenario;

import java.util.List;
import org.voucherledger.domain.aggregate.DomainEvent;
import org.voucherledger.domain.command.Command;
import org.voucherledger.domain.rule.Decision;

/**
 * What became of one command.
 *
 * @param result what the handler answered; {@code null} where it was refused
 * @param refusal the decision that refused it, else {@code null}
 * @param events what was recorded because of it, in order; none where it was refused
 */
public record Outcome(Command command, Object result, Decision refusal, List<DomainEvent> events) {

    public boolean accepted() {
        return refusal == null;
    }
}
