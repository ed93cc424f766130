package org.voucherledger.domain.cloud;

import static org.assertj.core.api.Assertions.assertThat;
import static org.voucherledger.domain.rule.Rule.CL_03;
import static org.voucherledger.domain.rule.Rule.GZ_43;
import static org.voucherledger.domain.scenario.GuangzhouTerms.yuan;
import static org.voucherledger.domain.scenario.Province.GUANGZHOU;

import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.function.BiConsumer;
import java.util.stream.Stream;
import org.axonframework.messaging.unitofwork.CurrentUnitOfWork;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.voucherledger.domain.aggregate.DomainEvent;
import org.voucherledger.domain.command.Stamp;
import org.voucherledger.domain.party.EnterpriseCommand.DisqualifyEnterprise;
import org.voucherledger.domain.party.EnterpriseCommand.FreezeEnterprise;
import org.voucherledger.domain.party.EnterpriseCommand.LiftEnterpriseFreeze;
import org.voucherledger.domain.party.ProviderCommand.FreezeProvider;
import org.voucherledger.domain.party.ProviderCommand.LiftProviderFreeze;
import org.voucherledger.domain.redeeming.SettlingHandler;
import org.voucherledger.domain.redemption.ClaimCommand.BounceSettlement;
import org.voucherledger.domain.redemption.ClaimCommand.ObjectToItem;
import org.voucherledger.domain.redemption.ClaimCommand.ReplyToObjection;
import org.voucherledger.domain.redemption.ClaimCommand.SettleItems;
import org.voucherledger.domain.redemption.ClaimEvent.ItemPaidEarly;
import org.voucherledger.domain.redemption.ObjectionMatter;
import org.voucherledger.domain.redemption.ObjectionOutcome;
import org.voucherledger.domain.redemption.SettlementEvent.PaidOutOfTurn;
import org.voucherledger.domain.redemption.SettlementState;
import org.voucherledger.domain.rule.Check;
import org.voucherledger.domain.rule.Decision;
import org.voucherledger.domain.rule.Trail;
import org.voucherledger.domain.scenario.Cast;
import org.voucherledger.domain.scenario.Province;
import org.voucherledger.domain.voucher.VoucherCommand.FreezeVoucher;
import org.voucherledger.domain.voucher.VoucherCommand.LiftVoucherFreeze;

class OrderOfPaymentTest {

    private static final String OPEN = "2020-10-08T10:00";
    /** The first instant at which what is published on the opening day may be paid. */
    private static final String NOTICE_OVER = "2020-10-16T00:00";

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

    private SettlementState order() {
        return province.city().ledger().look(l -> l.settlement("GZ").now());
    }

    /** A voucher that is claimed and published, to be paid after the notice. */
    private String published(String enterprise, String claim) {
        String voucher = province.issues(enterprise, "GZ", 1_000);
        province.claims(voucher, claim, 1_000).wasAccepted();
        long claimed = province.state(voucher).balances().claimedFen();
        province.publishes(claim, claimed);
        return voucher;
    }

    private SettleItems paid(String claim, String voucher, String day, String reason) {
        return new SettleItems(
                claim, List.of(voucher), "bank-" + claim, day == null ? null : LocalDate.parse(day), reason);
    }

    private List<DomainEvent> outOfTurn() {
        return province.city().lastOutcome().events().stream()
                .filter(PaidOutOfTurn.class::isInstance)
                .toList();
    }

    // ---- what a settlement looks at

    static Stream<Named<BiConsumer<Province, Integer>>> holds() {
        return Stream.of(
                Named.of(
                        "frozen vouchers",
                        (p, i) -> p.sends(new FreezeVoucher(voucher(i), "疑点")).wasAccepted()),
                Named.of(
                        "open objections",
                        (p, i) -> p.sends(new ObjectToItem(
                                        "C" + i, voucher(i), "O" + i, ObjectionMatter.OTHER, List.of()))
                                .wasAccepted()),
                Named.of(
                        "frozen enterprises",
                        (p, i) -> p.sends(new FreezeEnterprise(Cast.code("E" + i), "疑点"))
                                .wasAccepted()),
                Named.of(
                        "disqualified enterprises",
                        (p, i) -> p.sends(new DisqualifyEnterprise(Cast.code("E" + i), "骗取"))
                                .wasAccepted()));
    }

