package org.voucherledger.api.settlementimport;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import org.apache.commons.csv.CSVException;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVRecord;
import org.dhatim.fastexcel.reader.Cell;
import org.dhatim.fastexcel.reader.ExcelReaderException;
import org.dhatim.fastexcel.reader.ReadableWorkbook;
import org.dhatim.fastexcel.reader.Row;
import org.voucherledger.api.settlementimport.BankFileFaulty.Fault;
import org.voucherledger.domain.command.Field;
import org.voucherledger.domain.command.Malformed;
import org.voucherledger.domain.money.Fen;

/**
 * Reads what the bank has paid, from a CSV or an XLSX with one line of headings, in English or Chinese and in any order. Amounts
 * are in yuan with at most two places; the day of payment, and the reason of one out of turn, may be left out. Nothing is guessed: what cannot be read is told, line by line.
 */
final class BankFile {

    static final int MOST_LINES = 10_000;
    private static final int MOST_FAULTS = 100;
    private static final long MOST_UNPACKED_BYTES = 100_000_000;

    private static final Map<String, String> HEADINGS = Map.ofEntries(
            Map.entry("claimid", "claimId"),
            Map.entry("兑现申请编号", "claimId"),
            Map.entry("voucherid", "voucherId"),
            Map.entry("服务券编号", "voucherId"),
            Map.entry("amount", "amount"),
            Map.entry("金额（元）", "amount"),
            Map.entry("bankreference", "bankReference"),
            Map.entry("银行流水号", "bankReference"),
            Map.entry("paidon", "paidOn"),
            Map.entry("付款日期", "paidOn"),
            Map.entry("reason", "reason"),
            Map.entry("未按顺序付款的理由", "reason"));

    private static final List<String> COLUMNS = List.of("claimId", "voucherId", "amount", "bankReference");
    private static final List<String> OPTIONAL = List.of("paidOn", "reason");
    private static final Pattern YUAN = Pattern.compile("[0-9]{1,13}(\\.[0-9]{1,2})?");

    private BankFile() {}

    static List<BankLine> read(byte[] file) {
        boolean zip = file.length > 3 && file[0] == 'P' && file[1] == 'K';
        return lines(zip ? xlsx(file) : csv(file));
    }

    /** UTF-8, or GB 18030 as spreadsheets in China save it; a file that is neither is refused. */
    private static List<List<String>> csv(byte[] file) {
        String text;
        try {
            text = decoded(file, StandardCharsets.UTF_8);
        } catch (CharacterCodingException notUtf8) {
            try {
                text = decoded(file, Charset.forName("GB18030"));
            } catch (CharacterCodingException neither) {
                throw BankFileFaulty.whole("neither UTF-8 nor GB 18030");
            }
        }
        String content = text.startsWith("\uFEFF") ? text.substring(1) : text;
        try (var records =
                CSVFormat.DEFAULT.builder().setIgnoreEmptyLines(false).get().parse(new StringReader(content))) {
            List<List<String>> rows = new ArrayList<>();
            for (CSVRecord row : records) {
                rows.add(row.toList());
                if (rows.size() > MOST_LINES + 1) {
                    break;
                }
            }
            return rows;
        } catch (IOException | UncheckedIOException unreadable) {
            throw BankFileFaulty.whole("cannot be read as CSV: " + reason(unreadable));
        }
    }

    private static String reason(Exception unreadable) {
        return unreadable.getCause() instanceof CSVException csv ? csv.getMessage() : unreadable.getMessage();
    }

    private static String decoded(byte[] file, Charset charset) throws CharacterCodingException {
        return charset.newDecoder().decode(ByteBuffer.wrap(file)).toString();
    }

    private static List<List<String>> xlsx(byte[] file) {
        try {
            refuseBombs(file);
            List<List<String>> rows = new ArrayList<>();
            try (ReadableWorkbook book = new ReadableWorkbook(new ByteArrayInputStream(file));
                    var sheet = book.getFirstSheet().openStream()) {
                for (Row row : (Iterable<Row>) sheet::iterator) {
                    // A row that is left out in the file is an empty line, so that the numbers are those the reader
                    // sees.
                    while (rows.size() < Math.min(row.getRowNum() - 1, MOST_LINES + 2)) {
                        rows.add(List.of());
                    }
                    rows.add(row.stream().map(BankFile::text).toList());
                    if (rows.size() > MOST_LINES + 1) {
                        break;
                    }
                }
            }
            return rows;
        } catch (IOException | ExcelReaderException unreadable) {
            throw BankFileFaulty.whole("cannot be read as XLSX: " + unreadable.getMessage());
        }
    }

