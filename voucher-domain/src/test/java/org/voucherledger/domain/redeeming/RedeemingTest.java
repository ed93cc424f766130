package org.voucherledger.domain.redeeming;

import static org.assertj.core.api.Assertions.assertThat;
import static org.voucherledger.domain.rule.Rule.ALL_04;
import static org.voucherledger.domain.rule.Rule.GZ_32;
import static org.voucherledger.domain.rule.Rule.GZ_33;
import static org.voucherledger.domain.rule.Rule.GZ_40;
import static org.voucherledger.domain.rule.Rule.GZ_41;
import static org.voucherledger.domain.rule.Rule.GZ_42;
import static org.voucherledger.domain.rule.Rule.GZ_43;
import static org.voucherledger.domain.rule.Rule.GZ_44;
import static org.voucherledger.domain.rule.Rule.GZ_45;
import static org.voucherledger.domain.scenario.City.Grant.voucher;
import static org.voucherledger.domain.scenario.GuangzhouTerms.shanghai;
import static org.voucherledger.domain.scenario.GuangzhouTerms.yuan;
import static org.voucherledger.domain.voucher.VoucherStatus.ACCEPTED;
import static org.voucherledger.domain.voucher.VoucherStatus.APPROVED;
import static org.voucherledger.domain.voucher.VoucherStatus.CLAIMED;
import static org.voucherledger.domain.voucher.VoucherStatus.PUBLISHED;
import static org.voucherledger.domain.voucher.VoucherStatus.REDEEMED;
import static org.voucherledger.domain.voucher.VoucherStatus.REJECTED;
import static org.voucherledger.domain.voucher.VoucherStatus.REVOKED;

import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.voucherledger.domain.command.Actor;
import org.voucherledger.domain.command.Role;
import org.voucherledger.domain.party.Document;
import org.voucherledger.domain.party.DocumentsOf;
import org.voucherledger.domain.party.ProviderCommand.FreezeProvider;
import org.voucherledger.domain.redemption.BankMovement;
import org.voucherledger.domain.redemption.ClaimCommand.BounceSettlement;
import org.voucherledger.domain.redemption.ClaimCommand.EndNotice;
import org.voucherledger.domain.redemption.ClaimCommand.HandInBankSlips;
import org.voucherledger.domain.redemption.ClaimCommand.ItemReview;
import org.voucherledger.domain.redemption.ClaimCommand.ObjectToItem;
import org.voucherledger.domain.redemption.ClaimCommand.ReplyToObjection;
import org.voucherledger.domain.redemption.ClaimCommand.ReviewAsExpert;
import org.voucherledger.domain.redemption.ClaimCommand.ReviewFinally;
import org.voucherledger.domain.redemption.ClaimCommand.ReviewFirst;
import org.voucherledger.domain.redemption.ClaimCommand.SettleItems;
import org.voucherledger.domain.redemption.ClaimCommand.SubmitClaim;
import org.voucherledger.domain.redemption.ClaimCommand.WithdrawClaim;
import org.voucherledger.domain.redemption.ClaimEvent.BankSlipsHandedIn;
import org.voucherledger.domain.redemption.ObjectionMatter;
import org.voucherledger.domain.redemption.ObjectionOutcome;
import org.voucherledger.domain.rule.Check;
import org.voucherledger.domain.scenario.Books.Account;
import org.voucherledger.domain.scenario.Cast;
import org.voucherledger.domain.scenario.City;
import org.voucherledger.domain.scenario.CityTest;
import org.voucherledger.domain.scenario.GuangzhouTerms;
import org.voucherledger.domain.scenario.Papers;
import org.voucherledger.domain.scheme.SchemeTerms;
import org.voucherledger.domain.voucher.VoucherCommand.FreezeVoucher;
import org.voucherledger.domain.voucher.VoucherCommand.RevokeForCause;

class RedeemingTest extends CityTest {

    private static final long FACE = yuan(10_000);
    private static final String NOTICE_ENDS = "2020-06-10T00:00";

