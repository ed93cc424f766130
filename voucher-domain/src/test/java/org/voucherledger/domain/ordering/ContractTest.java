package org.voucherledger.domain.ordering;

import static org.assertj.core.api.Assertions.assertThat;
import static org.voucherledger.domain.rule.Rule.GZ_08;
import static org.voucherledger.domain.rule.Rule.GZ_09;
import static org.voucherledger.domain.rule.Rule.GZ_20;
import static org.voucherledger.domain.rule.Rule.GZ_22;
import static org.voucherledger.domain.rule.Rule.GZ_23;
import static org.voucherledger.domain.rule.Rule.GZ_26;
import static org.voucherledger.domain.rule.Rule.GZ_27;
import static org.voucherledger.domain.rule.Rule.GZ_33;
import static org.voucherledger.domain.rule.Rule.GZ_45;
import static org.voucherledger.domain.scenario.City.Grant.voucher;
import static org.voucherledger.domain.scenario.GuangzhouTerms.shanghai;
import static org.voucherledger.domain.scenario.GuangzhouTerms.yuan;
import static org.voucherledger.domain.voucher.VoucherStatus.CONTRACT_CONFIRMED;
import static org.voucherledger.domain.voucher.VoucherStatus.CONTRACT_UPLOADED;
import static org.voucherledger.domain.voucher.VoucherStatus.ORDERED;
import static org.voucherledger.domain.voucher.VoucherStatus.ORDER_CONFIRMED;

import java.time.LocalDate;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.voucherledger.domain.party.Document;
import org.voucherledger.domain.party.EnterpriseCommand.RecordOtherFunding;
import org.voucherledger.domain.party.EnterpriseCommand.RecordTie;
import org.voucherledger.domain.party.EnterpriseCommand.RenameEnterprise;
import org.voucherledger.domain.party.ServiceType;
import org.voucherledger.domain.rule.Check;
import org.voucherledger.domain.rule.Rule;
import org.voucherledger.domain.scenario.Cast;
import org.voucherledger.domain.scenario.CityTest;
import org.voucherledger.domain.scenario.Papers;
import org.voucherledger.domain.voucher.VoucherCommand.CancelOrder;
import org.voucherledger.domain.voucher.VoucherCommand.ConfirmContract;
import org.voucherledger.domain.voucher.VoucherCommand.ConfirmOrder;
import org.voucherledger.domain.voucher.VoucherCommand.RecoverVoucher;
import org.voucherledger.domain.voucher.VoucherCommand.ReturnVoucher;
import org.voucherledger.domain.voucher.VoucherCommand.SendContractBack;
import org.voucherledger.domain.voucher.VoucherCommand.UploadContract;

class ContractTest extends CityTest {

    @BeforeEach
    void ordered() {
        city.at("2020-04-30T16:00")
                .grants(
                        voucher("V1").worth(yuan(10_000)).to("E1"),
                        voucher("V2").worth(yuan(10_000)).to("E1"));
        city.orders("V1").using(yuan(10_000)).wasAccepted();
        city.at("2020-05-20T09:00");
    }

    private void expect(String expected, Rule rule) {
        if (expected.equals("accepted")) {
            city.wasAccepted().voucher("V1").is(CONTRACT_UPLOADED);
        } else {
            city.wasRefusedBy(rule).at(Check.DOCUMENTS);
            city.voucher("V1").isStill(ORDERED);
        }
    }

    @DisplayName("GZ-23: signed, begun and accepted inside the service period, its first and last day in")
    @ParameterizedTest(name = "signed {0}, from {1} until {2}: {3}")
    @CsvSource({
        "2019-12-01, 2019-12-01, 2020-11-30, accepted",
        "2019-11-30, 2019-12-01, 2020-11-30, refused",
        "2019-12-01, 2019-11-30, 2020-11-30, refused",
        "2019-12-01, 2019-12-01, 2020-12-01, refused"
    })
    void servicePeriod(LocalDate signed, LocalDate from, LocalDate until, String expected) {
        city.proves("V1", city.papers("V1").signedOn(signed).served(from, until))
                .uploadsContract("V1");
        expect(expected, GZ_23);
    }

    @Test
    @DisplayName("GZ-22: the contract is of the type that was ordered")
    void asOrdered() {
        city.proves("V1", city.papers("V1").of(ServiceType.TRAINING)).uploadsContract("V1");
        expect("refused", GZ_22);
    }

