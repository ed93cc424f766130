package org.voucherledger.api.whatif;

import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import org.voucherledger.api.schemefile.SchemeFile;
import org.voucherledger.domain.aggregate.DomainEvent;
import org.voucherledger.domain.batch.BatchCommand.OpenBatch;
import org.voucherledger.domain.batch.BatchCommand.TakeVoucher;
import org.voucherledger.domain.batch.BatchDate;
import org.voucherledger.domain.batch.BatchEvent.BatchOpened;
import org.voucherledger.domain.command.Actor;
import org.voucherledger.domain.command.Role;
import org.voucherledger.domain.voucher.VoucherCommand.ReturnVoucher;
import org.voucherledger.domain.voucher.VoucherEvent.VoucherReturned;
import org.voucherledger.domain.voucher.VoucherEvent.VoucherTaken;

/**
 * A cycle out of which vouchers were taken: each take is granted or refused at once (CV-01). What was bought with them is no
 * part of it, because the purchases that a draft would have turned away were never the ledger's to know.
 */
final class TakesRetelling extends Retelling {

    /** Who holds which voucher under the draft, by the voucher of then. */
    private final Map<String, String> vouchers = new HashMap<>();

    private final Map<String, String> holders = new HashMap<>();
    private long taken;

    TakesRetelling(PastBatch batch, SchemeFile draft, PastBatches log) {
        super(batch, draft, log);
    }

    @Override
    OpenBatch opening(BatchOpened e) {
        return opening(e, e.validUntil(), e.redemptionFrom(), e.redemptionUntil());
    }

    @Override
    boolean decides(BatchDate date) {
        return date == BatchDate.VALID_UNTIL;
    }

    @Override
    void retell(DomainEvent event, Instant at) {
        switch (event) {
            case VoucherTaken e -> {
                taken++;
                var take = new TakeVoucher(e.batchId(), e.holderRef(), e.category(), e.faceFen());
                if (ask(taken, take, holder(e.holderRef()), e.takenAt())) {
                    vouchers.put(e.voucherId(), batchId() + "-T" + positionNow(taken));
                    holders.put(e.voucherId(), e.holderRef());
                }
            }
            // What comes back before the window closes may be taken again.
            case VoucherReturned e -> {
                if (vouchers.containsKey(e.voucherId())) {
                    ledger.refusalOf(
                            new ReturnVoucher(vouchers.get(e.voucherId()), e.reason()),
                            holder(holders.get(e.voucherId())),
                            now);
                }
            }
            default -> {}
        }
    }

    @Override
    void decide() {
        end();
    }

    private static Actor holder(String reference) {
        return new Actor("what-if", Role.HOLDER, reference);
    }
}
