package org.voucherledger.api.seal;

import java.time.Instant;
import java.util.List;
import org.voucherledger.projections.sealedlog.Break;
import org.voucherledger.projections.sealedlog.NoteKey;
import org.voucherledger.projections.sealedlog.SignedNote;
import org.voucherledger.projections.sealedlog.SigningKey;
import org.voucherledger.projections.sealedlog.Unreadable;

/**
 * The declaration that a log is begun anew, signed with the key of the log that ends and with that of the new one: whoever
 * believes one of the two keys may believe the other.
 *
 * @param key of the new log
 * @param breaks this one, and those by which the logs before were begun, the newest first
 * @param note as it was signed
 */
record Declared(NoteKey key, Instant at, List<Break> breaks, String note) {

    private static final String FIRST_LINE = "voucher-ledger-break@v1";
    private static final int LINES_BEFORE = 3;

    /** @throws Unreadable if this is no declaration, or is not signed with both keys */
    static Declared of(String written) {
        SignedNote note = SignedNote.parse(written);
        List<String> lines = note.text().lines().toList();
        if (lines.size() <= LINES_BEFORE || !lines.getFirst().equals(FIRST_LINE)) {
            throw new Unreadable("no declaration of a log that is begun anew");
        }
        NoteKey key = NoteKey.parse(lines.get(1));
        List<Break> breaks = Break.in(lines.subList(LINES_BEFORE, lines.size()));
        if (breaks.isEmpty()) {
            throw new Unreadable("the declaration does not say which log ended");
        }
        if (!note.isSignedBy(key) || !note.isSignedBy(breaks.getFirst().ended())) {
            throw new Unreadable("the declaration is not signed with both keys");
        }
        return new Declared(key, Signing.moment(lines.get(2)), breaks, written);
    }

    /** What is declared; the other breaks were before. */
    Break begun() {
        return breaks.getFirst();
    }

    /** @param ended the key that the first of the breaks names */
    static Declared sign(SigningKey ended, SigningKey fresh, Instant at, List<Break> breaks) {
        String text = FIRST_LINE + "\n" + fresh.publicKey().text() + "\n" + Signing.signed(at) + "\n"
                + String.join("\n", Break.lines(breaks)) + "\n";
        return of(fresh.sign(ended.sign(SignedNote.unsigned(text))).written());
    }
}
