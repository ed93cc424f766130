package org.voucherledger.api.tampering;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import org.voucherledger.api.seal.Finding;
import org.voucherledger.api.seal.Finding.Kind;
import org.voucherledger.api.seal.LeafRows;
import org.voucherledger.api.tampering.Original.Checkpoint;
import org.voucherledger.api.tampering.Original.Event;
import org.voucherledger.api.tampering.Original.Run;
import org.voucherledger.projections.sealedlog.EventLeaf;
import org.voucherledger.projections.sealedlog.Hash;
import org.voucherledger.projections.sealedlog.NoteKey;
import org.voucherledger.projections.sealedlog.SigningKey;
import org.voucherledger.projections.sealedlog.Tiles;

/** Another history with everything computed anew that needs no key; tails rewritten; old copies put in place. */
final class HistoryTamperings {

    static final List<Tampering> ALL = List.of(
            new Tampering("an event and its leaf's hash", HistoryTamperings::eventAndLeaf),
            new Tampering("an event and the tree over it", HistoryTamperings::eventAndTree),
            new Tampering("events, the tree and the roots", HistoryTamperings::eventsTreeAndRoots),
            new Tampering("events and all that another key can sign", HistoryTamperings::eventsAndKeys),
            new Tampering("a tail rewritten", HistoryTamperings::tail),
            new Tampering("a tail rewritten and signed with another key", HistoryTamperings::signedTail),
            new Tampering("an old copy", HistoryTamperings::oldCopy),
            new Tampering("an old copy that went on", HistoryTamperings::oldCopyThatWentOn),
            Tampering.ofRows("the rows of an old copy", HistoryTamperings::rowsOfAnOldCopy));

    private static final int MOST_LOST = 50;

    private HistoryTamperings() {}

    /** Well-formed, so that it has a leaf's hash: whoever computes everything anew is no bungler. */
    private static Event alterWell(Hand hand, Event event) {
        EventLeaf row = event.row();
        byte[] other = OtherJson.than(row.payload(), hand);
        while (isNoLeaf(row, other)) {
            other = OtherJson.than(row.payload(), hand);
        }
        hand.setEvent(row.position(), "payload", other);
        return event;
    }

    private static boolean isNoLeaf(EventLeaf row, byte[] payload) {
        return payload[payload.length - 1] != '}';
    }

    private static ForgedTree forge(Hand hand, List<Run> runs) {
        var tree = ForgedTree.over(runs, hand.sql());
        tree.write(hand.sql());
        return tree;
    }

    private static Expected eventAndLeaf(Hand hand) {
        Event event = alterWell(hand, hand.event());
        Hash forged = hand.sql().query(Original.EVENTS, (row, n) -> LeafRows.event(row)).stream()
                .filter(row -> row.position() == event.row().position())
                .map(ForgedTree::leaf)
                .findFirst()
                .orElseThrow();
        boolean complete = event.leaf() / Tiles.WIDTH < hand.original().leaves() / Tiles.WIDTH;
        hand.change(
                "update " + (complete ? "ledger.seal_tile" : "ledger.seal_edge")
                        + " set hashes = overlay(hashes placing ? from ?) where level = 0"
                        + (complete ? " and tile_index = " + event.leaf() / Tiles.WIDTH : ""),
                forged.bytes(),
                (int) (event.leaf() % Tiles.WIDTH) * Hash.BYTES + 1);
        return treeOnly(hand, event);
    }

    /** Which event it was only the rows could say, and the leaves agree with them: the checkpoint knows that it is not so. */
    private static Expected treeOnly(Hand hand, Event first) {
        return Expected.exactly(List.of(TreeTamperings.treeDiffersFrom(hand.original(), first.leaf())))
                .besides(Kind.FORK);
    }

    private static Expected eventAndTree(Hand hand) {
        Event event = alterWell(hand, hand.event());
        forge(hand, hand.original().runs());
        return treeOnly(hand, event);
    }

