package org.voucherledger.api.witness;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.voucherledger.projections.sealedlog.Checkpoint;
import org.voucherledger.projections.sealedlog.Hash;
import org.voucherledger.projections.sealedlog.SignedNote;
import org.voucherledger.projections.sealedlog.Unreadable;

/**
 * What a log asks of a witness (C2SP {@code tlog-witness}): from which size on it continues, the proof of it, and the checkpoint.
 *
 * @param old the size that the log believes the witness has seen last
 */
public record AddCheckpoint(long old, List<Hash> proof, SignedNote checkpoint) {

    private static final String OLD = "old ";
    /** The specification's limit: no proof is longer. */
    private static final int LONGEST_PROOF = 63;

    public AddCheckpoint {
        proof = List.copyOf(proof);
    }

    /** @throws Unreadable if this is no such request */
    static AddCheckpoint parse(byte[] body) {
        String text = text(body);
        int blank = text.indexOf("\n\n");
        if (!text.startsWith(OLD) || blank < 0) {
            throw new Unreadable("a request begins with the old size, and an empty line stands before the checkpoint");
        }
        var lines = new ArrayList<>(List.of(text.substring(0, blank).split("\n", -1)));
        long old = Checkpoint.number(lines.removeFirst().substring(OLD.length()));
        if (lines.size() > LONGEST_PROOF) {
            throw new Unreadable("a proof has at most " + LONGEST_PROOF + " hashes");
        }
        return new AddCheckpoint(
                old, lines.stream().map(Hash::ofBase64).toList(), SignedNote.parse(text.substring(blank + 2)));
    }

    /** The body of the request. */
    public String written() {
        var written = new StringBuilder(OLD).append(old).append('\n');
        proof.forEach(hash -> written.append(hash.base64()).append('\n'));
        return written.append('\n').append(checkpoint.written()).toString();
    }

    private static String text(byte[] body) {
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(body))
                    .toString();
        } catch (CharacterCodingException notUtf8) {
            throw new Unreadable("a request is UTF-8");
        }
    }
}
