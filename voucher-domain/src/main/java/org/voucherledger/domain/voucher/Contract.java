package org.voucherledger.domain.voucher;

import java.time.LocalDate;
import org.voucherledger.domain.command.Field;
import org.voucherledger.domain.command.Malformed;
import org.voucherledger.domain.party.ServiceType;

/**
 * What a service contract says, as the enterprise declares it (GZ-22). Amounts in fen.
 *
 * @param serviceType {@code null} where the product is of a catalogue and not of a type (CL-07)
 * @param item which item of the contract the voucher pays
 * @param unrelatedFen the part of the amount that has nothing to do with the ordered product; excluded from every limit
 * @param serviceUntil the acceptance, or the end of the stage
 */
public record Contract(
        String number,
        String item,
        String enterpriseName,
        String providerName,
        ServiceType serviceType,
        LocalDate signedOn,
        LocalDate serviceFrom,
        LocalDate serviceUntil,
        long amountFen,
        long unrelatedFen) {

    public Contract {
        number = Field.text("contract.number", number);
        item = Field.text("contract.item", item);
        enterpriseName = Field.text("contract.enterpriseName", enterpriseName);
        providerName = Field.text("contract.providerName", providerName);
        Field.given("contract.signedOn", signedOn);
        Field.given("contract.serviceFrom", serviceFrom);
        Field.given("contract.serviceUntil", serviceUntil);
        Field.positiveFen("contract.amountFen", amountFen);
        Field.fen("contract.unrelatedFen", unrelatedFen);
        if (unrelatedFen >= amountFen) {
            throw new Malformed("contract.unrelatedFen", "less than the contract's amount");
        }
        if (serviceUntil.isBefore(serviceFrom)) {
            throw new Malformed("contract.serviceUntil", "not before serviceFrom");
        }
    }

    /** What the contract is worth without unrelated content. */
    public long relatedFen() {
        return amountFen - unrelatedFen;
    }
}
