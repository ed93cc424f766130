package org.voucherledger.domain.consuming;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;
import static org.voucherledger.domain.scenario.ConsumptionTerms.CATERING;
import static org.voucherledger.domain.scenario.ConsumptionTerms.REDEMPTION_UNTIL;
import static org.voucherledger.domain.scenario.ConsumptionTerms.SMALL;
import static org.voucherledger.domain.scenario.ConsumptionTerms.SMALL_FROM;
import static org.voucherledger.domain.scenario.ConsumptionTerms.UNTIL;
import static org.voucherledger.domain.scenario.ConsumptionTerms.VALID_UNTIL;
import static org.voucherledger.domain.scenario.GuangzhouTerms.yuan;
import static org.voucherledger.domain.voucher.VoucherStatus.ACCEPTED;
import static org.voucherledger.domain.voucher.VoucherStatus.CLAIMED;
import static org.voucherledger.domain.voucher.VoucherStatus.ISSUED;
import static org.voucherledger.domain.voucher.VoucherStatus.PUBLISHED;
import static org.voucherledger.domain.voucher.VoucherStatus.REDEEMED;
import static org.voucherledger.domain.voucher.VoucherStatus.RETURNED;
import static org.voucherledger.domain.voucher.VoucherStatus.REVOKED;

import java.time.Instant;
import java.util.Arrays;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.voucherledger.domain.batch.BackAccount;
import org.voucherledger.domain.batch.BatchCommand;
import org.voucherledger.domain.batch.BatchCommand.Apply;
import org.voucherledger.domain.batch.BatchCommand.Backfill;
import org.voucherledger.domain.batch.BatchCommand.CloseBatch;
import org.voucherledger.domain.batch.BatchCommand.CloseQueue;
import org.voucherledger.domain.batch.BatchCommand.EndApplications;
import org.voucherledger.domain.batch.BatchCommand.GrantApplications;
import org.voucherledger.domain.batch.BatchCommand.MoveDate;
import org.voucherledger.domain.batch.BatchCommand.OpenBatch;
import org.voucherledger.domain.batch.BatchCommand.PublishGrant;
import org.voucherledger.domain.batch.BatchCommand.RaiseBudget;
import org.voucherledger.domain.batch.BatchCommand.TakeBudgetBack;
import org.voucherledger.domain.batch.BatchCommand.TakeVoucher;
import org.voucherledger.domain.batch.BatchCommand.WithdrawApplication;
import org.voucherledger.domain.batch.BatchDate;
import org.voucherledger.domain.batch.BatchPhase;
import org.voucherledger.domain.command.Command;
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
import org.voucherledger.domain.scenario.ConsumptionTerms;
import org.voucherledger.domain.scenario.Papers;
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
 * The life of a consumption voucher, whole: each command in each state that it can rest in. What stands in a row is carried
 * out and leads where the row says; everything else, the steps of other kinds included, is refused and leaves no event.
 */
class ConsumptionMatrixTest {

    private static final String V = "B1-T1";
    private static final Set<VoucherStatus> STATES =
            Set.of(ISSUED, ACCEPTED, CLAIMED, PUBLISHED, REDEEMED, RETURNED, REVOKED);
    private static final Set<VoucherStatus> ALIVE = Set.of(ISSUED, ACCEPTED, CLAIMED, PUBLISHED);

    /** {@code to} is {@code null} where the state stays, {@code at} where any time will do. */
    private record Row(Set<VoucherStatus> from, VoucherStatus to, Instant at, Command command) {}

    private static Row row(Set<VoucherStatus> from, VoucherStatus to, Instant at, Command command) {
        return new Row(from, to, at, command);
    }

