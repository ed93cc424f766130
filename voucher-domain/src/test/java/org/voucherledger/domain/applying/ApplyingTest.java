package org.voucherledger.domain.applying;

import static org.assertj.core.api.Assertions.assertThat;
import static org.voucherledger.domain.rule.Rule.ALL_04;
import static org.voucherledger.domain.rule.Rule.GZ_01;
import static org.voucherledger.domain.rule.Rule.GZ_02;
import static org.voucherledger.domain.rule.Rule.GZ_10;
import static org.voucherledger.domain.rule.Rule.GZ_11;
import static org.voucherledger.domain.rule.Rule.GZ_13;
import static org.voucherledger.domain.rule.Rule.GZ_32;
import static org.voucherledger.domain.scenario.City.Grant.voucher;
import static org.voucherledger.domain.scenario.GuangzhouTerms.shanghai;
import static org.voucherledger.domain.scenario.GuangzhouTerms.yuan;

import java.time.LocalDate;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.voucherledger.domain.batch.BatchCommand.Apply;
import org.voucherledger.domain.batch.BatchCommand.EndApplications;
import org.voucherledger.domain.batch.BatchCommand.WithdrawApplication;
import org.voucherledger.domain.batch.BatchEvent.ApplicationsEnded;
import org.voucherledger.domain.batch.BatchPhase;
import org.voucherledger.domain.batch.QueueEvent.ApplicationQueued;
import org.voucherledger.domain.command.Role;
import org.voucherledger.domain.party.EnterpriseCommand.BlacklistEnterprise;
import org.voucherledger.domain.party.EnterpriseCommand.CorrectDeclaration;
import org.voucherledger.domain.party.EnterpriseCommand.Declaration;
import org.voucherledger.domain.party.EnterpriseCommand.DisqualifyEnterprise;
import org.voucherledger.domain.party.EnterpriseCommand.FreezeEnterprise;
import org.voucherledger.domain.party.EnterpriseCommand.VerifyEnterprise;
import org.voucherledger.domain.party.Industry;
import org.voucherledger.domain.party.Size;
import org.voucherledger.domain.rule.Check;
import org.voucherledger.domain.scenario.Cast;
import org.voucherledger.domain.scenario.City;
import org.voucherledger.domain.scenario.CityTest;
import org.voucherledger.domain.scenario.GuangzhouTerms;
import org.voucherledger.domain.scenario.Papers;
import org.voucherledger.domain.voucher.VoucherCommand.ReturnVoucher;

class ApplyingTest extends CityTest {

    private static final String CLOSES = "2020-04-30T17:00";

    private void opens(String batch) {
        city.opensBatch(batch, yuan(1_000_000), shanghai("2020-04-27T10:00"), shanghai(CLOSES))
                .wasAccepted();
    }

    @DisplayName("GZ-10: the first instant of the window is in, the closing instant is out")
    @ParameterizedTest(name = "{0}: {1}")
    @CsvSource({
        "2020-04-27T09:59:59.999999999, refused",
        "2020-04-27T10:00, accepted",
        "2020-04-30T16:59:59.999999999, accepted",
        "2020-04-30T17:00, refused",
        "2020-04-30T17:00:00.000000001, refused"
    })
    void window(String at, String expected) {
        opens("B1");
        city.enterprise("E1");
        city.at(at).applies("E1", "B1", yuan(1_000));
        if (expected.equals("accepted")) {
            city.wasAccepted();
            assertThat(city.lastOutcome().events())
                    .anySatisfy(event -> assertThat(event)
                            .isInstanceOfSatisfying(
                                    ApplicationQueued.class,
                                    queued -> assertThat(queued.receivedAt()).isEqualTo(shanghai(at))));
        } else {
            city.wasRefusedBy(GZ_10).at(Check.DEADLINE);
            assertThat(city.enterpriseQuota("E1").pendingTotal().value()).isZero();
        }
    }

    @Test
    @DisplayName("GZ-10: positions follow the order of receipt and are never given twice")
    void positions() {
        opens("B1");
        city.at("2020-04-27T10:00");
        for (int i = 1; i <= 3; i++) {
            city.applies("E" + i, "B1", yuan(1_000)).wasAccepted();
            assertThat(((Applied) city.lastOutcome().result()).position()).isEqualTo(i);
        }
        city.sends(new WithdrawApplication("B1", Cast.code("E3"))).wasAccepted();
        city.applies("E3", "B1", yuan(1_000)).wasAccepted();
        assertThat(((Applied) city.lastOutcome().result()).position()).isEqualTo(4);
    }

