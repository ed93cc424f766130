package org.voucherledger.projections.evidence;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.voucherledger.projections.sealedlog.Break;
import org.voucherledger.projections.sealedlog.Checkpoint;
import org.voucherledger.projections.sealedlog.Cosignature;

/**
 * What was found out about a bundle.
 *
 * @param checked what was checked; a check that is not among it says nothing
 * @param failures the first failure of each check, in the order of the checks; empty if everything holds
 * @param scope {@code null}, like the checkpoint, if the file did not say
 * @param position which the file claims to reach
 * @param lastPosition of the last event in it, 0 if there is none
 * @param begunAnew how the log of the checkpoint was begun, and those before it, the newest first; empty of a ledger's first log
 * @param cosignatures of the witnesses that were asked for
 * @param leaves in the file; {@code events + refusals}, but for lines that are neither
 */
public record Findings(
        Set<Check> checked,
        List<Failure> failures,
        Scope scope,
        long position,
        long lastPosition,
        Checkpoint checkpoint,
        List<Break> begunAnew,
        List<Cosignature> cosignatures,
        long leaves,
        long events,
        long refusals,
        long streams) {

    public boolean hold() {
        return failures.isEmpty();
    }

    public Optional<Failure> of(Check check) {
        return failures.stream().filter(f -> f.check() == check).findFirst();
    }

    /** The first bad event: of all failures that name one, the one that comes first in the file. */
    public Optional<Failure> firstBadEvent() {
        return failures.stream()
                .filter(f -> f.place().position() != null)
                .min(Comparator.comparingLong(f -> f.place().line()));
    }
}
