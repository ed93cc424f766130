package org.voucherledger.api.pipeline;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.voucherledger.domain.command.Actor;
import org.voucherledger.domain.command.Command;
import org.voucherledger.domain.rule.Decision;

/**
 * Asks the domain what it would say to a command, without doing it (ALL-02): the same handlers, on the log as it is at one
 * moment, in a transaction that only reads.
 *
 * <p>Nothing is recorded, no key is used, no lane is held: the answer is true for the position that it names, and the command
 * may be answered otherwise when it is given.
 */
public interface DryRun {

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

    /** @param mandate the party that the actor may act for, by its authentication; empty for none */
    Explanation of(Actor actor, String mandate, Command command);

    /**
     * What would refuse each of these commands if they were given one after the other: each that would be done is taken as
     * done by those behind it.
     *
     * @return in their order; empty for a command that would be done
     */
    List<Optional<Decision>> refusals(Actor actor, String mandate, List<? extends Command> commands);
}