    @BeforeEach
    void accepted() {
        city.at("2020-04-30T16:00")
                .grants(
                        voucher("V1").worth(FACE).to("E1"),
                        voucher("V2").worth(FACE).to("E2"),
                        voucher("V4").worth(FACE).to("E4"));
        city.at("2020-05-20T09:00").accepts("V1", FACE).accepts("V2", FACE);
        city.at("2020-06-02T09:00");
    }

    private ItemReview says(String voucher, long fen, String reason) {
        return new ItemReview(city.id(voucher), fen, reason);
    }

    @DisplayName("GZ-40: claimed inside the redemption window: its first instant in, its closing instant out")
    @ParameterizedTest(name = "{0}: {1}")
    @CsvSource({
        "2020-05-31T23:59:59.999, refused",
        "2020-06-01T00:00, accepted",
        "2020-12-31T23:59:59.999, accepted",
        "2021-01-01T00:00, refused"
    })
    void window(String at, String expected) {
        city.at(at).claims("C1", "V1");
        if (expected.equals("accepted")) {
            city.wasAccepted()
                    .voucher("V1")
                    .is(CLAIMED)
                    .has(Account.CLAIMED, FACE)
                    .has(Account.ACCEPTED, 0);
        } else {
            city.wasRefusedBy(GZ_40).at(Check.DEADLINE);
            city.voucher("V1").isStill(ACCEPTED);
        }
    }

    @Test
    @DisplayName("GZ-40: one live claim a voucher; a refused claim leaves none of its vouchers claimed")
    void oneLiveClaim() {
        city.claims("C1", "V1").wasAccepted();
        city.claims("C2", "V2", "V1").wasRefusedBy(GZ_40).at(Check.STATE);
        city.voucher("V2").isStill(ACCEPTED).has(Account.ACCEPTED, FACE);
        city.claims("C1", "V2").wasRefusedBy(GZ_40);
        city.sends(new WithdrawClaim("C1", "补件")).wasAccepted().voucher("V1").is(ACCEPTED);
        city.claims("C2", "V2", "V1").wasAccepted();
    }

    @Test
    @DisplayName("GZ-40: a provider claims its own vouchers, of one batch, with the stamped form")
    void ownVouchers() {
        city.provider("P2");
        city.sends(new SubmitClaim(
                "C1", "B1", Cast.code("P2"), List.of(city.id("V1")), List.of(Papers.document("CLAIM_FORM"))));
        assertThat(city.lastOutcome().accepted()).isFalse();
        city.at("2020-06-02T09:00").grants(voucher("V3").worth(FACE).to("E3"));
        city.sends(new SubmitClaim(
                "C1", "B2", Cast.code("P1"), List.of(city.id("V1")), List.of(Papers.document("CLAIM_FORM"))));
        assertThat(city.lastOutcome().accepted()).isFalse();
        city.sends(new SubmitClaim(
                        "C1", "B1", Cast.code("P1"), List.of(city.id("V1")), List.of(Papers.document("OTHER"))))
                .wasRefusedBy(GZ_45);
        city.claims("C1", "V1").wasAccepted();
        city.sends(new WithdrawClaim("C1", "补件"), City.party(Role.PROVIDER, Cast.code("P2")))
                .wasRefusedBy(ALL_04);
    }

    @Test
    @DisplayName("GZ-40: withdrawable until it is reviewed")
    void withdrawnUntilReviewed() {
        city.claims("C1", "V1").wasAccepted();
        city.sends(new ReviewFirst("C1", city.everyItem("C1", FACE))).wasAccepted();
        city.sends(new WithdrawClaim("C1", "补件")).wasRefusedBy(GZ_40).at(Check.STATE);
    }

