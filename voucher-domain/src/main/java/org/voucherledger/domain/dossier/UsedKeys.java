package org.voucherledger.domain.dossier;

import java.util.List;
import java.util.stream.Stream;
import org.voucherledger.domain.usedonce.UsedOnceKey;
import org.voucherledger.domain.usedonce.UsedOnceKind;
import org.voucherledger.domain.voucher.Contract;
import org.voucherledger.domain.voucher.Invoice;
import org.voucherledger.domain.voucher.Transfer;
import org.voucherledger.domain.voucher.VoucherState;

/** What of the papers of a voucher may serve one voucher only, and how it is named (GZ-26). */
public final class UsedKeys {

    private UsedKeys() {}

    /** Everything the voucher binds now. */
    public static List<UsedOnceKey> of(VoucherState voucher) {
        return Stream.of(ofContract(voucher), ofPayment(voucher), ofPurchase(voucher))
                .flatMap(List::stream)
                .toList();
    }

    public static List<UsedOnceKey> ofContract(VoucherState voucher) {
        return voucher.contract() == null
                ? List.of()
                : List.of(contractItem(
                        voucher.issue().enterpriseId(), voucher.order().providerId(), voucher.contract()));
    }

    public static List<UsedOnceKey> ofPayment(VoucherState voucher) {
        return voucher.payment() == null
                ? List.of()
                : ofPapers(voucher.payment().invoices(), voucher.payment().transfers());
    }

    public static List<UsedOnceKey> ofPurchase(VoucherState voucher) {
        return voucher.purchase() == null
                ? List.of()
                : List.of(purchase(
                        voucher.purchase().providerId(), voucher.purchase().purchaseReference()));
    }

    /** CV-01: one voucher a purchase, whichever scheme it is of. */
    public static UsedOnceKey purchase(String providerId, String reference) {
        return UsedOnceKey.of(UsedOnceKind.PURCHASE, providerId, reference);
    }

    /** GZ-43: whatever batch, year or scheme it pays for. */
    public static UsedOnceKey bankPayment(String bankReference) {
        return UsedOnceKey.of(UsedOnceKind.BANK_PAYMENT, bankReference);
    }

    public static UsedOnceKey contractItem(String enterpriseId, String providerId, Contract contract) {
        return UsedOnceKey.of(UsedOnceKind.CONTRACT_ITEM, enterpriseId, providerId, contract.number(), contract.item());
    }

    public static List<UsedOnceKey> ofPapers(List<Invoice> invoices, List<Transfer> transfers) {
        Stream<UsedOnceKey> ofInvoices = invoices.stream()
                .map(i -> UsedOnceKey.of(UsedOnceKind.INVOICE, i.kind().name(), i.code(), i.number()));
        Stream<UsedOnceKey> ofTransfers = transfers.stream()
                .map(t -> UsedOnceKey.of(
                        UsedOnceKind.TRANSFER, t.payerBank(), t.date().toString(), t.serial()));
        return Stream.concat(ofInvoices, ofTransfers).toList();
    }
}
