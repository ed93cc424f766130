package org.voucherledger.api.documents;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Semaphore;
import java.util.zip.ZipException;
import java.util.zip.ZipFile;
import org.apache.tika.metadata.Metadata;
import org.apache.tika.mime.MimeType;
import org.apache.tika.mime.MimeTypeException;
import org.apache.tika.mime.MimeTypes;
import org.voucherledger.domain.rule.Check;
import org.voucherledger.domain.rule.Checks;
import org.voucherledger.domain.rule.Decision;
import org.voucherledger.domain.rule.Rule;

/**
 * GZ-45: a document is what its content is, whatever it is called: a whole PDF, JPEG or PNG, one of them only, that does
 * nothing by itself.
 */
final class ContentJudge {

    static final String PDF = "application/pdf";
    static final String JPEG = "image/jpeg";
    static final String PNG = "image/png";

    /** What is admitted at all; a scheme may admit less. */
    static final List<String> ADMITTED = List.of(PDF, JPEG, PNG);

    /** What the library tells apart and has no words for. */
    private static final Map<String, String> UNNAMED = Map.of(
            "application/x-tika-ooxml", "Office Open XML: docx, xlsx, pptx",
            "application/x-tika-msoffice", "Microsoft Office: doc, xls, ppt");

    /** Readers of PDF look for its beginning this far into a file. */
    private static final int PDF_HEADER_WITHIN = 1024;

    private final MimeTypes types = MimeTypes.getDefaultMimeTypes();
    /** Looking inside costs memory and a processor; uploads that come together wait for each other here. */
    private final Semaphore desks = new Semaphore(Runtime.getRuntime().availableProcessors());

    /**
     * Its media type.
     *
     * @param declared the media type that the sender gave, or {@code null} where it left that open
     * @throws org.voucherledger.domain.rule.Refused with what was found, if it is not admitted
     */
    String judge(Incoming document, String declared) throws IOException {
        desks.acquireUninterruptibly();
        try {
            String type = detect(document.file());
            byte[] content = Files.readAllBytes(document.file());
            String also = also(type, content, document.file());
            Checks.inOrder(
                    () -> isNotEmpty(document),
                    () -> isAdmitted(type, document.name()),
                    () -> isAsDeclared(type, declared, document.name()),
                    () -> isOneOnly(type, also, document.name()),
                    () -> type.equals(PDF)
                            ? PdfCheck.of(content, document.name())
                            : ImageCheck.of(type, content, document.name()));
            return type;
        } finally {
            desks.release();
        }
    }

    /** The name is not asked: it is what a disguise begins with. */
    private String detect(Path file) throws IOException {
        try (InputStream in = new BufferedInputStream(Files.newInputStream(file))) {
            return types.detect(in, new Metadata()).getBaseType().toString();
        }
    }

    private static Decision isNotEmpty(Incoming document) {
        return Rule.GZ_45.holds(
                Check.DOCUMENTS, "DocumentEmpty", document.sizeBytes() > 0, "a document", "0 bytes", document.name());
    }

    private Decision isAdmitted(String type, String name) {
        return Rule.GZ_45.holds(
                Check.DOCUMENTS, "TypeNotAdmitted", ADMITTED.contains(type), ADMITTED.toString(), inWords(type), name);
    }

    private String inWords(String type) {
        if (UNNAMED.containsKey(type)) {
            return type + " (" + UNNAMED.get(type) + ")";
        }
        try {
            MimeType known = types.forName(type);
            String description = known.getDescription();
            return description.isEmpty() ? type : type + " (" + description + ")";
        } catch (MimeTypeException noName) {
            return type;
        }
    }

    private static Decision isAsDeclared(String type, String declared, String name) {
        return declared == null
                ? null
                : Rule.GZ_45.holds(Check.DOCUMENTS, "TypeNotAsDeclared", type.equals(declared), declared, type, name);
    }

    /** A file that another program takes for something else is a way past whoever looks at it here. */
    private static Decision isOneOnly(String type, String also, String name) {
        return Rule.GZ_45.holds(Check.DOCUMENTS, "TwoFormatsInOne", also.isEmpty(), type, type + " and " + also, name);
    }

    /** What else it can be read as, or an empty text. */
    private static String also(String type, byte[] content, Path file) throws IOException {
        String head = new String(content, 0, Math.min(content.length, PDF_HEADER_WITHIN), ISO_8859_1);
        if (head.contains("%PDF-") && !type.equals(PDF)) {
            return PDF;
        }
        return isZip(file) ? "application/zip" : "";
    }

    /** Archives are found from their end, so anything may stand before one. */
    private static boolean isZip(Path file) throws IOException {
        try (ZipFile zip = new ZipFile(file.toFile())) {
            return true;
        } catch (ZipException none) {
            return false;
        }
    }
}
