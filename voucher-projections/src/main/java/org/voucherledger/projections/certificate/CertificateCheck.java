package org.voucherledger.projections.certificate;

import java.util.Locale;

/** What is checked of a certificate, in the order in which it is reported. */
public enum CertificateCheck {
    FORM("证书完整，格式正确", "The certificate is whole and of its form"),
    KEY("证书由该密钥签署，账本名称与密钥一致", "The certificate is signed by the key, and is of the key's ledger"),
    SUMS("各批次合计为总数，无账户越过零（ALL-03）", "The batches add up to the whole, and no account is beyond zero (ALL-03)"),
    EQUATIONS("各等式均由账户算得，两边相等（ALL-03）", "Each equation follows from the accounts, and its sides are equal (ALL-03)"),
    EVIDENCE("整本账的证据文件全部成立", "The whole ledger's evidence holds"),
    CHECKPOINT("证书的检查点与事件即证据中的那棵树与事件", "The certificate's checkpoint and event are those of the evidence"),
    FIGURES("由证据重算的账目与证书逐分相同", "The books recomputed from the evidence are the certificate's to the fen");

    private final String zh;
    private final String en;

    CertificateCheck(String zh, String en) {
        this.zh = zh;
        this.en = en;
    }

    public String zh() {
        return zh;
    }

    public String en() {
        return en;
    }

    /** As JSON names it. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
