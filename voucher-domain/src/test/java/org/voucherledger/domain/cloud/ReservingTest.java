package org.voucherledger.domain.cloud;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.voucherledger.domain.rule.Rule.CL_01;
import static org.voucherledger.domain.rule.Rule.CL_02;
import static org.voucherledger.domain.rule.Rule.CL_03;
import static org.voucherledger.domain.rule.Rule.CL_05;
import static org.voucherledger.domain.rule.Rule.CL_06;
import static org.voucherledger.domain.rule.Rule.CL_07;
import static org.voucherledger.domain.rule.Rule.CL_08;
import static org.voucherledger.domain.rule.Rule.GZ_05;
import static org.voucherledger.domain.rule.Rule.GZ_08;
import static org.voucherledger.domain.rule.Rule.GZ_09;
import static org.voucherledger.domain.rule.Rule.GZ_10;
import static org.voucherledger.domain.rule.Rule.GZ_11;
import static org.voucherledger.domain.rule.Rule.GZ_23;
import static org.voucherledger.domain.rule.Rule.GZ_26;
import static org.voucherledger.domain.rule.Rule.GZ_27;
import static org.voucherledger.domain.rule.Rule.GZ_32;
import static org.voucherledger.domain.rule.Rule.GZ_45;
import static org.voucherledger.domain.scenario.GuangzhouTerms.yuan;
import static org.voucherledger.domain.scenario.Province.GUANGZHOU;
import static org.voucherledger.domain.scenario.Province.MEIZHOU;

import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.voucherledger.domain.batch.BatchCommand.OpenBatch;
import org.voucherledger.domain.cloud.CloudCommand.ApplyWithContract;
import org.voucherledger.domain.command.Malformed;
import org.voucherledger.domain.party.EnterpriseCommand.FreezeEnterprise;
import org.voucherledger.domain.party.EnterpriseCommand.RecordOtherFunding;
import org.voucherledger.domain.party.EnterpriseCommand.RecordTie;
import org.voucherledger.domain.party.PriorityTag;
import org.voucherledger.domain.party.ProviderCommand.FreezeProvider;
import org.voucherledger.domain.party.RecognitionLevel;
import org.voucherledger.domain.party.SupplierClass;
import org.voucherledger.domain.providerquota.ProviderQuotaCommand.AdjustProviderLimit;
import org.voucherledger.domain.scenario.Cast;
import org.voucherledger.domain.scenario.GuangdongCloudTerms;
import org.voucherledger.domain.scenario.Papers;
import org.voucherledger.domain.scenario.Province;
import org.voucherledger.domain.scheme.SchemeTerms.Providers;
import org.voucherledger.domain.scheme.SchemeTerms.Redemption;
import org.voucherledger.domain.scheme.SchemeTerms.Tariff;
import org.voucherledger.domain.scheme.SchemeTerms.When;
import org.voucherledger.domain.voucher.VoucherStatus;

class ReservingTest {

    private Province province;

    @BeforeEach
    void open() {
        province = new Province();
        province.opens("GZ", GUANGZHOU, yuan(20_000_000)).wasAccepted();
        province.opens("MZ", MEIZHOU, yuan(20_000_000)).wasAccepted();
    }

    @AfterEach
    void close() {
        province.close();
    }

    private Province other(Province next) {
        province.close();
        province = next;
        return next;
    }

    private ApplyWithContract with(Papers papers) {
        return province.application("E1", "GZ", "P1", papers);
    }

    private Papers papers() {
        return province.papers("E1", "P1", yuan(10_000));
    }

    @Test
    @DisplayName(
            "CL-03: receipt takes a position and reserves the city's quota, the provider's limit and the contract's item")
    void reserves() {
        String voucher = province.reserves("E1", "GZ", yuan(10_000));

        assertThat(province.city().recorded())
                .containsExactly(
                        "QuotaPended",
                        "ApplicationReserved",
                        "CityQuotaReserved",
                        "VoucherReserved",
                        "ProviderQuotaReserved",
                        "KeyBound");
        var state = province.state(voucher);
        assertThat(state.status()).isEqualTo(VoucherStatus.RESERVED);
        assertThat(state.balances().heldFen()).isEqualTo(yuan(7_000));
        assertThat(state.cloud().position()).isEqualTo(1);
        assertThat(province.city().batch("GZ").available().value()).isEqualTo(yuan(20_000_000 - 7_000));
        assertThat(province.city().providerQuota("P1").reserved().value()).isEqualTo(yuan(7_000));
        assertThat(province.city().enterpriseQuota("E1").pendingTotal().value()).isEqualTo(yuan(7_000));
        province.booksBalance();
    }

