package org.voucherledger.api.redemptionpapers;

/** What stands beside the proof in an archive, for whoever opens it in years and has no ledger. */
final class ProofReadme {

    private ProofReadme() {}

    /** @param path of the evidence in the package */
    static String of(String path) {
        return """
                # 证明 Proofs

                `%1$s` 含本兑现申请、其各张服务券及其所依方案的全部事件，并证明它们已封入账本的密封日志。没有该文件时，`manifest.json`
                说明原因（例如尚未封存）；稍后重新下载档案包即可。

                `%1$s` holds every event of this claim, of its vouchers and of the scheme that they were decided under, and proves
                that they are sealed in the ledger's log. Where it is missing, `manifest.json` says why (it may not be sealed yet);
                then fetch the package again later.

                ## 如何核验 How to check

                1. 从账本所有者公布之处取得公钥（一行文字），不要向给您档案包的人索取。
                   Take the ledger's public key (one line) from where its owner publishes it, not from whoever gave you this package.
                2. 离线核验，二者任选，也可都用：
                   Check it offline with either of the two programs, or both:

                       ./voucher verify %1$s --key ledger.vkey
                       node verify-evidence.mjs %1$s --key ledger.vkey

                   格式名为 voucher-ledger-evidence@v1，账本的文档写明了格式，任何人都可以据此另写核验程序。
                   The format is called voucher-ledger-evidence@v1; the ledger's documentation describes it, so that anybody can
                   write another program that checks it. Its hashes and signatures are those of RFC 6962 and of C2SP
                   tlog-checkpoint and signed-note.
                3. 每份文书以其 SHA-256 命名：`sha256sum documents/*` 的结果须与文件名一致，并出现在证明的事件中。
                   Each document is named by its SHA-256: what `sha256sum documents/*` says must be its name, and must stand in an
                   event of the evidence. That of `claim/list.csv` stands there as `listSha256`.
                4. `history.json` 中每个事件的 position 和 payload 须与证明中同一 position 的事件一致。
                   Each event in a `history.json` of the claim, a voucher or the scheme has the position and the payload of the event
                   at that position in the evidence.

                ## 不能证明的 What it cannot prove

                此后没有再发生任何事；批次的开设和付款顺序（`batch/`、`order-of-payment/`）：须用批次或整本账的证明。
                That nothing happened afterwards; and what stands in `batch/` and `order-of-payment/`: for that take the evidence of
                the batch or of the whole ledger.
                """.formatted(path);
    }
}
