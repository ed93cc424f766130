package org.voucherledger.domain.cloud;

import static org.assertj.core.api.Assertions.assertThat;
import static org.voucherledger.domain.rule.Rule.ALL_04;
import static org.voucherledger.domain.rule.Rule.CL_02;
import static org.voucherledger.domain.rule.Rule.CL_03;
import static org.voucherledger.domain.rule.Rule.GZ_01;
import static org.voucherledger.domain.rule.Rule.GZ_08;
import static org.voucherledger.domain.rule.Rule.GZ_27;
import static org.voucherledger.domain.rule.Rule.GZ_32;
import static org.voucherledger.domain.scenario.GuangzhouTerms.yuan;
import static org.voucherledger.domain.scenario.Province.GUANGZHOU;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.voucherledger.domain.batch.QueueState;
import org.voucherledger.domain.cloud.CloudCommand.RecallApplication;
import org.voucherledger.domain.command.Role;
import org.voucherledger.domain.party.EnterpriseCommand.BlacklistEnterprise;
import org.voucherledger.domain.party.EnterpriseCommand.FreezeEnterprise;
import org.voucherledger.domain.party.EnterpriseCommand.LiftEnterpriseFreeze;
import org.voucherledger.domain.party.EnterpriseCommand.RecordOtherFunding;
import org.voucherledger.domain.party.EnterpriseCommand.RecordTie;
import org.voucherledger.domain.party.ProviderCommand.FreezeProvider;
import org.voucherledger.domain.party.ProviderCommand.LiftProviderFreeze;
import org.voucherledger.domain.scenario.Cast;
import org.voucherledger.domain.scenario.City;
import org.voucherledger.domain.scenario.GuangzhouTerms;
import org.voucherledger.domain.scenario.Province;
import org.voucherledger.domain.voucher.VoucherStatus;

class VettingTest {

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

    private QueueState queue() {
        return province.city().ledger().look(l -> l.queue("GZ").now());
    }

    private void isNext(String voucher, String instead) {
        province.approves(instead).wasRefusedBy(CL_03).about("NotTheNextToBeVetted");
        assertThat(province.city().lastOutcome().refusal().limit()).isEqualTo(voucher);
        province.rejects(instead).wasRefusedBy(CL_03).about("NotTheNextToBeVetted");
    }

    @Test
    @DisplayName("CL-03: vetted in the order of receipt; the refusal of another names the next")
    void inOrder() {
        String first = province.reserves("E1", "GZ", yuan(100));
        String second = province.reserves("E2", "GZ", yuan(100));
        isNext(first, second);
        province.approves(first).wasAccepted();
        assertThat(province.city().recorded())
                .containsExactly("ApplicationApproved", "QuotaCharged", "VoucherAdmitted");
        province.approves(first).wasRefusedBy(CL_03).about("VoucherStatus");
        province.approves(second).wasAccepted();
        assertThat(province.state(second).status()).isEqualTo(VoucherStatus.ISSUED);
        assertThat(queue().pending()).isZero();
        province.booksBalance();
    }

    @Test
    @DisplayName("CL-03: cluster pilots are vetted first, whenever they applied, and displace nobody's reservation")
    void pilotsFirst() {
        province.pilot("E3").pilot("E4");
        String first = province.reserves("E1", "GZ", yuan(100));
        String second = province.reserves("E2", "GZ", yuan(100));
        String pilot = province.reserves("E3", "GZ", yuan(100));
        String later = province.reserves("E4", "GZ", yuan(100));
        isNext(pilot, first);
        province.approves(pilot).wasAccepted();
        isNext(later, first);
        province.recalls(later).wasAccepted();
        province.approves(first).wasAccepted();
        String again = province.reserves("E4", "GZ", yuan(50));
        isNext(again, second);
        province.rejects(again).wasAccepted();
        province.approves(second).wasAccepted();
        province.booksBalance();
    }

    @Test
    @DisplayName("CL-03: the withdrawn are passed, before and behind the one vetted last")
    void withdrawnArePassed() {
        String a = province.reserves("E1", "GZ", yuan(100));
        String b = province.reserves("E2", "GZ", yuan(100));
        String c = province.reserves("E3", "GZ", yuan(100));
        String d = province.reserves("E4", "GZ", yuan(100));
        province.recalls(a).wasAccepted();
        isNext(b, c);
        province.approves(b).wasAccepted();
        province.recalls(c).wasAccepted();
        province.approves(d).wasAccepted();
        assertThat(queue().pending()).isZero();
        assertThat(queue().nextToBeVetted()).isEmpty();
        province.booksBalance();
    }