    private static final List<Row> TABLE = List.of(
            row(Set.of(ISSUED), ACCEPTED, null, new UseVoucher(V, Cast.code("P1"), "R-9", SMALL_FROM)),
            row(Set.of(ACCEPTED), ISSUED, null, new UndoPurchase(V, "退货")),
            row(Set.of(ISSUED), RETURNED, null, new ReturnVoucher(V, "不用")),
            row(Set.of(ISSUED), REVOKED, VALID_UNTIL, new RecoverVoucher(V)),
            row(Set.of(ACCEPTED), REVOKED, REDEMPTION_UNTIL, new RecoverVoucher(V)),
            row(
                    Set.of(ACCEPTED),
                    CLAIMED,
                    null,
                    new SubmitClaim("C2", "B1", Cast.code("P1"), List.of(V), List.of(Papers.document("CLAIM_FORM")))),
            row(Set.of(CLAIMED), ACCEPTED, null, new WithdrawClaim("C1", "补件")),
            row(Set.of(CLAIMED), PUBLISHED, null, new ReconcileClaim("C1", review())),
            row(Set.of(PUBLISHED), REDEEMED, null, new SettleItems("C1", List.of(V), "bank-1")),
            row(Set.of(REDEEMED), PUBLISHED, null, new BounceSettlement("C1", V, "bank-1", "退汇")),
            row(
                    Set.of(REDEEMED),
                    null,
                    null,
                    new HandInBankSlips("C1", BankMovement.PAID, "bank-C1", List.of(Papers.document("BANK_SLIP")))),
            row(ALIVE, null, null, new FreezeVoucher(V, "疑点")),
            row(ALIVE, REVOKED, null, new RevokeForCause(V, "违规")),
            row(Set.of(REDEEMED), null, null, new OrderClawback(V, Debtor.PROVIDER, 1, "违规")));

    /** Refused in every state: because nothing was frozen, disqualified, rejected or ordered back here, or for good. */
    private static final List<Command> NEVER = List.of(
            new LiftVoucherFreeze(V, null, "查清"),
            new ApplyDisqualification(V),
            new RecordRepayment(V, Debtor.PROVIDER, 1, "bank-2"),
            new WaiveClawback(V, Debtor.PROVIDER, 1, "免除"),
            new EndNotice("C1", List.of(V)),
            new ReviewFirst("C1", review()),
            new ReviewAsExpert("C1", review()),
            new ReviewFinally("C1", review()),
            new PublishClaim("C1"),
            new ObjectToItem("C1", V, "O1", ObjectionMatter.OTHER, List.of()),
            new ReplyToObjection("C1", "O1", ObjectionOutcome.DISMISSED, SMALL, "维持"));

    /** The steps of a service voucher. */
    private static final List<Command> OF_ANOTHER_KIND = List.of(
            new OrderVoucher(V, Cast.code("P1"), "INFORMATION", 1, true),
            new ConfirmOrder(V),
            new DeclineOrder(V, "无力承接"),
            new CancelOrder(V, "改选"),
            new UploadContract(V, papers().contract(), true, List.of(Papers.document("CONTRACT"))),
            new ConfirmContract(V, true),
            new SendContractBack(V, "不符"),
            new PayVoucher(
                    V,
                    1,
                    papers().completedOn(),
                    5,
                    papers().invoices(),
                    papers().transfers(),
                    true,
                    papers().paymentDocuments()),
            new CorrectPaymentDocuments(
                    V,
                    papers().completedOn(),
                    papers().invoices(),
                    papers().transfers(),
                    papers().paymentDocuments(),
                    "更正"),
            new AcceptVoucher(V),
            new SendPaymentBack(V, "不符"),
            new RequestPaymentUndo(V, "付错"),
            new UndoPayment(V, "同意"),
            new DenyPaymentUndo(V, "不同意"),
            new LapseRemainder(V),
            new ProveRefund(V, 1, Papers.document("PROOF")));

    private static Papers papers() {
        return Papers.of("E1", "P1", "N-1", 200);
    }

    private static List<ItemReview> review() {
        return List.of(new ItemReview(V, SMALL, ""));
    }

    /** A city whose one taken voucher stands there. */
    private static City with(VoucherStatus status) {
        City city = ConsumptionTerms.city();
        city.registers(Cast.merchant("P1", CATERING));
        city.takes("h-1", "B1", CATERING, SMALL).wasAccepted();
        Map<VoucherStatus, Supplier<City>> way = new LinkedHashMap<>();
        way.put(ACCEPTED, () -> city.uses(V, "P1", "R-1", SMALL_FROM));
        way.put(CLAIMED, () -> city.claims("C1", V));
        way.put(PUBLISHED, () -> city.reconciles("C1", SMALL));
        way.put(REDEEMED, () -> city.settles("C1", V));
        if (status == RETURNED) {
            city.sends(new ReturnVoucher(V, "不用")).wasAccepted();
        } else if (status == REVOKED) {
            city.sends(new RevokeForCause(V, "违规")).wasAccepted();
        } else {
            way.entrySet().stream()
                    .filter(step -> step.getKey().compareTo(status) <= 0)
                    .forEach(step -> step.getValue().get().wasAccepted());
        }
        city.voucher(V).is(status);
        return city;
    }

