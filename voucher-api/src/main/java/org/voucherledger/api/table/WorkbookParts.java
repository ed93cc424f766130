package org.voucherledger.api.table;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.Collections;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Consumer;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipFile;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;

/**
 * The parts of a workbook as its archive holds them, looked at before any is read: how large they are when unpacked, and
 * which cells are merged, which stands behind the rows.
 */
final class WorkbookParts {

    /** A sheet of a million rows unpacks to less. */
    private static final long MOST_BYTES_UNPACKED = 1L << 30;
    /** These are held in the memory as long as the file is read. */
    private static final long MOST_BYTES_OF_SHARED_TEXTS = 128L << 20;

    private static final String RELATIONSHIPS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";

    private final Map<String, Merged> mergedBySheet;

    private WorkbookParts(Map<String, Merged> mergedBySheet) {
        this.mergedBySheet = mergedBySheet;
    }

    /** The merged cells of the sheet with this relation's identifier. */
    Merged mergedIn(String sheetId) {
        return mergedBySheet.getOrDefault(sheetId, Merged.NONE);
    }

    static WorkbookParts of(Path file) throws IOException {
        try (ZipFile archive = new ZipFile(file.toFile())) {
            checkSizes(archive);
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
            for (Map.Entry<String, Merged> sheet : merged.entrySet()) {
                elements(
                        archive,
                        targets.getOrDefault(sheet.getKey(), ""),
                        "mergeCell",
                        cell -> sheet.getValue().add(cell.getAttributeValue(null, "ref")));
            }
            return new WorkbookParts(merged);
        } catch (ZipException | XMLStreamException broken) {
            throw new FileFlaw(
                    0,
                    "",
                    "BrokenWorkbook",
                    new Words("工作簿已损坏，无法读取。", "The workbook is damaged and cannot be read: " + broken.getMessage()));
        }
    }

    /** Counted while unpacking: what an archive says of its own sizes need not be true. */
    private static void checkSizes(ZipFile archive) throws IOException {
        long left = MOST_BYTES_UNPACKED;
        byte[] buffer = new byte[1 << 16];
        for (ZipEntry entry : Collections.list(archive.entries())) {
            long most = entry.getName().equals("xl/sharedStrings.xml") ? MOST_BYTES_OF_SHARED_TEXTS : left;
            long size = 0;
            try (InputStream part = archive.getInputStream(entry)) {
                for (int read = part.read(buffer); read >= 0 && size <= most; read = part.read(buffer)) {
                    size += read;
                }
            }
            left -= size;
            if (size > most || left < 0) {
                throw new FileFlaw(
                        0,
                        "",
                        "UnpacksTooLarge",
                        new Words("工作簿解压后过大，未读取。", "The workbook unpacks to more than is read here."));
            }
        }
    }

    private static String path(String target) {
        return target.startsWith("/") ? target.substring(1) : "xl/" + target;
    }

    private static void elements(ZipFile archive, String part, String name, Consumer<XMLStreamReader> each)
            throws IOException, XMLStreamException {
        ZipEntry entry = archive.getEntry(part);
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
