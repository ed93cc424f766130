package org.voucherledger.domain.party;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.voucherledger.domain.command.Malformed;

class CreditCodeTest {

    private static final String SOUND = "91350100M000100Y43"; // the worked example of GB 32100-2015

    @Test
    @DisplayName("GZ-02: a credit code with the right check character is taken as it is")
    void sound() {
        assertThat(CreditCode.check("code", SOUND)).isEqualTo(SOUND);
        assertThat(CreditCode.checkCharacter(SOUND.substring(0, 17))).isEqualTo('3');
    }

    @DisplayName("GZ-02: anything else is malformed, and the field is named")
    @ParameterizedTest
    @NullSource
    @ValueSource(
            strings = {
                "",
                "91350100M000100Y4",
                "91350100M000100Y433",
                "91350100M000100Y44",
                "91350100M000100Z43",
                "91350100M000100I43",
                "91350100m000100Y43",
                "                  ",
                "91350100m000100Y4 "
            })
    void malformed(String code) {
        assertThatThrownBy(() -> CreditCode.check("providerId", code))
                .isInstanceOfSatisfying(
                        Malformed.class, e -> assertThat(e.field()).isEqualTo("providerId"));
    }

    @Test
    @DisplayName("GZ-02: any single changed character is noticed")
    void everySingleChange() {
        String alphabet = "0123456789ABCDEFGHJKLMNPQRTUWXY";
        int noticed = 0;
        for (int at = 0; at < 18; at++) {
            for (char c : alphabet.toCharArray()) {
                if (SOUND.charAt(at) != c) {
                    String changed = SOUND.substring(0, at) + c + SOUND.substring(at + 1);
                    assertThatThrownBy(() -> CreditCode.check("code", changed)).isInstanceOf(Malformed.class);
                    noticed++;
                }
            }
        }
        assertThat(noticed).isEqualTo(18 * 30);
    }
}
