package org.voucherledger.api.tampering;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.voucherledger.api.seal.Finding;
import org.voucherledger.api.seal.Finding.Kind;
import org.voucherledger.api.seal.Finding.Signed;
import org.voucherledger.api.tampering.Original.Checkpoint;
import org.voucherledger.projections.sealedlog.KeyType;
import org.voucherledger.projections.sealedlog.NoteKey;
import org.voucherledger.projections.sealedlog.SignedNote;
import org.voucherledger.projections.sealedlog.SigningKey;

/** What was signed changed, taken away, or signed by somebody else. */
final class CheckpointTamperings {

    static final String TABLE = "ledger.checkpoint";
    private static final Set<Kind> CHECKPOINT = EnumSet.of(Kind.CHECKPOINT);

    static final List<Tampering> ALL = List.of(
            new Tampering("a character of a checkpoint", CheckpointTamperings::note),
            new Tampering("the root of a checkpoint", CheckpointTamperings::root),
            new Tampering("the size of a checkpoint", CheckpointTamperings::size),
            new Tampering("the last position of a checkpoint", CheckpointTamperings::lastPosition),
            new Tampering("the last answer of a checkpoint", hand -> lastRead(hand, Original.Kind.REFUSAL)),
            new Tampering("the last upload of a checkpoint", hand -> lastRead(hand, Original.Kind.UPLOAD)),
            new Tampering("when a checkpoint was signed", CheckpointTamperings::signedAt),
            new Tampering("a cosignature of a checkpoint", CheckpointTamperings::cosignature),
            new Tampering("the note of another checkpoint", CheckpointTamperings::noteOfAnother),
            new Tampering("a checkpoint taken away", CheckpointTamperings::drop),
            new Tampering("the last checkpoints taken away", CheckpointTamperings::dropLast),
            new Tampering("a checkpoint invented", CheckpointTamperings::invent),
            new Tampering("a checkpoint signed with another key", CheckpointTamperings::signAnew),
            new Tampering("all keys swapped", CheckpointTamperings::swapKeys),
            new Tampering("the ledger's key", CheckpointTamperings::identity),
            new Tampering("all of the sealed log taken away", CheckpointTamperings::dropAll));

    private CheckpointTamperings() {}

    static SigningKey anotherKey(Hand hand) {
        var drawn = new DrawnKeys(hand.random());
        return SigningKey.generate(NoteKey.parse(hand.original().verifierKey()).name(), KeyType.NOTE, drawn);
    }

    private static Checkpoint any(Hand hand) {
        return hand.oneOf(hand.original().checkpoints());
    }

    /** Of exactly this checkpoint. */
    static Finding wrong(Original original, Checkpoint checkpoint) {
        int number = original.checkpoints().indexOf(checkpoint);
        return new Finding(
                Kind.CHECKPOINT,
                null,
                TABLE,
                checkpoint.size(),
                null,
                null,
                original.after(number),
                original.until(number),
                "");
    }

    private static Expected only(Hand hand, Checkpoint checkpoint) {
        return Expected.exactly(List.of(wrong(hand.original(), checkpoint)));
    }

    private static Expected note(Hand hand) {
        Checkpoint checkpoint = any(hand);
        var note = new StringBuilder(checkpoint.note());
        int at = hand.below(note.length());
        note.setCharAt(at, note.charAt(at) == 'x' ? 'y' : 'x');
        hand.change("update ledger.checkpoint set note = ? where size = ?", note.toString(), checkpoint.size());
        return only(hand, checkpoint);
    }

    private static Expected root(Hand hand) {
        Checkpoint checkpoint = any(hand);
        int bit = hand.below(256);
        if (hand.below(10) == 0) {
            hand.sql().execute("alter table ledger.checkpoint drop constraint checkpoint_root_check");
            hand.change("update ledger.checkpoint set root = substr(root, 2) where size = ?", checkpoint.size());
        } else {
            hand.change(
                    "update ledger.checkpoint set root = set_bit(root, ?, 1 - get_bit(root, ?)) where size = ?",
                    bit,
                    bit,
                    checkpoint.size());
        }
        return only(hand, checkpoint);
    }

    private static Expected size(Hand hand) {
        Checkpoint checkpoint = any(hand);
        int number = hand.original().checkpoints().indexOf(checkpoint);
        long before =
                number == 0 ? 0 : hand.original().checkpoints().get(number - 1).size();
        long size = hand.random().nextBoolean() && checkpoint.size() - before > 1
                ? before + 1 + hand.below((int) (checkpoint.size() - before - 1))
                : hand.original().leaves() + 1 + hand.below(1_000);
        hand.change("update ledger.checkpoint set size = ? where size = ?", size, checkpoint.size());
        return Expected.some(CHECKPOINT, before);
    }

