package org.voucherledger.domain.cloud;

import static org.assertj.core.api.Assertions.assertThat;
import static org.voucherledger.domain.rule.Rule.ALL_04;
import static org.voucherledger.domain.rule.Rule.CL_02;
import static org.voucherledger.domain.rule.Rule.CL_03;
import static org.voucherledger.domain.rule.Rule.CL_06;
import static org.voucherledger.domain.rule.Rule.CL_08;
import static org.voucherledger.domain.rule.Rule.GZ_09;
import static org.voucherledger.domain.rule.Rule.GZ_23;
import static org.voucherledger.domain.rule.Rule.GZ_26;
import static org.voucherledger.domain.rule.Rule.GZ_27;
import static org.voucherledger.domain.rule.Rule.GZ_40;
import static org.voucherledger.domain.rule.Rule.GZ_42;
import static org.voucherledger.domain.rule.Rule.GZ_43;
import static org.voucherledger.domain.rule.Rule.GZ_45;
import static org.voucherledger.domain.scenario.GuangzhouTerms.yuan;
import static org.voucherledger.domain.scenario.Province.GUANGZHOU;

import java.time.LocalDate;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.voucherledger.domain.cloud.CloudCommand.ClaimCloudVoucher;
import org.voucherledger.domain.command.Role;
import org.voucherledger.domain.redemption.ClaimCommand.BounceSettlement;
import org.voucherledger.domain.redemption.ClaimCommand.EndNotice;
import org.voucherledger.domain.redemption.ClaimCommand.ObjectToItem;
import org.voucherledger.domain.redemption.ClaimCommand.ReplyToObjection;
import org.voucherledger.domain.redemption.ClaimCommand.WithdrawClaim;
import org.voucherledger.domain.redemption.ObjectionMatter;
import org.voucherledger.domain.redemption.ObjectionOutcome;
import org.voucherledger.domain.redemption.SettlementState;
import org.voucherledger.domain.scenario.Cast;
import org.voucherledger.domain.scenario.City;
import org.voucherledger.domain.scenario.Papers;
import org.voucherledger.domain.scenario.Province;
import org.voucherledger.domain.voucher.VoucherCommand.FreezeVoucher;
import org.voucherledger.domain.voucher.VoucherCommand.RevokeForCause;
import org.voucherledger.domain.voucher.VoucherStatus;

class CloudClaimTest {

    private static final String OPEN = "2020-10-08T10:00";
    private Province province;

    @BeforeEach
    void open() {
        province = new Province();
        province.opens("GZ", GUANGZHOU, yuan(1_000_000)).wasAccepted();
    }

    @AfterEach
    void close() {
        province.close();
    }

    private WithdrawClaim withdraw(String claim) {
        return new WithdrawClaim(claim, "补件");
    }

    private SettlementState settlement() {
        return province.city().ledger().look(l -> l.settlement("GZ").now());
    }

    /** A papers' change away from a claim that is in order. */
    private Papers papers(long fen) {
        return Papers.of("E1", "P1", "N-1", fen).transferred(fen);
    }

    @ParameterizedTest(name = "contract {0}, paid {1}: claims {2}, {3} back")
    @CsvSource({"1001, 1001, 700, 0", "1001, 1000, 700, 0", "1001, 999, 699, 1", "1001, 2000, 700, 0", "1001, 2, 1, 699"
    })
    @DisplayName("CL-06: the voucher's share of what was contracted and paid, floored; the rest goes back")
    void amount(long contractFen, long paidFen, long claimedFen, long backFen) {
        String voucher = province.issues("E1", "GZ", contractFen);
        province.at(OPEN).claims(voucher, "C1", paidFen).wasAccepted();
        assertThat(province.city().lastOutcome().result()).isEqualTo(claimedFen);
        var state = province.state(voucher);
        assertThat(state.status()).isEqualTo(VoucherStatus.CLAIMED);
        assertThat(state.balances().claimedFen()).isEqualTo(claimedFen);
        assertThat(state.balances().backFen()).isEqualTo(backFen);
        assertThat(province.city().batch("GZ").lapsed().value()).isEqualTo(backFen);
        assertThat(province.city().providerQuota("P1").reserved().isZero()).isTrue();
        assertThat(province.city().providerQuota("P1").taken().value()).isEqualTo(claimedFen);
        province.booksBalance();
    }