    @Test
    @DisplayName("CL-03: a rejection reverses both reservations and frees the contract's item")
    void rejected() {
        String voucher = province.reserves("E1", "GZ", yuan(100));
        province.rejects(voucher).wasAccepted();
        assertThat(province.city().recorded())
                .containsExactly(
                        "ApplicationRejected",
                        "KeyReleased",
                        "ProviderQuotaReleased",
                        "ReservationReleased",
                        "CityQuotaReleased",
                        "PendingReleased");
        assertThat(province.city().batch("GZ").available().value()).isEqualTo(yuan(100_000));
        assertThat(province.city().batch("GZ").lapsed().isZero()).isTrue();
        assertThat(province.city().providerQuota("P1").reserved().isZero()).isTrue();
        assertThat(province.city().enterpriseQuota("E1").pending()).isEmpty();
        assertThat(province.state(voucher).status()).isEqualTo(VoucherStatus.NOT_ADMITTED);
        assertThat(queue().tier(1).reserved().isZero()).isTrue();
        province.booksBalance();
    }

    @Test
    @DisplayName(
            "CL-03: withdrawn by the enterprise itself, before it is vetted and not after, inside the window and later")
    void recalled() {
        String first = province.reserves("E1", "GZ", yuan(100));
        String second = province.reserves("E1", "GZ", yuan(100));
        province.city()
                .sends(new RecallApplication(first, "不是我的"), City.party(Role.ENTERPRISE, province.enterprise("E2")))
                .wasRefusedBy(ALL_04);
        province.approves(first).wasAccepted();
        province.recalls(first).wasRefusedBy(CL_03).about("VoucherStatus");
        province.at("2020-10-05T09:00").recalls(second).wasAccepted();
        assertThat(province.state(second).status()).isEqualTo(VoucherStatus.WITHDRAWN);
        province.booksBalance();
    }

    @Test
    @DisplayName("GZ-32, GZ-33: who is frozen is not approved; it may be rejected, so that the others are not held up")
    void frozen() {
        String first = province.reserves("E1", "GZ", yuan(100));
        String second = province.reserves("E2", "GZ", yuan(100));
        province.sends(new FreezeEnterprise(Cast.code("E1"), "疑点")).wasAccepted();
        province.approves(first).wasRefusedBy(GZ_32).about("PartyFrozen");
        province.recalls(first).wasRefusedBy(GZ_32);
        isNext(first, second);
        province.sends(new LiftEnterpriseFreeze(Cast.code("E1"), null, "查清")).wasAccepted();
        province.approves(first).wasAccepted();
        province.sends(new FreezeEnterprise(Cast.code("E2"), "疑点")).wasAccepted();
        province.rejects(second).wasAccepted();
        province.booksBalance();
    }

    @Test
    @DisplayName("GZ-01: who has become ineligible since it applied is not admitted")
    void ineligible() {
        String voucher = province.reserves("E1", "GZ", yuan(100));
        province.sends(new BlacklistEnterprise(Cast.code("E1"), true, "失信")).wasAccepted();
        province.approves(voucher).wasRefusedBy(GZ_01).about("Blacklisted");
        province.rejects(voucher).wasAccepted();
    }

    @Test
    @DisplayName(
            "GZ-08: who has become related to its provider since it applied is not admitted, until the tie is over")
    void tied() {
        String voucher = province.reserves("E1", "GZ", yuan(100));
        province.sends(new RecordTie(Cast.code("E1"), Cast.code("P1"), true, "持股"))
                .wasAccepted();
        province.approves(voucher).wasRefusedBy(GZ_08).about("RelatedParties");
        province.sends(new RecordTie(Cast.code("E1"), Cast.code("P1"), false, "已转让"))
                .wasAccepted();
        province.approves(voucher).wasAccepted();
    }

    @Test
    @DisplayName(
            "GZ-27: an item that another fund has paid for since it was applied for is not admitted; another item is")
    void fundedOtherwise() {
        String funded = province.reserves("E1", "GZ", yuan(100));
        String other = province.reserves("E1", "GZ", yuan(100));
        var contract = province.state(funded).contract();
        province.sends(new RecordOtherFunding(
                        Cast.code("E1"), Cast.code("P1"), contract.number(), contract.item(), "技改资金"))
                .wasAccepted();
        province.approves(funded).wasRefusedBy(GZ_27).about("FundedOtherwise");
        province.rejects(funded).wasAccepted();
        province.approves(other).wasAccepted();
        province.booksBalance();
    }

    @Test
    @DisplayName("CL-02: until 17:00 of 8 February 2021, exclusive, an application is approved, and then only rejected")
    void notAfterRedemption() {
        String last = province.reserves("E1", "GZ", yuan(100));
        String late = province.reserves("E2", "GZ", yuan(100));
        province.at("2021-02-08T16:59:59.999").approves(last).wasAccepted();
        province.at("2021-02-08T17:00").approves(late).wasRefusedBy(CL_02).about("RedemptionClosed");
        province.rejects(late).wasAccepted();
        province.booksBalance();
    }