    private static Expected lastPosition(Hand hand) {
        Checkpoint checkpoint = any(hand);
        hand.change(
                "update ledger.checkpoint set last_position = last_position + ? where size = ?",
                hand.oneOf(-1, 1) * (1 + hand.below(1_000)),
                checkpoint.size());
        return only(hand, checkpoint);
    }

    /** So that it covers fewer refusals, or more: what it says of accepted commands says nothing. */
    private static Expected lastRead(Hand hand, Original.Kind kind) {
        Original original = hand.original();
        Checkpoint checkpoint = any(hand);
        List<Long> refused =
                original.refused(kind).stream().map(Original.Refused::id).toList();
        long before = original.checkpoints().stream()
                .filter(earlier -> earlier.size() < checkpoint.size())
                .mapToLong(earlier -> earlier.read(kind))
                .max()
                .orElse(0);
        var other = new ArrayList<>(
                refused.stream().filter(id -> id > checkpoint.read(kind)).toList());
        refused.stream()
                .filter(id -> id > before && id <= checkpoint.read(kind))
                .map(id -> id - 1)
                .forEach(other::add);
        other.add(original.last().read(kind) + 1_000_000L);
        if (before > 0) {
            other.add(before - 1);
        }
        hand.change(
                "update ledger.checkpoint set " + kind.lastRead() + " = ? where size = ?",
                hand.oneOf(other),
                checkpoint.size());
        return Expected.some(CHECKPOINT, previous(original, checkpoint));
    }

    /** From a microsecond to a year, into the past or the future; or no moment at all. */
    private static Expected signedAt(Hand hand) {
        Checkpoint checkpoint = any(hand);
        String other = switch (hand.below(4)) {
            case 0 -> "signed_at - interval '1 microsecond'";
            case 1 -> "signed_at - interval '" + (1 + hand.below(365)) + " days'";
            case 2 -> "signed_at + interval '" + (1 + hand.below(100_000)) + " seconds'";
            default -> hand.oneOf("timestamptz 'infinity'", "timestamptz '-infinity'");
        };
        hand.change("update ledger.checkpoint set signed_at = " + other + " where size = ?", checkpoint.size());
        return only(hand, checkpoint);
    }

    /** A witness has truly cosigned a checkpoint; then its line, its key, or the checkpoint is made another. */
    private static Expected cosignature(Hand hand) {
        Checkpoint checkpoint = any(hand);
        Checkpoint other = any(hand);
        NoteKey witness = aWitness(hand).publicKey();
        SigningKey signing = aWitness(hand);
        SignedNote bare =
                SignedNote.unsigned(SignedNote.parse(checkpoint.note()).text());
        String line = signing.cosign(bare, checkpoint.signedAt())
                .written()
                .substring(bare.text().length() + 1)
                .strip();
        int way = hand.below(6);
        var altered = new StringBuilder(line);
        int at = hand.below(line.length());
        altered.setCharAt(at, line.charAt(at) == 'x' ? 'y' : 'x');
        hand.change(
                "insert into ledger.cosignature (size, vkey, line, received_at) select size, ?, ?, signed_at"
                        + " from ledger.checkpoint where size = ?",
                way == 1
                        ? witness.text()
                        : way == 2 ? "none" : signing.publicKey().text(),
                way == 3 ? altered.toString() : way == 4 ? "" : line,
                way == 5 ? other.size() : checkpoint.size());
        boolean isTrue = way == 0 || way == 5 && other.equals(checkpoint);
        return Expected.exactly(isTrue ? List.of() : List.of(forged(hand.original(), way == 5 ? other : checkpoint)));
    }

    private static SigningKey aWitness(Hand hand) {
        return SigningKey.generate(
                "audit.example/w" + hand.below(1_000), KeyType.COSIGNATURE, new DrawnKeys(hand.random()));
    }

    private static Finding forged(Original original, Checkpoint checkpoint) {
        Finding of = wrong(original, checkpoint);
        return new Finding(
                of.kind(), null, "ledger.cosignature", checkpoint.size(), null, null, of.after(), of.until(), "");
    }

    private static long previous(Original original, Checkpoint checkpoint) {
        int number = original.checkpoints().indexOf(checkpoint);
        return number == 0 ? 0 : original.checkpoints().get(number - 1).size();
    }

    private static Expected noteOfAnother(Hand hand) {
        Checkpoint checkpoint = any(hand);
        Checkpoint other = any(hand);
        hand.change("update ledger.checkpoint set note = ? where size = ?", other.note(), checkpoint.size());
        return checkpoint.equals(other) ? Expected.exactly(List.of()) : only(hand, checkpoint);
    }

