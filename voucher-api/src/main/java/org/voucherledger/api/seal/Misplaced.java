package org.voucherledger.api.seal;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.voucherledger.api.seal.Finding.Kind;
import org.voucherledger.projections.sealedlog.EventLeaf;
import org.voucherledger.projections.sealedlog.Hash;
import org.voucherledger.projections.sealedlog.Unreadable;

/**
 * Events that are not the ones that were sealed at their positions, but may be the ones that were sealed at others: a position is
 * part of the leaf, so an event that was moved is found by giving it the other positions in question.
 */
final class Misplaced {

    /** Of so many each is tried at the place of each; of more than that, only at the places beside its own. */
    private static final int FEW = 200;

    private final List<EventLeaf> events = new ArrayList<>();
    private final Map<Hash, Long> sealedAt = new HashMap<>();

    void add(EventLeaf event, Hash sealed) {
        if (events.size() < Findings.KEPT) {
            events.add(event);
            sealedAt.put(sealed, event.position());
        }
    }

    /** The findings, with those about moved events saying where they come from. */
    List<Finding> explain(List<Finding> findings) {
        Map<Long, Long> origins = new HashMap<>();
        for (EventLeaf event : events) {
            for (long position : candidates(event)) {
                if (position != event.position()
                        && Long.valueOf(position).equals(sealedAt.get(hash(event, position)))) {
                    origins.put(event.position(), position);
                }
            }
        }
        return findings.stream().map(finding -> explained(finding, origins)).toList();
    }

    private List<Long> candidates(EventLeaf event) {
        return events.size() <= FEW
                ? events.stream().map(EventLeaf::position).toList()
                : List.of(event.position() - 1, event.position() + 1);
    }

    private static Finding explained(Finding finding, Map<Long, Long> origins) {
        boolean moved = finding.kind() == Kind.ALTERED
                && finding.table().equals(Source.EVENT.table())
                && origins.containsKey(finding.row());
        return moved
                ? new Finding(
                        Kind.REORDERED,
                        finding.leaf(),
                        finding.table(),
                        finding.row(),
                        finding.stream(),
                        finding.sequence(),
                        finding.after(),
                        finding.until(),
                        "the event at position " + finding.row() + " (stream " + finding.stream() + ", sequence "
                                + finding.sequence() + ") was sealed at position " + origins.get(finding.row()))
                : finding;
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
