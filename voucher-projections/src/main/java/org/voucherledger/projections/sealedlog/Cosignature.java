package org.voucherledger.projections.sealedlog;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.Optional;

/**
 * What a witness says of a checkpoint (C2SP {@code tlog-cosignature}, {@code cosignature/v1}): at this time it was the largest
 * tree of this log that it had seen, and it continued every one that it had seen before.
 */
public record Cosignature(NoteKey witness, Instant at) {

    private static final int ED25519_BYTES = 64;

    /** The bytes that a witness signs. */
    static byte[] message(long epochSecond, SignedNote note) {
        return ("cosignature/v1\ntime " + epochSecond + "\n" + note.text()).getBytes(StandardCharsets.UTF_8);
    }

    /** Reads the signature of this key's name and id; empty if it is not by this key. */
    static Optional<Cosignature> verified(SignedNote note, NoteSignature signature, NoteKey key) {
        if (signature.bytes().length != Long.BYTES + ED25519_BYTES) {
            return Optional.empty();
        }
        long epochSecond = ByteBuffer.wrap(signature.bytes()).getLong();
        byte[] ed25519 = Arrays.copyOfRange(signature.bytes(), Long.BYTES, signature.bytes().length);
        // Beyond this a time is no date any more, whoever signed it.
        boolean isTime = epochSecond >= 0 && epochSecond <= Instant.MAX.getEpochSecond();
        return isTime && key.signed(message(epochSecond, note), ed25519)
                ? Optional.of(new Cosignature(key, Instant.ofEpochSecond(epochSecond)))
                : Optional.empty();
    }
}
