package org.voucherledger.api.pipeline;

import java.util.List;
import org.axonframework.eventhandling.EventMessage;
import org.voucherledger.api.eventstore.Snapshots.Standing;

/**
 * What a group of commands came to, before it is written.
 *
 * @param commands those that were decided, the first ones of those that were asked
 * @param events what they record, in order
 * @param standings how the long streams stand after them that are due to be kept
 * @param basis which state of the {@link Desk} it was decided on
 */
record Decided(
        List<Received> commands,
        GroupProgress progress,
        List<EventMessage<?>> events,
        List<Standing> standings,
        long basis) {}
