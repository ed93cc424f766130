package org.voucherledger.domain.cloud;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicContainer.dynamicContainer;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;
import static org.voucherledger.domain.scenario.GuangzhouTerms.yuan;
import static org.voucherledger.domain.scenario.Province.GUANGZHOU;
import static org.voucherledger.domain.voucher.VoucherStatus.APPROVED;
import static org.voucherledger.domain.voucher.VoucherStatus.CLAIMED;
import static org.voucherledger.domain.voucher.VoucherStatus.ISSUED;
import static org.voucherledger.domain.voucher.VoucherStatus.NOT_ADMITTED;
import static org.voucherledger.domain.voucher.VoucherStatus.PUBLISHED;
import static org.voucherledger.domain.voucher.VoucherStatus.REDEEMED;
import static org.voucherledger.domain.voucher.VoucherStatus.REJECTED;
import static org.voucherledger.domain.voucher.VoucherStatus.RESERVED;
import static org.voucherledger.domain.voucher.VoucherStatus.RETURNED;
import static org.voucherledger.domain.voucher.VoucherStatus.REVOKED;
import static org.voucherledger.domain.voucher.VoucherStatus.WITHDRAWN;

import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.DynamicNode;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.voucherledger.domain.cloud.CloudCommand.ApplyWithContract;
import org.voucherledger.domain.cloud.CloudCommand.ApproveApplication;
import org.voucherledger.domain.cloud.CloudCommand.ClaimCloudVoucher;
import org.voucherledger.domain.cloud.CloudCommand.MoveCityQuota;
import org.voucherledger.domain.cloud.CloudCommand.RecallApplication;
import org.voucherledger.domain.cloud.CloudCommand.RejectApplication;
import org.voucherledger.domain.command.Actor;
import org.voucherledger.domain.command.Command;
import org.voucherledger.domain.command.Role;
import org.voucherledger.domain.party.Document;
import org.voucherledger.domain.redemption.BankMovement;
import org.voucherledger.domain.redemption.ClaimCommand;
import org.voucherledger.domain.redemption.ClaimCommand.BounceSettlement;
import org.voucherledger.domain.redemption.ClaimCommand.EndNotice;
import org.voucherledger.domain.redemption.ClaimCommand.HandInBankSlips;
import org.voucherledger.domain.redemption.ClaimCommand.ItemReview;
import org.voucherledger.domain.redemption.ClaimCommand.ObjectToItem;
import org.voucherledger.domain.redemption.ClaimCommand.PublishClaim;
import org.voucherledger.domain.redemption.ClaimCommand.ReconcileClaim;
import org.voucherledger.domain.redemption.ClaimCommand.ReplyToObjection;
import org.voucherledger.domain.redemption.ClaimCommand.ReviewAsExpert;
import org.voucherledger.domain.redemption.ClaimCommand.ReviewFinally;
import org.voucherledger.domain.redemption.ClaimCommand.ReviewFirst;
import org.voucherledger.domain.redemption.ClaimCommand.SettleItems;
import org.voucherledger.domain.redemption.ClaimCommand.SubmitClaim;
import org.voucherledger.domain.redemption.ClaimCommand.WithdrawClaim;
import org.voucherledger.domain.redemption.ObjectionMatter;
import org.voucherledger.domain.redemption.ObjectionOutcome;
import org.voucherledger.domain.rule.Check;
import org.voucherledger.domain.rule.Rule;
import org.voucherledger.domain.scenario.Cast;
import org.voucherledger.domain.scenario.City;
import org.voucherledger.domain.scenario.Papers;
import org.voucherledger.domain.scenario.Province;
import org.voucherledger.domain.voucher.Debtor;
import org.voucherledger.domain.voucher.VoucherCommand;
import org.voucherledger.domain.voucher.VoucherCommand.AcceptVoucher;
import org.voucherledger.domain.voucher.VoucherCommand.ApplyDisqualification;
import org.voucherledger.domain.voucher.VoucherCommand.CancelOrder;
import org.voucherledger.domain.voucher.VoucherCommand.ConfirmContract;
import org.voucherledger.domain.voucher.VoucherCommand.ConfirmOrder;
import org.voucherledger.domain.voucher.VoucherCommand.CorrectPaymentDocuments;
import org.voucherledger.domain.voucher.VoucherCommand.DeclineOrder;
import org.voucherledger.domain.voucher.VoucherCommand.DenyPaymentUndo;
import org.voucherledger.domain.voucher.VoucherCommand.FreezeVoucher;
import org.voucherledger.domain.voucher.VoucherCommand.LapseRemainder;
import org.voucherledger.domain.voucher.VoucherCommand.LiftVoucherFreeze;
import org.voucherledger.domain.voucher.VoucherCommand.OrderClawback;
import org.voucherledger.domain.voucher.VoucherCommand.OrderVoucher;
import org.voucherledger.domain.voucher.VoucherCommand.PayVoucher;
import org.voucherledger.domain.voucher.VoucherCommand.ProveRefund;
import org.voucherledger.domain.voucher.VoucherCommand.RecordRepayment;
import org.voucherledger.domain.voucher.VoucherCommand.RecoverVoucher;
import org.voucherledger.domain.voucher.VoucherCommand.RequestPaymentUndo;
import org.voucherledger.domain.voucher.VoucherCommand.ReturnVoucher;
import org.voucherledger.domain.voucher.VoucherCommand.RevokeForCause;
import org.voucherledger.domain.voucher.VoucherCommand.SendContractBack;
import org.voucherledger.domain.voucher.VoucherCommand.SendPaymentBack;
import org.voucherledger.domain.voucher.VoucherCommand.UndoPayment;
import org.voucherledger.domain.voucher.VoucherCommand.UndoPurchase;
import org.voucherledger.domain.voucher.VoucherCommand.UploadContract;
import org.voucherledger.domain.voucher.VoucherCommand.UseVoucher;
import org.voucherledger.domain.voucher.VoucherCommand.WaiveClawback;
import org.voucherledger.domain.voucher.VoucherStatus;

