package org.voucherledger.api.seal;

import java.util.List;
import org.voucherledger.projections.sealedlog.Break;
import org.voucherledger.projections.sealedlog.NoteKey;
import org.voucherledger.projections.sealedlog.Unreadable;

/**
 * Which log this is, and with which key it is signed.
 *
 * @param declared how it was begun anew, as it was signed; {@code null} of a ledger's first log
 */
record Identity(String origin, NoteKey key, String declared) {

    /**
     * How it was begun anew, and each log before it, the newest first; nothing of a ledger's first log.
     *
     * @throws Unreadable if that was not declared with its key and the one before
     */
    List<Break> begun() {
        if (declared == null) {
            return List.of();
        }
        Declared said = Declared.of(declared);
        if (!said.key().equals(key)) {
            throw new Unreadable("the declaration is that of another log");
        }
        return said.breaks();
    }

    /** It has signed the checkpoints of more than so many leaves. */
    long from() {
        return declared == null ? 0 : begun().getFirst().holds();
    }
}
