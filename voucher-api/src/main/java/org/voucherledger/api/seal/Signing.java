package org.voucherledger.api.seal;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import org.voucherledger.projections.sealedlog.Checkpoint;
import org.voucherledger.projections.sealedlog.Unreadable;

/**
 * What a checkpoint says of itself besides origin, size and root, in two extension lines under the same signature: when it was
 * signed, and which it followed. So nobody can date it back, and one that is taken away is missed by the next.
 *
 * @param at to the microsecond, never before the one that it followed
 * @param previous the size of the one that it followed, 0 for the first
 */
record Signing(Instant at, long previous) {

    private static final String AT = "signed ";
    private static final String PREVIOUS = "previous ";
    private static final DateTimeFormatter MOMENT =
            DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSSSSS'Z'").withZone(ZoneOffset.UTC);

    /** @throws Unreadable if the checkpoint does not say both in the one way to write it */
    static Signing of(Checkpoint checkpoint) {
        List<String> lines = checkpoint.extensions();
        if (lines.size() != 2
                || !lines.getFirst().startsWith(AT)
                || !lines.getLast().startsWith(PREVIOUS)) {
            throw new Unreadable("a checkpoint of this ledger says when it was signed, and which it followed");
        }
        try {
            return new Signing(
                    MOMENT.parse(lines.getFirst().substring(AT.length()), Instant::from),
                    Checkpoint.number(lines.getLast().substring(PREVIOUS.length())));
        } catch (DateTimeException none) {
            throw new Unreadable("a checkpoint was signed at a moment");
        }
    }

    List<String> lines() {
        return List.of(AT + MOMENT.format(at), PREVIOUS + previous);
    }
}
