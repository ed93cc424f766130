package org.voucherledger.api.paper;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * A paper before it is printed: what stands in it, in order, not how it looks.
 *
 * @param facts what is said above the table, each with its heading
 * @param rows each with a cell for every column; the last may be the sums
 * @param closing lines below the table: declarations, and where is signed and stamped
 */
public record Sheet(String title, List<Fact> facts, List<Column> columns, List<List<Cell>> rows, List<String> closing) {

    public Sheet {
        for (List<Cell> row : rows) {
            if (row.size() != columns.size()) {
                throw new IllegalArgumentException(
                        "a row of " + row.size() + " cells under " + columns.size() + " headings");
            }
        }
    }

    /** The same, saying below all else as of which position of the log its figures are true. */
    public Sheet asOf(long position) {
        var more = new ArrayList<>(closing);
        more.add("数据截至账本位置 " + position + "。");
        return new Sheet(title, facts, columns, rows, List.copyOf(more));
    }

    public record Fact(String heading, Cell value) {}

    /** @param width relative to the other columns */
    public record Column(String heading, int width) {}

    public sealed interface Cell {

        /** As a person reads it. */
        String text();

        static Cell of(String text) {
            return new Words(text);
        }

        static Cell yuan(long fen) {
            return new Yuan(fen);
        }

        static Cell count(long number) {
            return new Count(number);
        }
    }

    public record Words(String text) implements Cell {}

    public record Count(long number) implements Cell {
        @Override
        public String text() {
            return Long.toString(number);
        }
    }

    /** An amount; whole fen are exact in every paper. */
    public record Yuan(long fen) implements Cell {

        public BigDecimal yuan() {
            return BigDecimal.valueOf(fen, 2);
        }

        @Override
        public String text() {
            return String.format(Locale.ROOT, "%,.2f", yuan());
        }
    }
}
