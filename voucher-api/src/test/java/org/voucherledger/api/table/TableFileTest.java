package org.voucherledger.api.table;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipOutputStream;
import org.apache.commons.compress.archivers.zip.ZipArchiveEntry;
import org.apache.commons.compress.archivers.zip.ZipArchiveOutputStream;
import org.dhatim.fastexcel.VisibilityState;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.voucherledger.api.imports.Lists;
import org.voucherledger.api.table.SheetCell.Kind;

/** What a file holds, by its content and by nothing else. */
class TableFileTest {

    private static final byte[] BYTE_ORDER_MARK = {(byte) 0xEF, (byte) 0xBB, (byte) 0xBF};
    private static final long MOST_BYTES = 1L << 30;
    private static final int MEGABYTE = 1 << 20;
    private static final String SHEET = "xl/worksheets/sheet1.xml";

    @TempDir
    private Path directory;

    private List<SheetRow> rows(byte[] bytes) throws IOException {
        var rows = new ArrayList<SheetRow>();
        TableFile.of(Lists.file(directory, bytes), MOST_BYTES).read(rows::add);
        return rows;
    }

    private List<List<String>> texts(byte[] bytes) throws IOException {
        return rows(bytes).stream()
                .map(row -> row.cells().stream().map(SheetCell::text).toList())
                .toList();
    }

    private RowFlaw flaw(byte[] bytes) {
        return catchThrowableOfType(FileFlaw.class, () -> rows(bytes)).flaw();
    }

    private static byte[] marked(byte[] bytes) {
        byte[] all = new byte[3 + bytes.length];
        System.arraycopy(BYTE_ORDER_MARK, 0, all, 0, 3);
        System.arraycopy(bytes, 0, all, 3, bytes.length);
        return all;
    }

    @Test
    @DisplayName("a CSV file is read alike in UTF-8, with a byte order mark, and in GB18030")
    void encodings() throws IOException {
        String[] lines = {"名称,城市", "龘𠮷公司,广州市"};
        var expected = List.of(List.of("名称", "城市"), List.of("龘𠮷公司", "广州市"));

        assertThat(texts(Lists.csv(lines))).isEqualTo(expected);
        assertThat(texts(marked(Lists.csv(lines)))).isEqualTo(expected);
        assertThat(texts(Lists.csv(Charset.forName("GB18030"), lines))).isEqualTo(expected);
        assertThat(TableFile.of(Lists.file(directory, Lists.csv(Charset.forName("GB18030"), lines)), MOST_BYTES)
                        .form())
                .isEqualTo("CSV GB18030");
    }

    @Test
    @DisplayName("a quoted cell may hold commas, quotation marks and line breaks; a row's line is where it begins")
    void quoting() throws IOException {
        var rows = rows(Lists.csv("a,b", "\"1,\"\"x\"\"\r\n2\",y", "", "z,w"));

        assertThat(rows).extracting(SheetRow::line).containsExactly(1L, 2L, 5L);
        assertThat(rows.get(1).cell(0).text()).isEqualTo("1,\"x\"\r\n2");
    }

    @ParameterizedTest
    @ValueSource(strings = {"a,b\r\n1,2\r\n\"3,4\r\n5,6\r\n", "a,b\r\n1,2\r\n\"3\"x,4\r\n5,6\r\n"})
    @DisplayName("a quotation mark that stands wrongly refuses the file with the line from which on it cannot be read")
    void brokenQuoting(String text) {
        var flaw = flaw(text.getBytes(StandardCharsets.UTF_8));

        assertThat(flaw.about()).isEqualTo("BrokenQuoting");
        assertThat(flaw.line()).isEqualTo(3);
    }

    @Test
    @DisplayName(
            "what is neither a text in a known encoding nor a workbook is refused, and an old or encrypted workbook said so")
    void foreign() {
        assertThat(flaw(new byte[0]).about()).isEqualTo("EmptyFile");
        assertThat(flaw("a,b\r\n1,2".getBytes(StandardCharsets.UTF_16)).about()).isEqualTo("UnknownEncoding");
        assertThat(flaw(new byte[] {'a', 0, 'b'}).about()).isEqualTo("UnknownEncoding");
        assertThat(flaw(new byte[] {(byte) 0xD0, (byte) 0xCF, 0x11, (byte) 0xE0, 0, 0, 0, 0})
                        .about())
                .isEqualTo("OldOrEncryptedWorkbook");
        assertThat(flaw(new byte[] {'P', 'K', 3, 4, 0, 0, 0, 0}).about()).isEqualTo("BrokenWorkbook");
    }

