package org.voucherledger.api.tampering;

import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.voucherledger.api.seal.Finding;
import org.voucherledger.api.tampering.Original.Checkpoint;
import org.voucherledger.api.tampering.Original.Kind;

/** Several things done at once: what is wrong in one place must not hide what is wrong in another. */
final class Combinations {

    static final List<Tampering> ALL = List.of(
            Tampering.ofRows("several events", Combinations::events),
            Tampering.ofRows("events and a refusal", Combinations::eventsAndRefusal),
            new Tampering("events, and the tree elsewhere", Combinations::eventsAndTree));

    private static final List<Consumer<Hand>> EVENTS = List.of(
            EventTamperings::payloadByte,
            EventTamperings::payloadMember,
            EventTamperings::metadataByte,
            EventTamperings::metadataMember,
            EventTamperings::backDate,
            EventTamperings::drop,
            EventTamperings::swap);

    private static final List<Consumer<Hand>> SHIFTING =
            List.of(hand -> {}, EventTamperings::dropAndClose, EventTamperings::pushIn);

    private static final List<Consumer<Hand>> REFUSALS = List.of(
            RefusalTamperings.of(Kind.REFUSAL, RefusalTamperings::alter),
            RefusalTamperings.of(Kind.REFUSAL, RefusalTamperings::drop),
            RefusalTamperings.of(Kind.UPLOAD, RefusalTamperings::alter),
            RefusalTamperings.of(Kind.UPLOAD, RefusalTamperings::drop));

    private Combinations() {}

    private static void events(Hand hand) {
        for (int i = 1 + hand.below(4); i > 0; i--) {
            tryOne(hand, hand.oneOf(EVENTS));
        }
        tryOne(hand, hand.oneOf(SHIFTING));
    }

    /** What was dropped a moment ago cannot be altered, and need not be: whatever has been done by then stays. */
    private static void tryOne(Hand hand, Consumer<Hand> deed) {
        try {
            deed.accept(hand);
        } catch (NothingChanged gone) {
            hand.sql().execute("select 1");
        }
    }

    private static void eventsAndRefusal(Hand hand) {
        hand.oneOf(REFUSALS).accept(hand);
        events(hand);
    }

    /** The tree between two checkpoints, and rows between others: each is told from the other. */
    private static Expected eventsAndTree(Hand hand) {
        Original original = hand.original();
        int interval = hand.below(original.checkpoints().size());
        Checkpoint until = original.checkpoints().get(interval);
        long from = interval == 0 ? 0 : original.checkpoints().get(interval - 1).size();
        for (int i = 1 + hand.below(3); i > 0; i--) {
            EventTamperings.payloadMember(hand);
        }
        List<Finding> rows = RowOracle.findings(original, hand.sql());
        Optional<Finding> within = rows.stream()
                .filter(finding -> finding.leaf() >= from && finding.leaf() < until.size())
                .findFirst();
        Expected expected = Expected.exactly(rows);
        // Between the same two checkpoints nothing could say which of the two is as it was.
        return within.isPresent()
                ? expected
                : expected.and(List.of(TreeTamperings.flipLeaf(hand, from + hand.below((int) (until.size() - from)))));
    }
}
