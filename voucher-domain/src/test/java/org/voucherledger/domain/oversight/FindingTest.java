package org.voucherledger.domain.oversight;

import static org.assertj.core.api.Assertions.assertThat;
import static org.voucherledger.domain.finding.FindingSubject.ENTERPRISE;
import static org.voucherledger.domain.finding.FindingSubject.PROVIDER;
import static org.voucherledger.domain.finding.FindingSubject.VOUCHER;
import static org.voucherledger.domain.rule.Rule.SV_04;
import static org.voucherledger.domain.scenario.City.Grant.voucher;
import static org.voucherledger.domain.scenario.GuangzhouTerms.yuan;

import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.voucherledger.domain.command.Actor;
import org.voucherledger.domain.command.Command;
import org.voucherledger.domain.command.Role;
import org.voucherledger.domain.finding.ComplaintMatter;
import org.voucherledger.domain.finding.FindingCommand.AnswerFinding;
import org.voucherledger.domain.finding.FindingCommand.RegisterComplaint;
import org.voucherledger.domain.finding.FindingCommand.RegisterSpotCheck;
import org.voucherledger.domain.finding.FindingEvent.ComplaintRegistered;
import org.voucherledger.domain.finding.FindingEvent.FindingActedUpon;
import org.voucherledger.domain.finding.FindingOutcome;
import org.voucherledger.domain.finding.FindingSubject;
import org.voucherledger.domain.party.EnterpriseCommand.DisqualifyEnterprise;
import org.voucherledger.domain.party.EnterpriseCommand.FreezeEnterprise;
import org.voucherledger.domain.party.ProviderCommand.DisqualifyProvider;
import org.voucherledger.domain.party.ProviderCommand.FreezeProvider;
import org.voucherledger.domain.providerquota.ProviderQuotaCommand.AdjustProviderLimit;
import org.voucherledger.domain.rule.Check;
import org.voucherledger.domain.scenario.Cast;
import org.voucherledger.domain.scenario.CityTest;
import org.voucherledger.domain.scenario.GuangzhouTerms;
import org.voucherledger.domain.voucher.VoucherCommand.FreezeVoucher;
import org.voucherledger.domain.voucher.VoucherCommand.RevokeForCause;

/** SV-04: complaints and spot checks, and what rests on them. */
class FindingTest extends CityTest {

    private static final String E1 = Cast.code("E1");
    private static final String E2 = Cast.code("E2");
    private static final String P1 = Cast.code("P1");
    private static final String P2 = Cast.code("P2");

    @BeforeEach
    void granted() {
        city.at("2020-04-30T16:00")
                .grants(
                        voucher("V1").worth(yuan(10_000)).to("E1"),
                        voucher("V2").worth(yuan(10_000)).to("E1"),
                        voucher("V3").worth(yuan(10_000)).to("E2"));
        city.provider("P1");
        city.provider("P2");
        city.at("2020-05-20T09:00");
        city.orders("V1").from("P1").using(yuan(5_000));
    }

    private RegisterComplaint complaint(String id, FindingSubject subject, String about) {
        return new RegisterComplaint(id, subject, about, ComplaintMatter.PRICE, "complainant-1", List.of());
    }

    private void answer(String id, FindingOutcome outcome) {
        city.sends(new AnswerFinding(id, outcome, "查明", List.of())).wasAccepted();
    }

    private Command measure(String name, String ground) {
        return switch (name) {
            case "FreezeVoucher" -> new FreezeVoucher(city.id("V1"), "疑点", ground);
            case "RevokeForCause" -> new RevokeForCause(city.id("V1"), "查实", ground);
            case "FreezeEnterprise" -> new FreezeEnterprise(E1, "疑点", ground);
            case "DisqualifyEnterprise" -> new DisqualifyEnterprise(E1, "骗补", ground);
            case "FreezeProvider" -> new FreezeProvider(P1, "疑点", ground);
            case "DisqualifyProvider" -> new DisqualifyProvider(P1, "骗补", ground);
            default -> new AdjustProviderLimit(GuangzhouTerms.SCHEME, P1, 1, "穗工信〔2020〕9号", "抽查", ground);
        };
    }

    @Test
    @DisplayName("SV-04: anyone complains about a voucher, whose parties it then concerns; the number is used once")
    void complaint() {
        city.sends(complaint("F1", VOUCHER, city.id("V1")), Actor.of("passer-by", Role.PUBLIC))
                .wasAccepted();

        assertThat(city.ledger().events().getLast().getPayload())
                .isEqualTo(new ComplaintRegistered(
                        "F1", city.id("V1"), E1, P1, ComplaintMatter.PRICE, "complainant-1", List.of()));
        city.sends(complaint("F1", ENTERPRISE, E2))
                .wasRefusedBy(SV_04)
                .about("FindingExists")
                .at(Check.STATE);
    }

