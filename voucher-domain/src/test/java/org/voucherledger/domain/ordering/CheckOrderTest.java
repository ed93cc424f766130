package org.voucherledger.domain.ordering;

import static org.assertj.core.api.Assertions.assertThat;
import static org.voucherledger.domain.rule.Check.ACTOR;
import static org.voucherledger.domain.rule.Check.AMOUNTS;
import static org.voucherledger.domain.rule.Check.CAPS;
import static org.voucherledger.domain.rule.Check.DEADLINE;
import static org.voucherledger.domain.rule.Check.DOCUMENTS;
import static org.voucherledger.domain.rule.Check.FREEZE;
import static org.voucherledger.domain.rule.Check.PARTY;
import static org.voucherledger.domain.rule.Check.PRODUCT;
import static org.voucherledger.domain.rule.Check.STATE;
import static org.voucherledger.domain.rule.Check.USED_ONCE;
import static org.voucherledger.domain.scenario.City.Grant.voucher;
import static org.voucherledger.domain.scenario.GuangzhouTerms.SCHEME;
import static org.voucherledger.domain.scenario.GuangzhouTerms.yuan;

import java.time.LocalDate;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.voucherledger.domain.command.Role;
import org.voucherledger.domain.party.EnterpriseCommand.RecordTie;
import org.voucherledger.domain.party.ProviderCommand.FreezeProvider;
import org.voucherledger.domain.party.RecognitionLevel;
import org.voucherledger.domain.party.ServiceType;
import org.voucherledger.domain.rule.Check;
import org.voucherledger.domain.scenario.Cast;
import org.voucherledger.domain.scenario.City;
import org.voucherledger.domain.scenario.CityTest;
import org.voucherledger.domain.scenario.GuangzhouTerms;
import org.voucherledger.domain.scenario.Papers;
import org.voucherledger.domain.scheme.SchemeCommand.ChangeFund;
import org.voucherledger.domain.voucher.VoucherCommand.OrderVoucher;
import org.voucherledger.domain.voucher.VoucherCommand.PayVoucher;

/** ALL-02: a command that violates two rules is refused by the one that stands earlier; every pair of stages is tried. */
class CheckOrderTest extends CityTest {

    private static final long FACE = yuan(10_000);

    private static Stream<Arguments> pairs(List<Check> stages) {
        return stages.stream()
                .flatMap(one -> stages.stream()
                        .filter(other -> one.compareTo(other) <= 0)
                        .map(other -> Arguments.of(one, other)));
    }

    static Stream<Arguments> ofAnOrder() {
        return pairs(List.of(ACTOR, STATE, FREEZE, DEADLINE, PARTY, PRODUCT, DOCUMENTS, AMOUNTS, CAPS));
    }

    static Stream<Arguments> ofAPayment() {
        return pairs(List.of(ACTOR, STATE, FREEZE, DEADLINE, PARTY, DOCUMENTS, AMOUNTS, CAPS, USED_ONCE));
    }

    @DisplayName("ALL-02: an order that is wrong twice is refused by the earlier stage")
    @ParameterizedTest(name = "{0} before {1}")
    @MethodSource("ofAnOrder")
    void order(Check earlier, Check later) {
        Set<Check> wrong = EnumSet.of(earlier, later);
        city.at("2020-04-30T16:00").grants(voucher("V1").worth(FACE).to("E1"));
        city.enterprise("E2");
        city.provider("P1");
        if (wrong.contains(STATE)) {
            city.orders("V1").from("P2").using(1).wasAccepted();
        }
        if (wrong.contains(FREEZE)) {
            city.sends(new FreezeProvider(Cast.code("P1"), "疑点")).wasAccepted();
        }
        if (wrong.contains(PARTY)) {
            city.sends(new RecordTie(Cast.code("E1"), Cast.code("P1"), true, "投资关系"))
                    .wasAccepted();
        }
        if (wrong.contains(CAPS)) {
            city.sends(new ChangeFund(SCHEME, FACE, "notice-2", "调整")).wasAccepted();
        }
        city.at(wrong.contains(DEADLINE) ? "2020-05-31T00:00" : "2020-05-20T09:00");
        var order = new OrderVoucher(
                city.id("V1"),
                Cast.code("P1"),
                wrong.contains(PRODUCT) ? "NOTHING" : "INFORMATION",
                wrong.contains(AMOUNTS) ? FACE + 1 : FACE,
                !wrong.contains(DOCUMENTS));
        city.sends(order, City.party(Role.ENTERPRISE, Cast.code(wrong.contains(ACTOR) ? "E2" : "E1")));
        assertThat(city.lastOutcome().refusal()).as("refused").isNotNull();
        assertThat(city.lastOutcome().refusal().stage()).isEqualTo(earlier);
    }

    @DisplayName("ALL-02: a payment that is wrong twice is refused by the earlier stage")
    @ParameterizedTest(name = "{0} before {1}")
    @MethodSource("ofAPayment")
    void payment(Check earlier, Check later) {
        Set<Check> wrong = EnumSet.of(earlier, later);
        city.at("2020-04-30T16:00")
                .grants(
                        voucher("V1").worth(FACE).to("E1"),
                        voucher("V2").worth(FACE).to("E2"));
        city.at("2020-05-20T09:00").accepts("V2", FACE);
        if (wrong.contains(STATE)) {
            city.orders("V1").using(yuan(1)).wasAccepted();
        } else {
            city.contracts("V1", yuan(1));
        }
        Papers papers = city.papers("V1");
        if (wrong.contains(USED_ONCE)) {
            papers = papers.numbered(city.papers("V2").number());
        }
        if (wrong.contains(FREEZE)) {
            city.sends(new FreezeProvider(Cast.code("P1"), "疑点")).wasAccepted();
        }
        if (wrong.contains(PARTY)) {
            city.sends(Cast.recognition(
                            "P1",
                            RecognitionLevel.CITY,
                            GuangzhouTerms.CITY,
                            Set.of(ServiceType.values()),
                            LocalDate.of(2020, 5, 19)))
                    .wasAccepted();
        }
        if (wrong.contains(CAPS)) {
            city.sends(new ChangeFund(SCHEME, 2 * FACE, "notice-2", "调整")).wasAccepted();
        }
        if (wrong.contains(DEADLINE)) {
            city.at("2020-12-01T00:00");
        }
        var pay = new PayVoucher(
                city.id("V1"),
                wrong.contains(AMOUNTS) ? FACE + 1 : FACE,
                wrong.contains(DOCUMENTS) ? LocalDate.of(2021, 1, 1) : papers.completedOn(),
                5,
                papers.invoices(),
                papers.transfers(),
                true,
                papers.paymentDocuments());
        city.sends(pay, City.party(Role.ENTERPRISE, Cast.code(wrong.contains(ACTOR) ? "E2" : "E1")));
        assertThat(city.lastOutcome().refusal()).as("refused").isNotNull();
        assertThat(city.lastOutcome().refusal().stage()).isEqualTo(earlier);
    }
}
