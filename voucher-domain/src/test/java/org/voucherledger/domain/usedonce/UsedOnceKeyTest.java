package org.voucherledger.domain.usedonce;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class UsedOnceKeyTest {

    @DisplayName("GZ-26: width, case and spacing do not make another invoice")
    @ParameterizedTest(name = "\"{0}\" is \"{1}\"")
    @CsvSource({"'１２３４５', '12345'", "'ab-1', 'AB-1'", "' 12 34　5', '12345'", "'ＡＢ', 'ab'", "'1|2', '12'", "'é', 'é'"})
    void oneSpelling(String one, String other) {
        assertThat(UsedOnceKey.of(UsedOnceKind.INVOICE, "增值税发票", "", one))
                .isEqualTo(UsedOnceKey.of(UsedOnceKind.INVOICE, "增值税发票", "", other));
    }

    @Test
    @DisplayName("GZ-26: another kind, another part or another place of a part is another key")
    void others() {
        var key = UsedOnceKey.of(UsedOnceKind.INVOICE, "a", "bc", "1");
        assertThat(UsedOnceKey.of(UsedOnceKind.TRANSFER, "a", "bc", "1").streamId())
                .isNotEqualTo(key.streamId());
        assertThat(UsedOnceKey.of(UsedOnceKind.INVOICE, "ab", "c", "1").streamId())
                .isNotEqualTo(key.streamId());
        assertThat(UsedOnceKey.of(UsedOnceKind.INVOICE, "a", "", "bc1").streamId())
                .isNotEqualTo(key.streamId());
        assertThat(key.streamId()).startsWith("usedonce:invoice:").hasSize("usedonce:invoice:".length() + 64);
    }

    @Test
    @DisplayName("GZ-26: a key serves one voucher until it is released")
    void bindsAndReleases() {
        var key = UsedOnceKey.of(UsedOnceKind.INVOICE, "a", "", "1");
        var bound = UsedOnceState.EMPTY.evolve(new UsedOnceEvent.KeyBound(key.kind(), key.key(), "V1"));
        assertThat(UsedOnceState.EMPTY.mayServe("V1", key).allowed()).isTrue();
        assertThat(bound.mayServe("V1", key).allowed()).isTrue();
        assertThat(bound.mayServe("V2", key).allowed()).isFalse();
        var released = bound.evolve(new UsedOnceEvent.KeyReleased(key.kind(), key.key(), "V1"));
        assertThat(released.mayServe("V2", key).allowed()).isTrue();
    }
}
