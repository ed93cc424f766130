package org.voucherledger.api.season;

import org.voucherledger.domain.party.CreditCode;

/**
 * Unified social credit codes (GB 32100) that are well formed and belong to nobody: the registration authority's class is a
 * true one, the district is 440100 and the nine characters of the organisation say what they are, a number in the season.
 */
final class InventedCode {

    private InventedCode() {}

    /** {@code group} keeps enterprises and providers apart; it is a digit or a capital letter of the code's alphabet. */
    static String of(char group, int number) {
        String first17 = "91440100" + "XX" + group + "%06d".formatted(number);
        return first17 + CreditCode.checkCharacter(first17);
    }
}