    @Test
    @DisplayName(
            "a workbook's cells are told apart: texts, numbers, dates, formulas, merged ones; blank rows keep their place")
    void cells() throws IOException {
        var rows = rows(Lists.xlsx(sheet -> {
            Lists.row(sheet, 0, "a,b,c,d,e");
            sheet.value(3, 0, "x");
            sheet.value(3, 1, 43_831);
            sheet.value(3, 2, LocalDate.of(2020, 1, 1));
            sheet.style(3, 2).format("yyyy-mm-dd").set();
            sheet.formula(3, 3, "B4*2");
            sheet.value(3, 4, "one");
            sheet.range(3, 4, 4, 4).merge();
            sheet.value(4, 0, "y");
        }));

        assertThat(rows).extracting(SheetRow::line).containsExactly(1L, 4L, 5L);
        assertThat(rows.get(1).cells())
                .containsExactly(
                        new SheetCell(Kind.TEXT, "x"),
                        new SheetCell(Kind.NUMBER, "43831"),
                        new SheetCell(Kind.DATE, "2020-01-01"),
                        new SheetCell(Kind.FORMULA, "=B4*2"),
                        new SheetCell(Kind.MERGED, "E4:E5"));
    }

    @Test
    @DisplayName("of two visible sheets with rows nobody can say which is meant; a hidden one is a template's")
    void sheets() throws IOException {
        byte[] two = Lists.workbook(workbook -> {
            Lists.row(workbook.newWorksheet("一"), 0, "a,b");
            Lists.row(workbook.newWorksheet("二"), 0, "a,b");
        });
        byte[] hidden = Lists.workbook(workbook -> {
            var template = workbook.newWorksheet("选项");
            Lists.row(template, 0, "是,否");
            template.setVisibilityState(VisibilityState.HIDDEN);
            Lists.row(workbook.newWorksheet("名录"), 0, "a,b");
        });

        assertThat(flaw(two).about()).isEqualTo("SeveralSheets");
        assertThat(texts(hidden)).containsExactly(List.of("a", "b"));
    }

    @ParameterizedTest
    @CsvSource({
        "43831, false, 2020-01-01",
        "61, false, 1900-03-01",
        "60, false, ",
        "0, true, 1904-01-01",
        "42369, true, 2020-01-01",
        "2958465, false, 9999-12-31",
        "2958466, false, ",
        "43831.5, false, ",
        "-1, false, "
    })
    @DisplayName(
            "a serial number is the day that Excel shows, in both of its calendars, and no day where Excel is wrong")
    void serials(String serial, boolean since1904, LocalDate day) {
        assertThat(XlsxFile.day(serial, since1904)).isEqualTo(day);
    }

    @ParameterizedTest
    @CsvSource({
        "yyyy-mm-dd, true",
        "'d/m/yy h:mm', true",
        "yyyy\"年\"m\"月\", true",
        "0.00, false",
        "'[Red]0', false",
        "'\"day\"0', false",
        "General, false"
    })
    @DisplayName("a number is a date where its format shows a year or a day outside of quotations")
    void formats(String format, boolean shown) {
        assertThat(XlsxFile.isShownAsDate(format)).isEqualTo(shown);
    }

    @ParameterizedTest
    @CsvSource({
        "1E-1500000000, ERROR, 1E-1500000000",
        "1E+300000000, ERROR, 1E+300000000",
        "-1E+300000000, ERROR, -1E+300000000",
        "1E+39, NUMBER, 1000000000000000000000000000000000000000",
        "1E+40, ERROR, 1E+40",
        "1E-39, NUMBER, 0.000000000000000000000000000000000000001",
        "1E-41, ERROR, 1E-41",
        "1500.50, NUMBER, 1500.5"
    })
    @DisplayName("a number whose digits would fill the memory is a cell in error with what stands there, on its line")
    void hugeNumbers(String written, Kind kind, String text) throws IOException {
        byte[] book = replaced(
                Lists.xlsx(sheet -> {
                    Lists.row(sheet, 0, "a,b");
                    sheet.value(1, 0, 4711);
                }),
                SHEET,
                xml -> xml.replace("<v>4711</v>", "<v>" + written + "</v>"));

        assertThat(rows(book).get(1)).isEqualTo(new SheetRow(2, List.of(new SheetCell(kind, text)), false));
    }

