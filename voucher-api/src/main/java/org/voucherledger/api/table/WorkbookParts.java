package org.voucherledger.api.table;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.zip.ZipException;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;
import org.apache.commons.compress.archivers.zip.ZipArchiveEntry;
import org.apache.commons.compress.archivers.zip.ZipFile;

/**
 * The parts of a workbook as its archive holds them, looked at before any is read: that each is there once, how large they
 * are when unpacked, and which cells are merged, which stands behind the rows.
 *
 * <p>The archive is opened by what the reader of the rows opens it with, so that both see the same parts under the same names.
 */
final class WorkbookParts {

    /** Of a part that is no worksheet: such are held in the memory, as the shared texts are, and may bear any name. */
    private static final long MOST_BYTES_OF_A_PART = 128L << 20;
    /** All of them are held in the memory; no list that somebody filled in by hand has as many. */
    private static final int MOST_MERGED = 100_000;

    private static final String WORKSHEET = "application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml";
    private static final String WORKSHEETS = "xl/worksheets/";

    private static final String RELATIONSHIPS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";

    private final Map<String, Merged> mergedBySheet;

    private WorkbookParts(Map<String, Merged> mergedBySheet) {
        this.mergedBySheet = mergedBySheet;
    }

    /** The merged cells of the sheet with this relation's identifier. */
    Merged mergedIn(String sheetId) {
        return mergedBySheet.getOrDefault(sheetId, Merged.NONE);
    }

    /** @throws FileFlaw if the archive is damaged, holds a part twice, or unpacks to more than is allowed */
    static WorkbookParts of(Path file, long mostBytesUnpacked) throws IOException {
        try (ZipFile archive = ZipFile.builder().setFile(file.toFile()).get()) {
            checkNames(archive);
            checkSizes(archive, mostBytesUnpacked);
            Map<String, String> targets = new HashMap<>();
            Map<String, Merged> merged = new HashMap<>();
            elements(
                    archive,
                    "xl/_rels/workbook.xml.rels",
                    "Relationship",
                    relation -> targets.put(
                            relation.getAttributeValue(null, "Id"), path(relation.getAttributeValue(null, "Target"))));
            elements(
                    archive,
                    "xl/workbook.xml",
                    "sheet",
                    sheet -> merged.put(sheet.getAttributeValue(RELATIONSHIPS, "id"), new Merged()));
            var ranges = new AtomicInteger();
            for (Map.Entry<String, Merged> sheet : merged.entrySet()) {
                elements(archive, targets.getOrDefault(sheet.getKey(), ""), "mergeCell", cell -> {
                    checkMerged(ranges.incrementAndGet());
                    sheet.getValue().add(cell.getAttributeValue(null, "ref"));
                });
            }
            return new WorkbookParts(merged);
        } catch (ZipException | EOFException | XMLStreamException broken) {
            throw broken(broken.getMessage());
        }
    }

    private static FileFlaw broken(String why) {
        return new FileFlaw(
                0,
                "",
                "BrokenWorkbook",
                new Words("工作簿已损坏，无法读取。", "The workbook is damaged and cannot be read: " + why));
    }

    /** Of two parts of one name nobody can say which is read; capitals make no difference to the reader of the rows. */
    private static void checkNames(ZipFile archive) {
        Set<String> names = new HashSet<>();
        for (ZipArchiveEntry entry : Collections.list(archive.getEntries())) {
            if (!names.add(entry.getName().toLowerCase(Locale.ROOT))) {
                throw broken("a part stands in the archive twice: " + entry.getName());
            }
        }
    }

    private static void checkMerged(int ranges) {
        if (ranges > MOST_MERGED) {
            throw new FileFlaw(
                    0,
                    "",
                    "TooManyMerged",
                    new Words(
                            "合并单元格多于 " + MOST_MERGED + " 处，请先取消合并。",
                            "More than " + MOST_MERGED + " ranges of cells are merged; take the merging back."));
        }
    }

    /** Counted while unpacking: what an archive says of its own sizes need not be true. */
    private static void checkSizes(ZipFile archive, long mostBytesUnpacked) throws IOException, XMLStreamException {
        long left = mostBytesUnpacked;
        byte[] buffer = new byte[1 << 16];
        Set<String> large = new HashSet<>();
        for (ZipArchiveEntry entry : Collections.list(archive.getEntries())) {
            long most = entry.getName().startsWith(WORKSHEETS) ? left : Math.min(left, MOST_BYTES_OF_A_PART);
            long size = 0;
            try (InputStream part = archive.getInputStream(entry)) {
                for (int read = part.read(buffer); read >= 0 && size <= most; read = part.read(buffer)) {
                    size += read;
                }
            }
            left -= size;
            if (size > most) {
                throw tooLarge();
            }
            if (size > MOST_BYTES_OF_A_PART) {
                large.add(entry.getName().toLowerCase(Locale.ROOT));
            }
        }
        if (!large.isEmpty()) {
            elements(archive, "[Content_Types].xml", "Override", part -> checkIsWorksheet(part, large));
        }
    }

    /** What lies among the worksheets may be declared to be something else, and is then read as that. */
    private static void checkIsWorksheet(XMLStreamReader part, Set<String> large) {
        String name = part.getAttributeValue(null, "PartName");
        if (name != null
                && large.contains(name.replaceFirst("^/", "").toLowerCase(Locale.ROOT))
                && !WORKSHEET.equals(part.getAttributeValue(null, "ContentType"))) {
            throw tooLarge();
        }
    }

    private static FileFlaw tooLarge() {
        return new FileFlaw(
                0,
                "",
                "UnpacksTooLarge",
                new Words("工作簿解压后过大，未读取。", "The workbook unpacks to more than is read here."));
    }

    private static String path(String target) {
        return target.startsWith("/") ? target.substring(1) : "xl/" + target;
    }

    /** As the reader of the rows finds it, to whom capitals make no difference. */
    private static ZipArchiveEntry entry(ZipFile archive, String name) {
        ZipArchiveEntry exact = archive.getEntry(name);
        return exact != null
                ? exact
                : Collections.list(archive.getEntries()).stream()
                        .filter(entry -> entry.getName().equalsIgnoreCase(name))
                        .findFirst()
                        .orElse(null);
    }

    private static void elements(ZipFile archive, String part, String name, Consumer<XMLStreamReader> each)
            throws IOException, XMLStreamException {
        ZipArchiveEntry entry = entry(archive, part);
        if (entry == null) {
            return;
        }
        XMLInputFactory factory = XMLInputFactory.newFactory();
        factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
        factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
        try (InputStream in = archive.getInputStream(entry)) {
            XMLStreamReader reader = factory.createXMLStreamReader(in);
            while (reader.hasNext()) {
                if (reader.next() == XMLStreamReader.START_ELEMENT
                        && reader.getLocalName().equals(name)) {
                    each.accept(reader);
                }
            }
            reader.close();
        }
    }
}
