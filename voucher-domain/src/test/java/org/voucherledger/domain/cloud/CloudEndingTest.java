package org.voucherledger.domain.cloud;

import static org.assertj.core.api.Assertions.assertThat;
import static org.voucherledger.domain.rule.Rule.ALL_01;
import static org.voucherledger.domain.rule.Rule.ALL_03;
import static org.voucherledger.domain.rule.Rule.CL_03;
import static org.voucherledger.domain.rule.Rule.GZ_11;
import static org.voucherledger.domain.rule.Rule.GZ_26;
import static org.voucherledger.domain.rule.Rule.GZ_30;
import static org.voucherledger.domain.rule.Rule.GZ_31;
import static org.voucherledger.domain.rule.Rule.GZ_32;
import static org.voucherledger.domain.rule.Rule.GZ_40;
import static org.voucherledger.domain.scenario.GuangzhouTerms.yuan;
import static org.voucherledger.domain.scenario.Province.GUANGZHOU;

import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.voucherledger.domain.batch.BatchCommand.Apply;
import org.voucherledger.domain.batch.BatchCommand.Backfill;
import org.voucherledger.domain.batch.BatchCommand.CloseBatch;
import org.voucherledger.domain.batch.BatchCommand.CloseQueue;
import org.voucherledger.domain.batch.BatchCommand.EndApplications;
import org.voucherledger.domain.batch.BatchCommand.GrantApplications;
import org.voucherledger.domain.batch.BatchCommand.PublishGrant;
import org.voucherledger.domain.batch.BatchCommand.WithdrawApplication;
import org.voucherledger.domain.batch.BatchPhase;
import org.voucherledger.domain.party.EnterpriseCommand.DisqualifyEnterprise;
import org.voucherledger.domain.party.ProviderCommand.DisqualifyProvider;
import org.voucherledger.domain.redemption.ClaimCommand.BounceSettlement;
import org.voucherledger.domain.scenario.Cast;
import org.voucherledger.domain.scenario.City;
import org.voucherledger.domain.scenario.GuangdongCloudTerms;
import org.voucherledger.domain.scenario.Papers;
import org.voucherledger.domain.scenario.Province;
import org.voucherledger.domain.scheme.SchemeTerms.Tariff;
import org.voucherledger.domain.scheme.SchemeTerms.When;
import org.voucherledger.domain.voucher.VoucherCommand.ApplyDisqualification;
import org.voucherledger.domain.voucher.VoucherCommand.FreezeVoucher;
import org.voucherledger.domain.voucher.VoucherCommand.LiftVoucherFreeze;
import org.voucherledger.domain.voucher.VoucherCommand.RecoverVoucher;
import org.voucherledger.domain.voucher.VoucherCommand.ReturnVoucher;
import org.voucherledger.domain.voucher.VoucherCommand.RevokeForCause;
import org.voucherledger.domain.voucher.VoucherStatus;

class CloudEndingTest {

    private Province province;

    @BeforeEach
    void open() {
        province = new Province();
        province.opens("GZ", GUANGZHOU, yuan(100_000)).wasAccepted();
    }

    @AfterEach
    void close() {
        province.close();
    }

    @Test
    @DisplayName("GZ-31: returned before it is claimed, until redemption closes; the quota is free, the provider's too")
    void returned() {
        String voucher = province.issues("E1", "GZ", 1_000);
        String late = province.issues("E1", "GZ", 1_000);
        province.at("2021-02-08T16:59:59")
                .sends(new ReturnVoucher(voucher, "不做了"))
                .wasAccepted();
        assertThat(province.city().batch("GZ").lapsed().value()).isEqualTo(700);
        assertThat(province.city().enterpriseQuota("E1").charged().value()).isEqualTo(700);
        assertThat(province.city().providerQuota("P1").reserved().value()).isEqualTo(700);
        province.at("2021-02-08T17:00").sends(new ReturnVoucher(late, "不做了")).wasRefusedBy(GZ_31);
        province.booksBalance();
    }

    @Test
    @DisplayName("GZ-30: recovered when redemption closes, not an instant before; the contract's item is free")
    void recovered() {
        String voucher = province.issues("E1", "GZ", 1_000);
        province.at("2021-02-08T16:59:59.999")
                .sends(new RecoverVoucher(voucher))
                .wasRefusedBy(GZ_30);
        province.at("2021-02-08T17:00").sends(new RecoverVoucher(voucher)).wasAccepted();
        assertThat(province.city().recorded())
                .containsExactly("KeyReleased", "ProviderQuotaReleased", "VoucherRevoked", "MoneyCameBack");
        assertThat(province.city().enterpriseQuota("E1").charged().value()).isEqualTo(700);
        province.booksBalance();
    }

