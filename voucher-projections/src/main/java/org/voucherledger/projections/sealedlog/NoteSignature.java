package org.voucherledger.projections.sealedlog;

import java.nio.ByteBuffer;
import java.util.Arrays;

/**
 * A signature line of a note. Nothing is known of it until a key has verified it.
 *
 * @param bytes what follows the id; its form depends on the kind of the key
 */
public record NoteSignature(String name, int id, byte[] bytes) {

    private static final String START = "— ";

    static NoteSignature parse(String line) {
        int space = line.indexOf(' ', START.length());
        if (!line.startsWith(START) || space < 0) {
            throw new Unreadable("a signature line is written: long dash, name, signature");
        }
        byte[] all = Base64Text.read(line.substring(space + 1));
        if (all.length <= Integer.BYTES) {
            throw new Unreadable("a signature has more than its key's id");
        }
        return new NoteSignature(
                SignedNote.nameOf(line.substring(START.length(), space)),
                ByteBuffer.wrap(all).getInt(),
                Arrays.copyOfRange(all, Integer.BYTES, all.length));
    }

    /** The line without its newline. */
    String line() {
        return START + name + " "
                + Base64Text.of(ByteBuffer.allocate(Integer.BYTES + bytes.length)
                        .putInt(id)
                        .put(bytes)
                        .array());
    }

    boolean isBy(NoteKey key) {
        return name.equals(key.name()) && id == key.id();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof NoteSignature signature && line().equals(signature.line());
    }

    @Override
    public int hashCode() {
        return line().hashCode();
    }

    @Override
    public String toString() {
        return line();
    }
}