    @ParameterizedTest(name = "{0} contracted by {1} of {2}: {3} fen")
    @CsvSource({
        "100, false, 广州市, 70",
        "101, false, 广州市, 70",
        "103, false, 广州市, 72",
        "101, true, 广州市, 80",
        "101, false, 梅州市, 80",
        "99, true, 梅州市, 79",
        "1234567891, false, 广州市, 864197523"
    })
    @DisplayName("CL-06: floor to fen of the contract, 70% in the delta, 80% elsewhere and for cluster pilots")
    void share(long contractFen, boolean pilot, String cityName, long faceFen) {
        province.recognises("P1", SupplierClass.TELECOM_OPERATOR);
        province.sends(new AdjustProviderLimit(
                        GuangdongCloudTerms.SCHEME, Cast.code("P1"), yuan(100_000_000), "notice-1", "抽查优良"))
                .wasAccepted();
        if (pilot) {
            province.registers("E1", cityName, PriorityTag.CLUSTER_PILOT);
        } else {
            province.registers("E1", cityName);
        }
        String voucher = province.reserves("E1", cityName.equals(GUANGZHOU) ? "GZ" : "MZ", contractFen);
        assertThat(province.state(voucher).issue().faceFen()).isEqualTo(faceFen);
    }

    @Test
    @DisplayName("CL-06: unrelated content earns nothing, and less than a fen is no voucher")
    void unrelated() {
        province.sends(with(province.papers("E1", "P1", 1_000).unrelated(900, 0, 0)))
                .wasAccepted();
        assertThat(province.state("GZ-A1-V1").issue().faceFen()).isEqualTo(70);
        province.applies("E1", "GZ", 1).wasRefusedBy(CL_06).about("NothingToSubsidise");
        province.applies("E1", "GZ", 2).wasAccepted();
    }

    @ParameterizedTest(name = "at {0}: accepted {1}")
    @CsvSource({
        "2020-05-25T09:59:59.999, false",
        "2020-05-25T10:00, true",
        "2020-09-30T16:59:59.999, true",
        "2020-09-30T17:00, false"
    })
    @DisplayName("GZ-10, CL-02: the opening instant is in, the closing instant is out")
    void window(String at, boolean accepted) {
        ApplyWithContract apply = with(papers());
        province.at(at).sends(apply);
        assertThat(province.city().lastOutcome().accepted()).isEqualTo(accepted);
        if (!accepted) {
            province.wasRefusedBy(GZ_10);
        }
    }

    @Test
    @DisplayName("CL-02: a cloud batch knows its redemption window from the first, because nothing is published")
    void redemptionIsDated() {
        Redemption r = GuangdongCloudTerms.asPublished().redemption();
        other(new Province(GuangdongCloudTerms.with(
                        "redemption", new Redemption(r.claimant(), null, null, 10, 10, r.reviews(), r.noticeDays()))))
                .opens("GZ", GUANGZHOU, 1)
                .wasRefusedBy(CL_02)
                .about("RedemptionNotDated");
        province.sends(new OpenBatch(
                        "GZ",
                        GuangdongCloudTerms.SCHEME,
                        GUANGZHOU,
                        1,
                        GuangdongCloudTerms.APPLY_FROM,
                        GuangdongCloudTerms.APPLY_UNTIL,
                        null,
                        GuangdongCloudTerms.REDEMPTION_FROM,
                        GuangdongCloudTerms.REDEMPTION_UNTIL,
                        "notice"))
                .wasAccepted();
    }

    @Test
    @DisplayName("CL-01: only industrial enterprises of the city whose batch it is")
    void eligible() {
        province.registers("E1", MEIZHOU);
        province.applies("E1", "GZ", yuan(1)).wasRefusedBy(CL_01).about("OtherCity");
        province.applies("E1", "MZ", yuan(1)).wasAccepted();
        province.city().enterprise("E2"); // a software enterprise of Guangzhou
        Papers papers = province.papers("E2", "P1", yuan(1));
        province.sends(new ApplyWithContract(
                        "GZ",
                        Cast.code("E2"),
                        Cast.code("P1"),
                        Province.PRODUCT,
                        papers.cloudContract(),
                        true,
                        true,
                        List.of(Papers.document("CONTRACT"))))
                .wasRefusedBy(CL_01)
                .about("IndustryNotAdmitted");
        province.opens("SZ", "深圳市", 1);
        assertThat(province.city().lastOutcome().refusal().about()).isEqualTo("CityNotOfTheScheme");
    }

