package org.voucherledger.projections.projection;

import java.util.ArrayList;
import java.util.List;
import org.axonframework.eventhandling.EventHandlerInvoker;
import org.axonframework.eventhandling.EventMessage;
import org.axonframework.eventhandling.Segment;
import org.axonframework.eventhandling.TrackedEventMessage;
import org.axonframework.messaging.unitofwork.CurrentUnitOfWork;
import org.voucherledger.domain.aggregate.DomainEvent;

/**
 * Collects the events of a processor's batch and tells them to one copy of a projection when the batch commits, in the
 * transaction that stores the processor's token. Events told before are left out, so telling twice changes nothing.
 */
final class Teller implements EventHandlerInvoker {

    private final Projection projection;
    private final Slot slot;
    private final Slots slots;
    private final Tables tables;
    private final Runnable told;
    private final Faults faults;

    Teller(Projection projection, Slot slot, Slots slots, Tables tables, Runnable told, Faults faults) {
        this.projection = projection;
        this.slot = slot;
        this.slots = slots;
        this.tables = tables;
        this.told = told;
        this.faults = faults;
    }

    @Override
    public boolean canHandle(EventMessage<?> message, Segment segment) {
        return true;
    }

    @Override
    public void handle(EventMessage<?> message, Segment segment) {
        var unitOfWork = CurrentUnitOfWork.get();
        List<TrackedEventMessage<?>> batch = unitOfWork.root().getOrComputeResource(toString(), key -> {
            var collected = new ArrayList<TrackedEventMessage<?>>();
            unitOfWork.onPrepareCommit(u -> tell(collected));
            unitOfWork.onRollback(
                    u -> faults.failed(slot, u.getExecutionResult().getExceptionResult()));
            unitOfWork.afterCommit(u -> {
                faults.succeeded(slot);
                told.run();
            });
            return collected;
        });
        batch.add((TrackedEventMessage<?>) message);
    }

    private void tell(List<TrackedEventMessage<?>> batch) {
        Progress progress = slots.lockedProgress(slot);
        var fresh = new ArrayList<Told>(batch.size());
        for (TrackedEventMessage<?> message : batch) {
            if (progress.covers(message.trackingToken())) {
                continue;
            }
            if (message.getPayload() instanceof DomainEvent event) {
                fresh.add(new Told(progress.positionOf(message.trackingToken()), message, event));
            }
            progress = progress.with(message, message.trackingToken());
        }
        if (!fresh.isEmpty()) {
            projection.tell(fresh, tables);
        }
        if (progress.token() != null) {
            slots.save(slot, progress);
        }
    }

    @Override
    public boolean supportsReset() {
        return false;
    }

    @Override
    public String toString() {
        return slot.schema();
    }
}
