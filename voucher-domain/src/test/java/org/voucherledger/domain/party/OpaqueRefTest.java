package org.voucherledger.domain.party;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.voucherledger.domain.command.Malformed;
import org.voucherledger.domain.finding.ComplaintMatter;
import org.voucherledger.domain.finding.FindingCommand.RegisterComplaint;
import org.voucherledger.domain.finding.FindingSubject;
import org.voucherledger.domain.party.EnterpriseCommand.Declaration;
import org.voucherledger.domain.scenario.Cast;

class OpaqueRefTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "13800138000",
                "8613800138000",
                "008613800138000",
                "138-0013-8000",
                "tel.13800138000",
                "u_138_0013_8000_x",
                "440106199001011234",
                "44010619900101123X",
                "44010619900101123x",
                "id-440106.1990-01-01.1234",
                "440106900101123"
            })
    @DisplayName("ALL-05: what looks like a telephone or identity number is no reference, separators or not")
    void personal(String value) {
        assertThatThrownBy(() -> OpaqueRef.check("holderRef", value))
                .isInstanceOfSatisfying(
                        Malformed.class,
                        malformed -> assertThat(malformed.field()).isEqualTo("holderRef"))
                .hasMessage("an opaque reference, never a person's telephone or identity number");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "h-7f3a9c",
                "12800138000", // no mobile number begins with 12
                "138001380001", // one digit more than a telephone has
                "1380013800", // one less
                "440106199013011234", // there is no thirteenth month
                "4401061990010112345", // one digit more than a card has
                "1541815603606036480", // a number given out by a machine
                "3f2504e0-4f89-13d3-9a0c-0305e82c3301",
                // Eleven digits of a UUID stand together by chance.
                "ab138001-3800-0abc-9a0c-0305e82c3301",
                "ab13800138000abc9a0c0305e82c3301"
            })
    @DisplayName("ALL-05: anything else that is an identifier may stand for a person")
    void opaque(String value) {
        assertThat(OpaqueRef.check("holderRef", value)).isEqualTo(value);
    }

    @Test
    @DisplayName("ALL-05: whoever complains, or handles an enterprise's affairs, is named by such a reference too")
    void commands() {
        String phone = "13800138000";
        assertThatThrownBy(() -> new RegisterComplaint(
                        "F1", FindingSubject.PROVIDER, Cast.code("P1"), ComplaintMatter.PRICE, phone, List.of()))
                .isInstanceOfSatisfying(
                        Malformed.class,
                        malformed -> assertThat(malformed.field()).isEqualTo("complainantRef"));
        Declaration d = Cast.declaration("E1");
        assertThatThrownBy(() -> new Declaration(
                        d.name(),
                        d.city(),
                        d.district(),
                        d.industry(),
                        d.employees(),
                        d.revenueWan(),
                        d.assetsWan(),
                        d.declaredSize(),
                        d.legalPerson(),
                        d.establishedOn(),
                        phone,
                        d.trustLevel()))
                .isInstanceOfSatisfying(
                        Malformed.class,
                        malformed -> assertThat(malformed.field()).isEqualTo("declaration.handlerRef"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "张三", "a b", "a:b", "-a", "a@b.cn"})
    @DisplayName("ALL-05: a name or an address is no identifier")
    void noIdentifier(String value) {
        assertThatThrownBy(() -> OpaqueRef.check("holderRef", value)).isInstanceOf(Malformed.class);
    }
}