    @Test
    @DisplayName("CL-06: nothing paid that is related, nothing claimed")
    void nothing() {
        String voucher = province.issues("E1", "GZ", 1_000);
        province.at(OPEN).claims(voucher, "C1", 1).wasRefusedBy(CL_06).about("NothingToSubsidise");
        province.sends(province.claim(voucher, "C1", papers(1_000).unrelated(0, 0, 999)))
                .wasRefusedBy(CL_06);
        province.sends(province.claim(voucher, "C1", papers(1_000).unrelated(0, 0, 998)))
                .wasAccepted();
    }

    @Test
    @DisplayName("CL-08: what was paid is invoiced in full, to the last fen")
    void invoiced() {
        String voucher = province.issues("E1", "GZ", 1_000);
        province.at(OPEN)
                .sends(province.claim(voucher, "C1", papers(1_000).invoiced(999)))
                .wasRefusedBy(CL_08)
                .about("TransfersAboveInvoices")
                .limit(999L)
                .asked(1_000L);
        province.sends(province.claim(
                        voucher, "C1", papers(1_000).invoiced(1_001).unrelated(0, 1, 0)))
                .wasAccepted();
    }

    @ParameterizedTest(name = "at {0}: accepted {1}")
    @CsvSource({
        "2020-10-08T09:59:59, false",
        "2020-10-08T10:00, true",
        "2021-02-08T16:59:59, true",
        "2021-02-08T17:00, false"
    })
    @DisplayName("CL-02: claimed from 10:00 of 8 October 2020 until 17:00 of 8 February 2021, exclusive")
    void window(String at, boolean accepted) {
        String voucher = province.issues("E1", "GZ", 1_000);
        province.at(at).claims(voucher, "C1", 1_000);
        if (accepted) {
            province.wasAccepted();
        } else {
            province.wasRefusedBy(CL_02);
        }
    }

    @Test
    @DisplayName("CL-08, GZ-09, GZ-23, GZ-45: the papers of the claim")
    void papersOfTheClaim() {
        String voucher = province.issues("E1", "GZ", 1_000);
        province.at(OPEN);
        province.sends(province.claim(voucher, "C1", papers(1_000).completedOn(LocalDate.of(2020, 10, 9))))
                .wasRefusedBy(CL_08)
                .about("ServiceNotComplete");
        province.sends(province.claim(voucher, "C1", papers(1_000).invoicedOn(LocalDate.of(2017, 12, 31))))
                .wasRefusedBy(GZ_23);
        province.sends(province.claim(
                        voucher, "C1", papers(1_000).named(Cast.enterpriseName("E2"), Cast.providerName("P1"))))
                .wasRefusedBy(GZ_09);
        ClaimCloudVoucher c = province.claim(voucher, "C1", papers(1_000));
        province.sends(new ClaimCloudVoucher(
                        voucher, "C1", c.acceptedOn(), c.invoices(), c.transfers(), false, c.documents()))
                .wasRefusedBy(GZ_27);
        for (int left = 0; left < 3; left++) {
            var some = new java.util.ArrayList<>(c.documents());
            some.remove(left);
            province.sends(new ClaimCloudVoucher(
                            voucher, "C1", c.acceptedOn(), c.invoices(), c.transfers(), true, some))
                    .wasRefusedBy(GZ_45)
                    .about("DocumentMissing");
        }
        province.city()
                .sends(c, City.party(Role.ENTERPRISE, province.enterprise("E2")))
                .wasRefusedBy(ALL_04);
        province.sends(province.claim(voucher, "C1", papers(1_000).completedOn(LocalDate.of(2020, 10, 8))))
                .wasAccepted();
    }

