package org.voucherledger.api.table;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;
import java.util.stream.Stream;
import javax.xml.stream.XMLStreamException;
import org.dhatim.fastexcel.reader.Cell;
import org.dhatim.fastexcel.reader.CellType;
import org.dhatim.fastexcel.reader.ExcelReaderException;
import org.dhatim.fastexcel.reader.ReadableWorkbook;
import org.dhatim.fastexcel.reader.ReadingOptions;
import org.dhatim.fastexcel.reader.Row;
import org.dhatim.fastexcel.reader.Sheet;
import org.dhatim.fastexcel.reader.SheetVisibility;

/** The one visible sheet of a workbook that has rows; hidden sheets, which hold what a template chooses from, are not read. */
final class XlsxFile implements TableFile {

    private static final LocalDate DAY_ZERO_1900 = LocalDate.of(1899, 12, 30);
    private static final LocalDate DAY_ZERO_1904 = LocalDate.of(1904, 1, 1);
    /** Serials up to 60 are off by one in the 1900 system, because of a 29 February that never was. */
    private static final int FIRST_RELIABLE_SERIAL = 61;

    private static final int LAST_SERIAL = 2_958_465;
    /** Excel keeps 15 digits; what has more than these written out is no amount, day or count of anything. */
    private static final int MOST_DIGITS = 40;

    private final Path file;
    private final WorkbookParts parts;

    private XlsxFile(Path file, WorkbookParts parts) {
        this.file = file;
        this.parts = parts;
    }

    static XlsxFile of(Path file, long mostBytesUnpacked) throws IOException {
        return new XlsxFile(file, WorkbookParts.of(file, mostBytesUnpacked));
    }

    @Override
    public String form() {
        return "XLSX";
    }

    @Override
    public boolean isEvenlyWide() {
        return false;
    }

    @Override
    public void read(Consumer<SheetRow> rows) throws IOException {
        try (ReadableWorkbook workbook = open()) {
            List<Sheet> visible = workbook.getSheets()
                    .filter(sheet -> sheet.getVisibility() == SheetVisibility.VISIBLE)
                    .toList();
            var withRows = new ArrayList<Sheet>();
            for (Sheet sheet : visible) {
                if (hasRows(workbook, sheet)) {
                    withRows.add(sheet);
                }
            }
            if (withRows.size() > 1) {
                throw new FileFlaw(
                        0,
                        "",
                        "SeveralSheets",
                        new Words(
                                "多个工作表含有数据，请只保留一个。",
                                "More than one sheet has rows; leave one. They are: "
                                        + withRows.stream().map(Sheet::getName).toList()));
            }
            for (Sheet sheet : withRows) {
                try (Stream<Row> all = stream(sheet)) {
                    Merged merged = parts.mergedIn(sheet.getId());
                    Iterator<Row> each = all.iterator();
                    for (SheetRow row = next(workbook, each, merged); row != null; row = next(workbook, each, merged)) {
                        rows.accept(row);
                    }
                }
            }
        }
    }

    private ReadableWorkbook open() throws IOException {
        return read(() -> new ReadableWorkbook(file.toFile(), new ReadingOptions(parts.hasStyles(), true)));
    }

    private static Stream<Row> stream(Sheet sheet) throws IOException {
        return read(sheet::openStream);
    }

    /** The next row that is not blank, or {@code null}. */
    private static SheetRow next(ReadableWorkbook workbook, Iterator<Row> rows, Merged merged) throws IOException {
        return read(() -> {
            while (rows.hasNext()) {
                SheetRow row = row(workbook, rows.next(), merged);
                if (!row.isBlank()) {
                    return row;
                }
            }
            return null;
        });
    }

    private interface Reading<T> {
        T from() throws IOException;
    }

    /**
     * What the reader of the rows says, where the workbook breaks its own form: it has no exception of its own for that, but
     * stumbles over what stands there. Whatever is done with a row is outside of this, so that its faults remain faults.
     */
    private static <T> T read(Reading<T> reading) throws IOException {
        try {
            return reading.from();
        } catch (ExcelReaderException
                | UncheckedIOException
                | IllegalArgumentException
                | IllegalStateException
                | IndexOutOfBoundsException
                | NullPointerException stumbled) {
            throw broken(stumbled);
        } catch (IOException e) {
            if (e.getCause() instanceof XMLStreamException) {
                throw broken(e);
            }
            throw e;
        }
    }