/**
 * The cloud voucher's transition table, whole: each command in each state of a voucher. What stands in a row is carried out;
 * what stands in none is refused and leaves no event, early and late. What belongs to another kind is refused as that.
 */
class CloudMatrixTest {

    private static final String V = "GZ-A1-V1";
    private static final long CONTRACT = 1_000;
    private static final long FACE = 700;
    private static final String IN_REDEMPTION = "2020-10-08T10:00";
    private static final String AFTER_NOTICE = "2020-10-16T00:00";
    private static final String REDEMPTION_OVER = "2021-02-08T17:00";

    /** As in the rulebook's table; {@code ofAnotherKind} marks a step of another kind's life, which is in no state's row. */
    private record Row(
            Set<VoucherStatus> from,
            VoucherStatus to,
            String at,
            boolean ofAnotherKind,
            Function<Province, Command> make) {}

    private static Row row(Set<VoucherStatus> from, VoucherStatus to, String at, Function<Province, Command> make) {
        return new Row(from, to, at, false, make);
    }

    private static Row never(Function<Province, Command> make) {
        return new Row(Set.of(), null, null, false, make);
    }

    private static Row ofAnotherKind(Function<Province, Command> make) {
        return new Row(Set.of(), null, null, true, make);
    }

    private static final Set<VoucherStatus> STATUSES = Set.of(
            RESERVED,
            ISSUED,
            CLAIMED,
            APPROVED,
            REJECTED,
            PUBLISHED,
            REDEEMED,
            RETURNED,
            REVOKED,
            WITHDRAWN,
            NOT_ADMITTED);
    private static final Set<VoucherStatus> ALIVE = Set.of(ISSUED, CLAIMED, APPROVED, REJECTED, PUBLISHED);
    private static final List<Document> CLAIM_FORM = List.of(Papers.document("CLAIM_FORM"));

