package org.voucherledger.projections.projection;

import java.util.List;
import java.util.Set;
import java.util.function.IntFunction;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * An insertion of rows, as a statement that takes all of them at once, a column an array. It costs the server less than a
 * statement with a parameter for each value of each row, and says none of the values where it fails (ALL-05).
 *
 * @param types in which the columns are sent
 */
record Insertion(String sql, List<String> types) {

    /** Every value is a parameter; what is done about rows that are there already may follow. */
    private static final Pattern PLAIN = Pattern.compile(
            "\\s*(insert into \\{slot}\\.(\\w+)(?: as \\w+)?)\\s+values\\s*\\(((?:\\s*\\?(?:::\\w+)?\\s*,)*\\s*\\?(?:::\\w+)?\\s*)\\)(.*)",
            Pattern.DOTALL);

    private static final Set<String> AS_THEY_ARE = Set.of("text", "int8", "int4", "bool");

    private static final Set<String> ROW_BY_ROW = Set.of("bytea", "date");

    interface Columns {
        /** The types of a table's columns, in their order. */
        List<String> of(String table);
    }

    /** {@code null} if it is not of the form that can be taken at once. */
    static Insertion of(String statement, Columns columns) {
        var plain = PLAIN.matcher(statement);
        if (!plain.matches()) {
            return null;
        }
        int values = plain.group(3).split(",").length;
        List<String> types = columns.of(plain.group(2)).subList(0, values);
        // An array of arrays would be taken apart to its bottom; bytes, and days without beginning, have a form of
        // their own.
        if (types.stream().anyMatch(type -> type.startsWith("_") || ROW_BY_ROW.contains(type))) {
            return null;
        }
        List<String> sent = types.stream().map(Insertion::sentAs).toList();
        String arrays = sent.stream().map(type -> "?::" + type + "[]").collect(Collectors.joining(", "));
        String names = numbered(values, n -> "c" + n);
        String select =
                numbered(values, n -> sent.get(n).equals(types.get(n)) ? "c" + n : "c" + n + "::" + types.get(n));
        return new Insertion(
                plain.group(1) + " select " + select + " from unnest(" + arrays + ") as sent(" + names + ")"
                        + plain.group(4),
                sent);
    }

    /** What has no form of its own is a text until it is there: an array of texts is handed over as it is, of others as a literal. */
    private static String sentAs(String type) {
        return AS_THEY_ARE.contains(type) ? type : "text";
    }

    private static String numbered(int values, IntFunction<String> word) {
        return IntStream.range(0, values).mapToObj(word).collect(Collectors.joining(", "));
    }
}
