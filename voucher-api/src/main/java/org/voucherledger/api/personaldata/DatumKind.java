package org.voucherledger.api.personaldata;

import java.util.regex.Pattern;
import org.voucherledger.domain.command.Field;
import org.voucherledger.domain.command.Malformed;

/** What a personal datum is. Each kind has one way to be written, so that the same number is the same value. */
public enum DatumKind {
    /** A telephone, with or without the country's prefix; kept without spaces, dashes and +86. */
    PHONE {
        @Override
        String written(String value) {
            String digits = APART.matcher(value).replaceAll("").replaceFirst("^(?:\\+|00)86(?=\\d)", "");
            return inForm(digits, "\\+?\\d{5,15}", "a telephone number of 5 to 15 digits");
        }
    },
    /** An account at a bank; kept without spaces and dashes. */
    BANK_ACCOUNT {
        @Override
        String written(String value) {
            String account = APART.matcher(value).replaceAll("").toUpperCase(java.util.Locale.ROOT);
            return inForm(account, "[0-9A-Z]{8,34}", "an account number of 8 to 34 digits and letters");
        }
    },
    /** An identity card of the mainland (GB 11643-1999), its check digit right, or the number of another document. */
    ID_NUMBER {
        @Override
        String written(String value) {
            String number = APART.matcher(value).replaceAll("").toUpperCase(java.util.Locale.ROOT);
            inForm(number, "[0-9A-Z]{5,20}", "the number of an identity document, with its check digit");
            if (number.matches("\\d{17}[0-9X]") && number.charAt(17) != checkDigit(number)) {
                throw new Malformed(VALUE, "the number of an identity document, with its check digit");
            }
            return number;
        }
    },
    /** What somebody is called. */
    NAME {
        @Override
        String written(String value) {
            return inForm(Field.text(VALUE, value), "(?s).{1,100}", "a name of 1 to 100 characters");
        }
    };

    static final String VALUE = "value";

    private static final Pattern APART = Pattern.compile("[\\s\\-()（）]");
    private static final String CHECK_DIGITS = "10X98765432";

    /**
     * The value in its one form.
     *
     * @throws Malformed if it cannot be of this kind; the message never quotes it
     */
    abstract String written(String value);

    private static String inForm(String value, String form, String whatItMustBe) {
        if (!value.matches(form)) {
            throw new Malformed(VALUE, whatItMustBe);
        }
        return value;
    }

    /** ISO 7064, MOD 11-2. */
    private static char checkDigit(String number) {
        int sum = 0;
        for (int i = 0; i < 17; i++) {
            sum += (number.charAt(i) - '0') * ((1 << (17 - i)) % 11);
        }
        return CHECK_DIGITS.charAt(sum % 11);
    }
}
