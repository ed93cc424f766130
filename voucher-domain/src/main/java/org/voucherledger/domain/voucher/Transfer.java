package org.voucherledger.domain.voucher;

import java.time.LocalDate;
import org.voucherledger.domain.command.Field;
import org.voucherledger.domain.command.Malformed;

/** A transfer from the enterprise's account to the provider's (对公转账凭证), as the enterprise declares it (GZ-24). */
public record Transfer(
        String payerBank,
        LocalDate date,
        String serial,
        String payerName,
        String payeeName,
        long amountFen,
        long unrelatedFen) {

    public Transfer {
        payerBank = Field.text("transfers.payerBank", payerBank);
        Field.given("transfers.date", date);
        serial = Field.text("transfers.serial", serial);
        payerName = Field.text("transfers.payerName", payerName);
        payeeName = Field.text("transfers.payeeName", payeeName);
        Field.positiveFen("transfers.amountFen", amountFen);
        Field.fen("transfers.unrelatedFen", unrelatedFen);
        if (unrelatedFen > amountFen) {
            throw new Malformed("transfers.unrelatedFen", "at most the transfer's amount");
        }
    }

    public long relatedFen() {
        return amountFen - unrelatedFen;
    }
}
