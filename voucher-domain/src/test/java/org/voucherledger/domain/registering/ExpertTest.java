package org.voucherledger.domain.registering;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.voucherledger.domain.rule.Rule.SV_01;
import static org.voucherledger.domain.scenario.City.Grant.voucher;
import static org.voucherledger.domain.scenario.GuangzhouTerms.yuan;

import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.voucherledger.domain.command.Actor;
import org.voucherledger.domain.command.Malformed;
import org.voucherledger.domain.command.Role;
import org.voucherledger.domain.expert.ExpertCommand;
import org.voucherledger.domain.expert.ExpertCommand.RegisterExpert;
import org.voucherledger.domain.expert.ExpertCommand.ReinstateExpert;
import org.voucherledger.domain.expert.ExpertCommand.RemoveExpert;
import org.voucherledger.domain.expert.ExpertCommand.SuspendExpert;
import org.voucherledger.domain.expert.ExpertStanding;
import org.voucherledger.domain.expert.ExpertState;
import org.voucherledger.domain.party.ServiceType;
import org.voucherledger.domain.redemption.ClaimCommand.ReviewAsExpert;
import org.voucherledger.domain.redemption.ClaimCommand.ReviewFinally;
import org.voucherledger.domain.redemption.ClaimCommand.ReviewFirst;
import org.voucherledger.domain.rule.Check;
import org.voucherledger.domain.scenario.City;
import org.voucherledger.domain.scenario.GuangzhouTerms;

/** SV-01: the register of experts, and who may sit on the panel of GZ-41. */
class ExpertTest {

    private static final String EXPERT = "zj-0417";
    private static final long FACE = yuan(10_000);

    private City city;

    @BeforeEach
    void open() {
        city = new City(GuangzhouTerms.with(d -> d.expertPanel()));
    }

    @AfterEach
    void close() {
        city.close();
    }

    private static RegisterExpert register() {
        return new RegisterExpert(EXPERT, Set.of(ServiceType.TECHNOLOGY, ServiceType.TRAINING), GuangzhouTerms.CITY);
    }

    private static ExpertCommand step(String name) {
        return switch (name) {
            case "register" -> register();
            case "suspend" -> new SuspendExpert(EXPERT, "回避");
            case "reinstate" -> new ReinstateExpert(EXPERT, "期满");
            case "remove" -> new RemoveExpert(EXPERT, "退休");
            default -> throw new IllegalArgumentException(name);
        };
    }

    private City becomes(String standing) {
        switch (standing) {
            case "unknown" -> {}
            case "REGISTERED" -> city.sends(register()).wasAccepted();
            case "SUSPENDED" -> becomes("REGISTERED").sends(step("suspend")).wasAccepted();
            case "REMOVED" -> becomes("REGISTERED").sends(step("remove")).wasAccepted();
            default -> throw new IllegalArgumentException(standing);
        }
        return city;
    }

    private ExpertState expert() {
        return city.ledger().look(l -> l.expert(EXPERT).now());
    }

    @DisplayName("SV-01: an expert is entered, suspended and reinstated, removed and entered anew, and nothing else")
    @ParameterizedTest(name = "{0} and {1}: {2}")
    @CsvSource({
        "unknown, register, REGISTERED",
        "unknown, suspend, refused",
        "unknown, reinstate, refused",
        "unknown, remove, refused",
        "REGISTERED, register, refused",
        "REGISTERED, suspend, SUSPENDED",
        "REGISTERED, reinstate, refused",
        "REGISTERED, remove, REMOVED",
        "SUSPENDED, register, refused",
        "SUSPENDED, suspend, refused",
        "SUSPENDED, reinstate, REGISTERED",
        "SUSPENDED, remove, REMOVED",
        "REMOVED, register, REGISTERED",
        "REMOVED, suspend, refused",
        "REMOVED, reinstate, refused",
        "REMOVED, remove, refused"
    })
    void register(String from, String step, String to) {
        becomes(from);
        ExpertState before = expert();
        city.sends(step(step));
        if (to.equals("refused")) {
            city.wasRefusedBy(SV_01).at(Check.STATE);
            assertThat(city.lastOutcome().refusal().used()).isEqualTo(from);
            assertThat(expert()).isEqualTo(before);
        } else {
            city.wasAccepted();
            assertThat(expert())
                    .isEqualTo(new ExpertState(
                            ExpertStanding.valueOf(to),
                            Set.of(ServiceType.TECHNOLOGY, ServiceType.TRAINING),
                            GuangzhouTerms.CITY));
        }
    }

    @DisplayName("SV-01, GZ-41: on the panel sits who is in the register, and neither suspended nor removed")
    @ParameterizedTest(name = "{0}: {1}")
    @CsvSource({"unknown, refused", "REGISTERED, accepted", "SUSPENDED, refused", "REMOVED, refused"})
    void review(String standing, String expected) {
        claimed();
        becomes(standing);
        city.sends(new ReviewAsExpert("C1", city.everyItem("C1", FACE)), Actor.of(EXPERT, Role.EXPERT));
        if (expected.equals("accepted")) {
            city.wasAccepted();
            assertThat(city.recorded()).containsExactly("ClaimReviewed");
        } else {
            city.wasRefusedBy(SV_01).at(Check.ACTOR).about("ExpertNotRegistered");
            assertThat(city.lastOutcome().refusal().used()).isEqualTo(standing);
            assertThat(city.lastOutcome().refusal().asked()).isEqualTo(EXPERT);
        }
    }

    @Test
    @DisplayName("SV-01: who acts is asked, not who is registered; what an expert reviewed stands after the removal")
    void another() {
        claimed();
        becomes("REGISTERED");
        city.sends(new ReviewAsExpert("C1", city.everyItem("C1", FACE)), Actor.of("zj-0418", Role.EXPERT))
                .wasRefusedBy(SV_01)
                .about("ExpertNotRegistered");
        city.sends(new ReviewAsExpert("C1", city.everyItem("C1", FACE)), Actor.of(EXPERT, Role.EXPERT))
                .wasAccepted();
        city.sends(step("remove")).wasAccepted();
        city.sends(new ReviewFinally("C1", city.everyItem("C1", FACE))).wasAccepted();
    }

    @Test
    @DisplayName("ALL-05: an expert is known by an opaque reference, never by a telephone or identity number")
    void opaque() {
        assertThatThrownBy(() -> new RegisterExpert("13800138000", Set.of(ServiceType.TRAINING), "广州市"))
                .isInstanceOf(Malformed.class);
        assertThatThrownBy(() -> new RegisterExpert(EXPERT, Set.of(), "广州市")).isInstanceOf(Malformed.class);
    }

    private void claimed() {
        city.at("2020-04-30T16:00").grants(voucher("V1").worth(FACE).to("E1"));
        city.at("2020-05-20T09:00")
                .accepts("V1", FACE)
                .at("2020-06-02T09:00")
                .claims("C1", "V1")
                .wasAccepted();
        city.sends(new ReviewFirst("C1", city.everyItem("C1", FACE))).wasAccepted();
    }
}
