package org.voucherledger.domain.voucher;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicContainer.dynamicContainer;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;
import static org.voucherledger.domain.scenario.City.Grant.voucher;
import static org.voucherledger.domain.scenario.GuangzhouTerms.yuan;
import static org.voucherledger.domain.voucher.VoucherStatus.ACCEPTED;
import static org.voucherledger.domain.voucher.VoucherStatus.APPROVED;
import static org.voucherledger.domain.voucher.VoucherStatus.CLAIMED;
import static org.voucherledger.domain.voucher.VoucherStatus.CONTRACT_CONFIRMED;
import static org.voucherledger.domain.voucher.VoucherStatus.CONTRACT_UPLOADED;
import static org.voucherledger.domain.voucher.VoucherStatus.ISSUED;
import static org.voucherledger.domain.voucher.VoucherStatus.ORDERED;
import static org.voucherledger.domain.voucher.VoucherStatus.ORDER_CONFIRMED;
import static org.voucherledger.domain.voucher.VoucherStatus.PAID;
import static org.voucherledger.domain.voucher.VoucherStatus.PUBLISHED;
import static org.voucherledger.domain.voucher.VoucherStatus.REDEEMED;
import static org.voucherledger.domain.voucher.VoucherStatus.REJECTED;
import static org.voucherledger.domain.voucher.VoucherStatus.RETURNED;
import static org.voucherledger.domain.voucher.VoucherStatus.REVOKED;

import java.time.Instant;
import java.util.Arrays;
import java.util.EnumSet;
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
import org.voucherledger.domain.scenario.Cast;
import org.voucherledger.domain.scenario.City;
import org.voucherledger.domain.scenario.Papers;
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

/**
 * The rulebook's transition table, whole: each command in each state of a voucher. What stands in a row is carried out and
 * leads where the row says; what stands in none is refused and leaves no event, early and late.
 */
class TransitionMatrixTest {

    private static final long FACE = yuan(10_000);
    private static final long PAYS = yuan(8_000);
    private static final String V = "V1";

    /**
     * A row of the table.
     *
     * @param from the states it starts from; none for what needs more than a state and is refused without
     * @param to where it leads, or {@code null} where the state stays
     * @param at when it is its time, or {@code null} for at once
     */
    private record Row(Set<VoucherStatus> from, VoucherStatus to, String at, Function<City, Command> make) {}

    private static Row row(Set<VoucherStatus> from, VoucherStatus to, String at, Function<City, Command> make) {
        return new Row(from, to, at, make);
    }

    /** What a service voucher can be; the others are those of a voucher that is vetted. */
    private static final Set<VoucherStatus> STATUSES = EnumSet.range(ISSUED, REVOKED);

    private static final Set<VoucherStatus> NOT_PAID = EnumSet.range(ISSUED, CONTRACT_CONFIRMED);
    private static final Set<VoucherStatus> WITH_ORDER = EnumSet.range(ORDERED, CONTRACT_CONFIRMED);
    private static final Set<VoucherStatus> BEFORE_REDEEMED = EnumSet.range(ISSUED, PUBLISHED);

