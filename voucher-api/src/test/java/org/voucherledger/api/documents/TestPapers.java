package org.voucherledger.api.documents;

import java.awt.Color;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.HexFormat;
import java.util.function.Consumer;
import javax.imageio.ImageIO;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.pdmodel.PDPage;
import org.apache.pdfbox.pdmodel.encryption.AccessPermission;
import org.apache.pdfbox.pdmodel.encryption.StandardProtectionPolicy;
import org.apache.pdfbox.pdmodel.interactive.action.PDActionJavaScript;

/** Papers as people hand them in. */
public final class TestPapers {

    private TestPapers() {}

    /** A PDF of one page; another title is another document. */
    public static byte[] pdf(String title) {
        return pdf(document -> document.getDocumentInformation().setTitle(title));
    }

    static byte[] pdf(Consumer<PDDocument> finish) {
        try (PDDocument document = new PDDocument()) {
            document.addPage(new PDPage());
            // An identifier of its own would make each a document of its own.
            document.setDocumentId(0L);
            finish.accept(document);
            var out = new ByteArrayOutputStream();
            document.save(out);
            return out.toByteArray();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A PDF that nobody but its owner may change. */
    static byte[] encrypted() {
        return pdf(document -> {
            try {
                document.protect(new StandardProtectionPolicy("owner", "", new AccessPermission()));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        });
    }

    /** A PDF that does something when it is opened. */
    static byte[] active() {
        return pdf(document -> document.getDocumentCatalog().setOpenAction(new PDActionJavaScript("app.alert(1)")));
    }

    /** A picture with something on it, so that it has many lines of data. */
    static byte[] image(String format) {
        BufferedImage image = new BufferedImage(320, 200, BufferedImage.TYPE_INT_RGB);
        var pen = image.createGraphics();
        for (int i = 0; i < 200; i++) {
            pen.setColor(new Color(i, 255 - i, i * 7 % 256));
            pen.drawLine(0, i, 319, 199 - i);
        }
        pen.dispose();
        try {
            var out = new ByteArrayOutputStream();
            ImageIO.write(image, format, out);
            return out.toByteArray();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public static String sha256(byte[] content) {
        return HexFormat.of().formatHex(Incoming.sha256Digest().digest(content));
    }
}
