package org.voucherledger.api.tampering;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.voucherledger.api.seal.Finding;
import org.voucherledger.api.seal.Finding.Kind;
import org.voucherledger.api.tampering.Original.Run;
import org.voucherledger.projections.sealedlog.Hash;
import org.voucherledger.projections.sealedlog.Tiles;

/** The tree in the database changed, and the list of which rows became which leaves. */
final class TreeTamperings {

    static final Set<Kind> TREE = EnumSet.of(Kind.TREE);
    private static final Set<Kind> ANY = EnumSet.allOf(Kind.class);

    static final List<Tampering> ALL = List.of(
            new Tampering("a bit of the hash of a leaf", TreeTamperings::leafHash),
            new Tampering("a bit of a hash above the leaves", TreeTamperings::hashAbove),
            new Tampering("tiles taken away, added, cut or moved", TreeTamperings::tiles),
            new Tampering("a run taken away", TreeTamperings::dropRun),
            new Tampering("a run that says something else", TreeTamperings::otherRun),
            new Tampering("a run without an end", TreeTamperings::endlessRun),
            new Tampering("a run of nothing that is known", TreeTamperings::unknownRun));

    private TreeTamperings() {}

    /** @param leaf of which the tree is wrong: the tree is found wrong when the first checkpoint that covers it is compared */
    static Finding treeDiffersFrom(Original original, long leaf) {
        int covering = original.coveringLeaf(leaf);
        return new Finding(
                Kind.TREE, null, null, null, null, null, original.after(covering), original.until(covering), "");
    }

    private static Expected leafHash(Hand hand) {
        return Expected.exactly(
                List.of(flipLeaf(hand, hand.below((int) hand.original().leaves()))));
    }

    /** The rows are right, and the checkpoint says so. */
    static Finding flipLeaf(Hand hand, long leaf) {
        flip(hand, 0, leaf);
        return treeDiffersFrom(hand.original(), leaf);
    }

    private static Expected hashAbove(Hand hand) {
        long hashes = hand.original().leaves() / Tiles.WIDTH;
        long index = hand.below((int) hashes);
        flip(hand, 1, index);
        return Expected.exactly(List.of(treeDiffersFrom(hand.original(), (index + 1) * Tiles.WIDTH - 1)));
    }

    private static void flip(Hand hand, int level, long number) {
        long hashes = hand.original().leaves() >> (level * Tiles.HEIGHT);
        boolean complete = number / Tiles.WIDTH < hashes / Tiles.WIDTH;
        int at = (int) (number % Tiles.WIDTH) * Hash.BYTES * Byte.SIZE + hand.below(Hash.BYTES * Byte.SIZE);
        String flipped =
                " set hashes = set_bit(hashes, " + at + ", 1 - get_bit(hashes, " + at + ")) where level = " + level;
        hand.change(
                complete
                        ? "update ledger.seal_tile" + flipped + " and tile_index = " + number / Tiles.WIDTH
                        : "update ledger.seal_edge" + flipped);
    }

    private static Expected tiles(Hand hand) {
        hand.change(hand.oneOf(
                "delete from ledger.seal_tile where level = 0 and tile_index = 0",
                "delete from ledger.seal_tile",
                "delete from ledger.seal_edge where level = 0",
                "delete from ledger.seal_edge where level = 1",
                "delete from ledger.seal_edge",
                "insert into ledger.seal_tile select 0, " + (5 + hand.below(100))
                        + ", hashes from ledger.seal_tile limit 1",
                "insert into ledger.seal_tile select 1, 0, hashes from ledger.seal_tile limit 1",
                "update ledger.seal_tile set tile_index = tile_index + 100",
                "update ledger.seal_edge set hashes = substr(hashes, 33) where level = 0",
                "update ledger.seal_edge set hashes = substr(hashes, 1, octet_length(hashes) - 32) where level = "
                        + hand.below(2),
                "update ledger.seal_edge set hashes = hashes || decode(repeat('ab', 32), 'hex') where level = "
                        + hand.below(2),
                "update ledger.seal_tile set hashes = decode(repeat('00', 8192), 'hex')",
                "insert into ledger.seal_edge values (" + (2 + hand.below(6)) + ", decode(repeat('00', 32), 'hex'))"));
        return Expected.some(TREE, 0);
    }

    private static Expected dropRun(Hand hand) {
        Run run = hand.oneOf(hand.original().runs());
        hand.change("delete from ledger.seal_run where first_leaf = ?", run.firstLeaf());
        return from(hand, run);
    }

    private static Expected otherRun(Hand hand) {
        Run run = hand.oneOf(hand.original().runs());
        hand.sql().execute("alter table ledger.seal_run drop constraint seal_run_check");
        int by = hand.oneOf(-1, 1) * (1 + hand.below(3));
        List<String> ways = new ArrayList<>(List.of(
                "first_leaf = " + (run.firstLeaf() + 100_000),
                "kind = case kind when 'EVENT' then 'REFUSAL' else 'EVENT' end, first_source = first_source + 100000,"
                        + " last_source = last_source + 100000",
                "length = length + 1",
                "first_source = first_source + " + 100_000 + ", last_source = last_source + " + 100_000));
        if (run.kind() == Original.Kind.EVENT) {
            ways.add("first_source = first_source + " + by + ", last_source = last_source + " + by);
            ways.add("last_source = last_source + 1, length = length + 1");
        }
        if (run.length() > 1) {
            ways.add("length = length - 1");
        }
        hand.change("update ledger.seal_run set " + hand.oneOf(ways) + " where first_leaf = ?", run.firstLeaf());
        return from(hand, run);
    }

    /** Whoever believes it counts for years. */
    private static Expected endlessRun(Hand hand) {
        hand.sql().execute("alter table ledger.seal_run drop constraint seal_run_check");
        boolean last = hand.random().nextBoolean();
        Run run = last
                ? hand.original().runs().getLast()
                : hand.oneOf(hand.original().runs());
        if (last) {
            hand.change(
                    "insert into ledger.seal_run (first_leaf, kind, first_source, last_source, length) values (?, ?, ?, ?, ?)",
                    hand.original().leaves(),
                    hand.oneOf("EVENT", "REFUSAL"),
                    1_000_000,
                    Long.MAX_VALUE,
                    Long.MAX_VALUE - 1_000_000);
            return Expected.some(EnumSet.of(Kind.RUNS), hand.original().leaves());
        }
        hand.change(
                "update ledger.seal_run set last_source = ?, length = ? where first_leaf = ?",
                Long.MAX_VALUE,
                Long.MAX_VALUE - run.firstSource(),
                run.firstLeaf());
        return from(hand, run);
    }

    private static Expected unknownRun(Hand hand) {
        Run run = hand.oneOf(hand.original().runs());
        hand.sql().execute("""
                alter table ledger.seal_run drop constraint seal_run_check;
                alter table ledger.seal_run drop constraint seal_run_kind_check
                """);
        hand.change(
                "update ledger.seal_run set kind = ? where first_leaf = ?",
                hand.oneOf("", "event", "NONE"),
                run.firstLeaf());
        return from(hand, run);
    }

    /** What the run said cannot be known any more; what stands before it can. */
    private static Expected from(Hand hand, Run run) {
        int covering = hand.original().coveringLeaf(run.firstLeaf());
        return Expected.some(
                ANY,
                covering == 0
                        ? 0
                        : hand.original().checkpoints().get(covering - 1).size());
    }
}
