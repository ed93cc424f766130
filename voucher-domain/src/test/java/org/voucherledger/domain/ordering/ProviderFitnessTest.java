package org.voucherledger.domain.ordering;

import static org.assertj.core.api.Assertions.assertThat;
import static org.voucherledger.domain.rule.Rule.ALL_04;
import static org.voucherledger.domain.rule.Rule.GZ_04;
import static org.voucherledger.domain.rule.Rule.GZ_05;
import static org.voucherledger.domain.rule.Rule.GZ_06;
import static org.voucherledger.domain.rule.Rule.GZ_07;
import static org.voucherledger.domain.rule.Rule.GZ_08;
import static org.voucherledger.domain.rule.Rule.GZ_20;
import static org.voucherledger.domain.rule.Rule.GZ_27;
import static org.voucherledger.domain.scenario.City.Grant.voucher;
import static org.voucherledger.domain.scenario.GuangzhouTerms.CITY;
import static org.voucherledger.domain.scenario.GuangzhouTerms.yuan;
import static org.voucherledger.domain.voucher.VoucherStatus.ISSUED;
import static org.voucherledger.domain.voucher.VoucherStatus.ORDERED;

import java.time.LocalDate;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.voucherledger.domain.command.Role;
import org.voucherledger.domain.party.EnterpriseCommand.RecordTie;
import org.voucherledger.domain.party.Industry;
import org.voucherledger.domain.party.ProviderCommand.PublishProduct;
import org.voucherledger.domain.party.ProviderCommand.RegisterProvider;
import org.voucherledger.domain.party.ProviderCommand.WithdrawProduct;
import org.voucherledger.domain.party.RecognitionLevel;
import org.voucherledger.domain.party.ServiceType;
import org.voucherledger.domain.party.Size;
import org.voucherledger.domain.rule.Check;
import org.voucherledger.domain.rule.Rule;
import org.voucherledger.domain.scenario.Cast;
import org.voucherledger.domain.scenario.City;
import org.voucherledger.domain.scenario.CityTest;
import org.voucherledger.domain.scenario.Papers;
import org.voucherledger.domain.voucher.VoucherCommand.ConfirmOrder;
import org.voucherledger.domain.voucher.VoucherCommand.OrderVoucher;

class ProviderFitnessTest extends CityTest {

    private static final Set<ServiceType> ALL = Set.of(ServiceType.values());

    private void granted() {
        city.at("2020-04-30T16:00").grants(voucher("V1").worth(yuan(10_000)).to("E1"));
    }

    private void expect(String expected, Rule rule) {
        if (expected.equals("accepted")) {
            city.wasAccepted().voucher("V1").is(ORDERED);
        } else {
            city.wasRefusedBy(rule);
            city.voucher("V1").isStill(ISSUED);
        }
    }

    @DisplayName("GZ-04: recognised on the day of the order, its last day included")
    @ParameterizedTest(name = "valid to {0}: {1}")
    @CsvSource({"2020-05-20, accepted", "2020-05-19, refused"})
    void recognisedAtOrder(LocalDate validTo, String expected) {
        granted();
        city.registers(Cast.recognition("P1", RecognitionLevel.CITY, CITY, ALL, validTo));
        city.at("2020-05-20T23:59").orders("V1").using(1);
        expect(expected, GZ_04);
    }

    @DisplayName("GZ-04: recognised on the day of the payment as well")
    @ParameterizedTest(name = "valid to {0}: {1}")
    @CsvSource({"2020-06-20, accepted", "2020-06-19, refused"})
    void recognisedAtPayment(LocalDate validTo, String expected) {
        granted();
        city.registers(Cast.recognition("P1", RecognitionLevel.CITY, CITY, ALL, validTo));
        city.contracts("V1", yuan(10_000)).at("2020-06-20T12:00").pays("V1", yuan(10_000));
        if (expected.equals("accepted")) {
            city.wasAccepted();
        } else {
            city.wasRefusedBy(GZ_04).at(Check.PARTY);
        }
    }

