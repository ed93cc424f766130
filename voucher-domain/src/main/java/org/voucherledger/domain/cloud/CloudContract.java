package org.voucherledger.domain.cloud;

import java.time.LocalDate;
import org.voucherledger.domain.voucher.Contract;

/**
 * What the contract of an application says, as the enterprise declares it (CL-08). Amounts in fen. It has no service type: its
 * product is one of the catalogue (CL-07).
 *
 * @param item which item of the contract the voucher pays
 * @param unrelatedFen the part of the amount that has nothing to do with the product; it earns nothing (CL-06)
 * @param serviceUntil the acceptance
 */
public record CloudContract(
        String number,
        String item,
        String enterpriseName,
        String providerName,
        LocalDate signedOn,
        LocalDate serviceFrom,
        LocalDate serviceUntil,
        long amountFen,
        long unrelatedFen) {

    public CloudContract {
        // A contract is well formed or not, whatever kind of voucher pays a part of it.
        var contract = new Contract(
                number,
                item,
                enterpriseName,
                providerName,
                null,
                signedOn,
                serviceFrom,
                serviceUntil,
                amountFen,
                unrelatedFen);
        number = contract.number();
        item = contract.item();
        enterpriseName = contract.enterpriseName();
        providerName = contract.providerName();
    }

    /** As the voucher keeps it. */
    public Contract asContract() {
        return new Contract(
                number,
                item,
                enterpriseName,
                providerName,
                null,
                signedOn,
                serviceFrom,
                serviceUntil,
                amountFen,
                unrelatedFen);
    }
}
