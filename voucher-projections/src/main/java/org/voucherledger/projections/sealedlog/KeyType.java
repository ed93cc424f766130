package org.voucherledger.projections.sealedlog;

/** What a signature of a note says, and over which bytes; both are Ed25519 (RFC 8032). */
public enum KeyType {
    /** Over the note's text (C2SP {@code signed-note}): how a ledger signs its checkpoints. */
    NOTE((byte) 0x01),
    /** Over the time and the note's text (C2SP {@code tlog-cosignature}): how a witness says what it saw, and when. */
    COSIGNATURE((byte) 0x04);

    private final byte code;

    KeyType(byte code) {
        this.code = code;
    }

    byte code() {
        return code;
    }

    static KeyType of(byte code) {
        for (KeyType type : values()) {
            if (type.code == code) {
                return type;
            }
        }
        throw new Unreadable("a key of type " + (code & 0xff) + " is not known here");
    }
}
