package org.voucherledger.api.query;

import java.io.IOException;
import java.io.OutputStream;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.dhatim.fastexcel.Workbook;
import org.dhatim.fastexcel.Worksheet;
import org.voucherledger.domain.time.Shanghai;
import org.voucherledger.projections.performance.Breakdown;
import org.voucherledger.projections.performance.Figures;
import org.voucherledger.projections.performance.PerformanceReport;
import org.voucherledger.projections.performance.StepTime;
import org.voucherledger.projections.projection.Seen;

/** The performance report as the bureau reads it: a sheet for each breakdown, amounts in yuan with two decimals. */
final class PerformanceWorkbook {

    private static final String[] FIGURES = {
        "有效申领数", "申领金额（元）", "服务券数", "发放金额（元）", "未使用金额（元）", "已使用待兑现金额（元）", "已兑现金额（元）", "收回金额（元）"
    };
    private static final Map<Breakdown, String> SHEETS = new EnumMap<>(Map.of(
            Breakdown.CITY, "按市",
            Breakdown.DISTRICT, "按市、区",
            Breakdown.SIZE, "按企业规模",
            Breakdown.INDUSTRY, "按行业",
            Breakdown.SERVICE_TYPE, "按服务类型",
            Breakdown.PROVIDER, "按服务机构"));
    private static final Map<String, String> STEPS = Map.of(
            "applied", "申领",
            "issued", "发放",
            "ordered", "下单",
            "contracted", "合同确认",
            "paid", "支付",
            "accepted", "收券",
            "claimed", "申请兑现",
            "redeemed", "兑现");

    private PerformanceWorkbook() {}

    static void write(Seen<PerformanceReport> seen, OutputStream out) throws IOException {
        PerformanceReport report = seen.value();
        try (Workbook book = new Workbook(out, "voucher-ledger", "1.0")) {
            figures(book, "总表", "项目", List.of(report.total()), seen);
            for (Breakdown breakdown : Breakdown.values()) {
                String name = SHEETS.get(breakdown);
                figures(book, name, name.substring(1), report.by().get(breakdown), seen);
            }
            times(book, report.steps(), seen);
        }
    }

    private static void figures(
            Workbook book, String name, String key, List<Figures> rows, Seen<PerformanceReport> seen) {
        Worksheet sheet = book.newWorksheet(name);
        head(sheet, seen);
        sheet.value(2, 0, key);
        for (int column = 0; column < FIGURES.length; column++) {
            sheet.value(2, column + 1, FIGURES[column]);
        }
        int row = 3;
        for (Figures figures : rows) {
            sheet.value(row, 0, label(key, figures.key()));
            count(sheet, row, 1, figures.applications());
            yuan(sheet, row, 2, figures.appliedFen());
            count(sheet, row, 3, figures.vouchers());
            yuan(sheet, row, 4, figures.grantedFen());
            yuan(sheet, row, 5, figures.unusedFen());
            yuan(sheet, row, 6, figures.usedFen());
            yuan(sheet, row, 7, figures.redeemedFen());
            yuan(sheet, row, 8, figures.lapsedFen());
            row++;
        }
    }

    private static String label(String of, String key) {
        if (key.isEmpty()) {
            return of.equals("项目") ? "合计" : "（无）";
        }
        return key.endsWith("/") ? key + "（无）" : key;
    }

    private static void times(Workbook book, List<StepTime> steps, Seen<PerformanceReport> seen) {
        Worksheet sheet = book.newWorksheet("环节用时");
        head(sheet, seen);
        String[] headings = {"自", "至", "服务券数", "中位数（秒）", "九成以内（秒）"};
        for (int column = 0; column < headings.length; column++) {
            sheet.value(2, column, headings[column]);
        }
        int row = 3;
        for (StepTime step : steps) {
            sheet.value(row, 0, STEPS.get(step.from()));
            sheet.value(row, 1, STEPS.get(step.to()));
            sheet.value(row, 2, step.vouchers());
            seconds(sheet, row, 3, step.median());
            seconds(sheet, row, 4, step.ninetieth());
            row++;
        }
    }

    /** For which scheme and batch, and for which moment of the ledger it is true. */
    private static void head(Worksheet sheet, Seen<PerformanceReport> seen) {
        PerformanceReport report = seen.value();
        sheet.value(
                0,
                0,
                "绩效评价  工作方案：" + (report.scheme() == null ? "全部" : report.scheme()) + "  批次："
                        + (report.batch() == null ? "全部" : report.batch()));
        sheet.value(1, 0, "截至账本位置 " + seen.position() + "，" + moment(seen.asOf()) + "（北京时间）");
    }

    private static String moment(Instant asOf) {
        return asOf == null ? "—" : asOf.atZone(Shanghai.ZONE).toLocalDateTime().toString();
    }

    private static void count(Worksheet sheet, int row, int column, Long count) {
        if (count != null) {
            sheet.value(row, column, count);
        }
    }

    /** Exact: fen are shifted, never divided. */
    private static void yuan(Worksheet sheet, int row, int column, Long fen) {
        if (fen != null) {
            sheet.value(row, column, BigDecimal.valueOf(fen, 2));
            sheet.style(row, column).format("#,##0.00").set();
        }
    }

    private static void seconds(Worksheet sheet, int row, int column, Duration duration) {
        if (duration != null) {
            sheet.value(row, column, BigDecimal.valueOf(duration.toNanos(), 9).stripTrailingZeros());
        }
    }
}
