package org.voucherledger.projections.sealedlog;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * A proof that can be carried away (C2SP {@code tlog-proof@v1}): that a leaf is the one at this index of the tree of a signed
 * checkpoint. The leaf itself is not in it.
 *
 * @param path from the leaf's sibling up to the root's child
 * @param checkpoint with the signature of the log, and those of witnesses if there are any
 */
public record TlogProof(long index, List<Hash> path, SignedNote checkpoint) {

    /** Of every proof. */
    public static final String FIRST_LINE = "c2sp.org/tlog-proof@v1";

    private static final String EXTRA = "extra ";
    private static final String INDEX = "index ";
    /** No path in a tree of 2^63 leaves is longer. */
    private static final int LONGEST_PATH = 63;

    public TlogProof {
        path = List.copyOf(path);
    }

    /** @throws Unreadable if this is no such proof */
    public static TlogProof parse(String proof) {
        int blank = proof.indexOf("\n\n");
        if (blank < 0) {
            throw new Unreadable("a proof is followed by an empty line and a checkpoint");
        }
        var lines = new ArrayList<>(Arrays.asList(proof.substring(0, blank).split("\n", -1)));
        if (!lines.removeFirst().equals(FIRST_LINE)) {
            throw new Unreadable("a proof begins with " + FIRST_LINE);
        }
        if (!lines.isEmpty() && lines.getFirst().startsWith(EXTRA)) {
            // Nobody has signed it; it must be of its form all the same.
            Base64Text.read(lines.removeFirst().substring(EXTRA.length()));
        }
        if (lines.isEmpty() || !lines.getFirst().startsWith(INDEX)) {
            throw new Unreadable("a proof says the index of its leaf");
        }
        long index = Checkpoint.number(lines.removeFirst().substring(INDEX.length()));
        if (lines.size() > LONGEST_PATH) {
            throw new Unreadable("a path longer than any tree is high");
        }
        return new TlogProof(
                index, lines.stream().map(Hash::ofBase64).toList(), SignedNote.parse(proof.substring(blank + 2)));
    }

    /** Is this leaf the one at the index, in the tree of the checkpoint? Whether that is signed is another question. */
    public boolean proves(byte[] leaf) {
        Checkpoint tree = Checkpoint.of(checkpoint);
        return MerkleProof.includes(index, Hash.ofLeaf(leaf), tree.size(), tree.root(), path);
    }

    /** The proof as it is written down, customarily in a file that ends with {@code .tlog-proof}. */
    public String written() {
        var written = new StringBuilder(FIRST_LINE)
                .append('\n')
                .append(INDEX)
                .append(index)
                .append('\n');
        path.forEach(hash -> written.append(hash.base64()).append('\n'));
        return written.append('\n').append(checkpoint.written()).toString();
    }
}
