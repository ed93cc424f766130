package org.voucherledger.api.paper;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import org.apache.fontbox.ttf.CmapLookup;
import org.apache.fontbox.ttf.TTFParser;
import org.apache.fontbox.ttf.TrueTypeFont;
import org.apache.pdfbox.io.RandomAccessReadBuffer;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.pdmodel.PDPage;
import org.apache.pdfbox.pdmodel.PDPageContentStream;
import org.apache.pdfbox.pdmodel.common.PDRectangle;
import org.apache.pdfbox.pdmodel.font.PDFont;
import org.apache.pdfbox.pdmodel.font.PDType0Font;

/**
 * A paper as a PDF to be printed and stamped, with its font inside. The same paper has the same bytes.
 *
 * <p>A character that the font does not have is not left out: {@link NotPrintable} says which it is.
 */
public final class PdfPaper implements AutoCloseable {

    /** A character that cannot be printed. */
    public static final class NotPrintable extends RuntimeException {

        private final String character;

        private NotPrintable(int codePoint) {
            super("the font has no " + Character.toString(codePoint), null, false, false);
            this.character = Character.toString(codePoint);
        }

        public String character() {
            return character;
        }
    }

    /** More than one page holds. */
    public static final class NotOnOnePage extends RuntimeException {
        private NotOnOnePage() {
            super("it does not fit on one page", null, false, false);
        }
    }

    private static final String FONT = "/fonts/NotoSansSC-GBK.ttf";
    private static final float MARGIN = 36;
    private static final float TITLE = 16;
    private static final float FACT = 10;
    private static final float PADDING = 2;
    private static final float LEADING = 1.35f;
    private static final float FACT_HEADING_WIDTH = 110;
    private static final float VERBATIM = 6.5f;
    private static final float VERBATIM_LEADING = 1.2f;
    /** How small a paper for one page may be set, as a part of the usual size, and the steps that lead there. */
    private static final float SMALLEST = 0.6f;

    private static final float STEP = 0.08f;

    private final PDDocument document = new PDDocument();
    private final Sheet sheet;
    private final PDRectangle format;
    private final List<String> verbatim;
    private final float cellSize;
    private final float title;
    private final float fact;
    private final float verbatimSize;
    private final PDFont font;
    private final CmapLookup glyphs;
    private PDPageContentStream page;
    private float y;

    private PdfPaper(Sheet sheet, List<String> verbatim, float scale) throws IOException {
        this.sheet = sheet;
        this.verbatim = verbatim;
        boolean wide = sheet.columns().size() > 6;
        this.format = wide ? new PDRectangle(PDRectangle.A4.getHeight(), PDRectangle.A4.getWidth()) : PDRectangle.A4;
        this.cellSize = (wide ? 6.5f : 9) * scale;
        this.title = TITLE * scale;
        this.fact = FACT * scale;
        this.verbatimSize = VERBATIM * scale;
        TrueTypeFont face = face();
        this.glyphs = face.getUnicodeCmapLookup();
        this.font = PDType0Font.load(document, face, true);
    }

    /**
     * The paper on as many pages as it takes.
     *
     * @throws NotPrintable if a character is not in the font
     */
    public static byte[] print(Sheet sheet) throws IOException {
        try (PdfPaper paper = new PdfPaper(sheet, List.of(), 1)) {
            paper.write();
            return paper.saved();
        }
    }

    /**
     * The paper on one page, and below it these lines as they are; all of it set as small as it takes, and nothing left out.
     *
     * @throws NotPrintable if a character is not in the font
     * @throws NotOnOnePage if it is too much for one page
     */
    public static byte[] printOnOnePage(Sheet sheet, List<String> verbatim) throws IOException {
        for (float scale = 1; scale >= SMALLEST; scale -= STEP) {
            try (PdfPaper paper = new PdfPaper(sheet, verbatim, scale)) {
                paper.write();
                if (paper.document.getNumberOfPages() == 1) {
                    return paper.saved();
                }
            }
        }
        throw new NotOnOnePage();
    }

    private byte[] saved() throws IOException {
        // Without this the document would be given an identifier made of the time.
        document.setDocumentId(0L);
        document.getDocumentInformation().setTitle(sheet.title());
        var out = new ByteArrayOutputStream();
        document.save(out);
        return out.toByteArray();
    }

    private static TrueTypeFont face() throws IOException {
        try (InputStream in = PdfPaper.class.getResourceAsStream(FONT)) {
            return new TTFParser().parse(new RandomAccessReadBuffer(in.readAllBytes()));
        }
    }

