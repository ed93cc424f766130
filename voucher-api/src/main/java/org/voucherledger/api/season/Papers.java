package org.voucherledger.api.season;

import java.time.LocalDate;
import java.util.List;
import org.voucherledger.domain.voucher.Invoice;
import org.voucherledger.domain.voucher.Transfer;

/** What is handed in with a payment. {@code paidFen} is the voucher's part V. */
record Papers(long paidFen, LocalDate completedOn, List<Invoice> invoices, List<Transfer> transfers) {

    Papers paying(long fen) {
        return new Papers(fen, completedOn, invoices, transfers);
    }

    Papers completed(LocalDate day) {
        return new Papers(paidFen, day, invoices, transfers);
    }

    Papers with(List<Invoice> others) {
        return new Papers(paidFen, completedOn, others, transfers);
    }

    Papers transferred(List<Transfer> others) {
        return new Papers(paidFen, completedOn, invoices, others);
    }

    /** T + V − I, each less unrelated content: what the provider owes the enterprise (GZ-24). */
    long owedFen() {
        return transfers.stream().mapToLong(Transfer::relatedFen).sum()
                + paidFen
                - invoices.stream().mapToLong(Invoice::relatedFen).sum();
    }
}
