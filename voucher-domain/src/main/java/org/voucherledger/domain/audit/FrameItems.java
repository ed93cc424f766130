package org.voucherledger.domain.audit;

/** What is drawn from, and by which amount it is layered. */
public enum FrameItems {
    /** 已发放的服务券, by face amount: every voucher that has been granted or taken, whatever became of it. */
    VOUCHERS {
        @Override
        boolean has(Standing voucher) {
            return voucher.granted();
        }

        @Override
        long amountFen(Standing voucher) {
            return voucher.faceFen();
        }
    },
    /** 兑现申请中的服务券, by the amount in the claim: those that stand in a claim or have been redeemed, each once (GZ-40). */
    CLAIM_ITEMS {
        @Override
        boolean has(Standing voucher) {
            return voucher.granted() && voucher.claimedFen() + voucher.redeemedFen() > 0;
        }

        @Override
        long amountFen(Standing voucher) {
            return voucher.claimedFen() + voucher.redeemedFen();
        }
    };

    abstract boolean has(Standing voucher);

    /** In fen. */
    abstract long amountFen(Standing voucher);
}
