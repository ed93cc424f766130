package org.voucherledger.api.imports;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.voucherledger.api.table.FileFlaw;
import org.voucherledger.api.table.RowFlaw;
import org.voucherledger.api.table.TableFile;

/** What is wrong with a row is told by line, column and reason, all of it at once. */
class RowCheckingTest {

    private static final String CODE = Lists.code("XXP", 1);
    private static final String OTHER = Lists.code("XXP", 2);

    @TempDir
    private Path directory;

    private RowChecking checked(ListKind kind, byte[] bytes) throws IOException {
        TableFile file = TableFile.of(Lists.file(directory, bytes), Long.MAX_VALUE);
        var checking = new RowChecking(kind, file.isEvenlyWide());
        file.read(checking::look);
        checking.end();
        return checking;
    }

    private List<String> recognitionFlaws(String... rows) throws IOException {
        return places(
                checked(ListKind.RECOGNITIONS, Lists.csv(Lists.lines(Lists.RECOGNITION_HEADINGS, List.of(rows)))));
    }

    private static List<String> places(RowChecking checking) {
        return checking.takeFlaws().stream()
                .map(flaw -> flaw.line() + " " + flaw.column() + " " + flaw.about())
                .toList();
    }

    private RowFlaw headingFlaw(String headings) {
        return catchThrowableOfType(FileFlaw.class, () -> checked(ListKind.RECOGNITIONS, Lists.csv(headings, "x")))
                .flaw();
    }

    @Test
    @DisplayName("GZ-04: rows without a flaw leave nothing to tell")
    void good() throws IOException {
        assertThat(recognitionFlaws(Lists.recognition(CODE, "甲"), Lists.recognition(OTHER, "乙")))
                .isEmpty();
    }

    @Test
    @DisplayName("every flaw of a row is told, each with its column and both languages")
    void all() throws IOException {
        String wrongEnd = CODE.substring(0, 17) + (CODE.endsWith("A") ? "B" : "A");
        var checking = checked(
                ListKind.RECOGNITIONS,
                Lists.csv(Lists.RECOGNITION_HEADINGS, wrongEnd + ",,区级,广州市,信息、法律,2020-02-30,20201231"));

        var flaws = checking.takeFlaws();
        assertThat(checking.flawed()).isEqualTo(1);
        assertThat(flaws)
                .extracting(flaw -> flaw.column() + " " + flaw.about())
                .containsExactly(
                        "统一社会信用代码 Malformed",
                        "服务机构名称 Missing",
                        "认定级别 NotOneOf",
                        "服务类型 NotOneOf",
                        "有效期起 NotADate",
                        "有效期止 NotADate");
        assertThat(flaws.getFirst().words().chinese()).contains("18 位统一社会信用代码").contains("校验位");
        assertThat(flaws.getFirst().words().english()).contains("a correct check character");
        assertThat(flaws.getFirst().value()).isEqualTo(wrongEnd);
    }

    @Test
    @DisplayName("what the command itself refuses is told with the column that it names")
    void command() throws IOException {
        assertThat(recognitionFlaws(CODE + ",甲,省级,广州市,信息,2020-12-31,2020-12-30"))
                .containsExactly("2 有效期止 Malformed");
    }

    @Test
    @DisplayName("the same row again is needless and told; of two that contradict each other neither is good")
    void duplicates() throws IOException {
        assertThat(recognitionFlaws(Lists.recognition(CODE, "甲"), Lists.recognition(CODE, "甲")))
                .containsExactly("3 统一社会信用代码 SaidTwice");
        assertThat(recognitionFlaws(
                        Lists.recognition(CODE, "甲"), Lists.recognition(CODE, "乙"), Lists.recognition(CODE, "甲")))
                .containsExactlyInAnyOrder(
                        "2 统一社会信用代码 Contradiction", "3 统一社会信用代码 Contradiction", "4 统一社会信用代码 Contradiction");
    }

