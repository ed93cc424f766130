package org.voucherledger.api.whatif;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.assertj.core.api.Assertions.tuple;
import static org.voucherledger.domain.scenario.GuangzhouTerms.yuan;
import static org.voucherledger.domain.scenario.Province.FUND_FEN;
import static org.voucherledger.domain.scenario.Province.GUANGZHOU;
import static org.voucherledger.domain.scenario.Province.MEIZHOU;

import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.voucherledger.domain.batch.BatchCommand.EndApplications;
import org.voucherledger.domain.cloud.CloudCommand.MoveCityQuota;
import org.voucherledger.domain.cloud.RandomProvince;
import org.voucherledger.domain.party.EnterpriseCommand.BlacklistEnterprise;
import org.voucherledger.domain.party.ProviderCommand.DisqualifyProvider;
import org.voucherledger.domain.party.RecognitionLevel;
import org.voucherledger.domain.rule.Refused;
import org.voucherledger.domain.rule.Rule;
import org.voucherledger.domain.scenario.Cast;
import org.voucherledger.domain.scenario.GuangdongCloudTerms;
import org.voucherledger.domain.scenario.GuangzhouTerms.Draft;
import org.voucherledger.domain.scenario.Province;
import org.voucherledger.domain.scheme.SchemeTerms;
import org.voucherledger.domain.scheme.SchemeTerms.Cloud;
import org.voucherledger.domain.scheme.SchemeTerms.Providers;
import org.voucherledger.domain.scheme.SchemeTerms.Tariff;
import org.voucherledger.domain.scheme.SchemeTerms.When;
import org.voucherledger.domain.voucher.VoucherCommand.ApplyDisqualification;
import org.voucherledger.domain.voucher.VoucherCommand.RevokeForCause;

/** A past cloud batch under a draft: vetting order, city quota, provider limits and ratios. */
class CloudWhatIfTest {

    private static WhatIfLedger ledger;

    @BeforeAll
    static void start() {
        ledger = new WhatIfLedger();
    }

    @AfterAll
    static void stop() {
        ledger.close();
    }

    /** A version says which fund is in force. */
    private static Draft draft() {
        return new Draft(GuangdongCloudTerms.asPublished()).fund(FUND_FEN, 0);
    }

    private static WhatIfAnswer ask(Province province, Draft draft) {
        ledger.bring(province.city());
        return ledger.ask("GZ", draft.terms());
    }

    private static List<Long> amounts(WhatIfAnswer answer) {
        return answer.applications().stream()
                .map(each -> each.after().amountFen())
                .toList();
    }