    @DisplayName("GZ-41: A is at most V")
    @ParameterizedTest(name = "{0} of 1000000 approved: {1}")
    @CsvSource({"1000000, APPROVED", "1000001, refused", "1, APPROVED", "0, REJECTED"})
    void atMostV(long fen, String expected) {
        city.claims("C1", "V1").wasAccepted();
        city.sends(new ReviewFirst("C1", city.everyItem("C1", FACE))).wasAccepted();
        city.sends(new ReviewFinally("C1", city.everyItem("C1", fen)));
        if (expected.equals("refused")) {
            city.wasRefusedBy(GZ_41).at(Check.AMOUNTS).limit(FACE).asked(fen);
            city.voucher("V1").isStill(CLAIMED);
        } else {
            city.wasAccepted().voucher("V1").is(expected.equals("APPROVED") ? APPROVED : REJECTED);
        }
    }

    @Test
    @DisplayName("GZ-41: the operator first, then the bureau, never the same person, every item once, with reasons")
    void twoReviews() {
        city.claims("C1", "V1", "V2").wasAccepted();
        city.sends(new ReviewFinally("C1", city.everyItem("C1", FACE)))
                .wasRefusedBy(GZ_41)
                .at(Check.STATE);
        city.sends(new ReviewAsExpert("C1", city.everyItem("C1", FACE))).wasRefusedBy(GZ_41);
        city.sends(new ReviewFirst("C1", List.of(says("V1", FACE, "")))).wasRefusedBy(GZ_41);
        city.sends(new ReviewFirst("C1", List.of(says("V1", FACE, ""), says("V1", FACE, ""))))
                .wasRefusedBy(GZ_41);
        city.sends(new ReviewFirst("C1", List.of(says("V1", FACE, ""), says("V2", FACE - 1, ""))))
                .wasRefusedBy(GZ_41);
        Actor somebody = Actor.of("wang", Role.OPERATOR);
        city.sends(new ReviewFirst("C1", List.of(says("V1", FACE, ""), says("V2", FACE - 1, "少一分"))), somebody)
                .wasAccepted();
        city.sends(new ReviewFirst("C1", city.everyItem("C1", FACE))).wasRefusedBy(GZ_41);
        city.sends(new ReviewFinally("C1", city.everyItem("C1", FACE)), Actor.of("wang", Role.BUREAU))
                .wasRefusedBy(GZ_41);
        city.sends(new ReviewFinally("C1", city.everyItem("C1", FACE)), Actor.of("li", Role.BUREAU))
                .wasAccepted();
    }

    @Test
    @DisplayName("GZ-41: an expert panel stands in between where the scheme says so")
    void expertPanel() {
        try (City other = new City(GuangzhouTerms.with(d -> d.expertPanel()))) {
            other.at("2020-04-30T16:00").grants(voucher("V1").worth(FACE).to("E1"));
            other.at("2020-05-20T09:00")
                    .accepts("V1", FACE)
                    .at("2020-06-02T09:00")
                    .claims("C1", "V1")
                    .wasAccepted();
            other.sends(new ReviewAsExpert("C1", other.everyItem("C1", FACE))).wasRefusedBy(GZ_41);
            other.sends(new ReviewFirst("C1", other.everyItem("C1", FACE))).wasAccepted();
            other.sends(new ReviewFinally("C1", other.everyItem("C1", FACE))).wasRefusedBy(GZ_41);
            other.sends(new ReviewAsExpert("C1", other.everyItem("C1", FACE))).wasAccepted();
            other.sends(new ReviewFinally("C1", other.everyItem("C1", FACE))).wasAccepted();
            other.booksBalance();
        }
    }

    @DisplayName("GZ-42: published for seven days, until 24:00 of the seventh day after publication")
    @ParameterizedTest(name = "{0}: {1}")
    @CsvSource({"2020-06-09T23:59:59.999, running", "2020-06-10T00:00, over"})
    void notice(String at, String expected) {
        city.redeemsUpToNotice("C1", FACE, "V1");
        city.at(at);
        if (expected.equals("running")) {
            city.settles("C1", "V1").wasRefusedBy(GZ_42).at(Check.DEADLINE).limit(shanghai(NOTICE_ENDS));
            city.sends(new ObjectToItem("C1", city.id("V1"), "O1", ObjectionMatter.OTHER, List.of()))
                    .wasAccepted();
        } else {
            city.sends(new ObjectToItem("C1", city.id("V1"), "O1", ObjectionMatter.OTHER, List.of()))
                    .wasRefusedBy(GZ_42);
            city.settles("C1", "V1").wasAccepted().voucher("V1").is(REDEEMED).has(Account.REDEEMED, FACE);
        }
    }