    @Test
    @DisplayName("CL-01, GZ-27: no violation in five years and no other fund, both declared")
    void declared() {
        ApplyWithContract a = with(papers());
        province.sends(new ApplyWithContract(
                        a.batchId(),
                        a.enterpriseId(),
                        a.providerId(),
                        a.productId(),
                        a.contract(),
                        false,
                        true,
                        a.documents()))
                .wasRefusedBy(CL_01)
                .about("ViolationNotExcluded");
        province.sends(new ApplyWithContract(
                        a.batchId(),
                        a.enterpriseId(),
                        a.providerId(),
                        a.productId(),
                        a.contract(),
                        true,
                        false,
                        a.documents()))
                .wasRefusedBy(GZ_27)
                .about("NotDeclared");
    }

    @Test
    @DisplayName("GZ-27: an item that another fund has paid for is refused where the ledger knows it")
    void fundedOtherwise() {
        ApplyWithContract a = with(papers());
        province.sends(new RecordOtherFunding(
                        a.enterpriseId(),
                        a.providerId(),
                        a.contract().number(),
                        a.contract().item(),
                        "技改资金"))
                .wasAccepted();
        province.sends(a).wasRefusedBy(GZ_27).about("FundedOtherwise");
    }

    @Test
    @DisplayName("GZ-32, GZ-08: frozen parties and related parties are refused")
    void standing() {
        ApplyWithContract a = with(papers());
        province.sends(new RecordTie(a.enterpriseId(), a.providerId(), true, "持股"))
                .wasAccepted();
        province.sends(a).wasRefusedBy(GZ_08);
        province.sends(new FreezeProvider(a.providerId(), "疑点")).wasAccepted();
        province.sends(a).wasRefusedBy(GZ_32);
        province.sends(new FreezeEnterprise(a.enterpriseId(), "疑点")).wasAccepted();
        province.sends(a).wasRefusedBy(GZ_32);
    }

    @Test
    @DisplayName("CL-07: only a product of the scheme's catalogue")
    void catalogue() {
        ApplyWithContract a = with(papers());
        province.sends(new ApplyWithContract(
                        a.batchId(), a.enterpriseId(), a.providerId(), "MES", a.contract(), true, true, a.documents()))
                .wasRefusedBy(CL_07)
                .about("NotOnTheCatalogue");
    }

    @Test
    @DisplayName("GZ-09, GZ-23, GZ-45: names, service period and papers of the contract")
    void contract() {
        province.sends(with(papers().named("别的企业", Cast.providerName("P1")))).wasRefusedBy(GZ_09);
        province.sends(with(papers().named(Cast.enterpriseName("E1"), "别的机构"))).wasRefusedBy(GZ_09);
        province.sends(with(papers().signedOn(LocalDate.of(2017, 12, 31)))).wasRefusedBy(GZ_23);
        province.sends(with(papers().signedOn(LocalDate.of(2018, 1, 1)))).wasAccepted();
        LocalDate last = LocalDate.of(2022, 12, 31);
        province.sends(with(papers().served(LocalDate.of(2020, 6, 1), last.plusDays(1))))
                .wasRefusedBy(GZ_23);
        province.sends(with(papers().served(LocalDate.of(2020, 6, 1), last))).wasAccepted();
        ApplyWithContract a = with(papers());
        province.sends(new ApplyWithContract(
                        a.batchId(),
                        a.enterpriseId(),
                        a.providerId(),
                        a.productId(),
                        a.contract(),
                        true,
                        true,
                        List.of(Papers.document("INVOICE"))))
                .wasRefusedBy(GZ_45)
                .about("DocumentMissing");
        assertThatThrownBy(() -> with(papers().contractedFor(0))).isInstanceOf(Malformed.class);
    }

    @Test
    @DisplayName("CL-08: the contract is signed by the day of receipt; one dated the day after is none yet")
    void signedByReceipt() {
        LocalDate today = LocalDate.of(2020, 5, 25);
        province.sends(with(papers().signedOn(today.plusDays(1))))
                .wasRefusedBy(CL_08)
                .about("ContractNotSigned");
        province.sends(with(papers().signedOn(today))).wasAccepted();
    }

