package org.voucherledger.projections.sealedlog;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * A text with signatures (C2SP {@code signed-note}): the text, an empty line, and one line for each signature. Nothing of the
 * text may be believed until a key that is trusted has verified it.
 *
 * @param text ends with a newline
 */
public record SignedNote(String text, List<NoteSignature> signatures) {

    /** More signatures than this are refused; the specification demands room for sixteen. */
    private static final int MOST_SIGNATURES = 100;

    public SignedNote {
        if (!text.endsWith("\n")) {
            throw new Unreadable("a note's text ends with a newline");
        }
        if (text.codePoints()
                .anyMatch(c -> c < ' ' && c != '\n' || c >= Character.MIN_SURROGATE && c <= Character.MAX_SURROGATE)) {
            throw new Unreadable("a note has no control characters but newlines");
        }
        if (signatures.size() > MOST_SIGNATURES) {
            throw new Unreadable("a note of more than " + MOST_SIGNATURES + " signatures");
        }
        signatures = List.copyOf(signatures);
    }

    /** A text that nobody has signed yet. */
    public static SignedNote unsigned(String text) {
        return new SignedNote(text, List.of());
    }

    /** @throws Unreadable if these bytes are no signed note */
    public static SignedNote parse(byte[] note) {
        try {
            return parse(StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(note))
                    .toString());
        } catch (CharacterCodingException notUtf8) {
            throw new Unreadable("a note is UTF-8");
        }
    }

    /** @throws Unreadable if this is no signed note */
    public static SignedNote parse(String note) {
        int blank = note.lastIndexOf("\n\n");
        if (blank < 0 || !note.endsWith("\n") || blank + 2 >= note.length()) {
            throw new Unreadable("a note is a text, an empty line and signatures");
        }
        String[] lines = note.substring(blank + 2, note.length() - 1).split("\n", -1);
        if (lines.length > MOST_SIGNATURES) {
            throw new Unreadable("a note of more than " + MOST_SIGNATURES + " signatures");
        }
        return new SignedNote(
                note.substring(0, blank + 1),
                Arrays.stream(lines).map(NoteSignature::parse).toList());
    }

    /**
     * Has this key signed the text?
     *
     * @throws Unreadable if a signature says that it is this key's and is not: then the whole note is not to be believed
     */
    public boolean isSignedBy(NoteKey key) {
        var mine = by(key);
        mine.forEach(signature -> {
            if (key.type() != KeyType.NOTE || !key.signed(textBytes(), signature.bytes())) {
                throw new Unreadable("the signature of " + key.name() + " is false");
            }
        });
        return !mine.isEmpty();
    }

    /**
     * What this witness says of the text, if it says anything.
     *
     * @throws Unreadable if a signature says that it is this witness's and is not
     */
    public Optional<Cosignature> cosignedBy(NoteKey witness) {
        Optional<Cosignature> said = Optional.empty();
        for (NoteSignature signature : by(witness)) {
            said = Cosignature.verified(this, signature, witness);
            if (said.isEmpty() || witness.type() != KeyType.COSIGNATURE) {
                throw new Unreadable("the cosignature of " + witness.name() + " is false");
            }
        }
        return said;
    }

    /** The note as it is written down. */
    public String written() {
        if (signatures.isEmpty()) {
            throw new IllegalStateException("a note is written down with a signature");
        }
        var written = new StringBuilder(text).append('\n');
        signatures.forEach(signature -> written.append(signature.line()).append('\n'));
        return written.toString();
    }

    /** The note with one signature more, instead of one by the same key. */
    public SignedNote with(NoteSignature signature) {
        var all = new ArrayList<>(signatures);
        all.removeIf(s -> s.name().equals(signature.name()) && s.id() == signature.id());
        all.add(signature);
        return new SignedNote(text, all);
    }

    /**
     * The note with this line, in which a witness says something of the text.
     *
     * @throws Unreadable if the line is no signature, or not a true one of this witness
     */
    public SignedNote withCosignature(String line, NoteKey witness) {
        SignedNote more = with(NoteSignature.parse(line));
        if (more.cosignedBy(witness).isEmpty()) {
            throw new Unreadable("the line is not by " + witness.name());
        }
        return more;
    }

    byte[] textBytes() {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private List<NoteSignature> by(NoteKey key) {
        return signatures.stream().filter(s -> s.isBy(key)).toList();
    }

    /** @throws Unreadable if nobody who signs can be called so */
    static String nameOf(String name) {
        if (name.isEmpty()
                || name.codePoints()
                        .anyMatch(c -> c == '+'
                                || c < ' '
                                || Character.isWhitespace(c)
                                || Character.isSpaceChar(c)
                                || c == 0x85
                                || c >= Character.MIN_SURROGATE && c <= Character.MAX_SURROGATE)) {
            throw new Unreadable("a key's name is not empty and has neither spaces nor +");
        }
        return name;
    }
}