    @Test
    @DisplayName("GZ-42: an item with an open objection is held until the bureau replies; the others go on")
    void held() {
        city.redeemsUpToNotice("C1", FACE, "V1", "V2");
        city.sends(new ObjectToItem("C1", city.id("V1"), "O1", ObjectionMatter.OTHER, List.of()))
                .wasAccepted();
        city.at(NOTICE_ENDS).settles("C1", "V1").wasRefusedBy(GZ_42).at(Check.STATE);
        city.settles("C1", "V2", "V1").wasRefusedBy(GZ_42);
        city.voucher("V2").isStill(PUBLISHED);
        city.settles("C1", "V2").wasAccepted();
        city.sends(new ReplyToObjection("C1", "O1", ObjectionOutcome.DISMISSED, 0, "不成立"))
                .wasAccepted();
        city.sends(new ReplyToObjection("C1", "O1", ObjectionOutcome.DISMISSED, 0, "不成立"))
                .wasRefusedBy(GZ_42);
        city.settles("C1", "V1").wasAccepted().voucher("V1").has(Account.REDEEMED, FACE);
    }

    @DisplayName("GZ-42: anyone may object, the claimant too")
    @ParameterizedTest
    @EnumSource(
            value = Role.class,
            names = {"PUBLIC", "PROVIDER", "ENTERPRISE", "AUDITOR"})
    void anyone(Role role) {
        city.redeemsUpToNotice("C1", FACE, "V1");
        var object = new ObjectToItem("C1", city.id("V1"), "O1", ObjectionMatter.OTHER, List.of());
        city.sends(object, new Actor("somebody", role, role == Role.PROVIDER ? Cast.code("P1") : Cast.code("E9")));
        city.wasAccepted();
    }

    @DisplayName("GZ-42: upheld against: lowered below what was published, to above nothing")
    @ParameterizedTest(name = "{0} of 800000: {1}")
    @CsvSource({"799999, accepted", "1, accepted", "800000, refused", "800001, refused", "0, refused"})
    void lowered(long fen, String expected) {
        city.redeemsUpToNotice("C1", yuan(8_000), "V1");
        city.sends(new ObjectToItem("C1", city.id("V1"), "O1", ObjectionMatter.OTHER, List.of()))
                .wasAccepted();
        city.sends(new ReplyToObjection("C1", "O1", ObjectionOutcome.LOWERED, fen, "核减"));
        if (expected.equals("accepted")) {
            city.wasAccepted();
            city.at(NOTICE_ENDS).settles("C1", "V1").wasAccepted();
            city.voucher("V1").has(Account.REDEEMED, fen).has(Account.BACK, FACE - fen);
            assertThat(city.providerQuota("P1").taken().value()).isEqualTo(fen + FACE);
        } else {
            city.wasRefusedBy(GZ_42).at(Check.AMOUNTS);
        }
    }

    @DisplayName("GZ-42: upheld for the claimant: raised up to V, and published anew")
    @ParameterizedTest(name = "{0} of 800000: {1}")
    @CsvSource({"800001, accepted", "1000000, accepted", "800000, refused", "1000001, refused"})
    void raised(long fen, String expected) {
        city.redeemsUpToNotice("C1", yuan(8_000), "V1");
        city.sends(new ObjectToItem("C1", city.id("V1"), "O1", ObjectionMatter.OTHER, List.of()))
                .wasAccepted();
        city.at("2020-06-20T12:00").sends(new ReplyToObjection("C1", "O1", ObjectionOutcome.RAISED, fen, "核增"));
        if (expected.equals("accepted")) {
            city.wasAccepted();
            city.at("2020-06-27T23:59:59.999").settles("C1", "V1").wasRefusedBy(GZ_42);
            city.at("2020-06-28T00:00")
                    .settles("C1", "V1")
                    .wasAccepted()
                    .voucher("V1")
                    .has(Account.REDEEMED, fen);
        } else {
            city.wasRefusedBy(GZ_42).at(Check.AMOUNTS);
        }
    }