    @Test
    @DisplayName(
            "GZ-05: where the scheme says so, a provider of another city's level takes its own city's vouchers only")
    void whoseVouchers() {
        var own = new Providers(yuan(5_000_000), null, Set.of(RecognitionLevel.NATIONAL), Map.of());
        other(new Province(GuangdongCloudTerms.with("providers", own)))
                .registers("E2", MEIZHOU)
                .opens("GZ", GUANGZHOU, yuan(100))
                .opens("MZ", MEIZHOU, yuan(100))
                .wasAccepted();
        province.applies("E2", "MZ", 1_000).wasRefusedBy(GZ_05).about("OtherCity");
        province.applies("E1", "GZ", 1_000).wasAccepted();
        var any = new Providers(yuan(5_000_000), null, Set.of(RecognitionLevel.PROVINCIAL), Map.of());
        other(new Province(GuangdongCloudTerms.with("providers", any)))
                .registers("E2", MEIZHOU)
                .opens("MZ", MEIZHOU, yuan(100))
                .wasAccepted();
        province.applies("E2", "MZ", 1_000).wasAccepted();
    }

    @Test
    @DisplayName("GZ-26: a contract's item serves one voucher; another item of the same contract another one")
    void usedOnce() {
        Papers papers = papers();
        province.sends(with(papers)).wasAccepted();
        province.sends(with(papers)).wasRefusedBy(GZ_26).about("AlreadyUsed");
        province.recalls("GZ-A1-V1").wasAccepted();
        province.sends(with(papers)).wasAccepted();
        province.applies("E1", "GZ", yuan(1)).wasAccepted();
        assertThat(province.city().enterpriseQuota("E1").pending()).hasSize(2);
        province.booksBalance();
    }

    @ParameterizedTest(name = "{0} fen of quota, a voucher of 70 fen: accepted {1}")
    @CsvSource({"70, true", "69, false"})
    @DisplayName("CL-03: an application fits up to the last fen of the city's quota")
    void cityQuota(long quotaFen, boolean accepted) {
        other(new Province()).opens("GZ", GUANGZHOU, quotaFen).wasAccepted();
        province.applies("E1", "GZ", 100);
        if (accepted) {
            province.wasAccepted();
        } else {
            province.wasRefusedBy(CL_03).about("CityQuotaExceeded").limit(69L).asked(70L);
        }
    }

    @ParameterizedTest(name = "{0}: {1} yuan, accepted {2}")
    @CsvSource({
        "OTHER, 5000000, true", "OTHER, 5000001, false", "CROSS_INDUSTRY_PLATFORM, 8000000, true",
        "CROSS_INDUSTRY_PLATFORM, 8000001, false", "TELECOM_OPERATOR, 8000000, true", "TELECOM_OPERATOR, 8000001, false"
    })
    @DisplayName("CL-05: the provider's limit is its class's, over the whole province")
    void providerLimit(SupplierClass supplierClass, long sum, boolean accepted) {
        province.recognises("P1", supplierClass);
        province.registers("E2", MEIZHOU);
        // 4,000,000 of it in Meizhou at 80%.
        province.applies("E2", "MZ", yuan(5_000_000)).wasAccepted();
        province.pilot("E1").applies("E1", "GZ", (yuan(sum) - yuan(4_000_000)) / 8 * 10);
        if (accepted) {
            province.wasAccepted();
        } else {
            province.wasRefusedBy(CL_05).about("ProviderLimitExceeded").used(yuan(4_000_000));
        }
    }

    @Test
    @DisplayName("CL-05: a limit that the bureau lowers stops new reservations only")
    void adjusted() {
        province.applies("E1", "GZ", 1_000).wasAccepted();
        province.sends(new AdjustProviderLimit(GuangdongCloudTerms.SCHEME, Cast.code("P1"), 1_399, "notice-1", "投诉"))
                .wasAccepted();
        province.applies("E1", "GZ", 1_000)
                .wasRefusedBy(CL_05)
                .limit(1_399L)
                .used(700L)
                .asked(700L);
        province.sends(new AdjustProviderLimit(GuangdongCloudTerms.SCHEME, Cast.code("P1"), 1_400, "notice-2", "整改"))
                .wasAccepted();
        province.applies("E1", "GZ", 1_000).wasAccepted();
    }

    @Test
    @DisplayName("GZ-11: a ceiling and an annual cap hold where the tariff has them")
    void tariffBounds() {
        other(new Province(GuangdongCloudTerms.with("tariff", List.of(new Tariff(When.ALWAYS, 5_000, 1_000L, 600L)))))
                .opens("GZ", GUANGZHOU, yuan(100))
                .wasAccepted();
        province.applies("E1", "GZ", 1_202).wasRefusedBy(GZ_11).about("ApplicationCeilingExceeded");
        province.applies("E1", "GZ", 1_200).wasAccepted();
        province.applies("E1", "GZ", 802)
                .wasRefusedBy(GZ_11)
                .about("AnnualCapExceeded")
                .used(600L)
                .asked(401L);
        province.applies("E1", "GZ", 800).wasAccepted();
    }

