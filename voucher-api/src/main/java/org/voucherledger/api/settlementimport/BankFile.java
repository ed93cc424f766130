package org.voucherledger.api.settlementimport;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.voucherledger.api.table.Column;
import org.voucherledger.api.table.FileFlaw;
import org.voucherledger.api.table.Header;
import org.voucherledger.api.table.RowFlaw;
import org.voucherledger.api.table.RowReader;
import org.voucherledger.api.table.SheetRow;
import org.voucherledger.api.table.TableFile;
import org.voucherledger.api.table.Words;
import org.voucherledger.domain.command.Field;

/**
 * Reads what the bank has paid, from a table with one line of headings, in English or Chinese and in any order; other columns are
 * the bank's own and passed over. Nothing is guessed: what cannot be read is told, line by line.
 */
final class BankFile {

    static final int MOST_LINES = 10_000;
    private static final int MOST_FLAWS = 100;
    /** Of so few lines; it is read while the bank's clerk waits. */
    private static final long MOST_BYTES_UNPACKED = 100L << 20;

    private static final Column CLAIM = Column.needed("claimId", "兑现申请编号");
    private static final Column VOUCHER = Column.needed("voucherId", "服务券编号");
    private static final Column AMOUNT = Column.needed("amount", "金额（元）");
    private static final Column REFERENCE = Column.needed("bankReference", "银行流水号");
    private static final Column PAID_ON = Column.optional("paidOn", "付款日期");
    private static final Column REASON = Column.optional("reason", "未按顺序付款的理由");
    private static final Column SLIPS = Column.optional("documents", "银行回单");
    private static final List<Column> COLUMNS = List.of(CLAIM, VOUCHER, AMOUNT, REFERENCE, PAID_ON, REASON, SLIPS);

    private final boolean evenlyWide;
    private final List<BankLine> lines = new ArrayList<>();
    private final List<RowFlaw> flaws = new ArrayList<>();

    private Header header;

    private BankFile(boolean evenlyWide) {
        this.evenlyWide = evenlyWide;
    }

    /** @throws BankFileFaulty if it is not wholly what it should be */
    static List<BankLine> read(Path path) throws IOException {
        try {
            TableFile table = TableFile.of(path, MOST_BYTES_UNPACKED);
            var file = new BankFile(table.isEvenlyWide());
            table.read(file::next);
            return file.whole();
        } catch (FileFlaw flaw) {
            throw new BankFileFaulty(List.of(flaw.flaw()));
        }
    }

    private void next(SheetRow row) {
        if (header == null) {
            header = Header.among(row, COLUMNS);
            return;
        }
        if (lines.size() == MOST_LINES) {
            throw new FileFlaw(
                    row.line(),
                    "",
                    "TooManyRows",
                    new Words(
                            "多于 " + MOST_LINES + " 行，请分成多个文件。", "More than " + MOST_LINES + " rows; split the file."));
        }
        if (flaws.size() < MOST_FLAWS) {
            var reader = new RowReader(row, header, evenlyWide);
            BankLine line = line(reader);
            flaws.addAll(reader.flaws());
            if (line != null) {
                lines.add(line);
            }
        }
    }

    private List<BankLine> whole() {
        if (!flaws.isEmpty()) {
            throw new BankFileFaulty(flaws);
        }
        if (lines.isEmpty()) {
            throw new FileFlaw(0, "", "NoRows", new Words("文件中没有数据行。", "The file has no rows."));
        }
        return lines;
    }

    private BankLine line(RowReader row) {
        var claim = row.text(CLAIM);
        var voucher = row.text(VOUCHER);
        var amount = row.fen(AMOUNT);
        var reference = row.text(REFERENCE);
        var paidOn = row.date(PAID_ON);
        var reason = row.text(REASON);
        var documents = row.documents(SLIPS);
        return row.made(
                COLUMNS,
                () -> new BankLine(
                        Math.toIntExact(row.line()),
                        Field.id("claimId", claim.strip()),
                        Field.id("voucherId", voucher.strip()),
                        amount,
                        Field.text("bankReference", reference),
                        Field.orNone("paidOn", paidOn),
                        Field.optionalText("reason", reason),
                        documents));
    }
}
