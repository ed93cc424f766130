package org.voucherledger.api.seal;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.stream.Stream;
import org.voucherledger.projections.sealedlog.Break;
import org.voucherledger.projections.sealedlog.Checkpoint;
import org.voucherledger.projections.sealedlog.Unreadable;

/**
 * What a checkpoint says of itself besides origin, size and root, in extension lines under the same signature: when it was
 * signed, which it followed, and how its log, and each before it, was begun anew if it was. So nobody can date it back, and one that is taken away is
 * missed by the next.
 *
 * @param at to the microsecond, never before the one that it followed
 * @param previous the size of the one that it followed, 0 for the first
 */
record Signing(Instant at, long previous, List<Break> begun) {

    private static final String AT = "signed ";
    private static final String PREVIOUS = "previous ";
    private static final DateTimeFormatter MOMENT =
            DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSSSSS'Z'").withZone(ZoneOffset.UTC);

    /** @throws Unreadable if the checkpoint does not say both in the one way to write it */
    static Signing of(Checkpoint checkpoint) {
        List<String> lines = checkpoint.extensions();
        if (lines.size() < 2 || !lines.get(1).startsWith(PREVIOUS)) {
            throw new Unreadable("a checkpoint of this ledger says when it was signed, and which it followed");
        }
        var signing = new Signing(
                moment(lines.getFirst()),
                Checkpoint.number(lines.get(1).substring(PREVIOUS.length())),
                Break.in(lines.subList(2, lines.size())));
        if (!signing.lines().equals(lines)) {
            throw new Unreadable("a checkpoint of this ledger says nothing else");
        }
        return signing;
    }

    /** @throws Unreadable if the line says no moment in the one way to write it */
    static Instant moment(String line) {
        if (!line.startsWith(AT)) {
            throw new Unreadable("a checkpoint of this ledger says when it was signed, and which it followed");
        }
        try {
            return MOMENT.parse(line.substring(AT.length()), Instant::from);
        } catch (DateTimeException none) {
            throw new Unreadable("a checkpoint was signed at a moment");
        }
    }

    static String signed(Instant at) {
        return AT + MOMENT.format(at);
    }

    List<String> lines() {
        return Stream.concat(Stream.of(signed(at), PREVIOUS + previous), Break.lines(begun).stream())
                .toList();
    }
}