    private static final List<Row> TABLE = List.of(
            row(
                    Set.of(ISSUED),
                    ORDERED,
                    null,
                    city -> new OrderVoucher(city.id(V), city.provider("P1"), "INFORMATION", PAYS, true)),
            row(Set.of(ORDERED), ORDER_CONFIRMED, null, city -> new ConfirmOrder(city.id(V))),
            row(Set.of(ORDERED), ISSUED, null, city -> new DeclineOrder(city.id(V), "无力承接")),
            row(WITH_ORDER, ISSUED, null, city -> new CancelOrder(city.id(V), "改选")),
            // GZ-20: a contract received in time may be replaced, before or after it was sent back.
            row(
                    Set.of(ORDERED, ORDER_CONFIRMED, CONTRACT_UPLOADED),
                    CONTRACT_UPLOADED,
                    null,
                    city -> new UploadContract(
                            city.id(V), papers().contract(), true, List.of(Papers.document("CONTRACT")))),
            row(Set.of(CONTRACT_UPLOADED), CONTRACT_CONFIRMED, null, city -> new ConfirmContract(city.id(V), true)),
            row(Set.of(CONTRACT_UPLOADED), ORDER_CONFIRMED, null, city -> new SendContractBack(city.id(V), "不符")),
            row(NOT_PAID, RETURNED, null, city -> new ReturnVoucher(city.id(V), "不再需要")),
            row(NOT_PAID, REVOKED, "2020-12-01T00:00", city -> new RecoverVoucher(city.id(V))),
            row(Set.of(PAID, ACCEPTED), REVOKED, "2021-01-01T00:00", city -> new RecoverVoucher(city.id(V))),
            row(Set.of(CONTRACT_CONFIRMED), PAID, null, TransitionMatrixTest::pay),
            row(Set.of(PAID), ACCEPTED, null, city -> new AcceptVoucher(city.id(V))),
            row(Set.of(PAID), CONTRACT_CONFIRMED, null, city -> new SendPaymentBack(city.id(V), "不符")),
            // GZ-33: corrected only when it can no longer be sent back.
            row(Set.of(PAID), PAID, "2020-12-01T00:00", TransitionMatrixTest::correct),
            row(Set.of(PAID, ACCEPTED), null, null, city -> new RequestPaymentUndo(city.id(V), "付错")),
            // GZ-29: each needs the provider's request, which the plain states here do not have.
            row(Set.of(), null, null, city -> new UndoPayment(city.id(V), "同意")),
            row(Set.of(), null, null, city -> new DenyPaymentUndo(city.id(V), "不同意")),
            row(Set.of(ACCEPTED), ACCEPTED, "2020-12-01T00:00", city -> new LapseRemainder(city.id(V))),
            row(
                    Set.of(ACCEPTED),
                    CLAIMED,
                    "2020-06-02T09:00",
                    city -> new SubmitClaim(
                            "C2", "B1", Cast.code("P1"), List.of(city.id(V)), List.of(Papers.document("CLAIM_FORM")))),
            row(Set.of(CLAIMED), ACCEPTED, null, city -> new WithdrawClaim("C1", "补件")),
            row(Set.of(CLAIMED), CLAIMED, null, city -> new ReviewFirst("C1", review(city))),
            // GZ-41: the scheme has no panel, and the bureau reviews after the operator only.
            row(Set.of(), null, null, city -> new ReviewAsExpert("C1", review(city))),
            row(Set.of(), null, null, city -> new ReviewFinally("C1", review(city))),
            row(Set.of(), null, null, city -> new ReconcileClaim("C1", review(city))),
            row(Set.of(APPROVED, REJECTED), PUBLISHED, null, city -> new PublishClaim("C1")),
            row(
                    Set.of(PUBLISHED),
                    PUBLISHED,
                    null,
                    city -> new ObjectToItem("C1", city.id(V), "O1", ObjectionMatter.OTHER, List.of())),
            row(Set.of(), null, null, city -> new ReplyToObjection("C1", "O1", ObjectionOutcome.DISMISSED, PAYS, "维持")),
            row(
                    Set.of(PUBLISHED),
                    REDEEMED,
                    "2020-06-10T00:00",
                    city -> new SettleItems("C1", List.of(city.id(V)), "bank-1")),
            // GZ-42: only what was rejected; the published item here was approved.
            row(Set.of(), null, null, city -> new EndNotice("C1", List.of(city.id(V)))),
            row(Set.of(REDEEMED), PUBLISHED, null, city -> new BounceSettlement("C1", city.id(V), "bank-1", "退汇")),
            // GZ-44: a slip comes after what the bank did, and moves nothing.
            row(
                    Set.of(REDEEMED),
                    REDEEMED,
                    null,
                    city -> new HandInBankSlips(
                            "C1", BankMovement.PAID, "bank-C1", List.of(Papers.document("BANK_SLIP")))),
            row(BEFORE_REDEEMED, null, null, city -> new FreezeVoucher(city.id(V), "疑点")),
            row(Set.of(), null, null, city -> new LiftVoucherFreeze(city.id(V), null, "查清")),
            row(BEFORE_REDEEMED, REVOKED, null, city -> new RevokeForCause(city.id(V), "违规")),
            // GZ-32: nobody is disqualified here.
            row(Set.of(), null, null, city -> new ApplyDisqualification(city.id(V))),
            row(
                    Set.of(REDEEMED),
                    REDEEMED,
                    null,
                    city -> new OrderClawback(city.id(V), Debtor.PROVIDER, yuan(100), "违规")),
            row(Set.of(), null, null, city -> new RecordRepayment(city.id(V), Debtor.PROVIDER, 1, "bank-2")),
            row(Set.of(), null, null, city -> new WaiveClawback(city.id(V), Debtor.PROVIDER, 1, "免除")),
            // ALL-01: these belong to the life of a consumption voucher.
            row(Set.of(), null, null, city -> new UseVoucher(city.id(V), city.provider("P1"), "R-1", yuan(100))),
            row(Set.of(), null, null, city -> new UndoPurchase(city.id(V), "退货")),
            // GZ-24: nothing is owed here.
            row(Set.of(), null, null, city -> new ProveRefund(city.id(V), 1, Papers.document("PROOF"))));

    private static Papers papers() {
        return Papers.of("E1", "P1", "N-1", 2 * PAYS);
    }

    private static Command pay(City city) {
        Papers p = papers();
        return new PayVoucher(
                city.id(V), PAYS, p.completedOn(), 5, p.invoices(), p.transfers(), true, p.paymentDocuments());
    }

    private static Command correct(City city) {
        Papers p = papers();
        return new CorrectPaymentDocuments(
                city.id(V), p.completedOn(), p.invoices(), p.transfers(), p.paymentDocuments(), "更正");
    }

    private static List<ItemReview> review(City city) {
        return List.of(new ItemReview(city.id(V), PAYS, ""));
    }