    @Test
    @DisplayName("SV-04: about one voucher or one party that the ledger knows")
    void aboutOne() {
        city.sends(complaint("F1", VOUCHER, "NOBODY")).wasRefusedBy(SV_04).about("SubjectUnknown");
        city.sends(complaint("F1", ENTERPRISE, Cast.code("E99"))).wasRefusedBy(SV_04);
        city.sends(complaint("F1", PROVIDER, Cast.code("P99"))).wasRefusedBy(SV_04);
    }

    @Test
    @DisplayName("SV-04: answered once")
    void answered() {
        city.sends(complaint("F1", PROVIDER, P1)).wasAccepted();
        var answer = new AnswerFinding("F1", FindingOutcome.CONFIRMED, "查明", List.of());

        city.sends(new AnswerFinding("F9", FindingOutcome.CONFIRMED, "查明", List.of()))
                .wasRefusedBy(SV_04)
                .about("FindingUnknown");
        city.sends(answer).wasAccepted();
        city.sends(answer).wasRefusedBy(SV_04).about("FindingAnswered");
    }

    @Test
    @DisplayName("SV-04: a spot check may follow from a complaint about the same")
    void spotCheck() {
        city.sends(complaint("F1", PROVIDER, P1)).wasAccepted();
        city.sends(new RegisterSpotCheck("S1", PROVIDER, P2, "F1", "抽查", List.of()))
                .wasRefusedBy(SV_04)
                .about("GroundAboutOthers");
        city.sends(new RegisterSpotCheck("S1", PROVIDER, P1, "F1", "抽查", List.of()))
                .wasAccepted();
        city.sends(new RegisterSpotCheck("S2", PROVIDER, P1, null, "随机抽查", List.of()))
                .wasAccepted();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "FreezeVoucher",
                "RevokeForCause",
                "FreezeEnterprise",
                "DisqualifyEnterprise",
                "FreezeProvider",
                "DisqualifyProvider",
                "AdjustProviderLimit"
            })
    @DisplayName(
            "SV-04: a measure names a ground that exists, is about whom it is against and is not unfounded; and it is kept")
    void grounds(String name) {
        city.sends(complaint("V", VOUCHER, city.id("V1"))).wasAccepted();
        city.sends(complaint("X", VOUCHER, city.id("V3"))).wasAccepted();
        city.sends(complaint("Y", PROVIDER, P2)).wasAccepted();
        city.sends(complaint("U", VOUCHER, city.id("V1"))).wasAccepted();
        answer("U", FindingOutcome.UNFOUNDED);
        int before = city.ledger().events().size();

        city.sends(measure(name, "NONE"))
                .wasRefusedBy(SV_04)
                .about("FindingUnknown")
                .at(Check.PARTY);
        city.sends(measure(name, "X")).wasRefusedBy(SV_04).about("GroundAboutOthers");
        city.sends(measure(name, "Y")).wasRefusedBy(SV_04).about("GroundAboutOthers");
        city.sends(measure(name, "U")).wasRefusedBy(SV_04).about("GroundUnfounded");
        assertThat(city.ledger().events()).hasSize(before);

        city.sends(measure(name, "V")).wasAccepted();
        assertThat(city.ledger().events().stream()
                        .skip(before)
                        .map(event -> event.getPayload())
                        .filter(FindingActedUpon.class::isInstance)
                        .map(FindingActedUpon.class::cast))
                .singleElement()
                .satisfies(kept -> {
                    assertThat(kept.findingId()).isEqualTo("V");
                    assertThat(kept.measure()).isEqualTo(name);
                });
    }

    @Test
    @DisplayName(
            "SV-04: what was found about a party is a ground against its voucher; what about one voucher, none against another")
    void voucherAndParty() {
        city.sends(complaint("P", PROVIDER, P1)).wasAccepted();
        city.sends(complaint("V", VOUCHER, city.id("V1"))).wasAccepted();

        city.sends(new FreezeVoucher(city.id("V2"), "疑点", "V"))
                .wasRefusedBy(SV_04)
                .about("GroundAboutOthers");
        city.sends(new FreezeVoucher(city.id("V2"), "疑点", "P"))
                .wasRefusedBy(SV_04)
                .about("GroundAboutOthers");
        city.sends(new FreezeVoucher(city.id("V1"), "疑点", "P")).wasAccepted();
        city.sends(new FreezeVoucher(city.id("V2"), "疑点")).wasAccepted();
    }
}
