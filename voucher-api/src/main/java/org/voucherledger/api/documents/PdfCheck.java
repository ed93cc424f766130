package org.voucherledger.api.documents;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.IOException;
import java.util.Map;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.apache.pdfbox.Loader;
import org.apache.pdfbox.cos.COSArray;
import org.apache.pdfbox.cos.COSBase;
import org.apache.pdfbox.cos.COSDictionary;
import org.apache.pdfbox.cos.COSDocument;
import org.apache.pdfbox.cos.COSName;
import org.apache.pdfbox.cos.COSObjectKey;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.pdmodel.encryption.InvalidPasswordException;
import org.voucherledger.domain.rule.Check;
import org.voucherledger.domain.rule.Decision;
import org.voucherledger.domain.rule.Rule;

/** GZ-45: a PDF that is whole, open to everybody, and does nothing by itself. */
final class PdfCheck {

    /** A reader looks for the end mark this close to the end of the file. */
    private static final int END_MARK_WITHIN = 1024;

    /** Actions that reach beyond showing the document. */
    private static final Map<String, String> ACTIONS = Map.of(
            "JavaScript", "JavaScript",
            "Launch", "a launch action",
            "ImportData", "an import action",
            "SubmitForm", "a submit action",
            "GoToE", "a jump into an embedded file",
            "Rendition", "a media action",
            "Movie", "a media action",
            "Sound", "a media action",
            "RichMediaExecute", "a media action");

    /** Annotations that carry something else than the page. */
    private static final Map<String, String> ANNOTATIONS = Map.of(
            "FileAttachment", "an embedded file",
            "RichMedia", "embedded media",
            "Movie", "embedded media",
            "Screen", "embedded media",
            "Sound", "embedded media",
            "3D", "embedded media");

    private static final Map<String, String> KEYS = Map.of("XFA", "an XFA form", "EmbeddedFiles", "an embedded file");

    /** The name under which a trailer says how the file is encrypted, each of its letters plain or as a number. */
    private static final Pattern ENCRYPT = Pattern.compile(
            "/(?:E|#45)(?:n|#6[Ee])(?:c|#63)(?:r|#72)(?:y|#79)(?:p|#70)(?:t|#74)" + "(?![^\\x00\\s()<>\\[\\]{}/%])");

    private PdfCheck() {}

    /** The first thing wrong with it; an allowed decision if nothing is. */
    static Decision of(byte[] content, String name) {
        String end = new String(content, ISO_8859_1).substring(Math.max(0, content.length - END_MARK_WITHIN));
        if (!end.contains("%%EOF")) {
            return damaged("a PDF without its end mark", name);
        }
        String swollen = PdfStreams.swollen(content);
        if (!swollen.isEmpty()) {
            return damaged(swollen, name);
        }
        try (PDDocument document = Loader.loadPDF(content)) {
            // The parser mends a file without a table of its objects, and forgets what its trailer said; other readers
            // do not.
            if (document.isEncrypted()
                    || ENCRYPT.matcher(new String(content, ISO_8859_1)).find()) {
                return encrypted(name);
            }
            if (document.getNumberOfPages() == 0) {
                return damaged("a PDF without pages", name);
            }
            var findings = findings(document.getDocument());
            return Rule.GZ_45.holds(
                    Check.DOCUMENTS,
                    "ActiveContent",
                    findings.isEmpty(),
                    "no active content",
                    String.join(", ", findings),
                    name);
        } catch (InvalidPasswordException locked) {
            return encrypted(name);
        } catch (IOException | IllegalArgumentException | ClassCastException | NullPointerException unreadable) {
            // The parser meets what it did not expect in more ways than it declares.
            // Its message may quote the document, and a refusal is kept.
            return damaged("a PDF that cannot be read", name);
        } catch (StackOverflowError nested) {
            return damaged("a PDF nested too deeply to be read", name);
        }
    }

    private static Decision damaged(String found, String name) {
        return Rule.GZ_45.holds(Check.DOCUMENTS, "DocumentDamaged", false, "a whole PDF", found, name);
    }

    private static Decision encrypted(String name) {
        return Rule.GZ_45.holds(
                Check.DOCUMENTS, "DocumentEncrypted", false, "a PDF open to everybody", "an encrypted PDF", name);
    }

    /** Every object of the file is looked at, whether or not anything leads to it. */
    private static TreeSet<String> findings(COSDocument document) throws IOException {
        var findings = new TreeSet<String>();
        look(document.getTrailer(), findings);
        for (COSObjectKey key : document.getXrefTable().keySet()) {
            COSBase object = document.getObjectFromPool(key).getObject();
            if (object == null) {
                // Another reader might make something of it.
                throw new IOException("object " + key.getNumber());
            }
            look(object, findings);
        }
        return findings;
    }

    /** What an object refers to is looked at as an object of its own. */
    private static void look(COSBase base, TreeSet<String> findings) {
        switch (base) {
            case COSDictionary dictionary -> {
                lookAt(dictionary, findings);
                dictionary.getValues().forEach(value -> look(value, findings));
            }
            case COSArray array -> {
                for (int i = 0; i < array.size(); i++) {
                    look(array.get(i), findings);
                }
            }
            case null -> {}
            default -> {}
        }
    }

    private static void lookAt(COSDictionary dictionary, TreeSet<String> findings) {
        KEYS.forEach((key, finding) -> {
            if (dictionary.containsKey(key)) {
                findings.add(finding);
            }
        });
        found(ACTIONS, dictionary.getNameAsString(COSName.S), findings);
        found(ANNOTATIONS, dictionary.getNameAsString(COSName.SUBTYPE), findings);
        boolean carriesFile = dictionary.containsKey(COSName.EF) && dictionary.containsKey(COSName.F)
                || dictionary.containsKey(COSName.EF) && dictionary.containsKey(COSName.UF);
        if (carriesFile || "EmbeddedFile".equals(dictionary.getNameAsString(COSName.TYPE))) {
            findings.add("an embedded file");
        }
    }

    private static void found(Map<String, String> suspects, String name, TreeSet<String> findings) {
        String finding = name == null ? null : suspects.get(name);
        if (finding != null) {
            findings.add(finding);
        }
    }
}