    @Test
    @DisplayName("CL-06: what is transferred by the day of receipt is paid; a transfer dated the day after is not")
    void paidByReceipt() {
        String voucher = province.issues("E1", "GZ", 1_000);
        province.at(OPEN)
                .sends(province.claim(voucher, "C1", papers(1_000).transferredOn(LocalDate.of(2020, 10, 9))))
                .wasRefusedBy(CL_06)
                .about("TransferNotMade");
        ClaimCloudVoucher c = province.claim(voucher, "C1", papers(500).transferredOn(LocalDate.of(2020, 10, 8)));
        var transfers = List.of(
                c.transfers().getFirst(),
                papers(500)
                        .numbered("N-2")
                        .transferredOn(LocalDate.of(2020, 10, 9))
                        .transfers()
                        .getFirst());
        province.sends(new ClaimCloudVoucher(
                        voucher, "C1", c.acceptedOn(), c.invoices(), transfers, true, c.documents()))
                .wasRefusedBy(CL_06)
                .about("TransferNotMade");
        province.sends(c).wasAccepted();
        assertThat(province.state(voucher).balances().claimedFen()).isEqualTo(350);
    }

    @Test
    @DisplayName("CL-08: an invoice is issued by the day of receipt; one dated the day after is none yet")
    void invoicedByReceipt() {
        String voucher = province.issues("E1", "GZ", 1_000);
        province.at(OPEN)
                .sends(province.claim(voucher, "C1", papers(1_000).invoicedOn(LocalDate.of(2020, 10, 9))))
                .wasRefusedBy(CL_08)
                .about("InvoiceNotIssued");
        province.sends(province.claim(voucher, "C1", papers(1_000).invoicedOn(LocalDate.of(2020, 10, 8))))
                .wasAccepted();
    }

    @Test
    @DisplayName("GZ-26: an invoice or transfer serves one voucher; a withdrawn claim frees it")
    void usedOnce() {
        String one = province.issues("E1", "GZ", 1_000);
        String two = province.issues("E1", "GZ", 1_000);
        province.at(OPEN).sends(province.claim(one, "C1", papers(1_000))).wasAccepted();
        province.sends(province.claim(two, "C2", papers(1_000)))
                .wasRefusedBy(GZ_26)
                .about("AlreadyUsed");
        ClaimCloudVoucher c = province.claim(two, "C2", papers(1_000).numbered("N-2"));
        province.sends(new ClaimCloudVoucher(
                        two,
                        "C2",
                        c.acceptedOn(),
                        c.invoices(),
                        List.of(c.transfers().getFirst(), c.transfers().getFirst()),
                        true,
                        c.documents()))
                .wasRefusedBy(CL_08);
        province.sends(new ClaimCloudVoucher(
                        two,
                        "C2",
                        c.acceptedOn(),
                        List.of(c.invoices().getFirst(), c.invoices().getFirst()),
                        c.transfers(),
                        true,
                        c.documents()))
                .wasRefusedBy(GZ_26)
                .about("NamedTwice");
        province.city()
                .sends(withdraw("C1"), City.party(Role.ENTERPRISE, Cast.code("E1")))
                .wasAccepted();
        province.sends(province.claim(two, "C2", papers(1_000))).wasAccepted();
    }

    @Test
    @DisplayName("GZ-40: a withdrawn claim leaves the voucher issued; what went back stays away")
    void withdrawn() {
        String voucher = province.issues("E1", "GZ", 1_000);
        province.at(OPEN).claims(voucher, "C1", 500).wasAccepted();
        province.city()
                .sends(withdraw("C1"), City.party(Role.PROVIDER, Cast.code("P1")))
                .wasRefusedBy(ALL_04);
        province.city()
                .sends(withdraw("C1"), City.party(Role.ENTERPRISE, Cast.code("E1")))
                .wasAccepted();
        assertThat(province.state(voucher).status()).isEqualTo(VoucherStatus.ISSUED);
        assertThat(province.state(voucher).balances().heldFen()).isEqualTo(350);
        assertThat(province.city().providerQuota("P1").reserved().value()).isEqualTo(350);
        assertThat(province.city().providerQuota("P1").taken().isZero()).isTrue();
        province.booksBalance();
        province.claims(voucher, "C1", 1_000).wasRefusedBy(GZ_40).about("ClaimExists");
        province.claims(voucher, "C2", 1_000).wasAccepted();
        assertThat(province.state(voucher).balances().claimedFen()).isEqualTo(350);
        assertThat(province.city().providerQuota("P1").taken().value()).isEqualTo(350);
        province.booksBalance();
    }

