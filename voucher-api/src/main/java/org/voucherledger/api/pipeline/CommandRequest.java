package org.voucherledger.api.pipeline;

import org.voucherledger.domain.command.Actor;
import org.voucherledger.domain.command.Command;

/**
 * A complete, authenticated request.
 *
 * @param idempotencyKey the client's; unique per actor
 * @param bodySha256 of the command's type and canonical JSON: the same key with another body is refused
 */
public record CommandRequest(Actor actor, String idempotencyKey, String bodySha256, Command command) {}