    /** @return the first of them */
    private static Event alterSome(Hand hand) {
        Event first = alterWell(hand, hand.event());
        for (int i = hand.below(5); i > 0; i--) {
            Event event = alterWell(hand, hand.event());
            first = event.leaf() < first.leaf() ? event : first;
        }
        return first;
    }

    private static List<Checkpoint> covering(Original original, long leaf) {
        return original.checkpoints()
                .subList(original.coveringLeaf(leaf), original.checkpoints().size());
    }

    private static Expected eventsTreeAndRoots(Hand hand) {
        Event first = alterSome(hand);
        var tree = forge(hand, hand.original().runs());
        List<Checkpoint> covering = covering(hand.original(), first.leaf());
        covering.forEach(checkpoint -> hand.change(
                "update ledger.checkpoint set root = ? where size = ?",
                tree.root(checkpoint.size()).bytes(),
                checkpoint.size()));
        return Expected.exactly(wrong(hand, covering)).besides(Kind.FORK, Kind.TREE);
    }

    private static List<Finding> wrong(Hand hand, List<Checkpoint> checkpoints) {
        return checkpoints.stream()
                .map(checkpoint -> CheckpointTamperings.wrong(hand.original(), checkpoint))
                .toList();
    }

    private static Expected eventsAndKeys(Hand hand) {
        Event first = alterSome(hand);
        var tree = forge(hand, hand.original().runs());
        SigningKey key = CheckpointTamperings.anotherKey(hand);
        boolean alsoNamed = hand.random().nextBoolean();
        List<Checkpoint> signed = alsoNamed ? hand.original().checkpoints() : covering(hand.original(), first.leaf());
        signed.forEach(checkpoint -> sign(hand, key, tree, checkpoint.size()));
        var findings = new ArrayList<>(wrong(hand, signed));
        if (alsoNamed) {
            findings.add(CheckpointTamperings.nameAnotherKey(hand, key));
        }
        return Expected.exactly(findings).besides(Kind.FORK);
    }

    private static String signed(Hand hand, SigningKey key, ForgedTree tree, long size) {
        String origin = NoteKey.parse(hand.original().verifierKey()).name();
        return key.sign(new org.voucherledger.projections.sealedlog.Checkpoint(origin, size, tree.root(size))
                        .unsigned())
                .written();
    }

    private static void sign(Hand hand, SigningKey key, ForgedTree tree, long size) {
        hand.change(
                "update ledger.checkpoint set root = ?, note = ? where size = ?",
                tree.root(size).bytes(),
                signed(hand, key, tree, size),
                size);
    }

    /** The events of the last run but for some, the tree over what is left; the checkpoints stay as they were signed. */
    private static Expected tail(Hand hand) {
        Original original = hand.original();
        int first = hand.below(original.checkpoints().size() - 1) + 1;
        long from = original.checkpoints().get(first - 1).size();
        for (Event event : original.events()) {
            if (event.leaf() >= from && (event.leaf() == firstEventFrom(original, from) || hand.below(3) == 0)) {
                alterWell(hand, event);
            }
        }
        forge(hand, original.runs());
        return Expected.exactly(List.of(TreeTamperings.treeDiffersFrom(original, firstEventFrom(original, from))))
                .besides(Kind.FORK);
    }

    private static long firstEventFrom(Original original, long leaf) {
        return original.events().stream()
                .mapToLong(Event::leaf)
                .filter(event -> event >= leaf)
                .findFirst()
                .orElseThrow();
    }

    /** As far as this checkpoint, with everything behind it taken away. */
    private static List<Run> cutBack(Hand hand, Checkpoint to) {
        hand.sql().update("delete from ledger.checkpoint where size > ?", to.size());
        hand.sql().update("delete from ledger.seal_run where first_leaf >= ?", to.size());
        hand.sql().update("delete from ledger.domain_event where global_index > ?", to.lastPosition());
        hand.sql().update("delete from ledger.command_answer where id > ?", to.lastAnswer());
        hand.sql().update("delete from ledger.upload_refusal where id > ?", to.lastUpload());
        List<Run> left = hand.original().runs().stream()
                .filter(run -> run.firstLeaf() < to.size())
                .toList();
        forge(hand, left);
        return left;
    }

