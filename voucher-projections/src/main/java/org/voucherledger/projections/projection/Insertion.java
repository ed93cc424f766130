package org.voucherledger.projections.projection;

import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * An insertion of rows, as a statement that takes all of them at once, a column an array. It costs the server less than a
 * statement with a parameter for each value of each row, and says none of the values where it fails (ALL-05).
 *
 * @param types of the columns
 */
record Insertion(String sql, List<String> types) {

    /** Every value is a parameter; what is done about rows that are there already may follow. */
    private static final Pattern PLAIN = Pattern.compile(
            "\\s*(insert into \\{slot}\\.(\\w+)(?: as \\w+)?)\\s+values\\s*\\(((?:\\s*\\?(?:::\\w+)?\\s*,)*\\s*\\?(?:::\\w+)?\\s*)\\)(.*)",
            Pattern.DOTALL);

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
        String arrays = types.stream().map(type -> "?::" + type + "[]").collect(Collectors.joining(", "));
        return new Insertion(plain.group(1) + " select * from unnest(" + arrays + ")" + plain.group(4), types);
    }
}