    private static final List<Row> TABLE = List.of(
            // CL-03: vetted or withdrawn.
            row(Set.of(RESERVED), ISSUED, null, p -> new ApproveApplication(V)),
            row(Set.of(RESERVED), NOT_ADMITTED, null, p -> new RejectApplication(V, "不符")),
            row(Set.of(RESERVED), WITHDRAWN, null, p -> new RecallApplication(V, "取消")),
            // GZ-26: the same item again, which is free only where the voucher has ended without cause.
            row(Set.of(WITHDRAWN, NOT_ADMITTED, RETURNED), null, "2020-09-01T10:00", CloudMatrixTest::sameItem),
            // CL-08.
            row(Set.of(ISSUED), CLAIMED, IN_REDEMPTION, p -> p.claim(V, "C2", papers())),
            row(Set.of(ISSUED), RETURNED, null, p -> new ReturnVoucher(V, "不再需要")),
            row(Set.of(ISSUED), REVOKED, REDEMPTION_OVER, p -> new RecoverVoucher(V)),
            row(Set.of(CLAIMED), ISSUED, null, p -> new WithdrawClaim("C1", "补件")),
            row(Set.of(CLAIMED), CLAIMED, null, p -> new ReviewFirst("C1", review())),
            never(p -> new ReviewAsExpert("C1", review())),
            never(p -> new ReviewFinally("C1", review())),
            never(p -> new ReconcileClaim("C1", review())),
            row(Set.of(APPROVED, REJECTED), PUBLISHED, null, p -> new PublishClaim("C1")),
            row(
                    Set.of(PUBLISHED),
                    PUBLISHED,
                    null,
                    p -> new ObjectToItem("C1", V, "O1", ObjectionMatter.OTHER, List.of())),
            never(p -> new ReplyToObjection("C1", "O1", ObjectionOutcome.DISMISSED, FACE, "维持")),
            row(Set.of(PUBLISHED), REDEEMED, AFTER_NOTICE, p -> new SettleItems("C1", List.of(V), "bank-1")),
            // GZ-42: only what was rejected; the published item here was approved.
            never(p -> new EndNotice("C1", List.of(V))),
            row(Set.of(REDEEMED), PUBLISHED, null, p -> new BounceSettlement("C1", V, "bank-1", "退汇")),
            row(
                    Set.of(REDEEMED),
                    null,
                    null,
                    p -> new HandInBankSlips(
                            "C1", BankMovement.PAID, "bank-C1", List.of(Papers.document("BANK_SLIP")))),
            row(ALIVE, null, null, p -> new FreezeVoucher(V, "疑点")),
            never(p -> new LiftVoucherFreeze(V, null, "查清")),
            row(ALIVE, REVOKED, null, p -> new RevokeForCause(V, "违规")),
            never(p -> new ApplyDisqualification(V)),
            row(Set.of(REDEEMED), REDEEMED, null, p -> new OrderClawback(V, Debtor.ENTERPRISE, 1, "违规")),
            never(p -> new RecordRepayment(V, Debtor.ENTERPRISE, 1, "bank-2")),
            never(p -> new WaiveClawback(V, Debtor.ENTERPRISE, 1, "免除")),
            ofAnotherKind(p -> new OrderVoucher(V, Cast.code("P1"), Province.PRODUCT, 1, true)),
            ofAnotherKind(p -> new ConfirmOrder(V)),
            ofAnotherKind(p -> new DeclineOrder(V, "无力承接")),
            ofAnotherKind(p -> new CancelOrder(V, "改选")),
            ofAnotherKind(p -> new UploadContract(V, papers().contract(), true, List.of(Papers.document("CONTRACT")))),
            ofAnotherKind(p -> new ConfirmContract(V, true)),
            ofAnotherKind(p -> new SendContractBack(V, "不符")),
            ofAnotherKind(p -> new PayVoucher(
                    V,
                    1,
                    papers().completedOn(),
                    5,
                    papers().invoices(),
                    papers().transfers(),
                    true,
                    papers().paymentDocuments())),
            ofAnotherKind(p -> new CorrectPaymentDocuments(
                    V,
                    papers().completedOn(),
                    papers().invoices(),
                    papers().transfers(),
                    papers().paymentDocuments(),
                    "更正")),
            ofAnotherKind(p -> new AcceptVoucher(V)),
            ofAnotherKind(p -> new SendPaymentBack(V, "不符")),
            ofAnotherKind(p -> new RequestPaymentUndo(V, "付错")),
            ofAnotherKind(p -> new UndoPayment(V, "同意")),
            ofAnotherKind(p -> new DenyPaymentUndo(V, "不同意")),
            ofAnotherKind(p -> new LapseRemainder(V)),
            ofAnotherKind(p -> new ProveRefund(V, 1, Papers.document("PROOF"))),
            ofAnotherKind(p -> new UseVoucher(V, Cast.code("P1"), "R-1", 1)),
            ofAnotherKind(p -> new UndoPurchase(V, "退货")),
            ofAnotherKind(p -> new SubmitClaim("C2", "GZ", Cast.code("P1"), List.of(V), CLAIM_FORM)));

    private static Papers papers() {
        return Papers.of("E1", "P1", "N-1", CONTRACT).transferred(CONTRACT);
    }

    private static ApplyWithContract sameItem(Province province) {
        return province.application("E1", "GZ", "P1", papers());
    }

    private static List<ItemReview> review() {
        return List.of(new ItemReview(V, FACE, ""));
    }

    /** A province whose one voucher stands there. */
    private static Province with(VoucherStatus status) {
        var province = new Province();
        province.opens("GZ", GUANGZHOU, yuan(1_000)).wasAccepted();
        province.sends(sameItem(province)).wasAccepted();
        switch (status) {
            case RESERVED -> {}
            case WITHDRAWN -> province.recalls(V).wasAccepted();
            case NOT_ADMITTED -> province.rejects(V).wasAccepted();
            default -> {
                province.approves(V).wasAccepted();
                walk(province, status);
            }
        }
        assertThat(province.state(V).status()).isEqualTo(status);
        return province;
    }