    @Test
    @DisplayName("an entity that would grow without end is not read")
    void entities() throws IOException {
        byte[] book = Lists.xlsx(sheet -> Lists.row(sheet, 0, "a,b"));
        var laughs = new StringBuilder("<!DOCTYPE w [<!ENTITY l0 \"ha\">");
        for (int level = 1; level <= 9; level++) {
            laughs.append("<!ENTITY l%d \"%s\">".formatted(level, ("&l" + (level - 1) + ";").repeat(10)));
        }
        byte[] hostile = replaced(
                book,
                "xl/workbook.xml",
                xml -> xml.replaceFirst("<workbook", laughs + "]><workbook").replace("名录", "&l9;"));

        assertThat(texts(hostile)).containsExactly(List.of("a", "b"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"xl/sharedStrings.xml", "xl/SharedStrings.XML"})
    @DisplayName("an archive that holds a part twice is refused, for its readers may each take another one")
    void partsTwice(String again) throws IOException {
        byte[] book = Lists.xlsx(sheet -> Lists.row(sheet, 0, "a,b"));
        var twice = new ByteArrayOutputStream();
        try (var in = new ZipFile(Lists.file(directory, book).toFile());
                var out = new ZipArchiveOutputStream(twice)) {
            for (ZipEntry entry : Collections.list(in.entries())) {
                part(out, entry.getName(), in.getInputStream(entry).readAllBytes());
            }
            part(out, again, "<sst/>".getBytes(StandardCharsets.UTF_8));
        }

        assertThat(flaw(twice.toByteArray()).about()).isEqualTo("BrokenWorkbook");
        assertThat(flaw(twice.toByteArray()).words().english()).contains(again);
    }

    private static void part(ZipArchiveOutputStream out, String name, byte[] content) throws IOException {
        out.putArchiveEntry(new ZipArchiveEntry(name));
        out.write(content);
        out.closeArchiveEntry();
    }

    @Test
    @DisplayName("what is no worksheet may not unpack to more than fits into the memory, whatever it is called")
    void largeParts() throws IOException {
        byte[] book = Lists.xlsx(sheet -> Lists.row(sheet, 0, "a,b"));
        byte[] largeSheet = replaced(book, SHEET, xml -> xml + " ".repeat(129 * MEGABYTE));
        byte[] declared = replaced(
                largeSheet,
                "[Content_Types].xml",
                xml -> xml.replace(
                        "</Types>",
                        "<Override PartName=\"/" + SHEET + "\" ContentType=\"application/"
                                + "vnd.openxmlformats-officedocument.spreadsheetml.sharedStrings+xml\"/></Types>"));
        byte[] renamed = replaced(book, "xl/styles.xml", xml -> xml + " ".repeat(129 * MEGABYTE));

        assertThat(texts(largeSheet)).containsExactly(List.of("a", "b"));
        assertThat(flaw(declared).about()).isEqualTo("UnpacksTooLarge");
        assertThat(flaw(renamed).about()).isEqualTo("UnpacksTooLarge");
    }

    @Test
    @DisplayName("how much a workbook may unpack to in all is said by who reads it, to the byte")
    void mostBytesUnpacked() throws IOException {
        byte[] book = Lists.xlsx(sheet -> Lists.row(sheet, 0, "a,b"));
        Path file = Lists.file(directory, book);
        long size = 0;
        try (var archive = new ZipFile(file.toFile())) {
            for (ZipEntry entry : Collections.list(archive.entries())) {
                size += entry.getSize();
            }
        }
        long one = size - 1;

        assertThat(TableFile.of(file, size).form()).isEqualTo("XLSX");
        assertThat(catchThrowableOfType(FileFlaw.class, () -> TableFile.of(file, one))
                        .flaw()
                        .about())
                .isEqualTo("UnpacksTooLarge");
    }

    @Test
    @DisplayName("a workbook of 100,000 merged ranges is read, and one of another one is not")
    void mostMerged() throws IOException {
        assertThat(texts(merging(100_000))).containsExactly(List.of("a", "b"));
        assertThat(flaw(merging(100_001)).about()).isEqualTo("TooManyMerged");
    }

    @ParameterizedTest
    @CsvSource({
        "'', mergeCell has no ref",
        "'ref=\"\"', are merged at",
        "'ref=\"E4:\"', are merged at E4:",
        "'ref=\"E:F\"', are merged at E:F",
        "'ref=\"E5:E4\"', are merged at E5:E4",
        "'ref=\"F4:E5\"', are merged at F4:E5"
    })
    @DisplayName("a merging that does not say of which cells refuses the workbook")
    void mergedNowhere(String where, String why) throws IOException {
        byte[] book = replaced(merging(1), SHEET, xml -> xml.replace("ref=\"C2:D2\"", where));

        assertThat(flaw(book).about()).isEqualTo("BrokenWorkbook");
        assertThat(flaw(book).words().english()).contains(why);
    }

    @Test
    @DisplayName("a cell that is merged with nothing is a cell like any other")
    void mergedAlone() throws IOException {
        byte[] book = replaced(merging(1), SHEET, xml -> xml.replace("C2:D2", "A1"));

        assertThat(texts(book)).containsExactly(List.of("a", "b"));
    }

    @ParameterizedTest
    @CsvSource({
        "xl/worksheets/名录.xml, worksheets/名录.xml, xl/workbook.xml, xl/_rels/workbook.xml.rels",
        "lists/one.xml, /lists/one.xml, xl/workbook.xml, xl/_rels/workbook.xml.rels",
        "xl/worksheets/sheet1.xml, worksheets/sheet1.xml, xl/workbook2.xml, xl/_rels/workbook2.xml.rels",
        "book/sheet.xml, sheet.xml, book/wb.xml, book/_rels/wb.xml.rels",
        "sheet.xml, sheet.xml, wb.xml, _rels/wb.xml.rels"
    })
    @DisplayName("the parts of a workbook may bear any name: a sheet is found by its relation, with its merged cells")
    void namesOfParts(String sheet, String target, String workbook, String relations) throws IOException {
        byte[] book = Lists.xlsx(rows -> {
            Lists.row(rows, 0, "a,b");
            rows.value(1, 0, "x");
            rows.range(1, 0, 2, 0).merge();
        });
        byte[] renamed = renamed(
                replaced(
                        replaced(
                                book,
                                "[Content_Types].xml",
                                xml -> xml.replace("/" + SHEET, "/" + sheet)
                                        .replace("/xl/workbook.xml", "/" + workbook)),
                        "xl/_rels/workbook.xml.rels",
                        xml -> xml.replace("worksheets/sheet1.xml", target)),
                Map.of(SHEET, sheet, "xl/workbook.xml", workbook, "xl/_rels/workbook.xml.rels", relations));

        assertThat(rows(renamed)).hasSize(2);
        assertThat(rows(renamed).get(1).cell(0)).isEqualTo(new SheetCell(Kind.MERGED, "A2:A3"));
    }

    private byte[] renamed(byte[] book, Map<String, String> names) throws IOException {
        var bytes = new ByteArrayOutputStream();
        try (var in = new ZipFile(Lists.file(directory, book).toFile());
                var out = new ZipOutputStream(bytes)) {
            for (ZipEntry entry : Collections.list(in.entries())) {
                out.putNextEntry(new ZipEntry(names.getOrDefault(entry.getName(), entry.getName())));
                in.getInputStream(entry).transferTo(out);
                out.closeEntry();
            }
        }
        return bytes.toByteArray();
    }

    @Test
    @DisplayName("a workbook without styles is read; what is shown as a date stands in the styles, so there are none")
    void withoutStyles() throws IOException {
        byte[] book = Lists.xlsx(sheet -> {
            Lists.row(sheet, 0, "a,b");
            sheet.value(1, 0, LocalDate.of(2020, 1, 1));
            sheet.style(1, 0).format("yyyy-mm-dd").set();
        });
        byte[] plain = replaced(
                book,
                "[Content_Types].xml",
                xml -> xml.replaceFirst("<Override PartName=\"/xl/styles.xml\"[^>]*/>", ""));

        assertThat(rows(book).get(1).cell(0)).isEqualTo(new SheetCell(Kind.DATE, "2020-01-01"));
        assertThat(rows(plain).get(1).cell(0)).isEqualTo(new SheetCell(Kind.NUMBER, "43831"));
    }

    @ParameterizedTest
    @CsvSource({
        "/xl/workbook.xml, xl/workbook.xml, several",
        "/xl/_rels/workbook.xml, xl/workbook.xml, no name",
        "xl/workbook.xml, xl/workbook.xml, no name"
    })
    @DisplayName("a workbook that is declared twice, or under a name that says nothing of its relations, is refused")
    void declaredWrongly(String declared, String part, String why) throws IOException {
        byte[] book = Lists.xlsx(sheet -> Lists.row(sheet, 0, "a,b"));
        String main = "ContentType=\"application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml\"";
        byte[] hostile = replaced(
                book,
                "[Content_Types].xml",
                xml -> why.equals("several")
                        ? xml.replace("</Types>", "<Override PartName=\"/xl/other.xml\" " + main + "/></Types>")
                        : xml.replace("\"/" + part + "\"", "\"" + declared + "\""));

        assertThat(flaw(hostile).about()).isEqualTo("BrokenWorkbook");
        assertThat(flaw(hostile).words().english()).contains(why);
    }

    @ParameterizedTest
    @ValueSource(strings = {"ZZZZZZ2", "A99999999", "zz", "-1"})
    @DisplayName("a cell far beyond every sheet refuses the workbook before room is made for it")
    void farCells(String place) throws IOException {
        byte[] book = replaced(
                Lists.xlsx(sheet -> {
                    Lists.row(sheet, 0, "a,b");
                    sheet.value(1, 0, "x");
                }),
                SHEET,
                xml -> xml.replace("\"A2\"", "\"" + place + "\""));

        assertThat(flaw(book).about()).isEqualTo("BrokenWorkbook");
        assertThat(flaw(book).words().english()).contains("a cell stands at " + place);
    }

    @Test
    @DisplayName(
            "a workbook in which any one attribute is missing or senseless is read or refused, and nothing else happens")
    void attributes() throws IOException {
        byte[] book = Lists.xlsx(sheet -> {
            Lists.row(sheet, 0, "a,b,c");
            sheet.value(1, 0, 43_831);
            sheet.value(1, 1, LocalDate.of(2020, 1, 1));
            sheet.style(1, 1).format("yyyy-mm-dd").set();
            sheet.formula(1, 2, "B4*2");
            sheet.value(2, 0, true);
            sheet.value(3, 0, "one");
            sheet.range(3, 0, 4, 0).merge();
        });
        Pattern attribute = Pattern.compile(" ([\\w:]+)=\"[^\"]*\"");
        int read = 0;
        int refused = 0;
        try (var parts = new ZipFile(Lists.file(directory, book).toFile())) {
            for (ZipEntry part : Collections.list(parts.entries())) {
                String xml = new String(parts.getInputStream(part).readAllBytes(), StandardCharsets.UTF_8);
                for (var found : attribute.matcher(xml).results().toList()) {
                    for (String value : new String[] {null, "", "zz", "-1", "99999999999"}) {
                        String with = value == null ? "" : " " + found.group(1) + "=\"" + value + "\"";
                        byte[] odd = replaced(
                                book,
                                part.getName(),
                                all -> all.substring(0, found.start()) + with + all.substring(found.end()));
                        try {
                            rows(odd);
                            read++;
                        } catch (FileFlaw told) {
                            refused++;
                        }
                    }
                }
            }
        }

        assertThat(read).isGreaterThan(50);
        assertThat(refused).isGreaterThan(50);
    }

    private byte[] merging(int ranges) throws IOException {
        String cells = IntStream.rangeClosed(1, ranges)
                .mapToObj(n -> "<mergeCell ref=\"C%d:D%d\"/>".formatted(n + 1, n + 1))
                .collect(Collectors.joining("", "<mergeCells>", "</mergeCells>"));
        return replaced(
                Lists.xlsx(sheet -> Lists.row(sheet, 0, "a,b")),
                SHEET,
                xml -> xml.replace("</sheetData>", "</sheetData>" + cells));
    }

    private static byte[] replaced(byte[] book, String part, UnaryOperator<String> change) throws IOException {
        return Lists.edited(book, part, change);
    }
}
