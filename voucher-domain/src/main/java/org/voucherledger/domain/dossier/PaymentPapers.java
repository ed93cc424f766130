package org.voucherledger.domain.dossier;

import static org.voucherledger.domain.rule.Check.USED_ONCE;
import static org.voucherledger.domain.rule.Rule.GZ_26;

import java.util.HashSet;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.voucherledger.domain.party.Names;
import org.voucherledger.domain.rule.Checks;
import org.voucherledger.domain.rule.Decision;
import org.voucherledger.domain.usedonce.UsedOnceKey;
import org.voucherledger.domain.voucher.Invoice;
import org.voucherledger.domain.voucher.Transfer;

/** What every kind of voucher asks of the invoices and transfers that prove a purchase (GZ-09, GZ-26). */
public final class PaymentPapers {

    private PaymentPapers() {}

    /** GZ-09: sold by the provider to the enterprise, paid by the enterprise to the provider; or {@code null}. */
    public static Decision namesAgree(
            Names enterprise, Names provider, List<Invoice> invoices, List<Transfer> transfers) {
        return Checks.first(Stream.concat(
                invoices.stream()
                        .flatMap(i -> Stream.of(
                                provider.match("invoice", i.sellerName(), i.date()),
                                enterprise.match("invoice", i.buyerName(), i.date()))),
                transfers.stream()
                        .flatMap(t -> Stream.of(
                                enterprise.match("transfer", t.payerName(), t.date()),
                                provider.match("transfer", t.payeeName(), t.date())))));
    }

    /** GZ-26: no paper twice, and none that serves another voucher; or {@code null}. */
    public static Decision usedOnce(VoucherDossier dossier, List<UsedOnceKey> keys) {
        var seen = new HashSet<UsedOnceKey>();
        String twice = keys.stream()
                .filter(key -> !seen.add(key))
                .map(UsedOnceKey::key)
                .findFirst()
                .orElse("");
        return Checks.first(Stream.<Supplier<Decision>>of(
                        () -> GZ_26.finds(USED_ONCE, "NamedTwice", twice.isEmpty(), "each paper once", "twice", twice),
                        () -> dossier.mayUse(keys))
                .map(Supplier::get));
    }
}