    private static void walk(Province province, VoucherStatus status) {
        if (status == RETURNED) {
            province.sends(new ReturnVoucher(V, "不再需要")).wasAccepted();
        } else if (status == REVOKED) {
            province.sends(new RevokeForCause(V, "违规")).wasAccepted();
        } else if (status != ISSUED) {
            province.at(IN_REDEMPTION).sends(province.claim(V, "C1", papers())).wasAccepted();
        }
        if (status == REJECTED) {
            province.city().reviews("C1", 0);
        } else if (Set.of(APPROVED, PUBLISHED, REDEEMED).contains(status)) {
            province.city().reviews("C1", FACE);
        }
        if (status == PUBLISHED || status == REDEEMED) {
            province.city().publishes("C1").wasAccepted();
        }
        if (status == REDEEMED) {
            province.at(AFTER_NOTICE).settles("C1", V).wasAccepted();
        }
    }

    /** Whoever may: what the provider may of its own vouchers, and the enterprise where it is the one who claims. */
    private static void send(Province province, Command command) {
        Actor actor = command instanceof WithdrawClaim || command instanceof SubmitClaim
                ? City.party(Role.ENTERPRISE, Cast.code("E1"))
                : command instanceof VoucherCommand
                                        && province.city().actorFor(command).role() == Role.PROVIDER
                                || command instanceof UseVoucher
                        ? Actor.of("operator-1", Role.OPERATOR)
                        : province.city().actorFor(command);
        province.city().sends(command, actor);
    }

    @TestFactory
    @DisplayName("CL-03, CL-08: every row of the cloud voucher's table is carried out")
    Stream<DynamicNode> rows() {
        return STATUSES.stream()
                .sorted()
                .map(status -> dynamicContainer(
                        "from " + status,
                        TABLE.stream()
                                .filter(row -> row.from().contains(status))
                                .map(row -> carriedOut(status, row))));
    }

    private static DynamicTest carriedOut(VoucherStatus status, Row row) {
        return dynamicTest("to " + (row.to() == null ? status : row.to()) + " by row " + TABLE.indexOf(row), () -> {
            try (Province province = with(status)) {
                if (row.at() != null) {
                    province.at(row.at());
                }
                send(province, row.make().apply(province));
                province.wasAccepted();
                assertThat(province.state(V).status()).isEqualTo(row.to() == null ? status : row.to());
                province.booksBalance();
            }
        });
    }

    @TestFactory
    @DisplayName("ALL-01, ALL-02: what stands in no row is refused and leaves no event, early and late")
    Stream<DynamicNode> everythingElse() {
        return STATUSES.stream()
                .sorted()
                .map(status -> dynamicTest("in " + status, () -> {
                    try (Province province = with(status)) {
                        int refused = refusals(province, status);
                        province.at("2021-03-01T09:00");
                        refused += refusals(province, status);
                        assertThat(refused).as("pairs refused in %s", status).isGreaterThan(60);
                    }
                }));
    }

    private static int refusals(Province province, VoucherStatus status) {
        int refused = 0;
        for (Row row : TABLE) {
            if (row.from().contains(status)) {
                continue;
            }
            send(province, row.make().apply(province));
            var outcome = province.city().lastOutcome();
            assertThat(outcome.accepted())
                    .as("%s in %s", outcome.command(), status)
                    .isFalse();
            boolean later = outcome.command() instanceof RecordRepayment
                    || outcome.command() instanceof WaiveClawback
                    || outcome.command() instanceof ApplyWithContract;
            assertThat(outcome.refusal().stage())
                    .as("%s", outcome.refusal())
                    .isLessThanOrEqualTo(later ? Check.USED_ONCE : Check.DEADLINE);
            if (row.ofAnotherKind()) {
                assertThat(outcome.refusal().rule()).as("%s", outcome.refusal()).isEqualTo(Rule.ALL_01);
                assertThat(outcome.refusal().about()).isEqualTo("NotOfThisKind");
            }
            assertThat(province.state(V).status()).isEqualTo(status);
            refused++;
        }
        return refused;
    }

    @Test
    @DisplayName("ALL-02: no command on cloud vouchers, vouchers or claims is missing from the matrix")
    void nothingIsMissing() {
        try (Province province = with(ISSUED)) {
            Set<String> inTable = TABLE.stream()
                    .map(row -> row.make().apply(province).getClass().getSimpleName())
                    .collect(Collectors.toCollection(TreeSet::new));
            Set<String> all = Stream.of(VoucherCommand.class, ClaimCommand.class, CloudCommand.class)
                    .flatMap(type -> Arrays.stream(type.getPermittedSubclasses()))
                    .filter(type -> type != MoveCityQuota.class) // of two batches, not of a voucher
                    .map(Class::getSimpleName)
                    .collect(Collectors.toCollection(TreeSet::new));
            assertThat(inTable).isEqualTo(all);
            assertThat(all).contains(ClaimCloudVoucher.class.getSimpleName());
        }
    }
}