    @Test
    @DisplayName("GZ-04: not on the list, under another name or in another city: cannot register")
    void cannotRegister() {
        var papers = List.of(Papers.document("LICENCE"));
        city.sends(new RegisterProvider(Cast.code("P1"), "谁", CITY, papers)).wasRefusedBy(GZ_04);
        city.sends(Cast.recognition("P1")).wasAccepted();
        city.sends(new RegisterProvider(Cast.code("P1"), "另一个名字", CITY, papers)).wasRefusedBy(GZ_04);
        city.sends(new RegisterProvider(Cast.code("P1"), Cast.providerName("P1"), "深圳市", papers))
                .wasRefusedBy(GZ_04);
        city.sends(new RegisterProvider(Cast.code("P1"), Cast.providerName("P1"), CITY, papers))
                .wasAccepted();
        city.sends(new RegisterProvider(Cast.code("P1"), Cast.providerName("P1"), CITY, papers))
                .wasRefusedBy(GZ_04);
        city.sends(Cast.recognition("P2", RecognitionLevel.PROVINCIAL, CITY, ALL, LocalDate.of(2020, 12, 31)))
                .wasAccepted();
        city.sends(new RegisterProvider(Cast.code("P2"), Cast.providerName("P2"), "深圳市", papers))
                .wasAccepted();
    }

    @Test
    @DisplayName("GZ-04: registered but not yet checked by the operator, or unknown: no order")
    void notChecked() {
        granted();
        city.sends(Cast.recognition("P1")).wasAccepted();
        city.sends(new OrderVoucher(city.id("V1"), Cast.code("P1"), "INFORMATION", 1, true))
                .wasRefusedBy(GZ_04);
        city.sends(new RegisterProvider(
                        Cast.code("P1"), Cast.providerName("P1"), CITY, List.of(Papers.document("LICENCE"))))
                .wasAccepted();
        city.sends(new OrderVoucher(city.id("V1"), Cast.code("P1"), "INFORMATION", 1, true))
                .wasRefusedBy(GZ_04);
    }

    @DisplayName("GZ-05: national and provincial platforms take every city's vouchers, the others their own city's")
    @ParameterizedTest(name = "{0} of {1}: {2}")
    @CsvSource({
        "NATIONAL, 深圳市, accepted",
        "PROVINCIAL, 深圳市, accepted",
        "CITY, 深圳市, refused",
        "SERVICE_STATION, 深圳市, refused",
        "CITY, 广州市, accepted",
        "SERVICE_STATION, 广州市, accepted"
    })
    void whoseVouchers(RecognitionLevel level, String of, String expected) {
        granted();
        city.registers(Cast.recognition("P1", level, of, ALL, LocalDate.of(2020, 12, 31)));
        city.orders("V1").using(1);
        expect(expected, GZ_05);
    }

    @DisplayName("GZ-06: each type of service is ordered from who is recognised for it")
    @ParameterizedTest
    @EnumSource(ServiceType.class)
    void recognisedForTheType(ServiceType type) {
        granted();
        city.orders("V1").aServiceOf(type).using(1).wasAccepted();
    }

    @Test
    @DisplayName("GZ-06: what the provider is no longer recognised for is not ordered")
    void noLongerRecognisedForTheType() {
        granted();
        city.provider("P1");
        city.sends(Cast.recognition(
                        "P1", RecognitionLevel.CITY, CITY, Set.of(ServiceType.TRAINING), LocalDate.of(2020, 12, 31)))
                .wasAccepted();
        city.orders("V1").aServiceOf(ServiceType.INFORMATION).using(1);
        city.wasRefusedBy(GZ_06).at(Check.PRODUCT);
        city.orders("V1").aServiceOf(ServiceType.TRAINING).using(1).wasAccepted();
    }

    @DisplayName("GZ-06: entrepreneurship is ordered before the third anniversary")
    @ParameterizedTest(name = "founded {0}: {1}")
    @CsvSource({"2017-05-21, accepted", "2017-05-20, refused", "2017-05-19, refused"})
    void entrepreneurship(LocalDate founded, String expected) {
        city.registers("E1", Cast.declaration("E1", founded)).verifies("E1");
        granted();
        city.at("2020-05-20T12:00")
                .orders("V1")
                .aServiceOf(ServiceType.ENTREPRENEURSHIP)
                .using(1);
        expect(expected, GZ_06);
    }

