package org.voucherledger.projections.voucherboard;

import java.util.List;
import java.util.Optional;
import org.springframework.data.domain.Limit;
import org.springframework.stereotype.Component;
import org.voucherledger.domain.voucher.VoucherStatus;

/** Reads the vouchers as they are now. To be asked inside one snapshot. */
@Component
public class VoucherBoard {

    private final VoucherRepository vouchers;

    VoucherBoard(VoucherRepository vouchers) {
        this.vouchers = vouchers;
    }

    /** Which vouchers are asked for; what is {@code null} does not restrict. */
    public record Asked(
            String batchId, String enterpriseId, String holderRef, String providerId, VoucherStatus status) {}

    public Optional<BoardVoucher> voucher(String id) {
        return vouchers.find(id);
    }

    /**
     * Vouchers in the order of their identifiers.
     *
     * @param after the identifier of the last one seen, empty to begin
     */
    public List<BoardVoucher> vouchers(Asked asked, String after, int limit) {
        return vouchers.findAfter(
                after,
                asked.batchId(),
                asked.enterpriseId(),
                asked.holderRef(),
                asked.providerId(),
                asked.status(),
                Limit.of(limit));
    }
}