    @Test
    @DisplayName("GZ-42: a rejected voucher may be claimed again in the window, and ends where it is shut")
    void rejected() {
        String voucher = province.issues("E1", "GZ", 1_000);
        province.at(OPEN).claims(voucher, "C1", 1_000).wasAccepted();
        province.publishes("C1", 0);
        province.settles("C1", voucher).wasRefusedBy(GZ_43).about("ItemRejected");
        province.at("2020-10-15T23:59:59")
                .sends(new EndNotice("C1", List.of(voucher)))
                .wasRefusedBy(GZ_42);
        province.at("2020-10-16T00:00")
                .sends(new EndNotice("C1", List.of(voucher)))
                .wasAccepted();
        assertThat(province.state(voucher).status()).isEqualTo(VoucherStatus.ISSUED);
        province.booksBalance();
        province.at("2021-02-08T16:59:59").claims(voucher, "C2", 1_000).wasAccepted();
        province.publishes("C2", 0).at("2021-02-16T00:00");
        province.sends(new EndNotice("C2", List.of(voucher))).wasAccepted();
        assertThat(province.state(voucher).status()).isEqualTo(VoucherStatus.REVOKED);
        assertThat(province.city().providerQuota("P1").taken().isZero()).isTrue();
        province.booksBalance();
    }

    @Test
    @DisplayName("CL-03: an approved pilot whose notice is over is paid before anybody else of the batch")
    void pilotsFirst() {
        province.pilot("E2");
        String other = province.issues("E1", "GZ", 1_000);
        String pilot = province.issues("E2", "GZ", 1_000);
        province.at(OPEN).claims(other, "C1", 1_000).wasAccepted();
        province.publishes("C1", 700);
        province.at("2020-10-09T09:00").claims(pilot, "C2", 1_000).wasAccepted();
        province.publishes("C2", 800);
        // The pilot's notice runs until the end of the 16th.
        province.at("2020-10-17T00:00").settles("C1", other).wasRefusedBy(CL_03).about("EarlierTierUnpaid");
        province.settles("C2", pilot).wasAccepted();
        province.settles("C1", other).wasAccepted();
        assertThat(settlement().paidOut().value()).isEqualTo(1_500);
        assertThat(settlement().waiting().isEmpty()).isTrue();
        province.booksBalance();
    }

    @Test
    @DisplayName("CL-03: a pilot whose notice runs, that is objected to, frozen or rejected holds up nobody")
    void pilotsThatCannotBePaid() {
        province.pilot("E2");
        String other = province.issues("E1", "GZ", 1_000);
        String pilot = province.issues("E2", "GZ", 1_000);
        String third = province.issues("E3", "GZ", 1_000);
        String fourth = province.issues("E4", "GZ", 1_000);
        province.at(OPEN).claims(other, "C1", 1_000).wasAccepted();
        province.claims(third, "C3", 1_000).wasAccepted();
        province.claims(fourth, "C4", 1_000).wasAccepted();
        province.publishes("C1", 700).publishes("C3", 700).publishes("C4", 700);
        province.at("2020-10-09T09:00").claims(pilot, "C2", 1_000).wasAccepted();
        province.publishes("C2", 800);
        province.sends(new ObjectToItem("C2", pilot, "O1", ObjectionMatter.OTHER, List.of()))
                .wasAccepted();
        province.at("2020-10-16T23:59:59").settles("C1", other).wasAccepted();
        province.at("2020-10-17T00:00").settles("C3", third).wasAccepted();
        province.sends(new ReplyToObjection("C2", "O1", ObjectionOutcome.DISMISSED, 0, "维持"))
                .wasAccepted();
        province.settles("C4", fourth).wasRefusedBy(CL_03);
        province.sends(new FreezeVoucher(pilot, "疑点")).wasAccepted();
        province.settles("C4", fourth).wasAccepted();
        province.booksBalance();
    }