    @Test
    @DisplayName("GZ-42: upheld against: rejected; it takes effect when notice ends")
    void rejectedByObjection() {
        city.redeemsUpToNotice("C1", FACE, "V1");
        city.sends(new ObjectToItem("C1", city.id("V1"), "O1", ObjectionMatter.OTHER, List.of()))
                .wasAccepted();
        city.sends(new ReplyToObjection("C1", "O1", ObjectionOutcome.REJECTED, 0, "查实"))
                .wasAccepted();
        city.voucher("V1").isStill(PUBLISHED).has(Account.CLAIMED, FACE);
        city.at(NOTICE_ENDS).settles("C1", "V1").wasRefusedBy(GZ_43);
        city.endsNotice("C1", "V1").wasAccepted().voucher("V1").is(ACCEPTED);
    }

    @Test
    @DisplayName("GZ-42: upheld against: revoked at once, money back, the provider's quota free")
    void revokedByObjection() {
        city.redeemsUpToNotice("C1", FACE, "V1", "V2");
        city.sends(new ObjectToItem("C1", city.id("V1"), "O1", ObjectionMatter.OTHER, List.of()))
                .wasAccepted();
        city.sends(new ReplyToObjection("C1", "O1", ObjectionOutcome.REVOKED, 0, "查实"))
                .wasAccepted();
        city.voucher("V1").is(REVOKED).has(Account.BACK, FACE);
        assertThat(city.providerQuota("P1").taken().value()).isEqualTo(FACE);
        city.at(NOTICE_ENDS).settles("C1", "V1").wasRefusedBy(GZ_42);
        city.settles("C1", "V2").wasAccepted();
    }

    @DisplayName("GZ-42: a rejected item may be claimed again while the window is open; else it is revoked")
    @ParameterizedTest(name = "notice ended {0}: {1}")
    @CsvSource({
        "2020-06-09T23:59:59.999, refused",
        "2020-06-10T00:00, ACCEPTED",
        "2020-12-31T23:59:59.999, ACCEPTED",
        "2021-01-01T00:00, REVOKED"
    })
    void rejected(String at, String expected) {
        city.redeemsUpToNotice("C1", 0, "V1");
        city.at(at).sends(new EndNotice("C1", List.of(city.id("V1"))));
        switch (expected) {
            case "refused" -> city.wasRefusedBy(GZ_42).at(Check.DEADLINE);
            case "ACCEPTED" -> {
                city.wasAccepted().voucher("V1").is(ACCEPTED).has(Account.ACCEPTED, FACE);
                city.claims("C2", "V1").wasAccepted();
            }
            default -> {
                city.wasAccepted().voucher("V1").is(REVOKED).has(Account.BACK, FACE);
                assertThat(city.providerQuota("P1").taken().value()).isEqualTo(FACE);
            }
        }
    }

    @Test
    @DisplayName("GZ-42: an approved item has no rejection to take effect")
    void approvedDoesNotEnd() {
        city.redeemsUpToNotice("C1", FACE, "V1");
        city.at(NOTICE_ENDS).endsNotice("C1", "V1").wasRefusedBy(GZ_42);
        city.settles("C1", "V1").wasAccepted();
        city.settles("C1", "V1");
        assertThat(city.lastOutcome().accepted()).isFalse();
    }

    @Test
    @DisplayName("GZ-43: settled at A with a bank reference; what was lowered goes back")
    void settled() {
        city.redeemsUpToNotice("C1", yuan(6_000), "V1");
        city.at(NOTICE_ENDS).settles("C1", "V1").wasAccepted();
        city.voucher("V1").is(REDEEMED).has(Account.REDEEMED, yuan(6_000)).has(Account.BACK, yuan(4_000));
        assertThat(city.books().batch("B1").lapsed).isEqualTo(yuan(4_000));
    }

