package org.voucherledger.api.query;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.dhatim.fastexcel.reader.ReadableWorkbook;
import org.dhatim.fastexcel.reader.Row;
import org.dhatim.fastexcel.reader.Sheet;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.voucherledger.projections.performance.Breakdown;
import org.voucherledger.projections.performance.Figures;
import org.voucherledger.projections.performance.PerformanceReport;
import org.voucherledger.projections.projection.Seen;

class PerformanceWorkbookTest {

    private static Figures granted(String key, long fen) {
        return new Figures(key, 1L, fen, 1, fen, fen, 0, 0, 0);
    }

    @Test
    @DisplayName("SV-03, SV-05: the workbook has a sheet of cities, then one of their districts, whose rows name both")
    void cities() throws IOException {
        Map<Breakdown, List<Figures>> by = new EnumMap<>(Breakdown.class);
        for (Breakdown breakdown : Breakdown.values()) {
            by.put(breakdown, List.of());
        }
        by.put(Breakdown.CITY, List.of(granted("梅州市", 250), granted("广州市", 100)));
        by.put(Breakdown.DISTRICT, List.of(granted("梅州市/", 50), granted("梅州市/城区", 200), granted("广州市/城区", 100)));
        var report = new PerformanceReport(null, null, granted("", 350), by, List.of());
        var bytes = new ByteArrayOutputStream();

        PerformanceWorkbook.write(new Seen<>(report, 7, Instant.EPOCH), bytes);

        try (var book = new ReadableWorkbook(new ByteArrayInputStream(bytes.toByteArray()))) {
            assertThat(book.getSheets().map(Sheet::getName).toList()).startsWith("总表", "按市", "按市、区", "按企业规模");
            assertThat(rows(book, "按市")).containsExactly("市 发放金额（元）", "梅州市 2.5", "广州市 1");
            assertThat(rows(book, "按市、区")).containsExactly("市、区 发放金额（元）", "梅州市/（无） 0.5", "梅州市/城区 2", "广州市/城区 1");
        }
    }

    /** The key and the amount granted, of each line below the two of the head. */
    private static List<String> rows(ReadableWorkbook book, String sheet) throws IOException {
        return book.findSheet(sheet).orElseThrow().read().stream()
                .skip(2)
                .map(row -> row.getCellText(0) + " " + amount(row))
                .toList();
    }

    private static String amount(Row row) {
        return row.getCell(4).getValue() instanceof BigDecimal number
                ? number.stripTrailingZeros().toPlainString()
                : row.getCellText(4);
    }
}