    @DisplayName("GZ-09: the names are those of the day it was signed")
    @ParameterizedTest(name = "renamed on 1 May, signed {0} as {1}: {2}")
    @CsvSource({
        "2020-04-30, old, accepted",
        "2020-04-30, new, refused",
        "2020-05-01, new, accepted",
        "2020-05-01, old, refused"
    })
    void names(LocalDate signed, String which, String expected) {
        city.sends(new RenameEnterprise(Cast.code("E1"), "新名有限公司", LocalDate.of(2020, 5, 1), Papers.document("PROOF")))
                .wasAccepted();
        String name = which.equals("new") ? "新名有限公司" : Cast.enterpriseName("E1");
        city.proves("V1", city.papers("V1").signedOn(signed).named(name, Cast.providerName("P1")))
                .uploadsContract("V1");
        expect(expected, GZ_09);
    }

    @Test
    @DisplayName("GZ-09: the provider's name agrees too")
    void providerName() {
        city.proves("V1", city.papers("V1").named(Cast.enterpriseName("E1"), "别的机构"))
                .uploadsContract("V1");
        expect("refused", GZ_09);
    }

    @Test
    @DisplayName("GZ-08: both parties declare that they are not related; a tie recorded meanwhile refuses")
    void unrelated() {
        var contract = city.papers("V1").contract();
        var documents = List.of(Papers.document("CONTRACT"));
        city.sends(new UploadContract(city.id("V1"), contract, false, documents))
                .wasRefusedBy(GZ_08);
        city.sends(new UploadContract(city.id("V1"), contract, true, documents)).wasAccepted();
        city.sends(new ConfirmContract(city.id("V1"), false)).wasRefusedBy(GZ_08);
        city.sends(new RecordTie(Cast.code("E1"), Cast.code("P1"), true, "投资关系"))
                .wasAccepted();
        city.sends(new UploadContract(city.id("V1"), contract, true, documents)).wasRefusedBy(GZ_08);
    }

    @DisplayName("GZ-45: pdf, jpg or png, one file a kind, up to 5,242,880 bytes, the required kind among them")
    @ParameterizedTest(name = "{0} of {1} with {2} bytes: {3}")
    @CsvSource({
        "CONTRACT, application/pdf, 5242880, accepted",
        "CONTRACT, image/png, 1, accepted",
        "CONTRACT, image/jpeg, 1, accepted",
        "CONTRACT, application/pdf, 5242881, refused",
        "CONTRACT, text/html, 1, refused",
        "OTHER, application/pdf, 1, refused"
    })
    void documents(String kind, String type, long bytes, String expected) {
        var document = new Document(kind, "0".repeat(64), type, bytes);
        city.sends(new UploadContract(city.id("V1"), city.papers("V1").contract(), true, List.of(document)));
        expect(expected, GZ_45);
    }

    @Test
    @DisplayName("GZ-45: two files of one kind are refused")
    void oneFileAKind() {
        var twice = List.of(Papers.document("CONTRACT"), Papers.document("CONTRACT"));
        city.sends(new UploadContract(city.id("V1"), city.papers("V1").contract(), true, twice));
        expect("refused", GZ_45);
    }

    @DisplayName("GZ-20: a contract received in time may be replaced until the voucher expires, sent back or not")
    @ParameterizedTest(name = "{0}, sent back {1}: {2}")
    @CsvSource({
        "2020-11-30T23:59:59.999, false, accepted",
        "2020-11-30T23:59:59.999, true, accepted",
        "2020-12-01T00:00, false, refused",
        "2020-12-01T00:00, true, refused"
    })
    void replaced(String at, boolean sentBack, String expected) {
        city.uploadsContract("V1").wasAccepted();
        if (sentBack) {
            city.sends(new SendContractBack(city.id("V1"), "金额不符"))
                    .wasAccepted()
                    .voucher("V1")
                    .is(ORDER_CONFIRMED);
        }
        city.at(at).proves("V1", city.papers("V1").numbered("N-2")).uploadsContract("V1");
        if (expected.equals("accepted")) {
            city.wasAccepted().voucher("V1").is(CONTRACT_UPLOADED);
        } else {
            city.wasRefusedBy(GZ_20).limit(shanghai("2020-12-01T00:00"));
        }
    }

