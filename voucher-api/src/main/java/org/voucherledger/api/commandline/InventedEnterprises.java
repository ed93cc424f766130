package org.voucherledger.api.commandline;

import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.voucherledger.domain.party.CreditCode;

/** A list of enterprises that do not exist, as a platform would export it, to measure an import with. */
public final class InventedEnterprises {

    private static final String HEADINGS = "统一社会信用代码,企业名称,所在市,所在区,所属行业,从业人员（人）,营业收入（万元）,资产总额（万元）,企业规模,是否独立法人,成立日期,"
            + "经办人编号,身份认证等级,核对年度,声明函签署日期,运营规范,符合产业政策,优先补助资格,核对资料";
    private static final String[] DISTRICTS = {"天河区", "越秀区", "黄埔区", "番禺区", "白云区"};

    private InventedEnterprises() {}

    /** @param count how many rows */
    public static void write(Path file, int count) throws IOException {
        try (BufferedWriter out = Files.newBufferedWriter(file)) {
            out.write(HEADINGS + "\r\n");
            for (int n = 1; n <= count; n++) {
                String first17 = "91440100XXY" + "%06d".formatted(n);
                out.write(first17 + CreditCode.checkCharacter(first17) + ",虚构企业" + n + ",广州市,"
                        + DISTRICTS[n % DISTRICTS.length] + ",工业," + (20 + n % 200)
                        + ",1000,500,小型,是,2015-03-01,handler-"
                        + n + ",1,2020,2020-01-02,是,是," + (n % 10 == 0 ? "纳入运行监测" : "") + ","
                        + document("LICENCE", 3 * n) + ";"
                        + document("TAX_CERTIFICATE", 3 * n + 1) + ";" + document("DECLARATION", 3 * n + 2) + "\r\n");
            }
        }
    }

    private static String document(String kind, int number) {
        return kind + "|" + "%064x".formatted(number) + "|1024|application/pdf";
    }
}
