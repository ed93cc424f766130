package org.voucherledger.api.seal;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.voucherledger.api.seal.Finding.Kind;
import org.voucherledger.projections.sealedlog.EventLeaf;
import org.voucherledger.projections.sealedlog.Hash;
import org.voucherledger.projections.sealedlog.Unreadable;

/**
 * Events that are not the ones that were sealed at their positions, but may be the ones that were sealed at others: a position is
 * part of the leaf, so an event that was moved is found by giving it the other positions in question.
 *
 * <p>With that it is known of each position whether what was sealed there is elsewhere now or gone, and whether what stands
 * there now was sealed elsewhere or never.
 */
final class Misplaced {

    /** So many of the next events may have been pushed there from among the sealed ones. */
    private static final int BEHIND = 200;

    private final List<EventLeaf> events = new ArrayList<>();
    /** What was sealed at a position at which it is not any more. */
    private final Map<Hash, Long> missing = new HashMap<>();

    /** Where an event was sealed, by where it stands, and the other way round. */
    private final Map<Long, Long> origins = new HashMap<>();

    private final Map<Long, Long> places = new HashMap<>();

    /** It stands where another one was sealed. */
    void add(EventLeaf event, Hash sealed) {
        pushedIn(event);
        gone(event.position(), sealed);
    }

    /** It stands where none was sealed. */
    void pushedIn(EventLeaf event) {
        if (events.size() < Findings.KEPT) {
            events.add(event);
        }
    }

    /** Nothing stands where this was sealed. */
    void gone(long position, Hash sealed) {
        if (missing.size() < Findings.KEPT) {
            missing.put(sealed, position);
        }
    }

    /** What was pushed behind the last sealed event stands among the next ones. */
    void lookAmongUnsealed(Rows<EventLeaf> unsealed) {
        for (int i = 0; i < BEHIND && !missing.isEmpty() && unsealed.isThere(); i++) {
            pushedIn(unsealed.take());
        }
    }

    /** The findings, with those about moved events saying where they come from and what became of those in whose place they are. */
    List<Finding> explain(List<Finding> findings) {
        for (EventLeaf event : events) {
            for (long position : missing.values()) {
                if (position != event.position() && Long.valueOf(position).equals(missing.get(hash(event, position)))) {
                    origins.put(event.position(), position);
                    places.put(position, event.position());
                }
            }
        }
        return findings.stream().flatMap(this::explained).toList();
    }

    private Stream<Finding> explained(Finding finding) {
        if (!Source.EVENT.table().equals(finding.table())) {
            return Stream.of(finding);
        }
        Long origin = origins.get(finding.row());
        Long place = places.get(finding.row());
        return switch (finding.kind()) {
            case DROPPED ->
                Stream.of(
                        place == null
                                ? finding
                                : finding.as(
                                        Kind.REORDERED, sealedHere(finding) + " stands at position " + place + " now"));
            case INSERTED -> Stream.of(origin == null ? finding : moved(finding, origin));
            case ALTERED -> altered(finding, origin, place);
            default -> Stream.of(finding);
        };
    }

    private static Stream<Finding> altered(Finding finding, Long origin, Long place) {
        if (origin == null) {
            return Stream.of(place == null ? finding : pushedInBefore(finding, place));
        }
        Finding moved = moved(finding, origin);
        return place == null ? Stream.of(moved, goneFrom(finding)) : Stream.of(moved);
    }

    private static Finding moved(Finding finding, long origin) {
        return finding.as(
                Kind.REORDERED,
                "the event at position " + finding.row() + " (stream " + finding.stream() + ", sequence "
                        + finding.sequence() + ") was sealed at position " + origin);
    }

    private static Finding pushedInBefore(Finding finding, long place) {
        return new Finding(
                Kind.INSERTED,
                null,
                finding.table(),
                finding.row(),
                finding.stream(),
                finding.sequence(),
                finding.after(),
                finding.until(),
                "the event at position " + finding.row() + " (stream " + finding.stream() + ", sequence "
                        + finding.sequence() + ") was never sealed; " + sealedHere(finding) + " stands at position "
                        + place + " now");
    }

    private static Finding goneFrom(Finding finding) {
        return new Finding(
                Kind.DROPPED,
                finding.leaf(),
                finding.table(),
                finding.row(),
                null,
                null,
                finding.after(),
                finding.until(),
                sealedHere(finding) + " is gone; another one stands in its place");
    }

    private static String sealedHere(Finding finding) {
        return "the event that was sealed at position " + finding.row() + " (leaf " + finding.leaf() + ")";
    }

    private static Hash hash(EventLeaf event, long position) {
        try {
            return Hash.ofLeaf(new EventLeaf(
                            position,
                            event.id(),
                            event.stream(),
                            event.sequence(),
                            event.aggregate(),
                            event.recordedAt(),
                            event.type(),
                            event.revision(),
                            event.payload(),
                            event.metadata())
                    .line());
        } catch (Unreadable changedBesides) {
            return Hash.OF_NOTHING;
        }
    }
}