    @Test
    @DisplayName("a hidden mark, a space around a code, a cell too many or too few are flaws and never passed over")
    void hidden() throws IOException {
        assertThat(recognitionFlaws("\uFEFF" + Lists.recognition(CODE, "甲")))
                .containsExactly("2 统一社会信用代码 HiddenCharacter");
        assertThat(recognitionFlaws(Lists.recognition(CODE, "甲\u200B公司"))).containsExactly("2 服务机构名称 HiddenCharacter");
        assertThat(recognitionFlaws(" " + Lists.recognition(CODE, "甲"))).containsExactly("2 统一社会信用代码 Malformed");
        assertThat(recognitionFlaws(Lists.recognition(CODE, "甲") + ",x")).containsExactly("2  NoHeading");
        assertThat(recognitionFlaws(CODE + ",甲,省级,广州市,信息,2018-01-01"))
                .containsExactly("2  OtherWidth", "2 有效期止 Missing");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "统一社会信用代码,服务机构名称,认定级别,所在市,服务类型,有效期起,有效期止,备注|HeadingUnknown|备注",
                "统一社会信用代码,服务机构名称,名称,认定级别,所在市,服务类型,有效期起,有效期止|HeadingTwice|名称",
                "统一社会信用代码,服务机构名称,认定级别,所在市,服务类型|HeadingMissing|有效期起、有效期止",
                "2020年认定名录|HeadingUnknown|2020年认定名录"
            })
    @DisplayName("a heading that is unknown, doubled or missing refuses the file")
    void headings(String headings, String about, String column) {
        var flaw = headingFlaw(headings);

        assertThat(flaw.about()).isEqualTo(about);
        assertThat(flaw.column()).isEqualTo(column);
        assertThat(flaw.line()).isEqualTo(1);
    }

    @Test
    @DisplayName("headings may be in English, in another order, with other brackets; the dates in the usual forms")
    void otherWords() throws IOException {
        var checking = checked(
                ListKind.RECOGNITIONS,
                Lists.csv(
                        "name,providerId,level,city,serviceTypes,validFrom,validTo",
                        "甲," + CODE + ",PROVINCIAL,广州市,\"INFORMATION;TECHNOLOGY\",2018年1月1日,2020/12/31"));

        assertThat(checking.takeFlaws()).isEmpty();
    }

    @Test
    @DisplayName("a file without rows is refused, so that an empty complete list clears nobody")
    void empty() {
        var flaw = catchThrowableOfType(
                        FileFlaw.class,
                        () -> checked(ListKind.BLACKLIST, Lists.csv(Lists.BLACKLIST_HEADINGS, "", ",,")))
                .flaw();

        assertThat(flaw.about()).isEqualTo("NoRows");
    }

    @Test
    @DisplayName(
            "GZ-02: in a workbook a formula, a merged cell and a code kept as a number are flaws, serials are dates")
    void workbook() throws IOException {
        byte[] book = Lists.xlsx(sheet -> {
            Lists.row(sheet, 0, Lists.RECOGNITION_HEADINGS);
            Lists.row(sheet, 1, Lists.recognition(CODE, "甲"));
            sheet.value(1, 5, 43_101);
            Lists.row(sheet, 2, Lists.recognition(OTHER, "乙"));
            sheet.formula(2, 1, "B2");
            sheet.value(2, 6, 44_196.5);
            Lists.row(sheet, 3, Lists.recognition(Lists.code("XXP", 3), "丙"));
            sheet.value(3, 0, 914401001234567890L);
            Lists.row(sheet, 4, Lists.recognition(Lists.code("XXP", 4), "丁"));
            sheet.range(4, 3, 5, 3).merge();
            Lists.row(sheet, 5, Lists.recognition(Lists.code("XXP", 5), "戊"));
        });

        assertThat(places(checked(ListKind.RECOGNITIONS, book)))
                .containsExactly(
                        "3 服务机构名称 Formula", "3 有效期止 NotADate", "4 统一社会信用代码 NotText", "5 所在市 Merged", "6 所在市 Merged");
    }

    @Test
    @DisplayName("GZ-02: an enterprise's row may leave the verification out, but not half of it")
    void verification() throws IOException {
        String row = Lists.enterprise(CODE, "甲");
        String registered = row.substring(0, row.indexOf(",2020,2020-")) + ",,,,,,";
        String half = row.substring(0, row.indexOf(",2020,2020-")) + ",2020,2020-01-02,是,,,";

        assertThat(places(checked(ListKind.ENTERPRISES, Lists.csv(Lists.ENTERPRISE_HEADINGS, registered))))
                .isEmpty();
        assertThat(places(checked(ListKind.ENTERPRISES, Lists.csv(Lists.ENTERPRISE_HEADINGS, row))))
                .isEmpty();
        assertThat(places(checked(ListKind.ENTERPRISES, Lists.csv(Lists.ENTERPRISE_HEADINGS, half))))
                .containsExactly("2 符合产业政策 Missing", "2 核对资料 Missing");
    }

    @Test
    @DisplayName("GZ-02: papers that are missing and a declaration of another year are told with the row")
    void papers() throws IOException {
        String row = Lists.enterprise(CODE, "甲");

        assertThat(places(checked(
                        ListKind.ENTERPRISES,
                        Lists.csv(Lists.ENTERPRISE_HEADINGS, row.replace(",2020-01-02,", ",2019-12-31,")))))
                .containsExactly("2 声明函签署日期 GZ-02:DeclarationOfAnotherYear");
        assertThat(places(checked(
                        ListKind.ENTERPRISES,
                        Lists.csv(Lists.ENTERPRISE_HEADINGS, row.replace("TAX_CERTIFICATE", "OTHER")))))
                .containsExactly("2 核对资料 GZ-02:VerificationPapersMissing");
    }

    @Test
    @DisplayName("GZ-02: numbers are whole, without separators and units; documents are told in full")
    void enterprise() throws IOException {
        String row = Lists.enterprise(CODE, "甲")
                .replace(",50,1000,", ",50人,\"1,000\",")
                .replace(Lists.PAPERS, "licence.pdf");

        assertThat(places(checked(ListKind.ENTERPRISES, Lists.csv(Lists.ENTERPRISE_HEADINGS, row))))
                .containsExactlyInAnyOrder("2 从业人员（人） NotWhole", "2 营业收入（万元） NotWhole", "2 核对资料 NotADocument");
    }
}
