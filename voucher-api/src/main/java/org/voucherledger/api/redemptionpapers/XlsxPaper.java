package org.voucherledger.api.redemptionpapers;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.List;
import org.dhatim.fastexcel.Workbook;
import org.dhatim.fastexcel.Worksheet;
import org.voucherledger.api.paper.Sheet;

/** A paper as a spreadsheet: amounts are numbers with two places, everything else is text, so that no code loses a digit. */
final class XlsxPaper {

    private static final String AMOUNT = "#,##0.00";
    private static final int WIDTH_UNIT = 4;

    private XlsxPaper() {}

    static byte[] print(Sheet sheet) throws IOException {
        var out = new ByteArrayOutputStream();
        try (Workbook book = new Workbook(out, "voucher-ledger", "1.0")) {
            write(book.newWorksheet("Sheet1"), sheet);
        }
        return out.toByteArray();
    }

    private static void write(Worksheet page, Sheet sheet) {
        int columns = Math.max(2, sheet.columns().size());
        page.value(0, 0, sheet.title());
        page.range(0, 0, 0, columns - 1)
                .style()
                .bold()
                .fontSize(16)
                .horizontalAlignment("center")
                .merge()
                .set();
        int row = 1;
        for (Sheet.Fact fact : sheet.facts()) {
            page.value(row, 0, fact.heading());
            page.style(row, 0).bold().set();
            write(page, row, 1, fact.value());
            row++;
        }
        for (int column = 0; column < sheet.columns().size(); column++) {
            page.value(row, column, sheet.columns().get(column).heading());
            page.width(column, sheet.columns().get(column).width() * (double) WIDTH_UNIT);
            page.style(row, column).bold().wrapText(true).borderStyle("thin").set();
        }
        if (!sheet.columns().isEmpty()) {
            row++;
        }
        for (List<Sheet.Cell> cells : sheet.rows()) {
            for (int column = 0; column < cells.size(); column++) {
                write(page, row, column, cells.get(column));
            }
            row++;
        }
        for (String line : sheet.closing()) {
            row++;
            page.value(row, 0, line);
        }
    }

    private static void write(Worksheet page, int row, int column, Sheet.Cell cell) {
        switch (cell) {
            case Sheet.Words words -> page.value(row, column, words.text());
            case Sheet.Count count -> page.value(row, column, count.number());
            case Sheet.Yuan amount -> {
                page.value(row, column, amount.yuan());
                page.style(row, column).format(AMOUNT).set();
            }
        }
    }
}
