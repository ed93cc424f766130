package org.voucherledger.projections.projection;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Insertions that take all rows at once. */
class InsertionTest {

    @Test
    @DisplayName("An insertion whose values are all parameters takes each column as an array, and what follows stays")
    void plain() {
        var insertion = Insertion.of(
                "insert into {slot}.party as stored values (?, ?, ?::json)\non conflict (id) do update set x = stored.x",
                table -> List.of("text", "int8", "json", "text"));

        assertThat(insertion.types()).containsExactly("text", "int8", "text");
        assertThat(insertion.sql())
                .isEqualTo("insert into {slot}.party as stored select c0, c1, c2::json"
                        + " from unnest(?::text[], ?::int8[], ?::text[]) as sent(c0, c1, c2)\n"
                        + "on conflict (id) do update set x = stored.x");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "insert into {slot}.party values (?, false, ?)",
                "insert into {slot}.party (id, name) values (?, ?)",
                "update {slot}.party set name = ? where id = ?"
            })
    @DisplayName("Whatever else is written row by row")
    void otherwise(String statement) {
        assertThat(Insertion.of(statement, table -> List.of("text", "text", "text")))
                .isNull();
    }

    @ParameterizedTest
    @ValueSource(strings = {"_text", "bytea", "date"})
    @DisplayName("A column whose values an array cannot hold as they are is written row by row")
    void forms(String type) {
        assertThat(Insertion.of("insert into {slot}.party values (?, ?)", table -> List.of("text", type)))
                .isNull();
    }
}
