package org.voucherledger.api.certificate;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.voucherledger.api.certificate.Certification.Issued;
import org.voucherledger.api.paper.Sheet;
import org.voucherledger.api.paper.Sheet.Cell;
import org.voucherledger.api.paper.Sheet.Column;
import org.voucherledger.api.paper.Sheet.Fact;
import org.voucherledger.domain.time.Shanghai;
import org.voucherledger.projections.books.Account;
import org.voucherledger.projections.books.Figures;
import org.voucherledger.projections.books.ScopeKind;
import org.voucherledger.projections.certificate.Certificate;

/** The certificate as it is printed, above its own text: what it says, and how to check it. */
final class CertificateSheet {

    private static final int ACCOUNTS_BESIDE_EACH_OTHER = 3;

    private static final Map<Account, String> CHINESE = Map.ofEntries(
            Map.entry(Account.TREASURY, "资金来源"),
            Map.entry(Account.UNALLOCATED, "未分配"),
            Map.entry(Account.AVAILABLE, "可用"),
            Map.entry(Account.HELD, "持有"),
            Map.entry(Account.ORDERED, "已下单"),
            Map.entry(Account.PAID, "已支付"),
            Map.entry(Account.ACCEPTED, "已收券"),
            Map.entry(Account.CLAIMED, "已申请兑现"),
            Map.entry(Account.REDEEMED, "已兑现"),
            Map.entry(Account.LAPSED, "已失效"),
            Map.entry(Account.ENTERPRISE_FREE, "企业额度来源"),
            Map.entry(Account.PENDING, "企业额度待定"),
            Map.entry(Account.CHARGED, "企业额度已占"),
            Map.entry(Account.PROVIDER_FREE, "机构额度来源"),
            Map.entry(Account.RESERVED, "机构额度预留"),
            Map.entry(Account.TAKEN, "机构额度已占"),
            Map.entry(Account.ORDERED_BACK, "追缴来源"),
            Map.entry(Account.DUE, "待追缴"),
            Map.entry(Account.REPAID, "已缴回"),
            Map.entry(Account.WAIVED, "已免除"),
            Map.entry(Account.INCURRED, "退款来源"),
            Map.entry(Account.OWED, "应退"),
            Map.entry(Account.PROVED, "已证明退款"));

    private CertificateSheet() {}

    /** @param sha256 of the note as it is written down */
    static Sheet of(Issued issued, String sha256) {
        Certificate certificate = issued.certificate();
        Figures figures = certificate.figures();
        boolean isAScheme = figures.scope().kind() == ScopeKind.SCHEME;
        var facts = new ArrayList<Fact>();
        facts.add(fact("账本 Ledger", certificate.checkpoint().origin()));
        facts.add(fact(isAScheme ? "工作方案 Scheme" : "批次 Batch", figures.scope().id()));
        facts.add(fact(
                "位置 Position",
                certificate.position() + "（" + certificate.time() + "，北京时间 Beijing "
                        + certificate.time().atZone(Shanghai.ZONE).toLocalDateTime() + "）"));
        facts.add(fact(
                "检查点 Checkpoint",
                certificate.checkpoint().size() + " / "
                        + certificate.checkpoint().root().base64()));
        if (isAScheme) {
            facts.add(new Fact("资金（元）Fund (yuan)", Cell.yuan(figures.fundFen())));
        }
        facts.add(new Fact(
                "预算（元）Budget (yuan)",
                Cell.yuan(figures.batches().values().stream()
                        .mapToLong(Figures.OfBatch::budgetFen)
                        .sum())));
        facts.add(fact(
                "等式 Equations",
                "ALL-03，共 " + figures.trial().equations().size()
                        + " 个，两边全部相等；每批次的等式见下。All hold; those of each batch stand below."));
        return new Sheet(
                "账目守恒证书 Conservation Certificate",
                facts,
                Stream.generate(() -> Stream.of(new Column("账户 Account", 6), new Column("元 Yuan", 4)))
                        .limit(ACCOUNTS_BESIDE_EACH_OTHER)
                        .flatMap(columns -> columns)
                        .toList(),
                rows(figures),
                List.of(
                        "如何核验：另取本证书的 .txt 文件与账本公钥，离线运行 ./voucher verify 证书.txt --key 公钥；再加 --evidence 整本账"
                                + "证据文件，即由事件重算全部账目。公钥须取自账本主办方公布之处。任何 C2SP signed-note 工具均可核验签名。",
                        "How to verify: ./voucher verify CERTIFICATE.txt --key KEY, offline; with --evidence LEDGER the books are"
                                + " recomputed from the events. Take the key from where the ledger's owner publishes it.",
                        "以下原文 SHA-256 of the text below (.txt): " + sha256));
    }

    private static List<List<Cell>> rows(Figures figures) {
        List<Map.Entry<Account, Long>> accounts = List.copyOf(figures.sums().entrySet());
        int height = Math.ceilDiv(accounts.size(), ACCOUNTS_BESIDE_EACH_OTHER);
        var rows = new ArrayList<List<Cell>>();
        for (int row = 0; row < height; row++) {
            var cells = new ArrayList<Cell>();
            for (int column = 0; column < ACCOUNTS_BESIDE_EACH_OTHER; column++) {
                int at = column * height + row;
                boolean isThere = at < accounts.size();
                cells.add(Cell.of(isThere ? named(accounts.get(at).getKey()) : ""));
                cells.add(isThere ? Cell.yuan(accounts.get(at).getValue()) : Cell.of(""));
            }
            rows.add(List.copyOf(cells));
        }
        return List.copyOf(rows);
    }

    private static String named(Account account) {
        return CHINESE.get(account) + " " + account;
    }

    private static Fact fact(String heading, String text) {
        return new Fact(heading, Cell.of(text));
    }
}