    private void write() throws IOException {
        turn();
        centred(sheet.title(), title);
        y -= title;
        for (Sheet.Fact said : sheet.facts()) {
            float width = format.getWidth() - 2 * MARGIN - FACT_HEADING_WIDTH;
            List<String> lines = wrapped(said.value().text(), fact, width);
            makeRoom(lines.size() * fact * LEADING);
            text(said.heading(), MARGIN, y, fact);
            for (String line : lines) {
                text(line, MARGIN + FACT_HEADING_WIDTH, y, fact);
                y -= fact * LEADING;
            }
        }
        y -= fact;
        if (!sheet.columns().isEmpty()) {
            headings();
            for (List<Sheet.Cell> row : sheet.rows()) {
                row(row.stream().map(Sheet.Cell::text).toList(), true);
            }
        }
        y -= fact;
        for (String closing : sheet.closing()) {
            for (String line : wrapped(closing, fact, format.getWidth() - 2 * MARGIN)) {
                makeRoom(fact * LEADING);
                text(line, MARGIN, y, fact);
                y -= fact * LEADING;
            }
            y -= fact;
        }
        for (String line : verbatim) {
            for (String part : wrapped(line, verbatimSize, format.getWidth() - 2 * MARGIN)) {
                makeRoom(verbatimSize * VERBATIM_LEADING);
                text(part, MARGIN, y, verbatimSize);
                y -= verbatimSize * VERBATIM_LEADING;
            }
        }
        page.close();
    }

    private void headings() throws IOException {
        row(sheet.columns().stream().map(Sheet.Column::heading).toList(), false);
    }

    /** A row stays together; where it does not fit, the next page begins with the headings. */
    private void row(List<String> cells, boolean repeatHeadings) throws IOException {
        int units = sheet.columns().stream().mapToInt(Sheet.Column::width).sum();
        float unit = (format.getWidth() - 2 * MARGIN) / units;
        List<List<String>> wrapped = new ArrayList<>();
        List<Float> sizes = new ArrayList<>();
        int most = 1;
        for (int i = 0; i < cells.size(); i++) {
            float room = sheet.columns().get(i).width() * unit - 2 * PADDING;
            sizes.add(fitting(cells.get(i), room));
            List<String> lines = wrapped(cells.get(i), sizes.getLast(), room);
            wrapped.add(lines);
            most = Math.max(most, lines.size());
        }
        float height = most * cellSize * LEADING + 2 * PADDING;
        if (makeRoom(height) && repeatHeadings) {
            headings();
        }
        float x = MARGIN;
        float top = y + cellSize;
        for (int i = 0; i < wrapped.size(); i++) {
            float width = sheet.columns().get(i).width() * unit;
            page.setLineWidth(0.4f);
            page.addRect(x, top - height + PADDING, width, height);
            page.stroke();
            float line = y;
            for (String words : wrapped.get(i)) {
                text(words, x + PADDING, line, sizes.get(i));
                line -= cellSize * LEADING;
            }
            x += width;
        }
        y -= height;
    }

    /** Whether a new page was begun for it. */
    private boolean makeRoom(float height) throws IOException {
        if (y - height > MARGIN) {
            return false;
        }
        turn();
        return true;
    }

    private void turn() throws IOException {
        if (page != null) {
            page.close();
        }
        PDPage next = new PDPage(format);
        document.addPage(next);
        page = new PDPageContentStream(document, next);
        y = format.getHeight() - MARGIN - title;
    }

    private void centred(String text, float size) throws IOException {
        text(text, (format.getWidth() - width(text, size)) / 2, y, size);
        y -= size * LEADING;
    }

    private void text(String text, float x, float baseline, float size) throws IOException {
        page.beginText();
        page.setFont(font, size);
        page.newLineAtOffset(x, baseline);
        page.showText(text);
        page.endText();
    }

    /** An amount is set smaller rather than broken: half a figure is another figure. */
    private float fitting(String cell, float room) throws IOException {
        if (!cell.matches("-?[0-9][0-9,.]*")) {
            return cellSize;
        }
        // A hair's breadth less, so that no rounding breaks it after all.
        return Math.min(cellSize, cellSize * room / width(cell, cellSize) * 0.99f);
    }

    /** Chinese may be broken anywhere; a code is broken too rather than run into the next cell. */
    private List<String> wrapped(String text, float size, float width) throws IOException {
        List<String> lines = new ArrayList<>();
        StringBuilder line = new StringBuilder();
        float used = 0;
        for (int codePoint : text.codePoints().toArray()) {
            boolean breaks = codePoint == '\n' || codePoint == '\r' || codePoint == '\t';
            String character = breaks ? " " : Character.toString(codePoint);
            float more = width(character, size);
            if (used + more > width && !line.isEmpty()) {
                lines.add(line.toString());
                line.setLength(0);
                used = 0;
            }
            line.append(character);
            used += more;
        }
        lines.add(line.toString());
        return lines;
    }

    private float width(String text, float size) throws IOException {
        for (int codePoint : text.codePoints().toArray()) {
            if (glyphs.getGlyphId(codePoint) == 0) {
                throw new NotPrintable(codePoint);
            }
        }
        return font.getStringWidth(text) / 1000 * size;
    }

    @Override
    public void close() throws IOException {
        document.close();
    }
}
