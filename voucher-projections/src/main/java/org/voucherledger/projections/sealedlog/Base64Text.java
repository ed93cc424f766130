package org.voucherledger.projections.sealedlog;

import java.util.Base64;

/** The standard Base 64 of RFC 4648, section 4, in which every byte string has exactly one text. */
final class Base64Text {

    private Base64Text() {}

    static String of(byte[] bytes) {
        return Base64.getEncoder().encodeToString(bytes);
    }

    /** @throws Unreadable if the text is not the one text of its bytes: no padding left out, no spare bits set */
    static byte[] read(String text) {
        byte[] bytes;
        try {
            bytes = Base64.getDecoder().decode(text);
        } catch (IllegalArgumentException notBase64) {
            throw new Unreadable("not Base 64: " + notBase64.getMessage());
        }
        if (!of(bytes).equals(text)) {
            throw new Unreadable("not the Base 64 that these bytes have");
        }
        return bytes;
    }
}