    @Test
    @DisplayName("GZ-10: applications end when the window has closed, not before, and once")
    void ends() {
        opens("B1");
        city.at("2020-04-30T16:59:59.999").sends(new EndApplications("B1")).wasRefusedBy(GZ_10);
        city.at("2020-05-02T09:00").sends(new EndApplications("B1")).wasAccepted();
        ApplicationsEnded ended =
                (ApplicationsEnded) city.lastOutcome().events().get(0);
        assertThat(ended.endedAt()).isEqualTo(shanghai(CLOSES));
        city.sends(new EndApplications("B1")).wasRefusedBy(GZ_10).at(Check.STATE);
        city.applies("E1", "B1", yuan(1)).wasRefusedBy(GZ_10).at(Check.STATE);
    }

    @DisplayName("GZ-11: charged, pending and asked fit up to the last fen of the annual cap, not one fen more")
    @ParameterizedTest(name = "{0} charged, {1} pending, {2} asked: {3}")
    @CsvSource({
        "0, 0, 2000000, accepted",
        "0, 0, 2000001, refused",
        "500000, 0, 1500000, accepted",
        "500000, 0, 1500001, refused",
        "0, 1999999, 1, accepted",
        "0, 1999999, 2, refused",
        "500000, 700000, 800000, accepted",
        "500000, 700000, 800001, refused",
        "2000000, 0, 1, refused"
    })
    void annualCap(long charged, long pending, long asked, String expected) {
        city.at("2020-04-20T09:00");
        if (charged > 0) {
            city.grants(voucher("V1").worth(charged).to("E1"));
        }
        opens("A");
        opens("B");
        city.at("2020-04-27T10:00");
        if (pending > 0) {
            city.applies("E1", "A", pending).wasAccepted();
        }
        city.applies("E1", "B", asked);
        if (expected.equals("accepted")) {
            city.wasAccepted();
            assertThat(city.enterpriseQuota("E1").pendingTotal().value()).isEqualTo(pending + asked);
        } else {
            city.wasRefusedBy(GZ_11)
                    .at(Check.CAPS)
                    .limit(GuangzhouTerms.ANNUAL_CAP_FEN)
                    .used(charged + pending)
                    .asked(asked);
            assertThat(city.enterpriseQuota("E1").pendingTotal().value()).isEqualTo(pending);
        }
        assertThat(city.enterpriseQuota("E1").charged().value()).isEqualTo(charged);
    }

    @Test
    @DisplayName("GZ-11: withdrawing frees what was pending; a returned voucher frees what was charged")
    void freed() {
        city.at("2020-04-20T09:00").grants(voucher("V1").worth(yuan(20_000)).to("E1"));
        opens("B");
        city.at("2020-04-27T10:00").applies("E1", "B", 1).wasRefusedBy(GZ_11);
        city.sends(new ReturnVoucher(city.id("V1"), "不再需要")).wasAccepted();
        city.applies("E1", "B", yuan(20_000)).wasAccepted();
        city.sends(new WithdrawApplication("B", Cast.code("E1"))).wasAccepted();
        assertThat(city.enterpriseQuota("E1").pendingTotal().isZero()).isTrue();
        city.applies("E1", "B", yuan(20_000)).wasAccepted();
    }

    @Test
    @DisplayName("GZ-11: the cap is of the calendar year of receipt, in Shanghai")
    void calendarYear() {
        city.enterprise("E1");
        city.opensBatch("A", yuan(100_000), shanghai("2020-12-30T10:00"), shanghai("2021-01-05T10:00"))
                .wasAccepted();
        city.opensBatch("B", yuan(100_000), shanghai("2020-12-30T10:00"), shanghai("2021-01-05T10:00"))
                .wasAccepted();
        city.at("2020-12-31T23:59:59.999").applies("E1", "A", yuan(20_000)).wasAccepted();
        city.applies("E1", "B", 1).wasRefusedBy(GZ_11);
        city.at("2021-01-01T00:00")
                .sends(new VerifyEnterprise(
                        Cast.code("E1"),
                        2021,
                        LocalDate.of(2021, 1, 1),
                        true,
                        true,
                        Set.of(),
                        Papers.forVerification()))
                .wasAccepted();
        city.applies("E1", "B", yuan(20_000)).wasAccepted();
        // What was asked last year is withdrawn from last year's cap.
        city.sends(new WithdrawApplication("A", Cast.code("E1"))).wasAccepted();
        assertThat(city.enterpriseQuota("E1").pendingTotal().isZero()).isTrue();
    }

