package org.voucherledger.api.table;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.function.Consumer;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;

/** A table of comma-separated values (RFC 4180) in UTF-8, with or without a byte order mark, or in GB18030. */
final class CsvFile implements TableFile {

    private static final Charset GB18030 = Charset.forName("GB18030");
    private static final CSVFormat FORMAT = CSVFormat.RFC4180
            .builder()
            .setIgnoreEmptyLines(false)
            .setTrailingData(false)
            .get();
    private static final char BYTE_ORDER_MARK = '\uFEFF';

    private final Path file;
    private final Charset charset;

    private CsvFile(Path file, Charset charset) {
        this.file = file;
        this.charset = charset;
    }

    static CsvFile of(Path file) throws IOException {
        if (isReadableAs(StandardCharsets.UTF_8, file)) {
            return new CsvFile(file, StandardCharsets.UTF_8);
        }
        if (isReadableAs(GB18030, file)) {
            return new CsvFile(file, GB18030);
        }
        throw new FileFlaw(
                0,
                "",
                "UnknownEncoding",
                new Words(
                        "既不是 CSV（UTF-8 或 GB18030），也不是 .xlsx 工作簿。",
                        "This is neither a CSV file in UTF-8 or GB18030 nor an .xlsx workbook."));
    }

    @Override
    public String form() {
        return "CSV " + charset.name();
    }

    @Override
    public boolean isEvenlyWide() {
        return true;
    }

    /** To the letter: nothing is replaced by a question mark, and what holds a NUL is no text at all. */
    private static boolean isReadableAs(Charset charset, Path file) throws IOException {
        char[] buffer = new char[1 << 16];
        try (Reader reader = reader(charset, file)) {
            for (int read = reader.read(buffer); read >= 0; read = reader.read(buffer)) {
                for (int i = 0; i < read; i++) {
                    if (buffer[i] == 0) {
                        return false;
                    }
                }
            }
            return true;
        } catch (CharacterCodingException other) {
            return false;
        }
    }

    private static Reader reader(Charset charset, Path file) throws IOException {
        return new BufferedReader(new InputStreamReader(
                Files.newInputStream(file),
                charset.newDecoder()
                        .onMalformedInput(CodingErrorAction.REPORT)
                        .onUnmappableCharacter(CodingErrorAction.REPORT)));
    }

    @Override
    public void read(Consumer<SheetRow> rows) throws IOException {
        try (Reader reader = withoutMark(reader(charset, file));
                CSVParser parser =
                        CSVParser.builder().setReader(reader).setFormat(FORMAT).get()) {
            Iterator<CSVRecord> records = parser.iterator();
            long line = 1;
            while (hasNext(records, line)) {
                SheetRow row = row(line, records.next());
                if (!row.isBlank()) {
                    rows.accept(row);
                }
                line = parser.getCurrentLineNumber() + 1;
            }
        }
    }

    /** Where a quotation mark stands wrongly nobody can say any more where the rows begin. */
    private static boolean hasNext(Iterator<CSVRecord> records, long line) {
        try {
            return records.hasNext();
        } catch (UncheckedIOException broken) {
            throw new FileFlaw(
                    line,
                    "",
                    "BrokenQuoting",
                    new Words(
                            "从本行起引号不成对或位置有误，无法继续读取（RFC 4180）。",
                            "From this line on the quotation marks are wrong (RFC 4180): "
                                    + broken.getCause().getMessage()));
        }
    }

    private static SheetRow row(long line, CSVRecord record) {
        if (record.size() > MOST_COLUMNS) {
            throw new FileFlaw(
                    line,
                    "",
                    "TooManyColumns",
                    new Words("多于 " + MOST_COLUMNS + " 列。", "More than " + MOST_COLUMNS + " columns."));
        }
        List<SheetCell> cells = new ArrayList<>(record.size());
        record.forEach(value -> cells.add(SheetCell.text(value)));
        return new SheetRow(line, cells, false);
    }

    private static Reader withoutMark(Reader reader) throws IOException {
        reader.mark(1);
        if (reader.read() != BYTE_ORDER_MARK) {
            reader.reset();
        }
        return reader;
    }
}
