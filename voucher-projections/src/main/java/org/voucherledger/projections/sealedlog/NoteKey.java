package org.voucherledger.projections.sealedlog;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PublicKey;
import java.security.Signature;
import java.security.spec.X509EncodedKeySpec;
import java.util.Arrays;
import java.util.HexFormat;

/**
 * A public key of a signed note (C2SP {@code signed-note}): who signs, in which manner, and the Ed25519 key. Its text, the
 * verifier key, is {@code name+id+base64(type and key)}.
 *
 * @param id the first four bytes of SHA-256 over name, newline, type and key
 * @param publicKey 32 bytes (RFC 8032)
 */
public record NoteKey(String name, KeyType type, int id, byte[] publicKey) {

    private static final int PUBLIC_KEY_BYTES = 32;
    /** What stands before the 32 bytes of an Ed25519 key in its X.509 form (RFC 8410). */
    private static final byte[] X509 = HexFormat.of().parseHex("302a300506032b6570032100");

    public static NoteKey of(String name, KeyType type, byte[] publicKey) {
        return new NoteKey(SignedNote.nameOf(name), type, idOf(name, type, publicKey), publicKey.clone());
    }

    /** @throws Unreadable if the text is no verifier key of a kind that is known here, or its id is not that of its key */
    public static NoteKey parse(String verifierKey) {
        String[] parts = verifierKey.split("\\+", 3);
        if (parts.length != 3) {
            throw new Unreadable("a key is written name+id+key");
        }
        byte[] typed = Base64Text.read(parts[2]);
        if (typed.length != 1 + PUBLIC_KEY_BYTES) {
            throw new Unreadable("an Ed25519 key has 32 bytes after its type");
        }
        NoteKey key = of(parts[0], KeyType.of(typed[0]), Arrays.copyOfRange(typed, 1, typed.length));
        if (!key.idText().equals(parts[1])) {
            throw new Unreadable("the key's id is " + key.idText() + ", not " + parts[1]);
        }
        return key;
    }

    /** The verifier key as it is published. */
    public String text() {
        return name + "+" + idText() + "+" + Base64Text.of(typed(type, publicKey));
    }

    public String idText() {
        return HexFormat.of().toHexDigits(id);
    }

    /** Is this an Ed25519 signature of exactly these bytes by this key? */
    boolean signed(byte[] message, byte[] signature) {
        try {
            byte[] encoded = ByteBuffer.allocate(X509.length + PUBLIC_KEY_BYTES)
                    .put(X509)
                    .put(publicKey)
                    .array();
            PublicKey key = KeyFactory.getInstance("Ed25519").generatePublic(new X509EncodedKeySpec(encoded));
            Signature verifier = Signature.getInstance("Ed25519");
            verifier.initVerify(key);
            verifier.update(message);
            return verifier.verify(signature);
        } catch (GeneralSecurityException notOfThisForm) {
            // A signature that is none, or a key that is no point of the curve, has signed nothing.
            return false;
        }
    }

    private static int idOf(String name, KeyType type, byte[] publicKey) {
        if (publicKey.length != PUBLIC_KEY_BYTES) {
            throw new Unreadable("an Ed25519 key has 32 bytes, not " + publicKey.length);
        }
        var digest = Hash.sha256();
        digest.update((name + "\n").getBytes(StandardCharsets.UTF_8));
        return ByteBuffer.wrap(digest.digest(typed(type, publicKey))).getInt();
    }

    static byte[] typed(KeyType type, byte[] key) {
        return ByteBuffer.allocate(1 + key.length).put(type.code()).put(key).array();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof NoteKey key && text().equals(key.text());
    }

    @Override
    public int hashCode() {
        return text().hashCode();
    }

    @Override
    public String toString() {
        return text();
    }
}