    @Test
    @DisplayName("GZ-43: otherwise paid in the order of claim")
    void orderOfClaim() {
        String one = province.issues("E1", "GZ", 1_000);
        String two = province.issues("E2", "GZ", 1_000);
        String three = province.issues("E3", "GZ", 1_000);
        province.at(OPEN).claims(two, "C2", 1_000).wasAccepted();
        province.claims(one, "C1", 1_000).wasAccepted();
        province.claims(three, "C3", 1_000).wasAccepted();
        province.publishes("C1", 700).publishes("C2", 700).publishes("C3", 700);
        province.at("2020-10-16T00:00").settles("C1", one).wasRefusedBy(GZ_43).about("EarlierClaimUnpaid");
        province.settles("C2", two).wasAccepted();
        province.settles("C1", one).wasAccepted();
        // What the bank sends back is to be paid again in its old turn.
        province.sends(new BounceSettlement("C2", two, "bank-C2", "退汇")).wasAccepted();
        assertThat(settlement().paidOut().value()).isEqualTo(700);
        province.settles("C3", three).wasRefusedBy(GZ_43).about("EarlierClaimUnpaid");
        province.sends(new RevokeForCause(two, "违规")).wasAccepted();
        province.settles("C3", three).wasAccepted();
        assertThat(settlement().waiting().isEmpty()).isTrue();
        province.booksBalance();
    }

    @Test
    @DisplayName("GZ-42: raised from nothing it waits for its new notice, lowered to nothing it waits no longer")
    void objections() {
        String one = province.issues("E1", "GZ", 1_000);
        String two = province.issues("E2", "GZ", 1_000);
        province.at(OPEN).claims(one, "C1", 1_000).wasAccepted();
        province.claims(two, "C2", 1_000).wasAccepted();
        province.publishes("C1", 0).publishes("C2", 700);
        province.sends(new ObjectToItem("C1", one, "O1", ObjectionMatter.OTHER, List.of()))
                .wasAccepted();
        province.at("2020-10-16T00:00")
                .sends(new ReplyToObjection("C1", "O1", ObjectionOutcome.RAISED, 600, "补正"))
                .wasAccepted();
        province.at("2020-10-23T23:59:59").settles("C2", two).wasAccepted();
        province.sends(new BounceSettlement("C2", two, "bank-C2", "退汇")).wasAccepted();
        province.sends(new ObjectToItem("C1", one, "O2", ObjectionMatter.OTHER, List.of()))
                .wasAccepted();
        province.at("2020-10-24T00:00").settles("C2", two).wasAccepted();
        province.sends(new BounceSettlement("C2", two, "bank-C2", "退汇")).wasAccepted();
        province.sends(new ReplyToObjection("C1", "O2", ObjectionOutcome.REJECTED, 0, "不实"))
                .wasAccepted();
        province.settles("C2", two).wasAccepted();
        province.sends(new EndNotice("C1", List.of(one))).wasAccepted();
        assertThat(settlement().waiting().isEmpty()).isTrue();
        assertThat(province.state(one).status()).isEqualTo(VoucherStatus.ISSUED);
        province.booksBalance();
    }

    @Test
    @DisplayName("GZ-43: over several pages of claims the earliest that can be paid is the next")
    void manyClaims() {
        for (int i = 1; i <= 300; i++) {
            province.issues("E" + (1 + i % 3), "GZ", 1_000);
        }
        province.at(OPEN);
        for (int i = 1; i <= 300; i++) {
            province.claims("GZ-A" + i + "-V1", "C" + i, 1_000).wasAccepted();
        }
        for (int i : List.of(1, 255, 256, 300)) {
            province.publishes("C" + i, 700);
        }
        province.at("2020-10-16T00:00");
        province.settles("C300", "GZ-A300-V1").wasRefusedBy(GZ_43);
        assertThat(province.city().lastOutcome().refusal().limit()).isEqualTo("first GZ-A1-V1");
        for (int i : List.of(1, 255, 256, 300)) {
            province.settles("C" + i, "GZ-A" + i + "-V1").wasAccepted();
        }
    }
}