    /** The next one says which it followed. */
    private static Expected drop(Hand hand) {
        Original original = hand.original();
        int number = hand.below(original.checkpoints().size() - 1);
        hand.change(
                "delete from ledger.checkpoint where size = ?",
                original.checkpoints().get(number).size());
        Checkpoint next = original.checkpoints().get(number + 1);
        return Expected.exactly(List.of(new Finding(
                Kind.CHECKPOINT, null, TABLE, next.size(), null, null, original.after(number), next.signed(), "")));
    }

    private static Expected dropLast(Hand hand) {
        Original original = hand.original();
        int kept = hand.below(original.checkpoints().size());
        Signed last = original.after(kept);
        hand.change("delete from ledger.checkpoint where size > ?", last == null ? 0 : last.leaves());
        return Expected.exactly(List.of(new Finding(Kind.CHECKPOINT, null, TABLE, null, null, null, last, null, "")));
    }

    private static Expected invent(Hand hand) {
        Original original = hand.original();
        long size = 1 + hand.below((int) original.leaves() - 1);
        if (original.checkpoints().stream().anyMatch(checkpoint -> checkpoint.size() == size)) {
            return Expected.exactly(List.of());
        }
        var tree = ForgedTree.over(original.runs(), hand.sql());
        SignedNote unsigned = new org.voucherledger.projections.sealedlog.Checkpoint(
                        NoteKey.parse(original.verifierKey()).name(), size, tree.root(size))
                .unsigned();
        hand.change(
                "insert into ledger.checkpoint select ?, ?, ?, signed_at, last_position, last_answer, last_upload"
                        + " from ledger.checkpoint where size = ?",
                size,
                tree.root(size).bytes(),
                hand.random().nextBoolean()
                        ? anotherKey(hand).sign(unsigned).written()
                        : original.checkpoints().getFirst().note(),
                any(hand).size());
        return Expected.some(CHECKPOINT, 0);
    }

    private static Expected signAnew(Hand hand) {
        Checkpoint checkpoint = any(hand);
        sign(hand, checkpoint, anotherKey(hand));
        return only(hand, checkpoint);
    }

    private static void sign(Hand hand, Checkpoint checkpoint, SigningKey key) {
        var said = org.voucherledger.projections.sealedlog.Checkpoint.of(SignedNote.parse(checkpoint.note()));
        hand.change(
                "update ledger.checkpoint set note = ? where size = ?",
                key.sign(said.unsigned()).written(),
                checkpoint.size());
    }

    private static Expected swapKeys(Hand hand) {
        SigningKey key = anotherKey(hand);
        hand.original().checkpoints().forEach(checkpoint -> sign(hand, checkpoint, key));
        var findings = new ArrayList<>(hand.original().checkpoints().stream()
                .map(checkpoint -> wrong(hand.original(), checkpoint))
                .toList());
        if (hand.random().nextBoolean()) {
            findings.add(nameAnotherKey(hand, key));
        }
        return Expected.exactly(findings);
    }

    static Finding nameAnotherKey(Hand hand, SigningKey key) {
        hand.change("update ledger.seal_identity set vkey = ?", key.publicKey().text());
        return ofTheKey(hand);
    }

    private static Finding ofTheKey(Hand hand) {
        return new Finding(
                Kind.KEY, null, null, null, null, null, null, hand.original().until(0), "");
    }

    private static Expected identity(Hand hand) {
        switch (hand.below(5)) {
            case 0 -> nameAnotherKey(hand, anotherKey(hand));
            case 1 -> hand.change("update ledger.seal_identity set origin = origin || '/2'");
            case 2 -> hand.change("update ledger.seal_identity set vkey = 'none'");
            case 3 ->
                // A log that was begun anew, and that nobody who has the key has declared.
                hand.change(
                        "insert into ledger.seal_identity (number, origin, vkey, created_at, declared)"
                                + " select 1, origin || '/2', ?, created_at, ? from ledger.seal_identity",
                        anotherKey(hand).publicKey().text(),
                        hand.oneOf("", hand.original().last().note()));
            default -> hand.change("delete from ledger.seal_identity");
        }
        return Expected.exactly(List.of(ofTheKey(hand)));
    }

    private static Expected dropAll(Hand hand) {
        hand.sql()
                .execute(
                        "truncate ledger.seal_run, ledger.seal_tile, ledger.seal_edge, ledger.checkpoint, ledger.cosignature");
        return Expected.exactly(List.of(new Finding(Kind.OLD_COPY, null, null, null, null, null, null, null, "")))
                .besides(Kind.KEY);
    }
}