    @DisplayName("GZ-06: entrepreneurship is for small and micro enterprises")
    @ParameterizedTest(name = "{0} employees: {2}")
    @CsvSource({"300, MEDIUM, refused", "299, SMALL, accepted", "19, MICRO, accepted"})
    void entrepreneurshipBySize(long employees, Size size, String expected) {
        city.registers("E1", Cast.declaration("E1", Industry.INDUSTRY, employees, 2_000, 0, size))
                .verifies("E1");
        granted();
        city.orders("V1").aServiceOf(ServiceType.ENTREPRENEURSHIP).using(1);
        expect(expected, GZ_06);
    }

    @Test
    @DisplayName("GZ-07: a product is ordered when it is published; a change is a new version, an order keeps its own")
    void publishedProducts() {
        granted();
        city.provider("P1");
        String p1 = Cast.code("P1");
        city.sends(new OrderVoucher(city.id("V1"), p1, "OTHER", 1, true))
                .wasRefusedBy(GZ_07)
                .at(Check.PRODUCT);
        city.sends(Cast.product(p1, "OTHER", "新产品", ServiceType.TRAINING)).wasAccepted();
        city.sends(new OrderVoucher(city.id("V1"), p1, "OTHER", 1, true)).wasRefusedBy(GZ_07);
        city.sends(new PublishProduct(p1, "OTHER", 1)).wasAccepted();
        city.sends(new PublishProduct(p1, "OTHER", 1)).wasRefusedBy(GZ_07);
        city.sends(new OrderVoucher(city.id("V1"), p1, "OTHER", 1, true)).wasAccepted();
        city.sends(Cast.product(p1, "OTHER", "改后的产品", ServiceType.FINANCING)).wasAccepted();
        city.sends(new PublishProduct(p1, "OTHER", 2)).wasAccepted();
        assertThat(city.voucher("V1").state().order().productVersion()).isEqualTo(1);
        assertThat(city.voucher("V1").state().order().serviceType()).isEqualTo(ServiceType.TRAINING);
        city.sends(new WithdrawProduct(p1, "OTHER", "下架")).wasAccepted();
        city.grants(voucher("V2").worth(100).to("E2"));
        city.sends(new OrderVoucher(city.id("V2"), p1, "OTHER", 1, true)).wasRefusedBy(GZ_07);
    }

    @Test
    @DisplayName("GZ-08: a recorded tie refuses the order until it has ended")
    void related() {
        granted();
        city.provider("P1");
        city.sends(new RecordTie(Cast.code("E1"), Cast.code("P1"), true, "投资关系"))
                .wasAccepted();
        city.orders("V1").using(1);
        city.wasRefusedBy(GZ_08).at(Check.PARTY);
        city.sends(new RecordTie(Cast.code("E1"), Cast.code("P1"), false, "已转让"))
                .wasAccepted();
        city.orders("V1").using(1).wasAccepted();
    }

    @Test
    @DisplayName("GZ-27: an order without the declaration is refused")
    void declaration() {
        granted();
        city.sends(new OrderVoucher(city.id("V1"), city.provider("P1"), "INFORMATION", 1, false))
                .wasRefusedBy(GZ_27);
    }

    @DisplayName("GZ-20: what is expected fits the face amount to the last fen")
    @ParameterizedTest(name = "{0} of 1000000: {1}")
    @CsvSource({"999999, accepted", "1000000, accepted", "1000001, refused"})
    void withinTheFace(long fen, String expected) {
        granted();
        city.orders("V1").using(fen);
        if (expected.equals("accepted")) {
            city.wasAccepted();
        } else {
            city.wasRefusedBy(GZ_20).at(Check.AMOUNTS).limit(yuan(10_000)).asked(fen);
        }
    }

    @Test
    @DisplayName("ALL-04: only the holder orders, only its provider confirms")
    void byThemselves() {
        granted();
        city.enterprise("E2");
        var order = new OrderVoucher(city.id("V1"), city.provider("P1"), "INFORMATION", 1, true);
        city.sends(order, City.party(Role.ENTERPRISE, Cast.code("E2")))
                .wasRefusedBy(ALL_04)
                .at(Check.ACTOR);
        city.sends(order).wasAccepted();
        city.sends(new ConfirmOrder(city.id("V1")), City.party(Role.PROVIDER, city.provider("P2")))
                .wasRefusedBy(ALL_04);
    }
}
