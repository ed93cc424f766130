package org.voucherledger.api.personaldata;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.voucherledger.domain.command.Malformed;

class DatumKindTest {

    @ParameterizedTest(name = "{0} {1}")
    @CsvSource({
        "PHONE, 13800138000, 13800138000",
        "PHONE, +86 138-0013-8000, 13800138000",
        "PHONE, 008613800138000, 13800138000",
        "PHONE, (020) 8888 8888, 02088888888",
        "PHONE, +852 2123 4567, +85221234567",
        "PHONE, 12345, 12345",
        "BANK_ACCOUNT, 6222 0212 0000 0000 001, 6222021200000000001",
        "BANK_ACCOUNT, nra12345678, NRA12345678",
        "BANK_ACCOUNT, 12345678, 12345678",
        "ID_NUMBER, 11010519491231002x, 11010519491231002X",
        "ID_NUMBER, 440524188001010014, 440524188001010014",
        "ID_NUMBER, E12345678, E12345678",
        "NAME, '  张三 ', 张三"
    })
    @DisplayName("ALL-05: the same number is the same value, however it is written")
    void one_form(DatumKind kind, String written, String kept) {
        assertThat(kind.written(written)).isEqualTo(kept);
    }

    @ParameterizedTest(name = "{0} {1}")
    @CsvSource({
        "PHONE, 1234",
        "PHONE, 1234567890123456",
        "PHONE, 1380013800a",
        "BANK_ACCOUNT, 1234567",
        "BANK_ACCOUNT, 12345678901234567890123456789012345",
        "BANK_ACCOUNT, 1234567;8",
        "ID_NUMBER, 110105194912310021",
        "ID_NUMBER, 1234",
        "NAME, ' '"
    })
    @DisplayName("ALL-05: what cannot be of its kind is refused, and never quoted")
    void not_of_its_kind(DatumKind kind, String written) {
        assertThatThrownBy(() -> kind.written(written))
                .isInstanceOf(Malformed.class)
                .message()
                .doesNotContain(written.isBlank() ? "张" : written);
    }
}
