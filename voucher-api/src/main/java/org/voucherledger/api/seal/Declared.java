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
 * @param note as it was signed
 */
record Declared(NoteKey key, Instant at, Break begun, String note) {

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
        Break begun = Break.in(lines.subList(LINES_BEFORE, lines.size()))
                .orElseThrow(() -> new Unreadable("the declaration does not say which log ended"));
        if (!note.isSignedBy(key) || !note.isSignedBy(begun.ended())) {
            throw new Unreadable("the declaration is not signed with both keys");
        }
        return new Declared(key, Signing.moment(lines.get(2)), begun, written);
    }

    /** @param ended the key that the break names */
    static Declared sign(SigningKey ended, SigningKey fresh, Instant at, Break begun) {
        String text = FIRST_LINE + "\n" + fresh.publicKey().text() + "\n" + Signing.signed(at) + "\n"
                + String.join("\n", begun.lines()) + "\n";
        return of(fresh.sign(ended.sign(SignedNote.unsigned(text))).written());
    }
}
