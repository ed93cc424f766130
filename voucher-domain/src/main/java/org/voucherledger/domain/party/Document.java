package org.voucherledger.domain.party;

import java.util.regex.Pattern;
import org.voucherledger.domain.command.Field;
import org.voucherledger.domain.command.Malformed;

/**
 * A reference to an uploaded document: its bytes are kept elsewhere and are erasable (ALL-05). What the uploader
 * called it may be personal data: it is kept with the upload, never in a command or an event.
 *
 * @param kind what it is: {@code CONTRACT}, {@code INVOICE}, {@code BANK_TRANSFER} …
 * @param sha256 of its bytes, 64 lower-case hexadecimal digits
 * @param mediaType as its content was judged
 */
public record Document(String kind, String sha256, String mediaType, long sizeBytes) {

    private static final Pattern HEX = Pattern.compile("[0-9a-f]{64}");

    public Document {
        Field.id("documents.kind", kind);
        if (sha256 == null || !HEX.matcher(sha256).matches()) {
            throw new Malformed("documents.sha256", "64 lower-case hexadecimal digits");
        }
        mediaType = Field.text("documents.mediaType", mediaType);
        if (sizeBytes < 0) {
            throw new Malformed("documents.sizeBytes", "a size in bytes");
        }
    }
}