    @Test
    @DisplayName("GZ-11: one live application per enterprise and batch")
    void oneLiveApplication() {
        opens("B1");
        city.at("2020-04-27T10:00").applies("E1", "B1", yuan(1_000)).wasAccepted();
        city.applies("E1", "B1", yuan(1_000)).wasRefusedBy(GZ_11).at(Check.STATE);
    }

    @DisplayName("GZ-11: the parts are each above zero and sum to the amount")
    @ParameterizedTest(name = "{0} in {1} and {2}: {3}")
    @CsvSource({"300, 100, 200, accepted", "300, 100, 199, refused", "300, 100, 201, refused"})
    void parts(long amount, long first, long second, String expected) {
        opens("B1");
        city.enterprise("E1");
        city.at("2020-04-27T10:00").sends(new Apply("B1", Cast.code("E1"), amount, List.of(first, second)));
        if (expected.equals("accepted")) {
            city.wasAccepted();
        } else {
            city.wasRefusedBy(GZ_11).at(Check.AMOUNTS);
        }
    }

    @Test
    @DisplayName("GZ-11: as many parts as the scheme admits, not one more")
    void mostParts() {
        opens("B1");
        city.enterprise("E1");
        city.at("2020-04-27T10:00");
        city.sends(new Apply("B1", Cast.code("E1"), 11, Collections.nCopies(11, 1L)))
                .wasRefusedBy(GZ_11);
        city.sends(new Apply("B1", Cast.code("E1"), 10, Collections.nCopies(10, 1L)))
                .wasAccepted();
    }

    @DisplayName("GZ-10: withdrawn inside the window only")
    @ParameterizedTest(name = "{0}: {1}")
    @CsvSource({"2020-04-30T16:59:59.999, accepted", "2020-04-30T17:00, refused"})
    void withdraws(String at, String expected) {
        opens("B1");
        city.at("2020-04-27T10:00").applies("E1", "B1", yuan(1_000)).wasAccepted();
        city.at(at).sends(new WithdrawApplication("B1", Cast.code("E1")));
        if (expected.equals("accepted")) {
            city.wasAccepted();
            city.sends(new WithdrawApplication("B1", Cast.code("E1"))).wasRefusedBy(GZ_11);
        } else {
            city.wasRefusedBy(GZ_10).limit(shanghai(CLOSES));
        }
    }

    @DisplayName("GZ-13: applications end with the one that reaches the threshold, which is included")
    @ParameterizedTest(name = "{0} and {1} of 10000 fen: {2}")
    @CsvSource({"4999, 5000, still open", "5000, 5000, full", "5000, 5001, full"})
    void stopsWhenFull(long first, long second, String expected) {
        try (City full = new City(GuangzhouTerms.with(d -> d.stopsAt(10_000)))) {
            full.opensBatch("B1", 10_000, full.now(), full.now().plusSeconds(3_600))
                    .wasAccepted();
            full.applies("E1", "B1", first).wasAccepted();
            full.applies("E2", "B1", second).wasAccepted();
            full.applies("E3", "B1", 1);
            if (expected.equals("full")) {
                full.wasRefusedBy(GZ_13).at(Check.STATE);
                assertThat(full.batch("B1").phase()).isEqualTo(BatchPhase.ENDED);
                assertThat(full.batch("B1").ended().full()).isTrue();
            } else {
                full.wasAccepted();
            }
            full.booksBalance();
        }
    }

    @Test
    @DisplayName("GZ-13: Guangzhou has no threshold; the surplus waits in line")
    void guangzhouHasNoThreshold() {
        city.opensBatch("B1", yuan(1_000), city.now(), city.now().plusSeconds(3_600))
                .wasAccepted();
        for (int i = 1; i <= 5; i++) {
            city.applies("E" + i, "B1", yuan(1_000)).wasAccepted();
        }
    }