    /** Counted from the archive's own list of entries, as the reader will follow it. */
    private static void refuseBombs(byte[] file) throws IOException {
        Path aside = Files.createTempFile("bank-", ".xlsx");
        try {
            Files.write(aside, file);
            try (ZipFile zip = new ZipFile(aside.toFile())) {
                byte[] scratch = new byte[64 * 1024];
                long all = 0;
                for (ZipEntry entry : Collections.list(zip.entries())) {
                    try (InputStream in = zip.getInputStream(entry)) {
                        for (int some = in.read(scratch); some >= 0; some = in.read(scratch)) {
                            all += some;
                            if (all > MOST_UNPACKED_BYTES) {
                                throw BankFileFaulty.whole("swells to more than " + MOST_UNPACKED_BYTES + " bytes");
                            }
                        }
                    }
                }
            }
        } finally {
            Files.delete(aside);
        }
    }

    private static String text(Cell cell) {
        return cell == null || cell.getRawValue() == null ? "" : cell.getText();
    }

    private static List<BankLine> lines(List<List<String>> rows) {
        if (rows.isEmpty() || rows.size() > MOST_LINES + 1) {
            throw BankFileFaulty.whole("a line of headings and 1 to " + MOST_LINES + " lines are expected");
        }
        List<String> headings = rows.getFirst().stream()
                .map(heading -> HEADINGS.getOrDefault(heading.strip().toLowerCase(Locale.ROOT), ""))
                .toList();
        for (String column : COLUMNS) {
            if (headings.stream().filter(column::equals).count() != 1) {
                throw new BankFileFaulty(List.of(new Fault(1, column, "one column of this heading is expected")));
            }
        }
        for (String column : OPTIONAL) {
            if (headings.stream().filter(column::equals).count() > 1) {
                throw new BankFileFaulty(
                        List.of(new Fault(1, column, "at most one column of this heading is expected")));
            }
        }
        List<BankLine> lines = new ArrayList<>();
        List<Fault> faults = new ArrayList<>();
        for (int i = 1; i < rows.size() && faults.size() < MOST_FAULTS; i++) {
            List<String> row = rows.get(i);
            if (row.stream().allMatch(String::isBlank)) {
                continue;
            }
            try {
                lines.add(line(i + 1, headings, row));
            } catch (Malformed malformed) {
                faults.add(new Fault(i + 1, malformed.field(), malformed.getMessage()));
            }
        }
        if (!faults.isEmpty()) {
            throw new BankFileFaulty(faults);
        }
        if (lines.isEmpty()) {
            throw BankFileFaulty.whole("a line of headings and 1 to " + MOST_LINES + " lines are expected");
        }
        return lines;
    }

    private static BankLine line(int number, List<String> headings, List<String> row) {
        if (row.stream().skip(headings.size()).anyMatch(cell -> !cell.isBlank())) {
            throw new Malformed("", "more cells than headings; an amount has no separator of thousands");
        }
        return new BankLine(
                number,
                Field.id("claimId", cell(headings, row, "claimId")),
                Field.id("voucherId", cell(headings, row, "voucherId")),
                fen(cell(headings, row, "amount")),
                Field.text("bankReference", cell(headings, row, "bankReference")),
                day(cell(headings, row, "paidOn")),
                Field.optionalText("reason", cell(headings, row, "reason")));
    }

    private static String cell(List<String> headings, List<String> row, String column) {
        int index = headings.indexOf(column);
        return index >= 0 && index < row.size() ? row.get(index).strip() : "";
    }

    private static LocalDate day(String text) {
        if (text.isEmpty()) {
            return null;
        }
        try {
            return Field.given("paidOn", LocalDate.parse(text));
        } catch (DateTimeParseException notADay) {
            throw new Malformed("paidOn", "a day written as 2020-11-30, in a spreadsheet too");
        }
    }

    private static long fen(String yuan) {
        if (!YUAN.matcher(yuan).matches()) {
            throw new Malformed("amount", "an amount in yuan with at most two places, e.g. 20000.00");
        }
        BigDecimal fen = new BigDecimal(yuan).movePointRight(2);
        if (fen.signum() == 0 || fen.compareTo(BigDecimal.valueOf(Fen.MAX)) > 0) {
            throw new Malformed("amount", "an amount above zero that the ledger can count");
        }
        return fen.longValueExact();
    }
}
