package org.voucherledger.api.imports;

import static org.voucherledger.domain.redemption.CsvCell.harmless;

import java.io.IOException;
import java.io.Writer;
import java.util.List;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVPrinter;
import org.voucherledger.api.table.RowFlaw;

/**
 * The report of an import as a table for a spreadsheet: UTF-8 with a byte order mark, RFC 4180.
 *
 * <p>What was in a cell of the file is never a formula here: a value that a spreadsheet would take for one stands behind an
 * apostrophe.
 */
final class ReportCsv {

    private static final String BYTE_ORDER_MARK = "\uFEFF";

    private final CSVPrinter csv;

    ReportCsv(Writer out) throws IOException {
        out.write(BYTE_ORDER_MARK);
        csv = new CSVPrinter(out, CSVFormat.RFC4180);
        csv.printRecord("行 line", "列 column", "类别 about", "原因", "reason", "内容 value");
    }

    void write(List<Imports.Entry> entries) throws IOException {
        for (Imports.Entry entry : entries) {
            RowFlaw flaw = entry.flaw();
            csv.printRecord(
                    flaw.line(),
                    harmless(flaw.column()),
                    flaw.about(),
                    harmless(flaw.words().chinese()),
                    harmless(flaw.words().english()),
                    harmless(flaw.value()));
        }
        csv.flush();
    }
}
