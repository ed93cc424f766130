package org.voucherledger.projections.sealedlog;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.SecureRandom;
import java.security.Signature;
import java.security.interfaces.EdECPublicKey;
import java.security.spec.EdECPrivateKeySpec;
import java.security.spec.NamedParameterSpec;
import java.time.Instant;
import java.util.Arrays;

/**
 * A private key of a signed note. Its text, {@code PRIVATE+KEY+name+id+base64(type and seed)}, is a secret; it is the form of
 * the Go library {@code golang.org/x/mod/sumdb/note}.
 */
public final class SigningKey {

    private static final String PREFIX = "PRIVATE+KEY+";
    private static final int SEED_BYTES = 32;

    private final NoteKey publicKey;
    private final byte[] seed;
    private final PrivateKey privateKey;

    private SigningKey(NoteKey publicKey, byte[] seed, PrivateKey privateKey) {
        this.publicKey = publicKey;
        this.seed = seed;
        this.privateKey = privateKey;
    }

    /** A new key; the randomness must be fit for keys. */
    public static SigningKey generate(String name, KeyType type, SecureRandom random) {
        byte[] seed = new byte[SEED_BYTES];
        random.nextBytes(seed);
        return of(name, type, seed);
    }

    /** @throws Unreadable if the text is no such key, or its id is not that of its key; the message does not repeat the key */
    public static SigningKey parse(String text) {
        String[] parts =
                text.startsWith(PREFIX) ? text.substring(PREFIX.length()).split("\\+", 3) : new String[0];
        if (parts.length != 3) {
            throw new Unreadable("a private key is written PRIVATE+KEY+name+id+seed");
        }
        byte[] typed = Base64Text.read(parts[2]);
        if (typed.length != 1 + SEED_BYTES) {
            throw new Unreadable("an Ed25519 seed has 32 bytes after its type");
        }
        SigningKey key = of(parts[0], KeyType.of(typed[0]), Arrays.copyOfRange(typed, 1, typed.length));
        if (!key.publicKey.idText().equals(parts[1])) {
            throw new Unreadable("the key's id is " + key.publicKey.idText() + ", not " + parts[1]);
        }
        return key;
    }

    private static SigningKey of(String name, KeyType type, byte[] seed) {
        try {
            PrivateKey privateKey = KeyFactory.getInstance("Ed25519")
                    .generatePrivate(new EdECPrivateKeySpec(NamedParameterSpec.ED25519, seed));
            var key = new SigningKey(NoteKey.of(name, type, publicKeyOf(seed)), seed, privateKey);
            byte[] probe = name.getBytes(StandardCharsets.UTF_8);
            if (!key.publicKey.signed(probe, key.ed25519(probe))) {
                throw new IllegalStateException("this Java makes Ed25519 keys by another way than from their seed");
            }
            return key;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java from 15 on has Ed25519", e);
        }
    }

    /** Java makes the public key of a seed only together with a new private key, whose seed it draws: it draws this one. */
    private static byte[] publicKeyOf(byte[] seed) throws GeneralSecurityException {
        var generator = KeyPairGenerator.getInstance("Ed25519");
        generator.initialize(NamedParameterSpec.ED25519, new SecureRandom() {
            @Override
            public void nextBytes(byte[] bytes) {
                System.arraycopy(seed, 0, bytes, 0, bytes.length);
            }
        });
        byte[] encoded = ((EdECPublicKey) generator.generateKeyPair().getPublic()).getEncoded();
        return Arrays.copyOfRange(encoded, encoded.length - SEED_BYTES, encoded.length);
    }

    /** The same key under another name. */
    public SigningKey named(String name) {
        return of(name, publicKey.type(), seed);
    }

    public NoteKey publicKey() {
        return publicKey;
    }

    /** The key as it is kept: a secret. */
    public String secretText() {
        return PREFIX + publicKey.name() + "+" + publicKey.idText() + "+"
                + Base64Text.of(NoteKey.typed(publicKey.type(), seed));
    }

    /** The note with this key's signature after those it has; one that this key made before is replaced. */
    public SignedNote sign(SignedNote note) {
        insistOn(KeyType.NOTE);
        return with(note, ed25519(note.textBytes()));
    }

    /**
     * The note with a cosignature: at this time, this was the largest tree that the witness had seen of this log.
     *
     * @param at to the second; not before 1970
     */
    public SignedNote cosign(SignedNote note, Instant at) {
        insistOn(KeyType.COSIGNATURE);
        if (at.getEpochSecond() < 0) {
            throw new IllegalArgumentException("a cosignature before 1970: " + at);
        }
        byte[] signature = ed25519(Cosignature.message(at.getEpochSecond(), note));
        return with(
                note,
                ByteBuffer.allocate(Long.BYTES + signature.length)
                        .putLong(at.getEpochSecond())
                        .put(signature)
                        .array());
    }

    private void insistOn(KeyType type) {
        if (publicKey.type() != type) {
            throw new IllegalArgumentException("the key " + publicKey.text() + " is not one for a " + type);
        }
    }

    private SignedNote with(SignedNote note, byte[] signature) {
        return note.with(new NoteSignature(publicKey.name(), publicKey.id(), signature));
    }

    private byte[] ed25519(byte[] message) {
        try {
            Signature signer = Signature.getInstance("Ed25519");
            signer.initSign(privateKey);
            signer.update(message);
            return signer.sign();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("the key does not sign", e);
        }
    }

    /** Without the secret. */
    @Override
    public String toString() {
        return "the private key of " + publicKey.text();
    }
}