    @Test
    @DisplayName("GZ-43: in a scheme without an order of payment too, a day before the notice was over takes a reason")
    void paidBeforePayable() {
        city.redeemsUpToNotice("C1", yuan(6_000), "V1");
        city.at(NOTICE_ENDS);
        var day = LocalDate.parse(NOTICE_ENDS.substring(0, 10)).minusDays(1);
        city.sends(new SettleItems("C1", List.of(city.id("V1")), "YH-1", day, ""))
                .wasRefusedBy(GZ_43)
                .about("PaidBeforePayable");
        city.sends(new SettleItems("C1", List.of(city.id("V1")), "YH-1", day, "银行误付"))
                .wasAccepted();
        assertThat(city.recorded()).contains("ItemPaidEarly");
    }

    @Test
    @DisplayName(
            "GZ-44: the bank's slips are kept with the settlement and with what bounced, one file a kind, of an admitted size")
    void bankSlips() {
        city.redeemsUpToNotice("C1", yuan(6_000), "V1");
        city.at(NOTICE_ENDS);
        Document slip = slip(5_242_880);
        city.sends(settling(slip(5_242_881))).wasRefusedBy(GZ_45).about("TooLarge");
        city.sends(settling(slip, slip)).wasRefusedBy(GZ_45).about("OneFileAKind");
        city.sends(settling(slip)).wasAccepted();
        assertThat(DocumentsOf.named(city.lastOutcome().events())).containsExactly(slip);

        Document back = Papers.document("BANK_RETURN_SLIP");
        city.sends(new BounceSettlement("C1", city.id("V1"), "TH-1", "账号有误", List.of(back, back)))
                .wasRefusedBy(GZ_45)
                .about("OneFileAKind");
        city.sends(new BounceSettlement("C1", city.id("V1"), "TH-1", "账号有误", List.of(back)))
                .wasAccepted();
        assertThat(DocumentsOf.named(city.lastOutcome().events())).containsExactly(back);
    }

    @Test
    @DisplayName("GZ-45: a scheme may ask for the bank's slip; then nothing is settled without it")
    void bankSlipRequired() {
        try (City strict = new City(GuangzhouTerms.with(d -> d.with(
                "papers",
                new SchemeTerms.Papers(
                        5_242_880, Set.of("application/pdf"), Map.of("SETTLEMENT", Set.of("BANK_SLIP"))))))) {
            strict.at("2020-04-30T16:00").grants(voucher("V1").worth(FACE).to("E1"));
            strict.at("2020-05-20T09:00").accepts("V1", FACE);
            strict.at("2020-06-02T09:00");
            strict.redeemsUpToNotice("C1", FACE, "V1");
            strict.at(NOTICE_ENDS);
            strict.sends(settling()).wasRefusedBy(GZ_45).about("DocumentMissing");
            strict.sends(settling(slip(1_000))).wasAccepted();
        }
    }

    @Test
    @DisplayName(
            "GZ-44, GZ-45: a slip that comes after the payment, or after its return, is handed in then, one of a kind")
    void lateBankSlips() {
        city.redeemsUpToNotice("C1", yuan(6_000), "V1", "V2");
        city.at(NOTICE_ENDS);
        Document slip = slip(5_242_880);
        city.sends(late(BankMovement.PAID, "YH-1", slip)).wasRefusedBy(GZ_44).about("BankMovementUnknown");
        city.sends(settling()).wasAccepted();
        city.sends(late(BankMovement.CAME_BACK, "YH-1", slip)).wasRefusedBy(GZ_44);
        city.sends(late(BankMovement.PAID, "YH-1", slip(5_242_881)))
                .wasRefusedBy(GZ_45)
                .about("TooLarge");
        city.sends(late(BankMovement.PAID, "YH-1", slip, slip))
                .wasRefusedBy(GZ_45)
                .about("OneFileAKind");
        city.sends(late(BankMovement.PAID, "ｙｈ-1 ", slip)).wasAccepted();
        assertThat(city.lastOutcome().events())
                .as("the reference as it was recorded, and nothing moves")
                .containsExactly(new BankSlipsHandedIn("C1", BankMovement.PAID, "YH-1", List.of(slip)));
        city.sends(late(BankMovement.PAID, "YH-1", Papers.document("BANK_SLIP")))
                .wasRefusedBy(GZ_45)
                .about("SlipHandedInAlready");
        city.sends(late(BankMovement.PAID, "YH-1", Papers.document("BANK_SLIP_2")))
                .wasAccepted();
    }