    @ParameterizedTest(name = "of {0}")
    @ValueSource(strings = {"enterprise", "provider"})
    @DisplayName(
            "GZ-32: a deadline named when a freeze is lifted holds for what was waiting to be vetted, approved later")
    void deadlineNamedWhileWaiting(String party) {
        String held = province.reserves("E1", "GZ", yuan(100));
        boolean enterprise = party.equals("enterprise");
        Instant until = GuangzhouTerms.shanghai("2021-03-01T00:00");
        province.sends(
                        enterprise
                                ? new FreezeEnterprise(Cast.code("E1"), "疑点")
                                : new FreezeProvider(Cast.code("P1"), "疑点"))
                .wasAccepted();
        province.at("2020-09-01T09:00");
        province.sends(
                        enterprise
                                ? new LiftEnterpriseFreeze(Cast.code("E1"), until, "查清")
                                : new LiftProviderFreeze(Cast.code("P1"), until, "查清"))
                .wasAccepted();
        String after = province.reserves("E1", "GZ", yuan(100));
        province.at("2020-09-02T09:00").approves(held).wasAccepted();
        province.approves(after).wasAccepted();
        province.at("2021-02-28T23:59:59");
        province.claims(after, "C2", yuan(100)).wasRefusedBy(CL_02).about("RedemptionClosed");
        province.claims(held, "C1", yuan(100)).wasAccepted();
        province.booksBalance();
    }

    @Test
    @DisplayName(
            "CL-03: three hundred applications are vetted in their order, those of one page of the queue and of the next alike")
    void longQueue() {
        for (int i = 1; i <= 300; i++) {
            province.reserves("E" + (1 + i % 15), "GZ", 1_000);
        }
        for (int i = 1; i <= 300; i++) {
            String next = "GZ-A" + i + "-V1";
            if (i % 10 == 0) {
                province.recalls(next).wasAccepted();
            } else if (i % 7 == 0) {
                province.rejects(next).wasAccepted();
            } else {
                province.approves(next).wasAccepted();
            }
            assertThat(queue().nextToBeVetted()).isEqualTo(i == 300 ? OptionalLong.empty() : OptionalLong.of(i + 1));
        }
        assertThat(queue().pending()).isZero();
        province.booksBalance();
    }

    /** What each step reads that comes to a first one, many that withdrew, and two behind them. */
    private static List<List<String>> readBehind(int withdrawn) {
        try (var province = new Province()) {
            province.opens("GZ", GUANGZHOU, yuan(100_000)).wasAccepted();
            for (int i = 1; i <= withdrawn + 3; i++) {
                province.reserves("E" + (1 + i % 4), "GZ", 1_000);
            }
            for (int i = 2; i <= withdrawn + 1; i++) {
                province.recalls("GZ-A" + i + "-V1").wasAccepted();
            }
            String behind = "GZ-A" + (withdrawn + 2) + "-V1";
            String last = "GZ-A" + (withdrawn + 3) + "-V1";
            var read = new ArrayList<List<String>>();
            province.approves(last).wasRefusedBy(CL_03).about("NotTheNextToBeVetted");
            read.add(read(province, last));
            province.approves("GZ-A1-V1").wasAccepted();
            read.add(read(province, "GZ-A1-V1"));
            province.rejects(behind).wasAccepted();
            read.add(read(province, behind));
            province.recalls(last).wasAccepted();
            read.add(read(province, last));
            province.booksBalance();
            return read;
        }
    }

    /** The kinds of the streams that were read, the batch's own queue and vouchers in full. */
    private static List<String> read(Province province, String own) {
        return province.city().ledger().streamsRead().stream()
                .map(stream -> stream.equals("voucher:" + own) ? "own voucher" : stream)
                .map(stream -> stream.matches("(voucher|queue):.*") ? stream : stream.replaceFirst(":.*", ""))
                .toList();
    }

    @Test
    @DisplayName(
            "CL-03: no vetting step looks at those that withdrew: behind five of them it reads what it reads behind fifty")
    void withdrawnCostNothing() {
        List<List<String>> behindFew = readBehind(5);
        assertThat(behindFew).allSatisfy(read -> assertThat(read).contains("own voucher", "queue:GZ"));
        assertThat(behindFew).allSatisfy(read -> assertThat(read).noneMatch(stream -> stream.startsWith("voucher:")));
        assertThat(readBehind(50)).isEqualTo(behindFew);
    }

    @Test
    @DisplayName("CL-03: a pilot that applies behind a long queue of others is first at once, without a look at them")
    void pilotBehindALongQueue() {
        for (int i = 1; i <= 30; i++) {
            province.reserves("E" + (1 + i % 3), "GZ", 1_000);
        }
        province.pilot("E9");
        String pilot = province.reserves("E9", "GZ", 1_000);
        isNext(pilot, "GZ-A1-V1");
        province.recalls(pilot).wasAccepted();
        String again = province.reserves("E9", "GZ", 1_000);
        String third = province.reserves("E9", "GZ", 1_000);
        province.approves(again).wasAccepted();
        isNext(third, "GZ-A1-V1");
        province.rejects(third).wasAccepted();
        province.approves("GZ-A1-V1").wasAccepted();
        province.booksBalance();
    }
}
