package org.voucherledger.api.season;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.ByteArrayOutputStream;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.voucherledger.api.json.CanonicalJson;

/**
 * The paper of one kind as a file: a PDF of one empty page that bears the kind as its title, the same in every season and for
 * everybody, each of whom uploads it before naming it.
 */
record PaperFile(String kind, byte[] content, String sha256) {

    static final String MEDIA_TYPE = "application/pdf";

    private static final Map<String, PaperFile> ALL = List.of(
                    "LICENCE",
                    "COMMITMENT",
                    "QUALIFICATION_PROOF",
                    "PAST_CONTRACT",
                    "TAX_CERTIFICATE",
                    "DECLARATION",
                    "CONTRACT",
                    "INVOICE",
                    "BANK_TRANSFER",
                    "CLAIM_FORM",
                    "CLAIM_DETAILS",
                    "REFUND",
                    "OTHER")
            .stream()
            .map(PaperFile::printed)
            .collect(Collectors.toUnmodifiableMap(PaperFile::kind, Function.identity()));

    private static final Map<String, PaperFile> BY_CONTENT =
            ALL.values().stream().collect(Collectors.toUnmodifiableMap(PaperFile::sha256, Function.identity()));

    /** In the order of their kinds. */
    static List<PaperFile> all() {
        return ALL.keySet().stream().sorted().map(ALL::get).toList();
    }

    static PaperFile of(String kind) {
        PaperFile file = ALL.get(kind);
        if (file == null) {
            throw new IllegalArgumentException("no paper is printed for the kind " + kind);
        }
        return file;
    }

    /** The one of this content; empty for what is no paper of the season. */
    static Optional<PaperFile> ofSha256(String sha256) {
        return Optional.ofNullable(BY_CONTENT.get(sha256));
    }

    private static PaperFile printed(String kind) {
        byte[] content = pdf(
                "<< /Type /Catalog /Pages 2 0 R >>",
                "<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
                "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] >>",
                "<< /Title (" + kind + ") >>");
        return new PaperFile(kind, content, CanonicalJson.sha256(content));
    }

    /** The objects, the first of which is the catalogue and the last of which says what the document is. */
    private static byte[] pdf(String... objects) {
        var out = new ByteArrayOutputStream();
        var table = new StringBuilder("xref\n0 " + (objects.length + 1) + "\n0000000000 65535 f \n");
        write(out, "%PDF-1.4\n");
        for (int i = 0; i < objects.length; i++) {
            table.append("%010d 00000 n \n".formatted(out.size()));
            write(out, (i + 1) + " 0 obj\n" + objects[i] + "\nendobj\n");
        }
        int start = out.size();
        write(
                out,
                table + "trailer\n<< /Size " + (objects.length + 1) + " /Root 1 0 R /Info " + objects.length
                        + " 0 R >>\nstartxref\n" + start + "\n%%EOF\n");
        return out.toByteArray();
    }

    private static void write(ByteArrayOutputStream out, String text) {
        out.writeBytes(text.getBytes(US_ASCII));
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof PaperFile paper && Arrays.equals(content, paper.content) && kind.equals(paper.kind);
    }

    @Override
    public int hashCode() {
        return sha256.hashCode();
    }
}
