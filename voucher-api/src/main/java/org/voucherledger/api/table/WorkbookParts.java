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
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.regex.Pattern;
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

    private static final Set<String> WORKBOOK = Set.of(
            "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml",
            "application/vnd.ms-excel.sheet.macroEnabled.main+xml");
    private static final String USUAL_WORKBOOK = "/xl/workbook.xml";

    private static final Pattern PLACE = Pattern.compile("[A-Za-z]{1,3}[0-9]{1,7}");

    private static final String RELATIONSHIPS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";

    private static final String STYLES = "application/vnd.openxmlformats-officedocument.spreadsheetml.styles+xml";

    private final Map<String, Merged> mergedBySheet;
    private final boolean hasStyles;

    private WorkbookParts(Map<String, Merged> mergedBySheet, boolean hasStyles) {
        this.mergedBySheet = mergedBySheet;
        this.hasStyles = hasStyles;
    }

    /** A workbook need not have any; then no number in it is shown as a date. */
    boolean hasStyles() {
        return hasStyles;
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
            String workbook = workbook(archive);
            String folder = workbook.substring(0, workbook.lastIndexOf('/') + 1);
            Map<String, String> targets = new HashMap<>();
            Map<String, Merged> merged = new HashMap<>();
            elements(
                    archive,
                    folder + "_rels/" + workbook.substring(folder.length()) + ".rels",
                    "Relationship",
                    relation -> targets.put(
                            relation.getAttributeValue(null, "Id"), path(folder, required(relation, "Target"))));
            elements(
                    archive,
                    workbook,
                    "sheet",
                    sheet -> merged.put(sheet.getAttributeValue(RELATIONSHIPS, "id"), new Merged()));
            var ranges = new AtomicInteger();
            for (Map.Entry<String, Merged> sheet : merged.entrySet()) {
                elements(archive, targets.getOrDefault(sheet.getKey(), ""), Set.of("mergeCell", "c"), element -> {
                    if (element.getLocalName().equals("c")) {
                        checkPlace(element.getAttributeValue(null, "r"));
                    } else {
                        checkMerged(ranges.incrementAndGet());
                        checkRange(sheet.getValue(), required(element, "ref"));
                    }
                });
            }
            return new WorkbookParts(
                    merged, !declaredAs(archive, Set.of(STYLES)).isEmpty());
        } catch (ZipException | EOFException | XMLStreamException broken) {
            throw broken(broken.getMessage());
        }
    }

    /** The workbook's own part, which may bear any name and is found by what it is declared to be. */
    private static String workbook(ZipFile archive) throws IOException, XMLStreamException {
        Set<String> declared = declaredAs(archive, WORKBOOK);
        if (declared.size() > 1) {
            throw broken("several parts are declared to be the workbook: " + new TreeSet<>(declared));
        }
        String name = declared.isEmpty() ? USUAL_WORKBOOK : declared.iterator().next();
        if (!name.matches("/([^/]+/)*[^/]+") || name.contains("/_rel")) {
            throw broken("the workbook's part has no name that can be read: " + name);
        }
        return name.substring(1);
    }

    /** The names of the parts that are declared to be of one of these types. */
    private static Set<String> declaredAs(ZipFile archive, Set<String> types) throws IOException, XMLStreamException {
        Set<String> declared = new HashSet<>();
        elements(archive, "[Content_Types].xml", "Override", part -> {
            if (types.contains(required(part, "ContentType"))) {
                declared.add(required(part, "PartName"));
            }
        });
        return declared;
    }

    private static String required(XMLStreamReader element, String attribute) {
        String value = element.getAttributeValue(null, attribute);
        if (value == null) {
            throw broken("an element " + element.getLocalName() + " has no " + attribute);
        }
        return value;
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

    /** The reader of the rows makes room for every column up to the cell's, however many letters name it. */
    private static void checkPlace(String place) {
        if (place != null && !PLACE.matcher(place).matches()) {
            throw broken("a cell stands at " + place);
        }
    }

    private static void checkRange(Merged merged, String range) {
        if (!merged.add(range)) {
            throw broken("cells are merged at " + range);
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

    private static String path(String folder, String target) {
        return target.startsWith("/") ? target.substring(1) : folder + target;
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
        elements(archive, part, Set.of(name), each);
    }

    private static void elements(ZipFile archive, String part, Set<String> names, Consumer<XMLStreamReader> each)
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
                if (reader.next() == XMLStreamReader.START_ELEMENT && names.contains(reader.getLocalName())) {
                    each.accept(reader);
                }
            }
            reader.close();
        }
    }
}
