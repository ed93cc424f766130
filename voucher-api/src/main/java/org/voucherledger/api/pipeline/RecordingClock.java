package org.voucherledger.api.pipeline;

import java.time.Clock;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.concurrent.atomic.AtomicReference;
import org.axonframework.eventhandling.GenericEventMessage;
import org.axonframework.messaging.unitofwork.CurrentUnitOfWork;
import org.axonframework.messaging.unitofwork.UnitOfWork;

/**
 * When events are recorded: by the ledger's clock, but never before an event that is in the log already. A server's clock that
 * is set back, or another program on the same database whose clock is ahead, must not look like a log that was tampered with.
 */
final class RecordingClock implements InstantSource {

    private static final String KEY = RecordingClock.class.getName();
    private static final Clock OUTSIDE_OF_A_GROUP = Clock.systemUTC();

    static {
        // Axon asks one clock of the whole process; by which one is recorded is for the group to say that records.
        InstantSource ofTheGroup =
                () -> CurrentUnitOfWork.map(unit -> unit.root().<InstantSource>getResource(KEY))
                        .orElse(OUTSIDE_OF_A_GROUP)
                        .instant();
        GenericEventMessage.clock = ofTheGroup.withZone(ZoneOffset.UTC);
    }

    private final LedgerClock clock;
    private final AtomicReference<Instant> last = new AtomicReference<>(Instant.EPOCH);

    RecordingClock(LedgerClock clock) {
        this.clock = clock;
    }

    /** From now on events of this unit of work are recorded by this clock. */
    void records(UnitOfWork<?> unitOfWork) {
        unitOfWork.root().resources().put(KEY, this);
    }

    /** @param lastRecorded when the last event of the log was that somebody else has written */
    void notBefore(Instant lastRecorded) {
        last.accumulateAndGet(lastRecorded, RecordingClock::later);
    }

    @Override
    public Instant instant() {
        return last.accumulateAndGet(clock.now(), RecordingClock::later);
    }

    private static Instant later(Instant one, Instant other) {
        return one.isBefore(other) ? other : one;
    }
}
