package org.voucherledger.api.redemptionpapers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.apache.pdfbox.Loader;
import org.apache.pdfbox.text.PDFTextStripper;
import org.dhatim.fastexcel.reader.ReadableWorkbook;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.voucherledger.api.paper.PdfPaper;
import org.voucherledger.api.paper.Sheet;
import org.voucherledger.api.redemptionpapers.ClaimFigures.Line;
import org.voucherledger.api.redemptionpapers.ClaimFigures.Party;
import org.voucherledger.domain.redemption.ReviewStage;
import org.voucherledger.domain.scheme.SchemeTerms.Kind;

class ClaimFormsTest {

    private static ClaimFigures claim(int vouchers, boolean reviewed, String name) {
        var lines = new ArrayList<Line>();
        for (int i = 1; i <= vouchers; i++) {
            lines.add(new Line(
                    "B1-A" + i + "-V1",
                    new Party("91440101000000001M", name),
                    "天河区",
                    "检验检测",
                    "技术服务",
                    "HT-" + i,
                    4_000_000,
                    "044001900104 00000001",
                    4_000_000,
                    "示范银行 LS-" + i,
                    2_000_001,
                    "",
                    0,
                    "2020-06-30",
                    5_000,
                    0,
                    2_000_000,
                    1_999_999,
                    1_500_000));
        }
        return new ClaimFigures(
                "C1",
                Kind.SERVICE,
                "2020年广州市中小微企业服务券工作方案",
                "广州市工业和信息化局",
                List.of(ReviewStage.FIRST, ReviewStage.FINAL),
                "B1",
                new Party("91440101000000002Q", "示范服务平台"),
                new Party("91440101000000002Q", "示范服务平台"),
                Instant.parse("2020-07-01T17:00:00Z"),
                reviewed,
                lines);
    }

    private static List<List<Object>> read(byte[] xlsx) throws IOException {
        try (ReadableWorkbook book = new ReadableWorkbook(new ByteArrayInputStream(xlsx))) {
            return book.getFirstSheet().read().stream()
                    .map(row -> row.stream()
                            .map(cell -> cell == null ? null : cell.getValue())
                            .toList())
                    .toList();
        }
    }

    private static String text(byte[] pdf) throws IOException {
        try (var document = Loader.loadPDF(pdf)) {
            return new PDFTextStripper().getText(document);
        }
    }

    @Test
    @DisplayName("GZ-40: the usage summary has a line for each voucher and their exact sums")
    void summary() throws IOException {
        var rows = read(XlsxPaper.print(ClaimForms.summary(claim(3, true, "示范制造企业"))));

        assertThat(rows.getFirst()).contains("服务券使用情况明细汇总表");
        assertThat(rows.get(7)).startsWith("序号", "服务券编号", "企业名称", "统一社会信用代码").contains("服务券使用金额（元）", "审核金额（元）");
        assertThat(rows.get(8))
                .contains("B1-A1-V1", "示范制造企业", "91440101000000001M", "044001900104 00000001", "2020-06-30");
        assertThat(rows.get(8).get(15)).isEqualTo(new BigDecimal("19999.99"));
        assertThat(rows.get(11).getFirst()).isEqualTo("合计");
        assertThat(rows.get(11).get(12)).isEqualTo(new BigDecimal("60000.03"));
        assertThat(rows.get(11).get(15)).isEqualTo(new BigDecimal("59999.97"));
        assertThat(rows.get(11).get(16)).isEqualTo(new BigDecimal("45000.00"));
    }

    @Test
    @DisplayName(
            "GZ-40: the application form says the sums in figures and in words, and what was approved only when it was")
    void form() throws IOException {
        String before = text(PdfPaper.print(ClaimForms.form(claim(3, false, "示范制造企业"))));
        assertThat(before)
                .contains("服务券兑现申请表", "示范服务平台", "91440101000000002Q", "2020-07-02", "59,999.97")
                .contains("人民币伍万玖仟玖佰玖拾玖元玖角柒分")
                .doesNotContain("审核金额");
        var after = read(XlsxPaper.print(ClaimForms.form(claim(3, true, "示范制造企业"))));
        assertThat(after).anySatisfy(row -> assertThat(row).startsWith("审核金额（大写）", "人民币肆万伍仟元整"));
    }

    @Test
    @DisplayName(
            "GZ-40: a summary of a hundred vouchers goes over several pages and loses none, each page with its headings")
    void manyPages() throws IOException {
        byte[] pdf = PdfPaper.print(ClaimForms.summary(claim(100, false, "广东省示范股份有限责任公司第一分公司")));
        try (var document = Loader.loadPDF(pdf)) {
            int pages = document.getNumberOfPages();
            assertThat(pages).isGreaterThan(2);
            for (int page = 1; page <= pages; page++) {
                var stripper = new PDFTextStripper();
                stripper.setStartPage(page);
                stripper.setEndPage(page);
                assertThat(stripper.getText(document)).contains("合同编号");
            }
        }
        String all = text(pdf);
        for (int i = 1; i <= 100; i++) {
            assertThat(all).containsPattern("HT-" + i + "\\s");
        }
        assertThat(all).contains("1,999,999.00");
    }

    @Test
    @DisplayName("GZ-40: the same figures give the same PDF, its font inside")
    void deterministic() throws IOException {
        byte[] pdf = PdfPaper.print(ClaimForms.form(claim(2, false, "示范制造企业")));
        assertThat(PdfPaper.print(ClaimForms.form(claim(2, false, "示范制造企业")))).isEqualTo(pdf);
        try (var document = Loader.loadPDF(pdf)) {
            for (var name : document.getPage(0).getResources().getFontNames()) {
                assertThat(document.getPage(0).getResources().getFont(name).isEmbedded())
                        .isTrue();
            }
        }
    }

    @Test
    @DisplayName(
            "GZ-40: a character that the font lacks is not left out: the PDF is refused and the spreadsheet has it")
    void rareCharacter() throws IOException {
        Sheet summary = ClaimForms.summary(claim(1, false, "𪚥记商行"));
        assertThatThrownBy(() -> PdfPaper.print(summary))
                .isInstanceOfSatisfying(
                        PdfPaper.NotPrintable.class,
                        missing -> assertThat(missing.character()).isEqualTo("𪚥"));
        assertThat(read(XlsxPaper.print(summary)).get(8)).contains("𪚥记商行");
    }
}
