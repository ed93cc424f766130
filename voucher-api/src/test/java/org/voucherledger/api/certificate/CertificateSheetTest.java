package org.voucherledger.api.certificate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.TreeMap;
import org.apache.pdfbox.Loader;
import org.apache.pdfbox.text.PDFTextStripper;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.voucherledger.api.certificate.Certification.Issued;
import org.voucherledger.api.paper.PdfPaper;
import org.voucherledger.projections.books.Account;
import org.voucherledger.projections.books.Figures;
import org.voucherledger.projections.books.Figures.OfBatch;
import org.voucherledger.projections.books.Scope;
import org.voucherledger.projections.certificate.Certificate;
import org.voucherledger.projections.sealedlog.Checkpoint;
import org.voucherledger.projections.sealedlog.Hash;
import org.voucherledger.projections.sealedlog.KeyType;
import org.voucherledger.projections.sealedlog.SigningKey;

class CertificateSheetTest {

    private static final SigningKey KEY =
            SigningKey.generate("ledger.example/guangdong", KeyType.NOTE, new SecureRandom());

    /** A scheme with so many batches of a large budget each, all of it available. */
    private static Issued withBatches(int number) {
        long budget = 12_345_678_901L;
        var batches = new TreeMap<String, OfBatch>();
        for (int i = 0; i < number; i++) {
            var accounts = new TreeMap<Account, Long>();
            accounts.put(Account.AVAILABLE, budget);
            batches.put("GD-CLOUD-2020-%03d".formatted(i), new OfBatch(budget, accounts));
        }
        var sums = new TreeMap<Account, Long>();
        sums.put(Account.TREASURY, -budget * number);
        sums.put(Account.AVAILABLE, budget * number);
        var certificate = new Certificate(
                new Figures(Scope.scheme("GD-CLOUD-2020"), budget * number, sums, batches),
                1_234_567,
                Instant.parse("2020-05-20T01:00:00.000120Z"),
                new Checkpoint(KEY.publicKey().name(), 1_300_000, Hash.ofLeaf(new byte[0])));
        assertThat(certificate.figures().violations()).isEmpty();
        return new Issued(certificate, KEY.sign(certificate.unsigned()));
    }

    private static byte[] page(Issued issued) throws IOException {
        return PdfPaper.printOnOnePage(
                CertificateSheet.of(issued, "0".repeat(64)),
                issued.note().written().lines().toList());
    }

    @ParameterizedTest(name = "{0} batches")
    @ValueSource(ints = {1, 21})
    @DisplayName(
            "a scheme with a batch for each of a province's 21 cities is one page, and every line of the note stands on it")
    void onePage(int batches) throws IOException {
        Issued issued = withBatches(batches);
        byte[] page = page(issued);
        assertThat(page(issued)).isEqualTo(page);
        try (var document = Loader.loadPDF(page)) {
            assertThat(document.getNumberOfPages()).isEqualTo(1);
            String packed = new PDFTextStripper().getText(document).replaceAll("\\s", "");
            issued.note().written().lines().forEach(line -> assertThat(packed).contains(line.replaceAll("\\s", "")));
        }
    }

    @Test
    @DisplayName("what does not fit on one page is refused, and nothing of it is left out")
    void tooMany() {
        assertThatThrownBy(() -> page(withBatches(200))).isInstanceOf(PdfPaper.NotOnOnePage.class);
    }
}