    /** A city whose one voucher stands there. */
    private static City with(VoucherStatus status) {
        var city = new City();
        city.provider("P1");
        city.at("2020-05-10T09:00").grants(voucher(V).worth(FACE).to("E1"));
        city.proves(V, papers()).at("2020-05-20T09:00");
        if (status == RETURNED) {
            city.sends(new ReturnVoucher(city.id(V), "不再需要")).wasAccepted();
        } else if (status == REVOKED) {
            city.sends(new RevokeForCause(city.id(V), "违规")).wasAccepted();
        } else {
            walk(city, status);
        }
        city.voucher(V).is(status);
        return city;
    }

    private static void walk(City city, VoucherStatus status) {
        List<Runnable> way = List.of(
                () -> city.orders(V).using(PAYS).wasAccepted(),
                () -> city.sends(new ConfirmOrder(city.id(V))).wasAccepted(),
                () -> city.uploadsContract(V).wasAccepted(),
                () -> city.sends(new ConfirmContract(city.id(V), true)).wasAccepted(),
                () -> city.pays(V, PAYS).wasAccepted(),
                () -> city.sends(new AcceptVoucher(city.id(V))).wasAccepted(),
                () -> city.at("2020-06-02T09:00").claims("C1", V).wasAccepted());
        way.stream()
                .limit(Math.min(status.ordinal() - ISSUED.ordinal(), way.size()))
                .forEach(Runnable::run);
        if (status == REJECTED) {
            city.reviews("C1", 0);
        } else if (status.compareTo(APPROVED) >= 0) {
            city.reviews("C1", PAYS);
        }
        if (status == PUBLISHED || status == REDEEMED) {
            city.publishes("C1").wasAccepted();
        }
        if (status == REDEEMED) {
            city.at("2020-06-10T00:00").settles("C1", V).wasAccepted();
        }
    }

    private static String nameOf(Row row, City city) {
        return row.make().apply(city).getClass().getSimpleName();
    }

    @TestFactory
    @DisplayName("GZ-20 to GZ-43: every row of the transition table is carried out")
    Stream<DynamicNode> rows() {
        return STATUSES.stream()
                .map(status -> dynamicContainer(
                        "from " + status,
                        TABLE.stream()
                                .filter(row -> row.from().contains(status))
                                .map(row -> carriedOut(status, row))));
    }

    private static DynamicTest carriedOut(VoucherStatus status, Row row) {
        return dynamicTest("to " + (row.to() == null ? status : row.to()) + " by row " + TABLE.indexOf(row), () -> {
            try (City city = with(status)) {
                if (row.at() != null) {
                    city.at(row.at());
                }
                city.sends(row.make().apply(city)).wasAccepted();
                city.voucher(V).is(row.to() == null ? status : row.to());
                city.booksBalance();
            }
        });
    }

    @TestFactory
    @DisplayName("ALL-02: what stands in no row is refused and leaves no event, early and late")
    Stream<DynamicNode> everythingElse() {
        return STATUSES.stream()
                .map(status -> dynamicTest("in " + status, () -> {
                    try (City city = with(status)) {
                        long refused = Stream.of(city.now().toString(), "2020-12-15T01:00:00Z")
                                .mapToLong(at -> refusals(city, status, at))
                                .sum();
                        assertThat(refused).as("pairs refused in %s", status).isGreaterThan(40);
                    }
                }));
    }

    private static long refusals(City city, VoucherStatus status, String at) {
        city.at(Instant.parse(at));
        // A command with two rows is left out where either of them starts.
        Set<String> allowed = TABLE.stream()
                .filter(row -> row.from().contains(status))
                .map(row -> nameOf(row, city))
                .collect(Collectors.toSet());
        long refused = 0;
        for (Row row : TABLE) {
            if (!allowed.contains(nameOf(row, city))) {
                city.sends(row.make().apply(city));
                assertThat(city.lastOutcome().accepted())
                        .as("%s in %s at %s", city.lastOutcome().command(), status, at)
                        .isFalse();
                boolean clawback = Set.of("RecordRepayment", "WaiveClawback").contains(nameOf(row, city));
                assertThat(city.lastOutcome().refusal().stage())
                        .as("%s", city.lastOutcome().refusal())
                        .isLessThanOrEqualTo(clawback ? Check.AMOUNTS : Check.DEADLINE);
                city.voucher(V).isStill(status);
                refused++;
            }
        }
        return refused;
    }

    @Test
    @DisplayName("ALL-02: no command on vouchers or claims is missing from the matrix")
    void nothingIsMissing() {
        try (City city = with(ISSUED)) {
            Set<String> inTable =
                    TABLE.stream().map(row -> nameOf(row, city)).collect(Collectors.toCollection(TreeSet::new));
            Set<String> all = Stream.of(VoucherCommand.class, ClaimCommand.class)
                    .flatMap(type -> Arrays.stream(type.getPermittedSubclasses()))
                    .map(Class::getSimpleName)
                    .collect(Collectors.toCollection(TreeSet::new));
            assertThat(inTable).isEqualTo(all);
        }
    }
}