    private static String voucher(int i) {
        return "GZ-A" + i + "-V1";
    }

    private long streamsReadToSettleBehind(int held, BiConsumer<Province, Integer> hold) {
        try (var p = new Province()) {
            p.opens("GZ", GUANGZHOU, yuan(1_000_000)).wasAccepted();
            p.at(OPEN.replace("10-08", "09-29"));
            for (int i = 1; i <= held + 1; i++) {
                p.issues("E" + i, "GZ", 1_000);
            }
            p.at(OPEN);
            for (int i = 1; i <= held + 1; i++) {
                p.claims(voucher(i), "C" + i, 1_000).wasAccepted();
                p.publishes("C" + i, 700);
            }
            for (int i = 1; i <= held; i++) {
                hold.accept(p, i);
            }
            p.at(NOTICE_OVER).settles("C" + (held + 1), voucher(held + 1)).wasAccepted();
            return p.city().ledger().streamsRead().size();
        }
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("holds")
    @DisplayName("CL-03, GZ-43: a settlement reads as many streams behind twenty that are held as behind none")
    void heldItemsCostNothing(BiConsumer<Province, Integer> hold) {
        long behindNone = streamsReadToSettleBehind(0, hold);
        assertThat(streamsReadToSettleBehind(1, hold)).isEqualTo(behindNone);
        assertThat(streamsReadToSettleBehind(20, hold)).isEqualTo(behindNone);
    }

    @Test
    @DisplayName(
            "GZ-32, GZ-43: a provider's freeze holds all its items aside; lifted, they are back in their old turns")
    void providerHeld() {
        province.at("2020-09-29T10:00");
        province.at(OPEN.replace("10-08", "09-29"));
        String[] vouchers = {province.issues("E1", "GZ", 1_000), province.issues("E2", "GZ", 1_000)};
        province.applies("E3", "GZ", "P2", 1_000).wasAccepted();
        province.approves("GZ-A3-V1").wasAccepted();
        province.at(OPEN);
        province.claims(vouchers[0], "C1", 1_000).wasAccepted();
        province.claims(vouchers[1], "C2", 1_000).wasAccepted();
        province.claims("GZ-A3-V1", "C3", 1_000).wasAccepted();
        province.publishes("C1", 700).publishes("C2", 700).publishes("C3", 700);
        province.at(NOTICE_OVER)
                .sends(new FreezeProvider(Cast.code("P1"), "疑点"))
                .wasAccepted();
        assertThat(order().aside().all().map(each -> each.claimId())).containsExactly("C1", "C2");
        province.settles("C3", "GZ-A3-V1").wasAccepted();
        assertThat(outOfTurn()).isEmpty();
        province.sends(new BounceSettlement("C3", "GZ-A3-V1", "bank-C3", "退汇")).wasAccepted();
        province.sends(new LiftProviderFreeze(Cast.code("P1"), null, "查清")).wasAccepted();
        assertThat(order().aside().isEmpty()).isTrue();
        province.settles("C3", "GZ-A3-V1").wasRefusedBy(GZ_43).about("EarlierClaimUnpaid");
        province.settles("C1", vouchers[0]).wasAccepted();
        province.settles("C2", vouchers[1]).wasAccepted();
        province.settles("C3", "GZ-A3-V1").wasAccepted();
        province.booksBalance();
    }

    @Test
    @DisplayName("GZ-32: an item held twice is free when neither holds it any more")
    void heldTwice() {
        province.at("2020-09-29T10:00");
        String one = province.issues("E1", "GZ", 1_000);
        String two = province.issues("E2", "GZ", 1_000);
        province.at(OPEN).claims(one, "C1", 1_000).wasAccepted();
        province.claims(two, "C2", 1_000).wasAccepted();
        province.publishes("C1", 700).publishes("C2", 700);
        province.sends(new ObjectToItem("C1", one, "O1", ObjectionMatter.OTHER, List.of()))
                .wasAccepted();
        province.sends(new ObjectToItem("C1", one, "O2", ObjectionMatter.OTHER, List.of()))
                .wasAccepted();
        province.sends(new FreezeVoucher(one, "疑点")).wasAccepted();
        province.sends(new FreezeEnterprise(Cast.code("E1"), "疑点")).wasAccepted();
        province.at(NOTICE_OVER);
        province.sends(new ReplyToObjection("C1", "O1", ObjectionOutcome.DISMISSED, 0, "维持"))
                .wasAccepted();
        province.sends(new LiftVoucherFreeze(one, null, "查清")).wasAccepted();
        assertThat(order().aside().at(1, 1).held()).isTrue();
        province.sends(new ReplyToObjection("C1", "O2", ObjectionOutcome.LOWERED, 500, "调整"))
                .wasAccepted();
        assertThat(order().aside().at(1, 1).held()).isFalse();
        assertThat(order().waiting().all().map(each -> each.claimId())).containsExactly("C2");
        province.sends(new LiftEnterpriseFreeze(Cast.code("E1"), null, "查清")).wasAccepted();
        assertThat(order().waiting().all().map(each -> each.claimId())).containsExactly("C1", "C2");
        province.settles("C2", two).wasRefusedBy(GZ_43);
        province.settles("C1", one).wasAccepted();
        province.settles("C2", two).wasAccepted();
        province.booksBalance();
    }

    // ---- money that has left

    private String[] aPilotBehindAnother() {
        province.pilot("E2");
        province.at("2020-09-29T10:00");
        String other = province.issues("E1", "GZ", 1_000);
        String pilot = province.issues("E2", "GZ", 1_000);
        province.at(OPEN).claims(other, "C1", 1_000).wasAccepted();
        province.publishes("C1", 700);
        province.at("2020-10-09T09:00").claims(pilot, "C2", 1_000).wasAccepted();
        // The pilot's notice runs until the end of the 16th.
        province.publishes("C2", 800);
        province.at("2020-10-20T09:00");
        return new String[] {other, pilot};
    }

    @Test
    @DisplayName("CL-03: paid on the last day of the pilot's notice it was in turn, whenever that is recorded")
    void paidBeforeThePilotCouldBe() {
        String[] vouchers = aPilotBehindAnother();
        province.sends(paid("C1", vouchers[0], null, "")).wasRefusedBy(CL_03).about("EarlierTierUnpaid");
        province.sends(paid("C1", vouchers[0], "2020-10-17", ""))
                .wasRefusedBy(CL_03)
                .about("EarlierTierUnpaid");
        province.sends(paid("C1", vouchers[0], "2020-10-16", "")).wasAccepted();
        assertThat(outOfTurn()).isEmpty();
        assertThat(order().paidOut().value()).isEqualTo(700);
        province.booksBalance();
    }

    @Test
    @DisplayName("CL-03: what the bank paid out of turn is recorded with the reason and with whom it passed")
    void paidOutOfTurn() {
        String[] vouchers = aPilotBehindAnother();
        province.sends(paid("C1", vouchers[0], "2020-10-17", "银行批次已发出")).wasAccepted();
        assertThat(outOfTurn())
                .containsExactly(new PaidOutOfTurn(
                        "GZ", "C1", vouchers[0], 1, 1, "C2", vouchers[1], LocalDate.of(2020, 10, 17), "银行批次已发出"));
        assertThat(order().paidOut().value()).isEqualTo(700);
        province.settles("C2", vouchers[1]).wasAccepted();
        assertThat(outOfTurn()).isEmpty();
        province.booksBalance();
    }

    @Test
    @DisplayName("GZ-43: inside a tier too, an earlier claim that could be paid is passed only with a reason")
    void earlierClaimPassed() {
        province.at("2020-09-29T10:00");
        String one = province.issues("E1", "GZ", 1_000);
        String two = province.issues("E2", "GZ", 1_000);
        province.at(OPEN).claims(one, "C1", 1_000).wasAccepted();
        province.claims(two, "C2", 1_000).wasAccepted();
        province.publishes("C1", 700).publishes("C2", 700);
        province.at(NOTICE_OVER).settles("C2", two).wasRefusedBy(GZ_43).about("EarlierClaimUnpaid");
        province.sends(paid("C2", two, null, "已付")).wasAccepted();
        assertThat(outOfTurn()).hasSize(1);
        province.booksBalance();
    }

    @Test
    @DisplayName("CL-03: who was frozen on the day of the payment was not passed, though it is free again")
    void freedSince() {
        String[] vouchers = aPilotBehindAnother();
        province.at("2020-10-16T09:00")
                .sends(new FreezeVoucher(vouchers[1], "疑点"))
                .wasAccepted();
        province.at("2020-10-19T09:00")
                .sends(new LiftVoucherFreeze(vouchers[1], null, "查清"))
                .wasAccepted();
        province.sends(new FreezeEnterprise(Cast.code("E2"), "疑点")).wasAccepted();
        province.at("2020-10-21T09:00")
                .sends(new LiftEnterpriseFreeze(Cast.code("E2"), null, "查清"))
                .wasAccepted();
        province.at("2020-10-22T09:00");
        province.sends(paid("C1", vouchers[0], "2020-10-21", "")).wasRefusedBy(CL_03);
        province.sends(paid("C1", vouchers[0], "2020-10-20", "")).wasAccepted();
        assertThat(outOfTurn()).isEmpty();
    }

    @Test
    @DisplayName("CL-03: the bank's return makes an item payable from then on, not before")
    void bouncedSince() {
        String[] vouchers = aPilotBehindAnother();
        province.settles("C2", vouchers[1]).wasAccepted();
        province.at("2020-10-22T09:00")
                .sends(new BounceSettlement("C2", vouchers[1], "bank-C2", "退汇"))
                .wasAccepted();
        province.sends(paid("C1", vouchers[0], "2020-10-22", "")).wasRefusedBy(CL_03);
        province.sends(paid("C1", vouchers[0], "2020-10-21", "")).wasAccepted();
    }

    // ---- money that had left before it could

    private List<DomainEvent> early() {
        return province.city().lastOutcome().events().stream()
                .filter(ItemPaidEarly.class::isInstance)
                .toList();
    }

    @Test
    @DisplayName("CL-03, GZ-43: a day before its own notice was over hides nobody whom the payment passed")
    void earlyHidesNobody() {
        province.pilot("E2");
        province.at("2020-09-29T10:00");
        String other = province.issues("E1", "GZ", 1_000);
        String pilot = province.issues("E2", "GZ", 1_000);
        province.at(OPEN).claims(pilot, "C2", 1_000).wasAccepted();
        province.publishes("C2", 800);
        // The pilot's notice runs until the end of the 15th, the other's until the end of the 20th.
        province.at("2020-10-13T09:00").claims(other, "C1", 1_000).wasAccepted();
        province.publishes("C1", 700);
        province.at("2020-10-21T09:00");
        province.sends(paid("C1", other, "2020-10-15", "")).wasRefusedBy(CL_03).about("EarlierTierUnpaid");
        province.sends(paid("C1", other, "2020-10-08", "")).wasRefusedBy(CL_03).about("EarlierTierUnpaid");
        province.sends(paid("C1", other, "2020-10-15", "银行误付")).wasAccepted();
        assertThat(early()).hasSize(1);
        assertThat(outOfTurn())
                .containsExactly(
                        new PaidOutOfTurn("GZ", "C1", other, 1, 2, "C2", pilot, LocalDate.of(2020, 10, 15), "银行误付"));
        province.booksBalance();
    }

    @ParameterizedTest(name = "{0}: {1}")
    @CsvSource({"2020-10-16, in time", "2020-10-15, early", "2020-10-08, early"})
    @DisplayName(
            "GZ-43: paid on the first day after its notice it is payable; the day before takes a reason, which is recorded")
    void paidBeforeItsNoticeWasOver(String day, String expected) {
        province.at("2020-09-29T10:00");
        String one = province.issues("E1", "GZ", 1_000);
        province.at(OPEN).claims(one, "C1", 1_000).wasAccepted();
        province.publishes("C1", 700);
        province.at("2020-10-20T09:00");
        if (expected.equals("in time")) {
            province.sends(paid("C1", one, day, "")).wasAccepted();
            assertThat(early()).isEmpty();
            return;
        }
        province.sends(paid("C1", one, day, ""))
                .wasRefusedBy(GZ_43)
                .at(Check.DEADLINE)
                .about("PaidBeforePayable");
        province.sends(paid("C1", one, day, "银行误付")).wasAccepted();
        assertThat(early())
                .containsExactly(new ItemPaidEarly(
                        "C1", one, Instant.parse("2020-10-15T16:00:00Z"), LocalDate.parse(day), "银行误付"));
        assertThat(outOfTurn()).isEmpty();
    }

    @Test
    @DisplayName(
            "GZ-32, GZ-43: what was frozen is payable from the day it was freed, and what bounced from the day it came back")
    void payableSinceItWasFreed() {
        province.at("2020-09-29T10:00");
        String one = province.issues("E1", "GZ", 1_000);
        province.at(OPEN).claims(one, "C1", 1_000).wasAccepted();
        province.publishes("C1", 700);
        province.sends(new FreezeVoucher(one, "疑点")).wasAccepted();
        province.at("2020-10-18T09:00")
                .sends(new LiftVoucherFreeze(one, null, "查清"))
                .wasAccepted();
        province.at("2020-10-25T09:00");
        province.sends(paid("C1", one, "2020-10-17", "")).wasRefusedBy(GZ_43).about("PaidBeforePayable");
        province.sends(paid("C1", one, "2020-10-18", "")).wasAccepted();
        province.sends(new BounceSettlement("C1", one, "bank-C1", "退汇")).wasAccepted();
        province.sends(paid("C1", one, "2020-10-24", "")).wasRefusedBy(GZ_43).about("PaidBeforePayable");
        province.sends(paid("C1", one, "2020-10-25", "")).wasAccepted();
    }

    @Test
    @DisplayName("GZ-43: paid today is paid, tomorrow is a promise")
    void notPaidYet() {
        String[] vouchers = aPilotBehindAnother();
        province.sends(paid("C2", vouchers[1], "2020-10-21", ""))
                .wasRefusedBy(GZ_43)
                .about("PaymentNotMade");
        province.sends(paid("C2", vouchers[1], "2020-10-20", "")).wasAccepted();
    }

    @Test
    @DisplayName("CL-03: a reason that was not needed leaves no mark of a payment out of turn")
    void reasonNotNeeded() {
        String[] vouchers = aPilotBehindAnother();
        province.sends(paid("C2", vouchers[1], null, "加急")).wasAccepted();
        assertThat(outOfTurn()).isEmpty();
    }

    @Test
    @DisplayName("ALL-02: what a settlement looked at is about its own item, the order of payment with what it allowed")
    void looksAtItsOwnOnly() {
        String[] vouchers = aPilotBehindAnother();
        province.sends(new FreezeVoucher(vouchers[1], "疑点")).wasAccepted();
        var settle = paid("C1", vouchers[0], null, "");
        var stamp = new Stamp("try", province.city().now(), province.city().actorFor(settle), "");
        List<Decision> looked = province.city().ledger().look(ledger -> {
            var trail = Trail.begin(CurrentUnitOfWork.get());
            new SettlingHandler(ledger).handle(settle, stamp);
            return trail.decisions();
        });
        assertThat(looked).allSatisfy(decision -> assertThat(decision.allowed()).isTrue());
        assertThat(looked)
                .noneSatisfy(decision -> assertThat(decision.toString()).contains(vouchers[1]));
        assertThat(looked)
                .extracting(decision -> decision.rule() + " " + decision.about() + " " + decision.limit())
                .contains("CL_03 EarlierTierUnpaid nobody before it", "GZ_43 EarlierClaimUnpaid nobody before it");
    }
}