    @TestFactory
    @DisplayName("CV-01: every row of the consumption voucher's life is carried out")
    Stream<DynamicTest> rows() {
        return TABLE.stream()
                .flatMap(row -> row.from().stream()
                        .map(status -> dynamicTest(nameOf(row.command()) + " from " + status, () -> {
                            try (City city = with(status)) {
                                if (row.at() != null) {
                                    city.at(row.at());
                                }
                                city.sends(row.command()).wasAccepted();
                                city.voucher(V).is(row.to() == null ? status : row.to());
                                city.booksBalance();
                            }
                        })));
    }

    @TestFactory
    @DisplayName("ALL-01, ALL-02: what stands in no row is refused and leaves no event, early and late")
    Stream<DynamicTest> everythingElse() {
        return STATES.stream()
                .map(status -> dynamicTest("in " + status, () -> {
                    try (City city = with(status)) {
                        int refused = 0;
                        for (Instant at : List.of(city.now(), REDEMPTION_UNTIL.plusSeconds(1))) {
                            city.at(at);
                            refused += refusals(city, status);
                        }
                        assertThat(refused).isGreaterThan(60);
                    }
                }));
    }

    private static int refusals(City city, VoucherStatus status) {
        Set<String> allowed = TABLE.stream()
                .filter(row -> row.from().contains(status))
                .map(row -> nameOf(row.command()))
                .collect(Collectors.toSet());
        var commands = Stream.of(TABLE.stream().map(Row::command), NEVER.stream(), OF_ANOTHER_KIND.stream())
                .flatMap(each -> each)
                .filter(command -> !allowed.contains(nameOf(command)))
                .toList();
        for (Command command : commands) {
            city.sends(command);
            assertThat(city.lastOutcome().accepted())
                    .as("%s in %s", command, status)
                    .isFalse();
            if (OF_ANOTHER_KIND.contains(command)) {
                // Who is no party of the voucher hears that first, as everywhere (ALL-02).
                assertThat(city.lastOutcome().refusal().about())
                        .as("%s in %s", command, status)
                        .isIn("NotOfThisKind", "NotTheParty");
            }
            city.voucher(V).isStill(status);
        }
        return commands.size();
    }

    @Test
    @DisplayName(
            "ALL-01: whoever is the voucher's merchant, or works for the scheme, hears that a step is of another kind")
    void ofAnotherKind() {
        try (City city = with(ACCEPTED)) {
            var heard = new TreeSet<String>();
            for (Command command : OF_ANOTHER_KIND) {
                city.sends(command);
                if (city.lastOutcome().refusal().rule() == Rule.ALL_01) {
                    heard.add(nameOf(command));
                }
            }
            // The others are an enterprise's, and none holds this voucher.
            assertThat(heard)
                    .containsExactly(
                            "AcceptVoucher",
                            "ConfirmContract",
                            "ConfirmOrder",
                            "DeclineOrder",
                            "DenyPaymentUndo",
                            "LapseRemainder",
                            "ProveRefund",
                            "RequestPaymentUndo",
                            "SendContractBack",
                            "SendPaymentBack",
                            "UndoPayment");
        }
    }

    @Test
    @DisplayName("ALL-02: no command on vouchers or claims is missing from the matrix")
    void nothingIsMissing() {
        var inMatrix = new TreeSet<String>();
        TABLE.forEach(row -> inMatrix.add(nameOf(row.command())));
        NEVER.forEach(command -> inMatrix.add(nameOf(command)));
        OF_ANOTHER_KIND.forEach(command -> inMatrix.add(nameOf(command)));
        assertThat(inMatrix).isEqualTo(commandsOf(VoucherCommand.class, ClaimCommand.class));
    }