    @Test
    @DisplayName("GZ-44, GZ-45: a slip that came with the settlement is the one of its kind, whichever item it settled")
    void slipOfSettlement() {
        city.redeemsUpToNotice("C1", yuan(6_000), "V1", "V2");
        city.at(NOTICE_ENDS).sends(settling(slip(1_000))).wasAccepted();
        city.sends(new SettleItems("C1", List.of(city.id("V2")), "YH-1")).wasAccepted();
        city.sends(late(BankMovement.PAID, "YH-1", slip(1_000)))
                .wasRefusedBy(GZ_45)
                .about("SlipHandedInAlready");
    }

    @Test
    @DisplayName(
            "GZ-33, GZ-44: what came back has a slip of its own, and so has what is paid anew under the same reference")
    void slipsOfABounce() {
        city.redeemsUpToNotice("C1", yuan(6_000), "V1");
        city.at(NOTICE_ENDS).sends(settling(slip(1_000))).wasAccepted();
        city.sends(new BounceSettlement("C1", city.id("V1"), "YH-1", "账号有误")).wasAccepted();
        city.sends(late(BankMovement.CAME_BACK, "YH-1", slip(1_000))).wasAccepted();
        city.sends(late(BankMovement.CAME_BACK, "YH-1", slip(1_000)))
                .wasRefusedBy(GZ_45)
                .about("SlipHandedInAlready");
        city.sends(settling()).wasAccepted();
        city.sends(late(BankMovement.PAID, "YH-1", slip(1_000))).wasAccepted();
    }

    @Test
    @DisplayName("GZ-32, GZ-44: a slip moves nothing, so that a freeze does not keep it out")
    void slipOfTheFrozen() {
        city.redeemsUpToNotice("C1", yuan(6_000), "V1");
        city.at(NOTICE_ENDS).sends(settling()).wasAccepted();
        city.sends(new FreezeProvider(Cast.code("P1"), "疑点")).wasAccepted();
        city.sends(late(BankMovement.PAID, "YH-1", slip(1_000))).wasAccepted();
    }

    private static HandInBankSlips late(BankMovement movement, String reference, Document... slips) {
        return new HandInBankSlips("C1", movement, reference, List.of(slips));
    }

    private SettleItems settling(Document... slips) {
        return new SettleItems("C1", List.of(city.id("V1")), "YH-1", null, "", List.of(slips));
    }

    private static Document slip(long bytes) {
        return new Document("BANK_SLIP", "0".repeat(64), "application/pdf", bytes);
    }

    @Test
    @DisplayName("GZ-33, GZ-43: a bounced payment reopens settlement at A, as often as it bounces")
    void bounced() {
        city.redeemsUpToNotice("C1", yuan(6_000), "V1");
        city.at(NOTICE_ENDS).settles("C1", "V1").wasAccepted();
        for (int i = 0; i < 2; i++) {
            city.sends(new BounceSettlement("C1", city.id("V1"), "bank-1", "账号有误"))
                    .wasAccepted();
            city.voucher("V1").is(PUBLISHED).has(Account.CLAIMED, yuan(6_000)).has(Account.REDEEMED, 0);
            city.sends(new BounceSettlement("C1", city.id("V1"), "bank-1", "账号有误"))
                    .wasRefusedBy(GZ_33);
            city.settles("C1", "V1").wasAccepted();
            city.voucher("V1").is(REDEEMED).has(Account.REDEEMED, yuan(6_000)).has(Account.BACK, yuan(4_000));
        }
        assertThat(city.providerQuota("P1").taken().value()).isEqualTo(yuan(6_000) + FACE);
    }