    private static List<Fate> fates(WhatIfAnswer answer) {
        return answer.applications().stream().map(each -> each.after().fate()).toList();
    }

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {1, 2, 3, 4, 5, 6})
    @DisplayName("told anew under its own rules, a province at random becomes what it was, to the last application")
    void itsOwnRules(long seed) {
        try (var province = new RandomProvince(seed).lives(700)) {
            ledger.bring(province.city());
            SchemeTerms own = draft().with("cloud", new Cloud(2020, 20, 2_000)).terms();
            for (String batch : List.of("GZ", "MZ")) {
                if (province.city().batch(batch).ended() == null) {
                    continue;
                }
                WhatIfAnswer answer = ledger.ask(batch, own);
                assertThat(answer.applications()).isNotEmpty().allSatisfy(each -> {
                    assertThat(each.after()).isEqualTo(each.before());
                    assertThat(each.change()).isEqualTo(Compared.Change.SAME);
                });
                assertThat(answer.hindered()).isEmpty();
                assertThat(answer.after()).isEqualTo(answer.before());
            }
        }
    }

    /** 100,000 for Guangzhou; E1 gets 70% of 60,000, E2 of 50,000; E3 is a pilot and gets 80% of 20,000. All is approved. */
    private static Province three() {
        var province = new Province();
        province.opens("GZ", GUANGZHOU, yuan(100_000)).wasAccepted();
        String first = province.reserves("E1", "GZ", yuan(60_000));
        String second = province.reserves("E2", "GZ", yuan(50_000));
        province.pilot("E3");
        String third = province.reserves("E3", "GZ", yuan(20_000));
        province.approves(third).approves(first).approves(second).wasAccepted();
        province.at(GuangdongCloudTerms.APPLY_UNTIL)
                .sends(new EndApplications("GZ"))
                .wasAccepted();
        return province;
    }

    @Test
    @DisplayName(
            "GZ-32: what a provider's disqualification freed is free again when told anew, and what a violation kept is not")
    void disqualified() {
        // So much a year and enterprise as one contract of 10,000 yuan gives.
        Draft own = draft().tariff(new Tariff(When.ALWAYS, 7_000, yuan(7_000), null));
        try (var province = new Province(own.terms())) {
            province.opens("GZ", GUANGZHOU, yuan(50_000)).wasAccepted();
            String innocent = province.reserves("E1", "GZ", yuan(10_000));
            String guilty = province.reserves("E2", "GZ", yuan(10_000));
            province.approves(innocent).approves(guilty).wasAccepted();
            province.sends(new RevokeForCause(guilty, "骗补")).wasAccepted();
            province.sends(new DisqualifyProvider(Cast.code("P1"), "骗补")).wasAccepted();
            province.sends(new ApplyDisqualification(innocent)).wasAccepted();
            province.applies("E1", "GZ", "P2", yuan(10_000)).wasAccepted();
            province.approves("GZ-A3-V1").wasAccepted();
            province.applies("E2", "GZ", "P2", yuan(10_000)).wasRefusedBy(Rule.GZ_11);
            province.at(GuangdongCloudTerms.APPLY_UNTIL)
                    .sends(new EndApplications("GZ"))
                    .wasAccepted();
            WhatIfAnswer answer = ask(province, own);
            assertThat(answer.applications()).hasSize(3).allSatisfy(each -> {
                assertThat(each.after()).isEqualTo(each.before());
                assertThat(each.change()).isEqualTo(Compared.Change.SAME);
            });
            assertThat(answer.after()).isEqualTo(answer.before());
        }
    }

    @Test
    @DisplayName("CL-06: another ratio gives another amount, reckoned from each contract anew")
    void ratios() {
        try (var province = three()) {
            Draft half = draft().tariff(new Tariff(When.ALWAYS, 5_000, null, null));
            WhatIfAnswer answer = ask(province, half);
            assertThat(answer.before().grantedFen()).isEqualTo(yuan(42_000 + 35_000 + 16_000));
            assertThat(amounts(answer)).containsExactly(yuan(30_000), yuan(25_000), yuan(10_000));
            assertThat(answer.after()).isEqualTo(new Sums(yuan(65_000), yuan(35_000), Map.of(Fate.GRANTED, 3L)));
            assertThat(answer.changes()).isEqualTo(Map.of(Compared.Change.LESS, 3L));
            assertThat(answer.applications().getFirst().askedFen()).isEqualTo(yuan(42_000));
        }
    }

    @Test
    @DisplayName(
            "CL-03: what no longer fits the city's quota under the draft is refused, and the next that fits is not")
    void cityQuota() {
        try (var province = three()) {
            // 54,000 and 45,000 leave 1,000; 18,000 do not fit. One yuan less of the second, and they would not either.
            Draft more = draft().tariff(new Tariff(When.ALWAYS, 9_000, null, null));
            WhatIfAnswer answer = ask(province, more);
            assertThat(amounts(answer)).containsExactly(yuan(54_000), yuan(45_000), 0L);
            assertThat(answer.applications().getLast().after())
                    .isEqualTo(new Decided(Fate.REFUSED, null, null, null, null, 0, "CL-03", "CityQuotaExceeded"));
            assertThat(answer.changes()).isEqualTo(Map.of(Compared.Change.MORE, 2L, Compared.Change.LOST, 1L));
        }
    }

    @ParameterizedTest(name = "a limit of {0} yuan")
    @ValueSource(longs = {77_000, 76_999})
    @DisplayName("CL-05: the limit of a provider under the draft is kept to the last fen")
    void providerLimit(long limitYuan) {
        try (var province = three()) {
            Draft limited = draft().with(
                            "providers",
                            new Providers(yuan(limitYuan), null, Set.of(RecognitionLevel.values()), Map.of()));
            WhatIfAnswer answer = ask(province, limited);
            // 42,000 and 35,000 are 77,000; the pilot's 16,000 fit only where the second is refused.
            assertThat(fates(answer))
                    .isEqualTo(
                            limitYuan == 77_000
                                    ? List.of(Fate.GRANTED, Fate.GRANTED, Fate.REFUSED)
                                    : List.of(Fate.GRANTED, Fate.REFUSED, Fate.GRANTED));
        }
    }

    @Test
    @DisplayName("CL-03: a draft without tiers vets by position; a reserved share keeps money from the others")
    void order() {
        try (var province = three()) {
            WhatIfAnswer flat = ask(province, draft().tiers(List.of()));
            assertThat(flat.applications())
                    .extracting(each -> each.before().place())
                    .containsExactly(2L, 3L, 1L);
            assertThat(flat.applications())
                    .extracting(each -> each.after().place())
                    .containsExactly(1L, 2L, 3L);
            WhatIfAnswer kept = ask(province, draft().with("cloud", new Cloud(2020, 20, 3_000)));
            // 30,000 are kept: 42,000 fit into 70,000, then 35,000 do not fit into 28,000.
            assertThat(fates(kept)).containsExactly(Fate.GRANTED, Fate.REFUSED, Fate.GRANTED);
            assertThat(kept.applications().get(1).after().about()).isEqualTo("KeptForTheFirstTier");
        }
    }

    @Test
    @DisplayName(
            "CL-03: who was rejected is rejected again, who withdrew again, and their money goes to those who come later")
    void verdicts() {
        try (var province = new Province()) {
            province.opens("GZ", GUANGZHOU, yuan(50_000)).wasAccepted();
            String rejected = province.reserves("E1", "GZ", yuan(60_000));
            province.rejects(rejected).wasAccepted();
            String recalled = province.reserves("E2", "GZ", yuan(60_000));
            province.recalls(recalled).wasAccepted();
            String last = province.reserves("E3", "GZ", yuan(60_000));
            String waits = province.reserves("E4", "GZ", yuan(1_000));
            province.approves(last).wasAccepted();
            assertThat(waits).isNotEmpty();
            province.at(GuangdongCloudTerms.APPLY_UNTIL)
                    .sends(new EndApplications("GZ"))
                    .wasAccepted();
            WhatIfAnswer answer = ask(province, draft().tariff(new Tariff(When.ALWAYS, 7_500, null, null)));
            assertThat(fates(answer)).containsExactly(Fate.NOT_GRANTED, Fate.WITHDRAWN, Fate.GRANTED, Fate.QUEUED);
            assertThat(amounts(answer)).containsExactly(0L, 0L, yuan(45_000), 0L);
            assertThat(answer.applications().getFirst().after().about())
                    .isEqualTo(answer.applications().getFirst().before().about());
        }
    }

    @Test
    @DisplayName(
            "GZ-01, CL-03: who was vetted before it became ineligible and would now be vetted after it is passed over")
    void becameIneligible() {
        try (var province = new Province()) {
            province.opens("GZ", GUANGZHOU, yuan(50_000)).wasAccepted();
            province.pilot("E2");
            String plain = province.reserves("E1", "GZ", yuan(1_000));
            String pilot = province.reserves("E2", "GZ", yuan(1_000));
            province.approves(pilot).wasAccepted();
            province.sends(new BlacklistEnterprise(Cast.code("E2"), true, "名单")).wasAccepted();
            province.approves(plain).wasAccepted();
            province.at(GuangdongCloudTerms.APPLY_UNTIL)
                    .sends(new EndApplications("GZ"))
                    .wasAccepted();
            WhatIfAnswer answer = ask(province, draft().tiers(List.of()));
            assertThat(fates(answer)).containsExactly(Fate.GRANTED, Fate.SKIPPED);
            assertThat(answer.applications().getLast().after().rule()).isEqualTo("GZ-01");
            assertThat(answer.applications().getLast().change()).isEqualTo(Compared.Change.LOST);
        }
    }

    @Test
    @DisplayName(
            "CL-05, GZ-26: what the province's other cities did counts as it was; quota that is not there is not moved")
    void otherCities() {
        try (var province = new Province()) {
            province.opens("GZ", GUANGZHOU, yuan(100_000)).wasAccepted();
            province.opens("MZ", MEIZHOU, yuan(100_000)).wasAccepted();
            province.registers("E2", MEIZHOU);
            province.reserves("E2", "MZ", yuan(50_000));
            province.reserves("E1", "GZ", yuan(100_000));
            province.sends(new MoveCityQuota("GZ", "MZ", yuan(30_000), "notice", "调剂"))
                    .wasAccepted();
            province.at(GuangdongCloudTerms.APPLY_UNTIL)
                    .sends(new EndApplications("GZ"))
                    .wasAccepted();
            // E2 holds 40,000 of the provider's limit, whatever the draft says of Guangzhou.
            WhatIfAnswer limited = ask(
                    province,
                    draft().with(
                                    "providers",
                                    new Providers(yuan(109_999), null, Set.of(RecognitionLevel.values()), Map.of())));
            assertThat(limited.applications().getFirst().after().about()).isEqualTo("ProviderLimitExceeded");
            assertThat(limited.budgetFen()).isEqualTo(yuan(70_000));
            assertThat(limited.hindered()).isEmpty();
            // 80,000 leave 20,000, of which 30,000 cannot be moved.
            WhatIfAnswer more = ask(province, draft().tariff(new Tariff(When.ALWAYS, 8_000, null, null)));
            assertThat(more.budgetFen()).isEqualTo(yuan(100_000));
            assertThat(more.hindered())
                    .extracting(Hindered::amountFen, Hindered::about)
                    .containsExactly(tuple(yuan(30_000), "NothingMoreToTakeBack"));
        }
    }

    @Test
    @DisplayName("a draft of another kind, and a batch whose window is open, are refused")
    void badInput() {
        try (var province = new Province()) {
            province.opens("GZ", GUANGZHOU, yuan(100_000)).wasAccepted();
            ledger.bring(province.city());
            assertThat(refusal(draft())).isEqualTo("ApplicationsNotEnded");
            assertThat(refusal(draft().with("kind", SchemeTerms.Kind.SERVICE))).isEqualTo("NotOfThisKind");
        }
    }

    private static String refusal(Draft draft) {
        return catchThrowableOfType(Refused.class, () -> ledger.ask("GZ", draft.terms()))
                .decision()
                .about();
    }
}
