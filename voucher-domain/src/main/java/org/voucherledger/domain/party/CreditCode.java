package org.voucherledger.domain.party;

import org.voucherledger.domain.command.Malformed;

/** The unified social credit code (统一社会信用代码, GB 32100-2015): 17 characters and one that checks them. */
public final class CreditCode {

    private static final String ALPHABET = "0123456789ABCDEFGHJKLMNPQRTUWXY";
    private static final int[] WEIGHTS = {1, 3, 9, 27, 19, 26, 16, 17, 20, 29, 25, 13, 8, 24, 10, 30, 28};

    private CreditCode() {}

    public static String check(String field, String code) {
        // A space stands for "no check character", so it must not pass for one.
        if (code == null
                || code.length() != 18
                || code.charAt(17) == ' '
                || code.charAt(17) != checkCharacter(code.substring(0, 17))) {
            throw new Malformed(field, "a unified social credit code of 18 characters with a correct check character");
        }
        return code;
    }

    /** The character that completes these 17, or a space if they are not of the code's alphabet. */
    public static char checkCharacter(String first17) {
        int sum = 0;
        for (int i = 0; i < 17; i++) {
            int digit = ALPHABET.indexOf(first17.charAt(i));
            if (digit < 0) {
                return ' ';
            }
            sum += digit * WEIGHTS[i];
        }
        return ALPHABET.charAt((31 - sum % 31) % 31);
    }
}
