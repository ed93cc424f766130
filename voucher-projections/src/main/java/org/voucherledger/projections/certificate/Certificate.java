package org.voucherledger.projections.certificate;

import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.voucherledger.projections.books.Figures;
import org.voucherledger.projections.sealedlog.Checkpoint;
import org.voucherledger.projections.sealedlog.SignedNote;
import org.voucherledger.projections.sealedlog.Unreadable;

/**
 * What a ledger says of the books of a batch or a scheme at one position (ALL-03). It is written in one way only, from what the
 * log says and nothing else, so the same position gives the same bytes. docs/reference/certificate-format.md describes the text.
 *
 * @param position of the last event that counts
 * @param time when that event was recorded
 * @param checkpoint the smallest of the ledger's that covers it; its origin is the ledger's name
 */
public record Certificate(Figures figures, long position, Instant time, Checkpoint checkpoint) {

    /** Sets certificates apart from whatever else the key signs; the line after it is no number, as a checkpoint's must be. */
    public static final String FIRST_LINE = "voucher-ledger-certificate@v1";

    /** The text that is signed. */
    public SignedNote unsigned() {
        var text = new StringBuilder();
        Stream.concat(CertificateText.statements(this).stream(), equations().stream())
                .forEach(line -> text.append(line).append('\n'));
        return SignedNote.unsigned(text.toString());
    }

    /** The equations but those of each batch, which stand with its accounts, as the text writes them. */
    List<String> equations() {
        return CertificateText.equations(figures.trial());
    }

    /**
     * The certificate that a note's text is; whether it is signed, and whether its figures are right, is another question.
     *
     * @throws Unreadable if the text is none
     */
    public static Certificate of(SignedNote note) {
        return CertificateText.read(note.text()).certificate();
    }
}
