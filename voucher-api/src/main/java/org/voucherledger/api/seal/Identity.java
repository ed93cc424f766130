package org.voucherledger.api.seal;

import java.util.Optional;
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
     * How it was begun anew; nothing of a ledger's first log.
     *
     * @throws Unreadable if that was not declared with its key and the one before
     */
    Optional<Break> begun() {
        return Optional.ofNullable(declared).map(written -> {
            Declared said = Declared.of(written);
            if (!said.key().equals(key)) {
                throw new Unreadable("the declaration is that of another log");
            }
            return said.begun();
        });
    }

    /** It has signed the checkpoints of more than so many leaves. */
    long from() {
        return begun().map(Break::holds).orElse(0L);
    }
}
