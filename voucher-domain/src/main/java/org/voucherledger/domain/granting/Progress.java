package org.voucherledger.domain.granting;

/**
 * How far a pass over the queue has come with this command.
 *
 * @param done nothing is left for a further command of the kind
 * @param decided how many applications this command decided
 */
public record Progress(boolean done, int decided) {}
