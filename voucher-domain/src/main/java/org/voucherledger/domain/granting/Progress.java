package org.voucherledger.domain.granting;

/**
 * How far a pass over the queue has come with this command.
 *
 * @param done nothing is left for a further command of the kind
 * @param decided how many applications this command decided
 * @param beyondNext whether, as things stand, the next command of the same size will not be the last: whoever asks for one after the
 *     other may then ask for two at once
 */
public record Progress(boolean done, int decided, boolean beyondNext) {}
