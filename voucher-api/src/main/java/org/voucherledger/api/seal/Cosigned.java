package org.voucherledger.api.seal;

import java.sql.ResultSet;
import java.sql.SQLException;
import org.voucherledger.projections.sealedlog.NoteKey;
import org.voucherledger.projections.sealedlog.SignedNote;
import org.voucherledger.projections.sealedlog.Unreadable;

/** What the database says that a witness has said of the checkpoint of this size; believed only when verified. */
record Cosigned(long size, String vkey, String line) {

    static final String COLUMNS = "size, vkey, line";

    static Cosigned of(ResultSet row) throws SQLException {
        return new Cosigned(row.getLong(1), row.getString(2), row.getString(3));
    }

    /**
     * The note with it.
     *
     * @throws Unreadable if the witness has not said it of this note
     */
    SignedNote on(SignedNote note) {
        return note.withCosignature(line, NoteKey.parse(vkey));
    }
}