    private static FileFlaw broken(Exception broken) {
        return new FileFlaw(
                0,
                "",
                "BrokenWorkbook",
                new Words("工作簿已损坏，无法读取。", "The workbook is damaged and cannot be read: " + broken.getMessage()));
    }

    private static boolean hasRows(ReadableWorkbook workbook, Sheet sheet) throws IOException {
        try (Stream<Row> rows = stream(sheet)) {
            return next(workbook, rows.iterator(), Merged.NONE) != null;
        }
    }

    private static SheetRow row(ReadableWorkbook workbook, Row row, Merged merged) {
        if (row.getCellCount() > MOST_COLUMNS) {
            throw new FileFlaw(
                    row.getRowNum(),
                    "",
                    "TooManyColumns",
                    new Words("多于 " + MOST_COLUMNS + " 列。", "More than " + MOST_COLUMNS + " columns."));
        }
        List<SheetCell> cells = new ArrayList<>(row.getCellCount());
        for (int column = 0; column < row.getCellCount(); column++) {
            SheetCell cell =
                    row.getOptionalCell(column).map(c -> cell(workbook, c)).orElse(SheetCell.EMPTY);
            String range = merged.rangeAt(row.getRowNum(), column);
            cells.add(range == null ? cell : new SheetCell(SheetCell.Kind.MERGED, range));
        }
        return new SheetRow(row.getRowNum(), cells, workbook.isDate1904());
    }

    private static SheetCell cell(ReadableWorkbook workbook, Cell cell) {
        if (cell.getFormula() != null || cell.getType() == CellType.FORMULA) {
            return new SheetCell(SheetCell.Kind.FORMULA, "=" + (cell.getFormula() == null ? "" : cell.getFormula()));
        }
        return switch (cell.getType()) {
            case EMPTY -> SheetCell.EMPTY;
            case STRING -> SheetCell.text(cell.getText());
            case BOOLEAN -> new SheetCell(SheetCell.Kind.BOOLEAN, cell.asBoolean() ? "TRUE" : "FALSE");
            case NUMBER -> number(workbook, cell);
            case ERROR, FORMULA -> new SheetCell(SheetCell.Kind.ERROR, String.valueOf(cell.getRawValue()));
        };
    }

    private static SheetCell number(ReadableWorkbook workbook, Cell cell) {
        if (isOutOfAllBounds(cell.asNumber())) {
            return new SheetCell(SheetCell.Kind.ERROR, String.valueOf(cell.getRawValue()));
        }
        String plain = plain(cell.asNumber());
        if (!isShownAsDate(cell.getDataFormatString())) {
            return new SheetCell(SheetCell.Kind.NUMBER, plain);
        }
        LocalDate day = day(plain, workbook.isDate1904());
        return new SheetCell(SheetCell.Kind.DATE, day == null ? plain : day.toString());
    }

    /** A few characters such as 1E+300000000 would fill the memory with their digits; this asks before they are written out. */
    private static boolean isOutOfAllBounds(BigDecimal number) {
        return Math.abs((long) number.precision() - number.scale()) > MOST_DIGITS || number.scale() > MOST_DIGITS;
    }

    private static String plain(BigDecimal number) {
        BigDecimal stripped = number.stripTrailingZeros();
        return stripped.scale() < 0 ? stripped.setScale(0).toPlainString() : stripped.toPlainString();
    }

    /** A year, month or day stands in the format, outside of quotations, brackets and escapes. */
    static boolean isShownAsDate(String format) {
        if (format == null) {
            return false;
        }
        String letters = format.replaceAll("\"[^\"]*\"|\\[[^]]*]|\\\\.|_.", "").toLowerCase(Locale.ROOT);
        return letters.contains("y") || letters.contains("d");
    }

    /** The day that a whole serial number stands for, or {@code null}. */
    static LocalDate day(String serial, boolean since1904) {
        if (!serial.matches("[0-9]{1,7}")) {
            return null;
        }
        int days = Integer.parseInt(serial);
        if (days > LAST_SERIAL || !since1904 && days < FIRST_RELIABLE_SERIAL) {
            return null;
        }
        return (since1904 ? DAY_ZERO_1904 : DAY_ZERO_1900).plusDays(days);
    }
}