    @Test
    @DisplayName("GZ-01: not of the city, not a legal person, another size than declared, too large: each is refused")
    void notEligible() {
        opens("B1");
        Declaration d = Cast.declaration("E1");
        city.registers("E1", declared(d, "佛山市", true, Size.SMALL)).verifies("E1");
        city.registers("E2", declared(d, d.city(), false, Size.SMALL)).verifies("E2");
        city.registers("E3", declared(d, d.city(), true, Size.MEDIUM)).verifies("E3");
        city.registers("E4", Cast.declaration("E4", Industry.INDUSTRY, 1_000, 40_000, 0, Size.LARGE))
                .verifies("E4");
        city.registers("E5", Cast.declaration("E5", Industry.INDUSTRY, 1_000, 39_999, 0, Size.MEDIUM))
                .verifies("E5");
        city.at("2020-04-27T10:00");
        city.applies("E1", "B1", 100).wasRefusedBy(GZ_01).about("OtherCity");
        city.applies("E2", "B1", 100).wasRefusedBy(GZ_01).about("NotALegalPerson");
        city.applies("E3", "B1", 100).wasRefusedBy(GZ_01).about("SizeDiffers");
        city.applies("E4", "B1", 100).wasRefusedBy(GZ_01).about("SizeNotAdmitted");
        city.applies("E5", "B1", 100).wasAccepted();
    }

    private static Declaration declared(Declaration d, String town, boolean legalPerson, Size size) {
        return new Declaration(
                d.name(),
                town,
                d.district(),
                d.industry(),
                d.employees(),
                d.revenueWan(),
                d.assetsWan(),
                size,
                legalPerson,
                d.establishedOn(),
                d.handlerRef(),
                d.trustLevel());
    }

    @ParameterizedTest
    @CsvSource({
        "2020-01-01T00:00, 2020-01-01, 2020, accepted",
        "2020-01-01T00:00, 2019-12-31, 2020, DeclarationOfAnotherYear",
        "2020-01-01T00:00, 2019-12-31, 2019, accepted",
        "2019-12-31T23:59:59, 2020-01-01, 2020, DeclarationNotYetSigned",
        "2020-12-31T23:59:59, 2020-12-31, 2020, accepted",
        "2020-12-31T23:59:59, 2020-12-31, 2021, DeclarationOfAnotherYear"
    })
    @DisplayName("GZ-02: a declaration is valid in the year in which it is signed: at New Year, to the day")
    void declarationOfTheYear(String now, LocalDate signed, int year, String expected) {
        city.registers("E1", Cast.declaration("E1"));
        city.at(now)
                .sends(new VerifyEnterprise(
                        Cast.code("E1"), year, signed, true, true, Set.of(), Papers.forVerification()));
        if (expected.equals("accepted")) {
            city.wasAccepted();
        } else {
            city.wasRefusedBy(GZ_02).about(expected).at(Check.DOCUMENTS);
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "LICENCE,TAX_CERTIFICATE,DECLARATION | true",
                "LICENCE,SOCIAL_INSURANCE_PROOF,DECLARATION | true",
                "LICENCE,TAX_CERTIFICATE,DECLARATION,OTHER | true",
                "LICENCE,DECLARATION | false",
                "LICENCE,TAX_CERTIFICATE,SOCIAL_INSURANCE_PROOF | false",
                "TAX_CERTIFICATE,DECLARATION | false"
            })
    @DisplayName("GZ-02: verified by licence, tax certificate or social-insurance proof, and declaration")
    void papersForVerification(String kinds, boolean complete) {
        city.registers("E1", Cast.declaration("E1"));
        var documents = Arrays.stream(kinds.split(",")).map(Papers::document).toList();
        city.sends(
                new VerifyEnterprise(Cast.code("E1"), 2020, LocalDate.of(2020, 1, 2), true, true, Set.of(), documents));
        if (complete) {
            city.wasAccepted();
        } else {
            city.wasRefusedBy(GZ_02).about("VerificationPapersMissing");
        }
    }

    @Test
    @DisplayName("GZ-01: who was blacklisted before it registered here is blacklisted when it has registered")
    void blacklistedBeforeItRegistered() {
        opens("B1");
        city.sends(new BlacklistEnterprise(Cast.code("E9"), true, "失信")).wasAccepted();
        city.sends(new VerifyEnterprise(
                        Cast.code("E9"),
                        2020,
                        LocalDate.of(2020, 1, 2),
                        true,
                        true,
                        Set.of(),
                        Papers.forVerification()))
                .wasRefusedBy(GZ_02)
                .about("EnterpriseUnknown");
        city.enterprise("E9");
        city.at("2020-04-27T10:00");
        city.applies("E9", "B1", 100).wasRefusedBy(GZ_01).about("Blacklisted");
    }