    @TestFactory
    @DisplayName("ALL-01, ALL-02: a cycle's phase admits its own steps and none of a grant's")
    Stream<DynamicTest> phases() {
        var admitted = Map.of(
                BatchPhase.OPEN,
                Set.of("TakeVoucher", "EndApplications", "RaiseBudget", "MoveDate", "TakeBudgetBack"),
                BatchPhase.ENDED,
                Set.of("CloseBatch", "RaiseBudget", "TakeBudgetBack"),
                BatchPhase.CLOSED,
                // What has lapsed is left to take back, but not what is available, of which nothing is.
                Set.<String>of());
        return admitted.entrySet().stream()
                .map(phase -> dynamicTest("in " + phase.getKey(), () -> {
                    try (City city = ConsumptionTerms.city()) {
                        if (phase.getKey() != BatchPhase.OPEN) {
                            city.at(UNTIL).sends(new EndApplications("B1")).wasAccepted();
                        }
                        if (phase.getKey() == BatchPhase.CLOSED) {
                            city.at(REDEMPTION_UNTIL)
                                    .sends(new CloseBatch("B1"))
                                    .wasAccepted();
                        }
                        var accepted = new HashSet<String>();
                        for (Command command : onBatches()) {
                            for (Instant at : List.of(city.now(), REDEMPTION_UNTIL)) {
                                Instant before = city.now();
                                city.at(at).sends(command);
                                if (city.lastOutcome().accepted()) {
                                    accepted.add(nameOf(command));
                                }
                                city.at(before);
                            }
                        }
                        assertThat(accepted).isEqualTo(phase.getValue());
                        city.booksBalance();
                    }
                }));
    }

    /** In an order in which none makes the next one impossible. */
    private static List<Command> onBatches() {
        return List.of(
                new Apply("B1", Cast.code("E1"), 1, List.of(1L)),
                new WithdrawApplication("B1", Cast.code("E1")),
                new GrantApplications("B1", 1),
                new PublishGrant("B1", 1),
                new Backfill("B1", 1),
                new CloseQueue("B1", 1),
                new OpenBatch(
                        "B1",
                        ConsumptionTerms.SCHEME,
                        "",
                        1,
                        VALID_UNTIL,
                        REDEMPTION_UNTIL,
                        null,
                        null,
                        null,
                        "notice"),
                new RaiseBudget("B1", yuan(100), "notice", "追加"),
                new TakeBudgetBack("B1", BackAccount.AVAILABLE, 1, "notice", "收回"),
                new TakeVoucher("B1", "h-2", CATERING, SMALL),
                new MoveDate("B1", BatchDate.APPLY_UNTIL, UNTIL.plusSeconds(1), "notice", "延长"),
                new CloseBatch("B1"),
                new EndApplications("B1"));
    }

    @TestFactory
    @DisplayName("ALL-01: the steps of a grant are not of a cycle's kind, in whatever phase")
    Stream<DynamicTest> grantsAreOfAnotherKind() {
        return onBatches().stream()
                .filter(command -> Set.of(
                                "Apply",
                                "WithdrawApplication",
                                "GrantApplications",
                                "PublishGrant",
                                "Backfill",
                                "CloseQueue")
                        .contains(nameOf(command)))
                .map(command -> dynamicTest(nameOf(command), () -> {
                    try (City city = ConsumptionTerms.city()) {
                        city.sends(command);
                        city.wasRefusedBy(Rule.ALL_01).at(Check.STATE).about("NotOfThisKind");
                        city.at(UNTIL).sends(new EndApplications("B1")).wasAccepted();
                        city.sends(command);
                        city.wasRefusedBy(Rule.ALL_01).about("NotOfThisKind");
                    }
                }));
    }

    @Test
    @DisplayName("ALL-02: no command on batches is missing from the matrix")
    void noBatchCommandIsMissing() {
        Set<String> inMatrix =
                onBatches().stream().map(ConsumptionMatrixTest::nameOf).collect(Collectors.toCollection(TreeSet::new));
        assertThat(inMatrix).isEqualTo(commandsOf(BatchCommand.class));
    }

    private static Set<String> commandsOf(Class<?>... types) {
        return Arrays.stream(types)
                .flatMap(type -> Arrays.stream(type.getPermittedSubclasses()))
                .map(Class::getSimpleName)
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static String nameOf(Command command) {
        return command.getClass().getSimpleName();
    }
}
