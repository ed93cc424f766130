package org.voucherledger.domain.voucher;

import java.time.LocalDate;
import org.voucherledger.domain.command.Field;
import org.voucherledger.domain.command.Malformed;

/** An invoice as the enterprise declares it (GZ-24). {@code code} may be empty; {@code unrelatedFen} is excluded. */
public record Invoice(
        InvoiceKind kind,
        String code,
        String number,
        LocalDate date,
        String sellerName,
        String buyerName,
        long amountFen,
        long unrelatedFen) {

    public Invoice {
        Field.given("invoices.kind", kind);
        code = Field.optionalText("invoices.code", code);
        number = Field.text("invoices.number", number);
        Field.given("invoices.date", date);
        sellerName = Field.text("invoices.sellerName", sellerName);
        buyerName = Field.text("invoices.buyerName", buyerName);
        Field.positiveFen("invoices.amountFen", amountFen);
        Field.fen("invoices.unrelatedFen", unrelatedFen);
        if (unrelatedFen > amountFen) {
            throw new Malformed("invoices.unrelatedFen", "at most the invoice's amount");
        }
    }

    public long relatedFen() {
        return amountFen - unrelatedFen;
    }
}