    private static Checkpoint anyButTheLast(Hand hand) {
        List<Checkpoint> checkpoints = hand.original().checkpoints();
        // An old copy without an event could not go on.
        return hand.oneOf(checkpoints.subList(0, checkpoints.size() - 1).stream()
                .filter(checkpoint -> checkpoint.lastPosition() > 0)
                .toList());
    }

    private static Expected oldCopyFrom(Checkpoint last) {
        return Expected.exactly(
                List.of(new Finding(Kind.OLD_COPY, null, null, null, null, null, last.signed(), null, "")));
    }

    private static Expected oldCopy(Hand hand) {
        Checkpoint last = anyButTheLast(hand);
        cutBack(hand, last);
        return oldCopyFrom(last);
    }

    /** What has happened to it since was not sealed. */
    private static Expected oldCopyThatWentOn(Hand hand) {
        Checkpoint last = anyButTheLast(hand);
        cutBack(hand, last);
        goOn(hand, last.lastPosition(), 1 + hand.below(MOST_LOST));
        return oldCopyFrom(last);
    }

    private static void goOn(Hand hand, long position, int events) {
        for (int i = 1; i <= events; i++) {
            hand.insertLike(hand.original().events().getFirst().row().position(), position + i);
        }
    }

    /** Another history in the place of the true one: shorter, as long, or longer. */
    private static Expected signedTail(Hand hand) {
        Original original = hand.original();
        Checkpoint kept = anyButTheLast(hand);
        var runs = new ArrayList<>(cutBack(hand, kept));
        int events = 1 + hand.below((int) (original.leaves() - kept.size()) + 10);
        goOn(hand, kept.lastPosition(), events);
        var run = new Run(
                Original.Kind.EVENT, kept.size(), kept.lastPosition() + 1, kept.lastPosition() + events, events);
        runs.add(run);
        hand.change(
                "insert into ledger.seal_run (first_leaf, kind, first_source, last_source, length) values (?, 'EVENT', ?, ?, ?)",
                run.firstLeaf(),
                run.firstSource(),
                run.lastSource(),
                run.length());
        var tree = forge(hand, runs);
        long size = kept.size() + events;
        hand.change(
                "insert into ledger.checkpoint (size, root, note, signed_at, last_position, last_answer, last_upload)"
                        + " select ?, ?, ?, signed_at, ?, last_answer, last_upload from ledger.checkpoint where size = ?",
                size,
                tree.root(size).bytes(),
                signed(hand, CheckpointTamperings.anotherKey(hand), tree, size),
                run.lastSource(),
                kept.size());
        Finding unsigned = new Finding(
                Kind.CHECKPOINT,
                null,
                CheckpointTamperings.TABLE,
                size,
                null,
                null,
                kept.signed(),
                new Finding.Signed(size, kept.signedAt()),
                "");
        return new Expected(
                List.of(unsigned),
                EnumSet.of(Kind.FORK, Kind.OLD_COPY),
                EnumSet.of(Kind.FORK, Kind.OLD_COPY),
                kept.size());
    }

    /** Not far back, mostly: what is compared stays little. */
    private static void rowsOfAnOldCopy(Hand hand) {
        List<Checkpoint> checkpoints = hand.original().checkpoints();
        Checkpoint last = checkpoints.get(checkpoints.size() - 2);
        hand.change("delete from ledger.domain_event where global_index > ?", last.lastPosition());
        hand.sql().update("delete from ledger.command_answer where id > ?", last.lastAnswer());
        hand.sql().update("delete from ledger.upload_refusal where id > ?", last.lastUpload());
    }
}
