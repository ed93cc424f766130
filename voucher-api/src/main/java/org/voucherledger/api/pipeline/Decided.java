package org.voucherledger.api.pipeline;

import java.util.List;
import org.axonframework.eventhandling.EventMessage;

/**
 * What a group of commands came to, before it is written.
 *
 * @param commands those that were decided, the first ones of those that were asked
 * @param events what they record, in order
 * @param basis which state of the {@link Desk} it was decided on
 */
record Decided(List<Received> commands, GroupProgress progress, List<EventMessage<?>> events, long basis) {}
