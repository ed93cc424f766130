package org.voucherledger.projections.projection;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.JdbcTemplate;
import org.voucherledger.projections.fixture.Database;

/** What is written at once is what was handed over, to the last row. */
class RowsAtOnceTest {

    /** A row more than two statements take. */
    private static final int ROWS = 2_001;

    private static final List<String> WORDS =
            List.of("", "NULL", "null", "{\"a\",b}", "back\\slash", "it's", "两\n行\t", "\uD83D\uDE00");

    private static final Instant BEGUN = Instant.parse("2020-04-20T02:00:00.000001Z");

    @Test
    @DisplayName("Words, numbers, moments and documents come back as they were, and so does what is absent")
    void as_they_were() {
        try (var database = Database.fresh()) {
            var jdbc = new JdbcTemplate(database);
            jdbc.execute("create schema kept_a");
            jdbc.execute("create table kept_a.row (id bigint primary key, word text, number integer, yes boolean,"
                    + " at timestamptz, document json, sorted jsonb, ratio numeric)");
            var rows = new ArrayList<Object[]>();
            for (int n = 0; n < ROWS; n++) {
                rows.add(row(n));
            }

            new Tables(jdbc, new Slot("kept", "a"))
                    .write("insert into {slot}.row values (?, ?, ?, ?, ?, ?::json, ?::jsonb, ?)", rows);

            var found = new ArrayList<Object[]>();
            jdbc.query("select * from kept_a.row order by id", row -> {
                found.add(new Object[] {
                    row.getLong(1),
                    row.getString(2),
                    row.getObject(3),
                    row.getObject(4),
                    row.getTimestamp(5) == null
                            ? null
                            : Tables.time(row.getTimestamp(5).toInstant()),
                    row.getString(6),
                    row.getString(7),
                    row.getBigDecimal(8)
                });
            });
            assertThat(found).usingRecursiveComparison().isEqualTo(rows);
        }
    }

    private static Object[] row(int n) {
        if (n % 7 == 0) {
            return new Object[] {(long) n, null, null, null, null, null, null, null};
        }
        String word = WORDS.get(n % WORDS.size());
        return new Object[] {
            (long) n,
            word,
            n,
            n % 2 == 0,
            Tables.time(BEGUN.plusSeconds(n)),
            Json.write(List.of(word, n)),
            "{\"n\": " + n + "}",
            BigDecimal.valueOf(n, 2)
        };
    }
}
