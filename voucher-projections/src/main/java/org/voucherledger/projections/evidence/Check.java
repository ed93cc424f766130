package org.voucherledger.projections.evidence;

import java.util.Locale;

/** What is checked of a bundle, in the order in which it is reported; docs/reference/evidence-format.md says what each demands. */
public enum Check {
    FORM("文件完整，格式正确", "The file is whole and of its form"),
    KEY("检查点由该密钥签署，账本名称与密钥一致", "The checkpoint is signed by the key, and is of the key's ledger"),
    WITNESS("所列见证人均已联署", "Every witness that was named has cosigned it"),
    TREE("各叶的哈希合成检查点的根", "The leaves' hashes give the checkpoint's root"),
    CONTENT("每一行的内容与其封存哈希一致", "Each line is what was sealed under its hash"),
    LEAF("每一行均为规范写法的事件或拒绝记录", "Each line is an event or a refusal in the one way to write it"),
    POSITION("位置严格递增，止于所称位置", "Positions strictly ascend and end where the file says"),
    SEQUENCE("每条流的序号自 0 起连续无缺", "Each stream is there from its first event on without a gap"),
    TIME("记录时间从不倒退", "Times of recording never go backwards"),
    ID("事件编号不重复", "No event's id occurs twice"),
    SCOPE(
            "文件含有所称的批次、兑现申请或券，且其事件所提到的券、兑现申请、队列等都在其中",
            "The batch, claim or voucher that the file is about is in it, with everything that its events name"),
    BOOKS("每个事件之后账目均平衡（ALL-03）", "The books balance after every single event (ALL-03)"),
    /** Of a proof of one leaf, and of no bundle. */
    PROOF("该叶正是检查点之树在所称位置的叶", "The leaf is the one at its index in the checkpoint's tree");

    private final String zh;
    private final String en;

    Check(String zh, String en) {
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
