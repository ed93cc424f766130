package org.voucherledger.domain.party;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.LocalDate;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.voucherledger.domain.rule.Check;
import org.voucherledger.domain.rule.Rule;

class NamesTest {

    private static final LocalDate CHANGED = LocalDate.of(2020, 5, 1);

    private final Names names = Names.first("甲公司").changedTo("乙公司", CHANGED);

    @Test
    @DisplayName("GZ-09: the new name holds from its day on, the old one until the day before")
    void changesOnItsDay() {
        assertThat(names.at(CHANGED.minusDays(1))).isEqualTo("甲公司");
        assertThat(names.at(CHANGED)).isEqualTo("乙公司");
        assertThat(names.at(LocalDate.of(1990, 1, 1))).isEqualTo("甲公司");
    }

    @Test
    @DisplayName("GZ-09: an earlier change that is recorded later falls into its place")
    void recordedOutOfOrder() {
        Names all = names.changedTo("丙公司", CHANGED.minusDays(10));
        assertThat(all.at(CHANGED.minusDays(11))).isEqualTo("甲公司");
        assertThat(all.at(CHANGED.minusDays(10))).isEqualTo("丙公司");
        assertThat(all.at(CHANGED)).isEqualTo("乙公司");
    }

    @Test
    @DisplayName("GZ-09: a document matches by the name at its own date")
    void matches() {
        assertThat(names.match("contract", "甲公司", CHANGED.minusDays(1)).allowed())
                .isTrue();
        assertThat(names.match("contract", "乙公司", CHANGED.minusDays(1)).allowed())
                .isFalse();
        var refusal = names.match("contract", "甲公司", CHANGED);
        assertThat(refusal.allowed()).isFalse();
        assertThat(refusal.rule()).isEqualTo(Rule.GZ_09);
        assertThat(refusal.stage()).isEqualTo(Check.DOCUMENTS);
    }
}
