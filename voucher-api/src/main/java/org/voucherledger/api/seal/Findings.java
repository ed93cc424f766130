package org.voucherledger.api.seal;

import java.util.ArrayList;
import java.util.List;
import org.voucherledger.api.seal.Finding.Kind;
import org.voucherledger.api.seal.Finding.Signed;
import org.voucherledger.projections.sealedlog.EventLeaf;

/** What a verification has found so far; however much it is, only the first findings are kept, and all are counted. */
final class Findings {

    static final int KEPT = 1_000;

    private final List<Finding> kept = new ArrayList<>();
    private long found;
    private Signed last;
    /** From here on it is not known yet which checkpoint covers what was found. */
    private int open;
    /** How many of those are about a leaf, kept or not. */
    private long openLeaves;

    void add(Kind kind, String words) {
        add(new Finding(kind, null, null, null, null, null, null, null, words));
    }

    void add(Kind kind, String table, Long row, Long leaf, String words) {
        add(new Finding(kind, leaf, table, row, null, null, null, null, words));
    }

    void add(Kind kind, EventLeaf event, Long leaf, String words) {
        add(new Finding(
                kind,
                leaf,
                Source.EVENT.table(),
                event.position(),
                event.stream(),
                event.sequence(),
                null,
                null,
                words));
    }

    private void add(Finding finding) {
        found++;
        openLeaves += finding.leaf() == null ? 0 : 1;
        if (kept.size() < KEPT) {
            kept.add(finding);
        }
    }

    /** This checkpoint covers everything that was found since the one before. */
    void covered(Signed by) {
        cover(by);
        last = by;
    }

    /** No checkpoint covers what was found since the last. */
    void end() {
        cover(null);
    }

    /** The rows since the last checkpoint are right after all: it is what they were compared with that was changed. */
    void takeBackLeaves() {
        kept.subList(open, kept.size()).removeIf(finding -> finding.leaf() != null);
        found -= openLeaves;
        openLeaves = 0;
    }

    private void cover(Signed by) {
        openLeaves = 0;
        for (; open < kept.size(); open++) {
            kept.set(open, kept.get(open).between(last, by));
        }
    }

    long found() {
        return found;
    }

    List<Finding> kept() {
        return kept;
    }
}