    @Test
    @DisplayName(
            "GZ-26, GZ-43: one bank payment pays items of one claim, however its reference is spelt; another claim's are refused")
    void oneClaimABankPayment() {
        city.redeemsUpToNotice("C1", yuan(6_000), "V1");
        city.redeemsUpToNotice("C2", yuan(6_000), "V2");
        city.at(NOTICE_ENDS);
        city.sends(new SettleItems("C1", List.of(city.id("V1")), "YH-2020 001")).wasAccepted();
        assertThat(city.recorded()).contains("BankPaymentBound");
        city.sends(new SettleItems("C2", List.of(city.id("V2")), "ｙｈ-2020001"))
                .wasRefusedBy(GZ_43)
                .at(Check.USED_ONCE)
                .about("BankReferenceUsed");
        city.voucher("V2").is(PUBLISHED);
        city.sends(new SettleItems("C2", List.of(city.id("V2")), "YH-2020 002")).wasAccepted();
    }

    @Test
    @DisplayName(
            "GZ-33, GZ-43: a reference pays as many items of its claim as it was paid for; the last that bounces frees it")
    void bankReferenceFreed() {
        city.at("2020-05-20T09:00").accepts("V4", FACE);
        city.at("2020-06-02T09:00").redeemsUpToNotice("C1", yuan(6_000), "V1", "V2");
        city.redeemsUpToNotice("C2", yuan(6_000), "V4");
        city.at(NOTICE_ENDS);
        city.sends(new SettleItems("C1", List.of(city.id("V1")), "YH-1")).wasAccepted();
        city.sends(new SettleItems("C1", List.of(city.id("V2")), "YH-1")).wasAccepted();
        assertThat(city.recorded()).doesNotContain("BankPaymentBound");
        var other = new SettleItems("C2", List.of(city.id("V4")), "YH-1");
        city.sends(new BounceSettlement("C1", city.id("V1"), "TH-1", "账号有误")).wasAccepted();
        assertThat(city.recorded()).doesNotContain("BankPaymentReleased");
        city.sends(other).wasRefusedBy(GZ_43).about("BankReferenceUsed");
        city.sends(new BounceSettlement("C1", city.id("V2"), "TH-2", "账号有误")).wasAccepted();
        assertThat(city.recorded()).contains("BankPaymentReleased");
        city.sends(other).wasAccepted();
        city.sends(new SettleItems("C1", List.of(city.id("V1")), "YH-1")).wasRefusedBy(GZ_43);
    }

    @Test
    @DisplayName("GZ-32: a frozen item is not settled; one revoked for cause drops out of its claim")
    void frozenAndRevoked() {
        city.redeemsUpToNotice("C1", FACE, "V1", "V2");
        city.sends(new FreezeVoucher(city.id("V1"), "疑点")).wasAccepted();
        city.at(NOTICE_ENDS).settles("C1", "V1").wasRefusedBy(GZ_32).at(Check.FREEZE);
        city.sends(new RevokeForCause(city.id("V1"), "查实"))
                .wasAccepted()
                .voucher("V1")
                .is(REVOKED);
        city.sends(new SettleItems("C1", List.of(city.id("V2")), "bank-1")).wasAccepted();
    }

    @Test
    @DisplayName("GZ-32: a frozen provider withdraws no claim, even one whose items have all been revoked")
    void frozenProviderWithdrawsNothing() {
        city.claims("C1", "V1").wasAccepted();
        city.sends(new RevokeForCause(city.id("V1"), "查实")).wasAccepted();
        city.sends(new FreezeProvider(Cast.code("P1"), "疑点")).wasAccepted();
        city.sends(new WithdrawClaim("C1", "补件")).wasRefusedBy(GZ_32).at(Check.FREEZE);
    }
}
