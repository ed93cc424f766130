package org.voucherledger.api.table;

import java.text.Normalizer;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/**
 * A column that a list may have.
 *
 * @param field as the ledger calls it, which is a heading too
 * @param headings in Chinese, any of which the file may use; the first is the usual one
 * @param needed whether a file without it is refused
 */
public record Column(String field, List<String> headings, boolean needed) {

    public static Column needed(String field, String... headings) {
        return new Column(field, Arrays.asList(headings), true);
    }

    public static Column optional(String field, String... headings) {
        return new Column(field, Arrays.asList(headings), false);
    }

    /** Full-width and half-width brackets, capitals, and spaces in or around a heading, make no difference. */
    boolean isHeaded(String heading) {
        String plain = plain(heading);
        return plain.equals(plain(field)) || headings.stream().anyMatch(h -> plain.equals(plain(h)));
    }

    private static String plain(String heading) {
        return Normalizer.normalize(heading, Normalizer.Form.NFKC)
                .replaceAll("\\s", "")
                .toLowerCase(Locale.ROOT);
    }

    String usual() {
        return headings.getFirst();
    }
}
