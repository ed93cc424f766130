package org.voucherledger.projections.projection;

import java.time.Instant;
import java.util.List;
import java.util.TreeSet;
import org.axonframework.eventhandling.GapAwareTrackingToken;
import org.axonframework.eventhandling.TrackingToken;

/**
 * What a copy has been told so far.
 *
 * @param token covers exactly the events that were told; {@code null} before the first
 * @param position the highest index told, {@code -1} before the first
 * @param asOf the ledger's time of the last event told, or {@code null}
 */
public record Progress(TrackingToken token, long position, Instant asOf) {

    private static final long FIRST_INDEX = 1;

    static final Progress NONE = new Progress(null, -1, null);

    /** The event's own index: a late one fills a gap below the highest index, so its token alone does not tell. */
    long positionOf(TrackingToken next) {
        long index = next.position().orElseThrow();
        if (index > position || !(token instanceof GapAwareTrackingToken before)) {
            return index;
        }
        var filled = new TreeSet<>(before.getGaps());
        filled.removeAll(((GapAwareTrackingToken) next).getGaps());
        return filled.last();
    }

    /** With this one told as well; the time stays that of the last one before. */
    Progress through(TrackingToken next) {
        TrackingToken all = token == null ? next : token.upperBound(next);
        return new Progress(all, all.position().orElseThrow(), asOf);
    }

    Progress asOf(Instant last) {
        return new Progress(token, position, last);
    }

    /** Equal for two that have been told the same; tokens themselves leave out of their comparison what Axon has given up. */
    Object place() {
        return token instanceof GapAwareTrackingToken gaps
                ? List.of(position, List.copyOf(gaps.getGaps()))
                : List.of(position);
    }

    /**
     * The event at this index, and with it whatever had been committed before it, has been told. Before the first index there
     * is nothing to be told: that is reached from the beginning, on an empty log as well.
     */
    public boolean hasReached(long index) {
        return index < FIRST_INDEX
                || position >= index
                        && !(token instanceof GapAwareTrackingToken gaps
                                && gaps.getGaps().contains(index));
    }
}