    @Test
    @DisplayName("GZ-01: blacklisted, or not attested by the operator, is refused until it is cleared")
    void blacklisted() {
        opens("B1");
        city.enterprise("E1");
        city.at("2020-04-27T10:00");
        city.sends(new BlacklistEnterprise(Cast.code("E1"), true, "失信")).wasAccepted();
        city.applies("E1", "B1", 100).wasRefusedBy(GZ_01).about("Blacklisted").at(Check.PARTY);
        city.sends(new BlacklistEnterprise(Cast.code("E1"), false, "修复")).wasAccepted();
        city.sends(new VerifyEnterprise(
                        Cast.code("E1"),
                        2020,
                        LocalDate.of(2020, 1, 2),
                        false,
                        true,
                        Set.of(),
                        Papers.forVerification()))
                .wasAccepted();
        city.applies("E1", "B1", 100).wasRefusedBy(GZ_01).about("NotAttested");
        city.verifies("E1").applies("E1", "B1", 100).wasAccepted();
    }

    @Test
    @DisplayName(
            "GZ-02: unregistered, unverified, verified for another year, corrected since, trusted too little: refused")
    void notVerified() {
        opens("B1");
        city.at("2020-04-27T10:00");
        city.sends(new Apply("B1", Cast.code("E9"), 100, List.of(100L))).wasRefusedBy(GZ_02);
        city.registers("E1", Cast.declaration("E1"));
        city.applies("E1", "B1", 100).wasRefusedBy(GZ_02).about("NotVerified");
        city.sends(new VerifyEnterprise(
                        Cast.code("E1"),
                        2019,
                        LocalDate.of(2019, 6, 1),
                        true,
                        true,
                        Set.of(),
                        Papers.forVerification()))
                .wasAccepted();
        city.applies("E1", "B1", 100).wasRefusedBy(GZ_02).about("NotVerified");
        city.verifies("E1");
        city.sends(new CorrectDeclaration(Cast.code("E1"), Cast.declaration("E1")))
                .wasAccepted();
        city.applies("E1", "B1", 100).wasRefusedBy(GZ_02).about("NotVerified");
        city.verifies("E1").applies("E1", "B1", 100).wasAccepted();

        Declaration d = Cast.declaration("E2");
        city.registers(
                        "E2",
                        new Declaration(
                                d.name(),
                                d.city(),
                                d.district(),
                                d.industry(),
                                d.employees(),
                                d.revenueWan(),
                                d.assetsWan(),
                                d.declaredSize(),
                                true,
                                d.establishedOn(),
                                d.handlerRef(),
                                0))
                .verifies("E2");
        city.applies("E2", "B1", 100).wasRefusedBy(GZ_02).about("TrustLevelTooLow");
    }

    @Test
    @DisplayName("GZ-32: a frozen or disqualified enterprise takes no step")
    void frozen() {
        opens("B1");
        city.at("2020-04-27T10:00").applies("E1", "B1", 100).wasAccepted();
        city.sends(new FreezeEnterprise(Cast.code("E1"), "疑点")).wasAccepted();
        city.sends(new WithdrawApplication("B1", Cast.code("E1"))).wasRefusedBy(GZ_32);
        city.enterprise("E2");
        city.sends(new DisqualifyEnterprise(Cast.code("E2"), "骗补")).wasAccepted();
        city.applies("E2", "B1", 100).wasRefusedBy(GZ_32).at(Check.FREEZE);
    }

    @DisplayName("ALL-04: nobody applies or withdraws for another enterprise")
    @ParameterizedTest
    @ValueSource(strings = {"apply", "withdraw"})
    void forItselfOnly(String what) {
        opens("B1");
        city.enterprise("E2");
        city.at("2020-04-27T10:00").applies("E1", "B1", 100).wasAccepted();
        var stranger = City.party(Role.ENTERPRISE, Cast.code("E2"));
        if (what.equals("apply")) {
            city.sends(new Apply("B1", Cast.code("E1"), 100, List.of(100L)), stranger);
        } else {
            city.sends(new WithdrawApplication("B1", Cast.code("E1")), stranger);
        }
        city.wasRefusedBy(ALL_04).at(Check.ACTOR);
    }
}