    @Test
    @DisplayName("GZ-32: frozen it is not claimed; lifted with a new deadline it may be claimed until then")
    void frozen() {
        String voucher = province.issues("E1", "GZ", 1_000);
        province.sends(new FreezeVoucher(voucher, "疑点")).wasAccepted();
        province.at("2021-02-08T16:00").claims(voucher, "C1", 1_000).wasRefusedBy(GZ_32);
        province.at("2021-02-09T09:00").sends(new RecoverVoucher(voucher)).wasRefusedBy(GZ_32);
        province.sends(new LiftVoucherFreeze(
                voucher, province.at("2021-02-20T00:00").city().now(), "查清"));
        assertThat(province.city().lastOutcome().refusal().about()).isEqualTo("DeadlineInThePast");
        var until = province.city().now();
        province.at("2021-02-09T09:00")
                .sends(new LiftVoucherFreeze(voucher, until, "查清"))
                .wasAccepted();
        province.sends(new RecoverVoucher(voucher)).wasRefusedBy(GZ_30);
        province.at("2021-02-19T23:59").claims(voucher, "C1", 1_000).wasAccepted();
    }

    @Test
    @DisplayName("GZ-32: revoked for cause everything goes back, and the contract's item stays bound for good")
    void revoked() {
        Papers papers = province.papers("E1", "P1", 1_000);
        province.sends(province.application("E1", "GZ", "P1", papers)).wasAccepted();
        province.sends(new RevokeForCause("GZ-A1-V1", "违规")).wasRefusedBy(GZ_32).about("VoucherStatus");
        province.approves("GZ-A1-V1").wasAccepted();
        province.at("2020-10-08T10:00").claims("GZ-A1-V1", "C1", 900).wasAccepted();
        province.sends(new RevokeForCause("GZ-A1-V1", "违规")).wasAccepted();
        assertThat(province.city().providerQuota("P1").taken().isZero()).isTrue();
        assertThat(province.city().batch("GZ").lapsed().value()).isEqualTo(700);
        province.booksBalance();
        province.at("2020-09-01T10:00")
                .sends(province.application("E1", "GZ", "P1", papers))
                .wasRefusedBy(GZ_26);
    }

    @Test
    @DisplayName("GZ-32: a disqualified enterprise loses what it has not claimed; what it has claimed is frozen")
    void disqualifiedEnterprise() {
        String unclaimed = province.issues("E1", "GZ", 1_000);
        String claimed = province.issues("E1", "GZ", 1_000);
        String waiting = province.reserves("E1", "GZ", 1_000);
        province.at("2020-10-08T10:00").claims(claimed, "C1", 1_000).wasAccepted();
        province.sends(new DisqualifyEnterprise(Cast.code("E1"), "骗补")).wasAccepted();
        province.sends(new ApplyDisqualification(unclaimed)).wasAccepted();
        province.sends(new ApplyDisqualification(claimed)).wasAccepted();
        province.sends(new ApplyDisqualification(waiting)).wasRefusedBy(GZ_32).about("VoucherStatus");
        province.approves(waiting).wasRefusedBy(GZ_32);
        province.rejects(waiting).wasAccepted();
        assertThat(province.state(unclaimed).status()).isEqualTo(VoucherStatus.REVOKED);
        assertThat(province.state(claimed).frozen()).isTrue();
        province.booksBalance();
    }

    @Test
    @DisplayName("GZ-32: what a disqualified provider had contracted goes back, and the enterprise may apply anew")
    void disqualifiedProvider() {
        Papers papers = province.papers("E1", "P1", 1_000);
        province.sends(province.application("E1", "GZ", "P1", papers)).wasAccepted();
        province.approves("GZ-A1-V1").wasAccepted();
        String claimed = province.issues("E1", "GZ", 1_000);
        String frozen = province.issues("E1", "GZ", 1_000);
        province.sends(new FreezeVoucher(frozen, "疑点")).wasAccepted();
        province.at("2020-10-08T10:00").claims(claimed, "C1", 1_000).wasAccepted();
        province.sends(new DisqualifyProvider(Cast.code("P1"), "造假")).wasAccepted();
        for (String voucher : List.of("GZ-A1-V1", claimed, frozen)) {
            province.sends(new ApplyDisqualification(voucher)).wasAccepted();
            province.sends(new ApplyDisqualification(voucher)).wasRefusedBy(GZ_32);
        }
        assertThat(province.state("GZ-A1-V1").status()).isEqualTo(VoucherStatus.REVOKED);
        assertThat(province.state(frozen).status()).isEqualTo(VoucherStatus.REVOKED);
        assertThat(province.state(claimed).frozen()).isTrue();
        assertThat(province.city().providerQuota("P1").reserved().isZero()).isTrue();
        province.booksBalance();
        province.at("2020-09-01T10:00").applies("E1", "GZ", "P2", 1_000).wasAccepted();
    }

