package org.voucherledger.domain.time;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.LocalDate;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.voucherledger.domain.time.WorkingDays.UnknownYear;

class WorkingDaysTest {

    private final WorkingDays china = WorkingDays.china();

    @DisplayName("GZ-12: the n-th working day skips weekends and holidays and counts worked weekends")
    @ParameterizedTest(name = "{1} working days after {0} is {2}")
    @CsvSource({
        "2020-04-30, 1, 2020-05-06",
        "2020-05-08, 1, 2020-05-09",
        "2020-05-09, 1, 2020-05-11",
        "2020-04-20, 0, 2020-04-20",
        "2020-04-20, 2, 2020-04-22",
        "2019-12-31, 1, 2020-01-02"
    })
    void countsWorkingDays(LocalDate day, int n, LocalDate expected) {
        assertThat(china.after(day, n)).isEqualTo(expected);
    }

    @DisplayName("GZ-20: a last day that is not worked moves on to the next that is, where a scheme says so")
    @ParameterizedTest(name = "{0} moves to {1}")
    @CsvSource({"2020-05-30, 2020-06-01", "2020-05-29, 2020-05-29", "2020-10-01, 2020-10-09", "2020-09-27, 2020-09-27"})
    void rollsOver(LocalDate day, LocalDate expected) {
        assertThat(china.atOrAfter(day)).isEqualTo(expected);
    }

    @Test
    @DisplayName("GZ-12: a year without data is an error, not an ordinary year")
    void unknownYear() {
        assertThat(china.knows(2026)).isTrue();
        assertThat(china.knows(2027)).isFalse();
        assertThatThrownBy(() -> china.isWorked(LocalDate.of(2027, 1, 4)))
                .isInstanceOfSatisfying(
                        UnknownYear.class, e -> assertThat(e.year()).isEqualTo(2027));
        assertThatThrownBy(() -> china.after(LocalDate.of(2026, 12, 31), 1)).isInstanceOf(UnknownYear.class);
        assertThatThrownBy(() -> china.atOrAfter(LocalDate.of(2017, 12, 30))).isInstanceOf(UnknownYear.class);
    }

    @Test
    void refusesRowsItDoesNotUnderstand() {
        assertThatThrownBy(() -> WorkingDays.read(List.of("date,kind", "2020-01-01,MAYBE")))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    @DisplayName("GZ-23: days begin and end in Shanghai")
    void daysOfShanghai() {
        LocalDate day = LocalDate.of(2020, 5, 30);
        assertThat(Shanghai.startOf(day)).hasToString("2020-05-29T16:00:00Z");
        assertThat(Shanghai.endOf(day)).isEqualTo(Shanghai.startOf(day.plusDays(1)));
        assertThat(Shanghai.dateOf(Shanghai.endOf(day).minusNanos(1))).isEqualTo(day);
        assertThat(Shanghai.dateOf(Shanghai.endOf(day))).isEqualTo(day.plusDays(1));
        assertThat(Shanghai.yearOf(java.time.Instant.parse("2020-12-31T16:00:00Z")))
                .isEqualTo(2021);
    }
}
