package org.voucherledger.api.pipeline;

import org.voucherledger.domain.command.Actor;
import org.voucherledger.domain.command.Command;

/**
 * A complete, authenticated request.
 *
 * @param actor with the party that it says it acts for
 * @param mandate the party that it may act for, by its authentication; empty for none
 * @param idempotencyKey the client's; unique per actor
 * @param bodySha256 of the command's type and canonical JSON: the same key with another body, or on behalf
 *     of another party, is refused
 */
public record CommandRequest(Actor actor, String mandate, String idempotencyKey, String bodySha256, Command command) {

    /** Of one who acts for nobody but whom it may. */
    public CommandRequest(Actor actor, String idempotencyKey, String bodySha256, Command command) {
        this(actor, actor.onBehalfOf(), idempotencyKey, bodySha256, command);
    }
}
