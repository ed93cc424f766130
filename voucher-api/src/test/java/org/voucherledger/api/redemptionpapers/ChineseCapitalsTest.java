package org.voucherledger.api.redemptionpapers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ChineseCapitalsTest {

    @ParameterizedTest
    @CsvSource({
        "0, 人民币零元整",
        "1, 人民币壹分",
        "10, 人民币壹角整",
        "11, 人民币壹角壹分",
        "100, 人民币壹元整",
        "101, 人民币壹元零壹分",
        "110, 人民币壹元壹角整",
        "1000, 人民币壹拾元整",
        "10100, 人民币壹佰零壹元整",
        "1000100, 人民币壹万零壹元整",
        "1010000, 人民币壹万零壹佰元整",
        "1100000, 人民币壹万壹仟元整",
        "2000000, 人民币贰万元整",
        "10000000, 人民币壹拾万元整",
        "10001000, 人民币壹拾万零壹拾元整",
        "12345678, 人民币壹拾贰万叁仟肆佰伍拾陆元柒角捌分",
        "100000000000, 人民币壹拾亿元整",
        "100000000100, 人民币壹拾亿零壹元整",
        "1000100010001, 人民币壹佰亿零壹佰万零壹佰元零壹分",
        "600000000, 人民币陆佰万元整",
        "9999999999999999, 人民币玖拾玖万亿玖仟玖佰玖拾玖亿玖仟玖佰玖拾玖万玖仟玖佰玖拾玖元玖角玖分"
    })
    @DisplayName("GZ-40: amounts are written as papers of money bear them")
    void amounts(long fen, String words) {
        assertThat(ChineseCapitals.of(fen)).isEqualTo(words);
    }

    @Test
    @DisplayName("GZ-40: no two amounts read alike")
    void distinct() {
        var seen = new java.util.HashSet<String>();
        for (long fen = 0; fen < 2_000_000; fen += 7) {
            assertThat(seen.add(ChineseCapitals.of(fen))).as("%d fen", fen).isTrue();
        }
        assertThatThrownBy(() -> ChineseCapitals.of(-1)).isInstanceOf(IllegalArgumentException.class);
    }
}