    @Test
    @DisplayName("GZ-32, GZ-11: a disqualified provider costs the enterprise nothing of its annual cap")
    void capAfterADisqualifiedProvider() {
        province.close();
        province =
                new Province(GuangdongCloudTerms.with("tariff", List.of(new Tariff(When.ALWAYS, 7_000, 700L, null))));
        province.opens("GZ", GUANGZHOU, yuan(100_000)).wasAccepted();
        String voucher = province.issues("E1", "GZ", 1_000);
        province.applies("E1", "GZ", "P2", 2)
                .wasRefusedBy(GZ_11)
                .about("AnnualCapExceeded")
                .used(700L);
        province.sends(new DisqualifyProvider(Cast.code("P1"), "造假")).wasAccepted();
        province.sends(new ApplyDisqualification(voucher)).wasAccepted();
        assertThat(province.city().enterpriseQuota("E1").charged().isZero()).isTrue();
        province.applies("E1", "GZ", "P2", 1_000).wasAccepted();
        province.applies("E1", "GZ", "P2", 2).wasRefusedBy(GZ_11).used(700L);
        province.booksBalance();
    }

    @Test
    @DisplayName("ALL-03: a cloud batch closes when all are vetted, redemption is over and nothing is alive")
    void closes() {
        String paid = province.issues("E1", "GZ", 1_000);
        String unclaimed = province.issues("E2", "GZ", 1_000);
        String waiting = province.reserves("E3", "GZ", 1_000);
        CloseBatch closing = new CloseBatch("GZ");
        province.sends(closing).wasRefusedBy(ALL_03).about("BatchPhase");
        province.at("2020-10-08T10:00").sends(new EndApplications("GZ")).wasAccepted();
        province.sends(closing).wasRefusedBy(CL_03).about("NotVetted");
        province.rejects(waiting).wasAccepted();
        province.claims(paid, "C1", 900).wasAccepted();
        province.publishes("C1", 600).at("2020-10-16T00:00").settles("C1", paid).wasAccepted();
        province.sends(closing).wasRefusedBy(ALL_03).about("VouchersAlive").used(700);
        province.sends(new ReturnVoucher(unclaimed, "不做了")).wasAccepted();
        province.sends(closing).wasRefusedBy(GZ_40).about("RedemptionOpen");
        province.at("2021-02-08T17:00")
                .sends(new BounceSettlement("C1", paid, "bank", "退汇"))
                .wasAccepted();
        province.sends(closing).wasRefusedBy(ALL_03).about("VouchersAlive").used(600);
        province.settles("C1", paid).wasAccepted();
        province.sends(closing).wasAccepted();
        assertThat(province.city().batch("GZ").phase()).isEqualTo(BatchPhase.CLOSED);
        assertThat(province.city().batch("GZ").lapsed().value()).isEqualTo(yuan(100_000) - 600);
        province.booksBalance();
    }

    @Test
    @DisplayName("ALL-01: what a service batch is asked is refused of a cloud batch, and the other way round")
    void notOfThisKind() {
        province.enterprise("E1");
        province.sends(new Apply("GZ", Cast.code("E1"), 100, List.of(100L)))
                .wasRefusedBy(ALL_01)
                .about("NotOfThisKind");
        province.sends(new WithdrawApplication("GZ", Cast.code("E1"))).wasRefusedBy(ALL_01);
        province.sends(new GrantApplications("GZ", 1)).wasRefusedBy(ALL_01);
        province.sends(new PublishGrant("GZ", 1)).wasRefusedBy(ALL_01);
        province.sends(new Backfill("GZ", 1)).wasRefusedBy(ALL_01);
        province.sends(new CloseQueue("GZ", 1)).wasRefusedBy(ALL_01);
        try (City guangzhou = new City()) {
            guangzhou.provider("P1");
            guangzhou.at("2020-04-02T09:00");
            String batch =
                    guangzhou.grants(City.Grant.voucher("V1").worth(yuan(100)).to("E1"));
            Papers papers = Papers.of("E1", "P1", "N-1", 100);
            guangzhou
                    .sends(new CloudCommand.ApplyWithContract(
                            batch,
                            Cast.code("E1"),
                            Cast.code("P1"),
                            "INFORMATION",
                            papers.cloudContract(),
                            true,
                            true,
                            papers.paymentDocuments()))
                    .wasRefusedBy(ALL_01)
                    .about("NotOfThisKind");
            String voucher = guangzhou.id("V1");
            guangzhou.sends(new CloudCommand.ApproveApplication(voucher)).wasRefusedBy(ALL_01);
            guangzhou.sends(new CloudCommand.RejectApplication(voucher, "不符")).wasRefusedBy(ALL_01);
            guangzhou.sends(new CloudCommand.RecallApplication(voucher, "不做了")).wasRefusedBy(ALL_01);
            guangzhou
                    .sends(new CloudCommand.ClaimCloudVoucher(
                            voucher,
                            "C1",
                            papers.completedOn(),
                            papers.invoices(),
                            papers.transfers(),
                            true,
                            papers.paymentDocuments()))
                    .wasRefusedBy(ALL_01);
            guangzhou
                    .opensBatch("B9", 1, guangzhou.now(), guangzhou.now().plusSeconds(1))
                    .wasAccepted();
            guangzhou
                    .sends(new CloudCommand.MoveCityQuota(batch, "B9", 1, "notice", "调剂"))
                    .wasRefusedBy(ALL_01);
        }
    }
}
