package org.voucherledger.api.imports;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.apache.commons.compress.archivers.zip.ZipFile;
import org.dhatim.fastexcel.Workbook;
import org.dhatim.fastexcel.Worksheet;
import org.voucherledger.domain.party.CreditCode;

/** Files as clerks hand them in. */
public final class Lists {

    static final String RECOGNITION_HEADINGS = "统一社会信用代码,服务机构名称,认定级别,所在市,服务类型,有效期起,有效期止";
    static final String BLACKLIST_HEADINGS = "统一社会信用代码,企业名称,列入原因";
    static final String ENTERPRISE_HEADINGS = "统一社会信用代码,企业名称,所在市,所在区,所属行业,从业人员（人）,营业收入（万元）,资产总额(万元),企业规模,是否独立法人,成立日期,"
            + "经办人编号,身份认证等级,核对年度,声明函签署日期,运营规范,符合产业政策,优先补助资格,核对资料";
    static final String PAPERS = paper("LICENCE") + ";" + paper("TAX_CERTIFICATE") + ";" + paper("DECLARATION");

    private Lists() {}

    private static String paper(String kind) {
        return kind + "|" + "a".repeat(64) + "|1024|application/pdf";
    }

    /** A code that is well formed and belongs to nobody. */
    static String code(String group, int number) {
        String first17 = "91440100" + group + "%06d".formatted(number);
        return first17 + CreditCode.checkCharacter(first17);
    }

    static String recognition(String code, String name) {
        return code + "," + name + ",省级,广州市,信息、技术,2018-01-01,2020-12-31";
    }

    static String enterprise(String code, String name) {
        return code + "," + name + ",广州市,天河区,工业,50,1000,500,小型,是,2015/3/1,handler-1,1,2020,2020-01-02,是,是,纳入运行监测,"
                + PAPERS;
    }

    public static byte[] csv(String... lines) {
        return csv(StandardCharsets.UTF_8, lines);
    }

    public static byte[] csv(Charset charset, String... lines) {
        return (String.join("\r\n", lines) + "\r\n").getBytes(charset);
    }

    static String[] lines(String headings, List<String> rows) {
        var lines = new ArrayList<String>();
        lines.add(headings);
        lines.addAll(rows);
        return lines.toArray(String[]::new);
    }

    public static byte[] xlsx(Consumer<Worksheet> fill) {
        return workbook(workbook -> fill.accept(workbook.newWorksheet("名录")));
    }

    public static byte[] workbook(Consumer<Workbook> fill) {
        var bytes = new ByteArrayOutputStream();
        try (var workbook = new Workbook(bytes, "test", "1.0")) {
            fill.accept(workbook);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
        return bytes.toByteArray();
    }

    /** The workbook with this part changed. */
    public static byte[] edited(byte[] book, String part, UnaryOperator<String> change) throws IOException {
        var bytes = new ByteArrayOutputStream();
        try (var in = ZipFile.builder().setByteArray(book).get();
                var out = new ZipOutputStream(bytes)) {
            for (var entry : Collections.list(in.getEntries())) {
                out.putNextEntry(new ZipEntry(entry.getName()));
                byte[] content = in.getInputStream(entry).readAllBytes();
                out.write(
                        entry.getName().equals(part)
                                ? change.apply(new String(content, StandardCharsets.UTF_8))
                                        .getBytes(StandardCharsets.UTF_8)
                                : content);
                out.closeEntry();
            }
        }
        return bytes.toByteArray();
    }

    public static void row(Worksheet sheet, int row, String cells) {
        String[] values = cells.split(",", -1);
        for (int column = 0; column < values.length; column++) {
            sheet.value(row, column, values[column]);
        }
    }

    public static Path file(Path directory, byte[] bytes) throws IOException {
        return Files.write(Files.createTempFile(directory, "list", ""), bytes);
    }
}