    @Test
    @DisplayName("GZ-11: who fits no row of the tariff is given nothing")
    void notInTheTariff() {
        other(new Province(GuangdongCloudTerms.with(
                        "tariff",
                        List.of(new Tariff(
                                new When(Set.of(), Set.of("粤东"), Set.of(), null, null), 8_000, null, null)))))
                .opens("GZ", GUANGZHOU, yuan(100))
                .wasAccepted();
        province.applies("E1", "GZ", 100).wasRefusedBy(GZ_11).about("NotInTheTariff");
    }

    @Test
    @DisplayName("CL-03: others leave the pilots' part of the budget alone, to the last fen")
    void keptForPilots() {
        other(new Province(GuangdongCloudTerms.keepingForPilots(3_000)))
                .opens("GZ", GUANGZHOU, 1_000)
                .wasAccepted();
        // 300 fen are kept: 700 are for everybody.
        province.applies("E1", "GZ", 1_002)
                .wasRefusedBy(CL_03)
                .about("KeptForTheFirstTier")
                .limit(700L)
                .asked(701L);
        province.applies("E1", "GZ", 1_000).wasAccepted();
        province.applies("E1", "GZ", 2).wasRefusedBy(CL_03).limit(0L);
        province.pilot("E2")
                .applies("E2", "GZ", 377)
                .wasRefusedBy(CL_03)
                .about("CityQuotaExceeded")
                .limit(300L);
        province.applies("E2", "GZ", 375).wasAccepted();
        assertThat(province.city().batch("GZ").available().isZero()).isTrue();
        province.booksBalance();
    }

    @Test
    @DisplayName("CL-03: what pilots have reserved is kept no longer; what they release is kept again")
    void keptFollowsThePilots() {
        other(new Province(GuangdongCloudTerms.keepingForPilots(3_000)))
                .opens("GZ", GUANGZHOU, 1_000)
                .wasAccepted();
        province.pilot("E2");
        // 400 by pilots: their 300 are used up, 600 are left for everybody.
        String first = province.reserves("E2", "GZ", 250);
        String second = province.reserves("E2", "GZ", 250);
        province.applies("E1", "GZ", 860).wasRefusedBy(CL_03).limit(600L).asked(602L);
        province.recalls(second).wasAccepted();
        // 200 by pilots: 100 are kept, 700 are left for others.
        province.applies("E1", "GZ", 1_002)
                .wasRefusedBy(CL_03)
                .about("KeptForTheFirstTier")
                .limit(700L);
        province.applies("E1", "GZ", 1_000).wasAccepted();
        // A pilot never displaces a reservation: only its own part is left.
        province.applies("E2", "GZ", 127)
                .wasRefusedBy(CL_03)
                .about("CityQuotaExceeded")
                .limit(100L)
                .asked(101L);
        province.applies("E2", "GZ", 125).wasAccepted();
        assertThat(province.state(first).status()).isEqualTo(VoucherStatus.RESERVED);
        province.booksBalance();
    }

    @Test
    @DisplayName(
            "CL-03: so many applications of one enterprise wait to be vetted, not one more; vetted, the next may come")
    void mostWaiting() {
        try (var narrow = new Province(GuangdongCloudTerms.waiting(2))) {
            narrow.opens("GZ", GUANGZHOU, yuan(1_000_000)).wasAccepted();
            narrow.opens("MZ", MEIZHOU, yuan(1_000_000)).wasAccepted();
            String first = narrow.reserves("E1", "GZ", 1_000);
            String second = narrow.reserves("E1", "GZ", 1_000);
            narrow.applies("E1", "GZ", 1_000).wasRefusedBy(CL_03).about("TooManyWaiting");
            assertThat(narrow.city().lastOutcome().refusal().limit()).isEqualTo("2 waiting to be vetted");
            narrow.reserves("E2", "GZ", 1_000);
            narrow.approves(first).wasAccepted();
            String third = narrow.reserves("E1", "GZ", 1_000);
            narrow.applies("E1", "GZ", 1_000).wasRefusedBy(CL_03).about("TooManyWaiting");
            narrow.recalls(third).wasAccepted();
            narrow.reserves("E1", "GZ", 1_000);
            narrow.rejects(second).wasAccepted();
            narrow.reserves("E1", "GZ", 1_000);
            assertThat(narrow.city().enterpriseQuota("E1").pending()).hasSize(2);
            narrow.booksBalance();
        }
    }
}
