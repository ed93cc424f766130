package org.voucherledger.domain.party;

import java.util.regex.Pattern;
import org.voucherledger.domain.command.Field;
import org.voucherledger.domain.command.Malformed;

/**
 * The reference by which the ledger knows a person, one who holds a voucher, handles an enterprise's affairs or complains, or what
 * such a person bought: opaque, given by the platform, erasable there (ALL-05). It is an identifier, and nothing in it reads like a mobile telephone number or an identity card number of the
 * mainland; what a reference was made from cannot be seen, so the platform answers for its being no hash of those either.
 */
public final class OpaqueRef {

    private static final String MONTH_AND_DAY = "(0[1-9]|1[0-2])(0[1-9]|[12]\\d|3[01])";
    private static final Pattern PERSONAL = Pattern.compile(
            "(?<!\\d)(?:" //
                    + "(?:(?:00)?86)?1[3-9]\\d{9}" // a mobile telephone
                    + "|[1-9]\\d{5}(?:19|20)\\d{2}" + MONTH_AND_DAY + "\\d{3}[\\dXx]" // an identity card
                    + "|[1-9]\\d{5}\\d{2}" + MONTH_AND_DAY + "\\d{3}" // one of the first generation
                    + ")(?!\\d)");
    private static final Pattern UUID =
            Pattern.compile("\\p{XDigit}{8}(-?)\\p{XDigit}{4}\\1\\p{XDigit}{4}\\1\\p{XDigit}{4}\\1\\p{XDigit}{12}");

    private OpaqueRef() {}

    /** The reference, or {@link Malformed}; separators hide no number, and a UUID is none by chance. */
    public static String check(String name, String value) {
        Field.id(name, value);
        boolean personal = PERSONAL.matcher(value.replaceAll("[._-]", "")).find();
        if (personal && !UUID.matcher(value).matches()) {
            throw new Malformed(name, "an opaque reference, never a person's telephone or identity number");
        }
        return value;
    }
}