    @Test
    @DisplayName("GZ-20: uploaded before the order is confirmed, its confirmation confirms both")
    void confirmsBoth() {
        city.uploadsContract("V1").wasAccepted();
        city.sends(new ConfirmOrder(city.id("V1"))).wasRefusedBy(GZ_20);
        city.sends(new ConfirmContract(city.id("V1"), true))
                .wasAccepted()
                .voucher("V1")
                .is(CONTRACT_CONFIRMED);
    }

    @DisplayName("GZ-20, GZ-33: confirmed or sent back after the order deadline, until the voucher expires")
    @ParameterizedTest(name = "{0}: {1}")
    @CsvSource({"2020-05-31T00:00, accepted", "2020-11-30T23:59:59.999, accepted", "2020-12-01T00:00, refused"})
    void confirmationsMayFollow(String at, String expected) {
        city.uploadsContract("V1").wasAccepted();
        city.at(at);
        if (expected.equals("accepted")) {
            city.sends(new SendContractBack(city.id("V1"), "金额不符")).wasAccepted();
            city.uploadsContract("V1").wasAccepted();
            city.sends(new ConfirmContract(city.id("V1"), true)).wasAccepted();
        } else {
            city.sends(new SendContractBack(city.id("V1"), "金额不符")).wasRefusedBy(GZ_33);
            city.sends(new ConfirmContract(city.id("V1"), true)).wasRefusedBy(GZ_20);
        }
    }

    @DisplayName("GZ-20: cancelled before the order deadline only, even with a contract received in time")
    @ParameterizedTest(name = "{0}: {1}")
    @CsvSource({"2020-05-30T23:59:59.999, accepted", "2020-05-31T00:00, refused"})
    void cancelled(String at, String expected) {
        city.uploadsContract("V1").wasAccepted();
        city.at(at).sends(new CancelOrder(city.id("V1"), "改选"));
        if (expected.equals("accepted")) {
            city.wasAccepted();
        } else {
            city.wasRefusedBy(GZ_20).limit(shanghai("2020-05-31T00:00"));
        }
    }

    @Test
    @DisplayName("GZ-26: one voucher a contract item; the same voucher may name it again, another item is another key")
    void usedOnce() {
        city.uploadsContract("V1").wasAccepted();
        city.uploadsContract("V1").wasAccepted();
        city.orders("V2").using(yuan(1_000)).wasAccepted();
        city.proves("V2", city.papers("V1")).uploadsContract("V2");
        city.wasRefusedBy(GZ_26).at(Check.USED_ONCE);
        city.proves("V2", city.papers("V1").numbered("n - N-B1-a1-v1"))
                .uploadsContract("V2")
                .wasAccepted();
    }

    @DisplayName("GZ-26: replacement, cancellation, return and recovery release the contract's key")
    @ParameterizedTest
    @CsvSource({"replacement", "cancellation", "return", "recovery"})
    void released(String how) {
        Papers papers = city.papers("V1");
        city.uploadsContract("V1").wasAccepted();
        city.orders("V2").using(yuan(1_000)).wasAccepted();
        city.proves("V2", papers).uploadsContract("V2").wasRefusedBy(GZ_26);
        switch (how) {
            case "replacement" -> city.proves("V1", papers.numbered("N-2")).uploadsContract("V1");
            case "cancellation" -> city.sends(new CancelOrder(city.id("V1"), "改选"));
            case "return" -> city.sends(new ReturnVoucher(city.id("V1"), "不再需要"));
            default -> {
                city.proves("V2", papers.numbered("N-3")).uploadsContract("V2").wasAccepted();
                city.at("2020-12-01T00:00")
                        .sends(new RecoverVoucher(city.id("V1")))
                        .wasAccepted();
                assertThat(city.recorded()).contains("KeyReleased");
                return;
            }
        }
        city.wasAccepted();
        city.proves("V2", papers).uploadsContract("V2").wasAccepted();
    }

    @Test
    @DisplayName("GZ-27: an item that another fund has paid for is refused")
    void fundedOtherwise() {
        Papers papers = city.papers("V1");
        city.sends(new RecordOtherFunding(
                        Cast.code("E1"), Cast.code("P1"), papers.contract().number(), "1", "技改专项"))
                .wasAccepted();
        city.uploadsContract("V1").wasRefusedBy(GZ_27);
        city.proves("V1", papers.numbered("N-2")).uploadsContract("V1").wasAccepted();
    }
}
