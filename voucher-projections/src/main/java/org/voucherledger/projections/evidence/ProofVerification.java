package org.voucherledger.projections.evidence;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.voucherledger.projections.sealedlog.Break;
import org.voucherledger.projections.sealedlog.Checkpoint;
import org.voucherledger.projections.sealedlog.Cosignature;
import org.voucherledger.projections.sealedlog.Leaf;
import org.voucherledger.projections.sealedlog.NoteKey;
import org.voucherledger.projections.sealedlog.TlogProof;
import org.voucherledger.projections.sealedlog.Unreadable;

/** Checks the proof of one leaf (C2SP {@code tlog-proof}) with nothing but proof, leaf and public keys. */
public final class ProofVerification {

    /** The first line of every proof. */
    public static final String FIRST_LINE = TlogProof.FIRST_LINE;

    /** A proof has at most 63 hashes, and its checkpoint is no longer than that of a bundle. */
    public static final int MOST_BYTES = 4 * 1024 * 1024;

    /**
     * What was found out.
     *
     * @param checked what was checked; where the form is broken nothing else was
     * @param failures in the order of the checks; empty if everything holds
     * @param checkpoint {@code null}, like the leaf, where it could not be read
     * @param index which leaf of the checkpoint's tree the proof is about
     */
    public record Found(
            Set<Check> checked,
            List<Failure> failures,
            Checkpoint checkpoint,
            List<Cosignature> cosignatures,
            long index,
            Leaf leaf) {

        public boolean holds() {
            return failures.isEmpty();
        }

        public Optional<Failure> of(Check check) {
            return failures.stream().filter(f -> f.check() == check).findFirst();
        }
    }

    private final Map<Check, Failure> failures = new EnumMap<>(Check.class);

    private ProofVerification() {}

    /**
     * Checks it.
     *
     * @param line the leaf, without a newline
     * @param key of the ledger that it must be of
     * @param witnesses each of which must have cosigned the checkpoint
     */
    public static Found of(byte[] proof, byte[] line, NoteKey key, List<NoteKey> witnesses) {
        return new ProofVerification().check(proof, line, key, witnesses);
    }

    private Found check(byte[] written, byte[] line, NoteKey key, List<NoteKey> witnesses) {
        TlogProof proof;
        Checkpoint checkpoint;
        try {
            proof = TlogProof.parse(text(written));
            checkpoint = Checkpoint.of(proof.checkpoint());
            Break.in(checkpoint.extensions());
        } catch (Unreadable none) {
            fails(Check.FORM, "不是 tlog-proof 证明", "it is no tlog-proof: " + none.getMessage());
            return new Found(EnumSet.of(Check.FORM), List.copyOf(failures.values()), null, List.of(), 0, null);
        }
        var cosignatures = Signatures.check(
                proof.checkpoint(), checkpoint, key, witnesses, (check, place, zh, en) -> fails(check, zh, en));
        Leaf leaf = leaf(line);
        if (!proof.proves(line)) {
            fails(
                    Check.PROOF,
                    "证明与此叶不符：检查点的树在第 " + proof.index() + " 片处是另一片叶，或证明属于另一棵树",
                    "the proof is not one of this leaf: at index " + proof.index()
                            + " of the checkpoint's tree is another one, or the proof is of another tree");
        }
        var checked = EnumSet.of(Check.FORM, Check.KEY, Check.LEAF, Check.PROOF);
        if (!witnesses.isEmpty()) {
            checked.add(Check.WITNESS);
        }
        return new Found(
                Collections.unmodifiableSet(checked),
                List.copyOf(failures.values()),
                checkpoint,
                new ArrayList<>(cosignatures),
                proof.index(),
                leaf);
    }

    private Leaf leaf(byte[] line) {
        try {
            return Leaf.parse(line);
        } catch (Unreadable none) {
            fails(
                    Check.LEAF,
                    "该行不是规范写法的事件或拒绝记录",
                    "the line is no event or refusal as it must be written: " + none.getMessage());
            return null;
        }
    }

    private void fails(Check check, String zh, String en) {
        failures.putIfAbsent(check, new Failure(check, Place.WHOLE_FILE, zh, en));
    }

    private static String text(byte[] written) {
        if (written.length > MOST_BYTES) {
            throw new Unreadable("a proof is not as long as that");
        }
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(written))
                    .toString();
        } catch (CharacterCodingException notUtf8) {
            throw new Unreadable("a proof is UTF-8");
        }
    }
}
