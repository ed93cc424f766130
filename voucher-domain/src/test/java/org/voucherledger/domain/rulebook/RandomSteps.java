package org.voucherledger.domain.rulebook;

import static org.voucherledger.domain.scenario.GuangzhouTerms.shanghai;
import static org.voucherledger.domain.scenario.GuangzhouTerms.yuan;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.voucherledger.domain.batch.BackAccount;
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
import org.voucherledger.domain.batch.BatchCommand.WithdrawApplication;
import org.voucherledger.domain.batch.BatchDate;
import org.voucherledger.domain.command.Actor;
import org.voucherledger.domain.command.AllowedTo;
import org.voucherledger.domain.command.Command;
import org.voucherledger.domain.command.Role;
import org.voucherledger.domain.party.Document;
import org.voucherledger.domain.party.EnterpriseCommand.BlacklistEnterprise;
import org.voucherledger.domain.party.EnterpriseCommand.DisqualifyEnterprise;
import org.voucherledger.domain.party.EnterpriseCommand.FreezeEnterprise;
import org.voucherledger.domain.party.EnterpriseCommand.LiftEnterpriseFreeze;
import org.voucherledger.domain.party.EnterpriseCommand.RecordOtherFunding;
import org.voucherledger.domain.party.EnterpriseCommand.RecordTie;
import org.voucherledger.domain.party.EnterpriseCommand.RenameEnterprise;
import org.voucherledger.domain.party.ProviderCommand.DisqualifyProvider;
import org.voucherledger.domain.party.ProviderCommand.FreezeProvider;
import org.voucherledger.domain.party.ProviderCommand.LiftProviderFreeze;
import org.voucherledger.domain.party.ProviderCommand.RenameProvider;
import org.voucherledger.domain.party.ServiceType;
import org.voucherledger.domain.redemption.BankMovement;
import org.voucherledger.domain.redemption.ClaimCommand.BounceSettlement;
import org.voucherledger.domain.redemption.ClaimCommand.EndNotice;
import org.voucherledger.domain.redemption.ClaimCommand.HandInBankSlips;
import org.voucherledger.domain.redemption.ClaimCommand.ItemReview;
import org.voucherledger.domain.redemption.ClaimCommand.ObjectToItem;
import org.voucherledger.domain.redemption.ClaimCommand.PublishClaim;
import org.voucherledger.domain.redemption.ClaimCommand.ReplyToObjection;
import org.voucherledger.domain.redemption.ClaimCommand.ReviewAsExpert;
import org.voucherledger.domain.redemption.ClaimCommand.ReviewFinally;
import org.voucherledger.domain.redemption.ClaimCommand.ReviewFirst;
import org.voucherledger.domain.redemption.ClaimCommand.SettleItems;
import org.voucherledger.domain.redemption.ClaimCommand.SubmitClaim;
import org.voucherledger.domain.redemption.ClaimCommand.WithdrawClaim;
import org.voucherledger.domain.redemption.ObjectionMatter;
import org.voucherledger.domain.redemption.ObjectionOutcome;
import org.voucherledger.domain.redemption.ReviewStage;
import org.voucherledger.domain.rulebook.RulebookModel.Account;
import org.voucherledger.domain.rulebook.RulebookModel.ModelBatch;
import org.voucherledger.domain.rulebook.RulebookModel.ModelClaim;
import org.voucherledger.domain.rulebook.RulebookModel.ModelVoucher;
import org.voucherledger.domain.scenario.Papers;
import org.voucherledger.domain.scheme.SchemeCommand.ChangeFund;
import org.voucherledger.domain.voucher.Contract;
import org.voucherledger.domain.voucher.Debtor;
import org.voucherledger.domain.voucher.Invoice;
import org.voucherledger.domain.voucher.InvoiceKind;
import org.voucherledger.domain.voucher.Transfer;
import org.voucherledger.domain.voucher.VoucherCommand.AcceptVoucher;
import org.voucherledger.domain.voucher.VoucherCommand.ApplyDisqualification;
import org.voucherledger.domain.voucher.VoucherCommand.CancelOrder;
import org.voucherledger.domain.voucher.VoucherCommand.ConfirmContract;
import org.voucherledger.domain.voucher.VoucherCommand.ConfirmOrder;
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
import org.voucherledger.domain.voucher.VoucherCommand.UploadContract;
import org.voucherledger.domain.voucher.VoucherCommand.WaiveClawback;
import org.voucherledger.domain.voucher.VoucherStatus;

/**
 * Thinks up the next step of a random season: mostly what somebody in that place would do, sometimes what nobody may. It
 * looks at the model for who stands where, so that a run gets deep into the lives of its vouchers, and near their limits.
 */
final class RandomSteps {

    static final Instant SEASON_STARTS = shanghai("2020-04-01T08:00");
    private static final Instant SEASON_ENDS = shanghai("2021-02-10T00:00");

    private final Random random;
    private final RulebookModel model;
    private final List<String> enterprises;
    private final List<String> providers;
    private final List<String> schemes;
    private final int steps;
    private int step;
    private Instant now = SEASON_STARTS;
    private int counter;

    RandomSteps(
            Random random,
            RulebookModel model,
            List<String> schemes,
            List<String> enterprises,
            List<String> providers,
            int steps) {
        this.random = random;
        this.model = model;
        this.schemes = schemes;
        this.enterprises = enterprises;
        this.providers = providers;
        this.steps = steps;
    }

    // ---------------------------------------------------------------- time and actors

    /** The clock moves forward only: mostly a little, sometimes to the very instant at which something becomes too late. */
    Instant nextInstant() {
        step++;
        Duration behind = Duration.between(
                now,
                SEASON_STARTS.plus(Duration.between(SEASON_STARTS, SEASON_ENDS)
                        .multipliedBy(step)
                        .dividedBy(steps)));
        if (behind.isNegative() || random.nextInt(3) == 0) {
            return now = now.plusMillis(random.nextInt(1_000));
        }
        Instant most = now.plus(behind.multipliedBy(2)).plusSeconds(60);
        List<Instant> limits = limits().stream()
                .filter(i -> i.isAfter(now) && i.isBefore(most))
                .toList();
        if (!limits.isEmpty() && random.nextInt(3) == 0) {
            Instant limit = pick(limits);
            now = random.nextBoolean() || !limit.minusMillis(1).isAfter(now) ? limit : limit.minusMillis(1);
        } else {
            now = now.plusMillis(
                    (long) (random.nextDouble() * Duration.between(now, most).toMillis()));
        }
        return now;
    }

    private List<Instant> limits() {
        var limits = new ArrayList<Instant>();
        for (ModelBatch b : model.batches.values()) {
            limits.addAll(List.of(b.applyFrom, b.applyUntil, b.validUntil, b.redemptionFrom, b.redemptionUntil));
            if (b.orderDeadline != null) {
                limits.add(b.orderDeadline);
            }
            if (b.backfillUntil != null) {
                limits.add(b.backfillUntil);
            }
        }
        for (ModelVoucher v : model.vouchers.values()) {
            if (v.noticeEnds != null) {
                limits.add(v.noticeEnds);
            }
        }
        return limits;
    }

    /** Mostly whoever may; now and then another enterprise or provider, or the same person in two roles. */
    Actor actorFor(Command command) {
        Role[] allowed = command.getClass().getAnnotation(AllowedTo.class).value();
        Role role = allowed[random.nextInt(allowed.length)];
        return switch (role) {
            case ENTERPRISE -> party(role, model.ownEnterprise(command), enterprises);
            case PROVIDER -> party(role, model.ownProvider(command), providers);
            case SYSTEM -> Actor.SYSTEM;
            default -> Actor.of(chance(5) ? "staff-1" : role + "-" + (1 + random.nextInt(2)), role);
        };
    }

    private Actor party(Role role, String own, List<String> all) {
        String code = own == null || chance(2) ? pick(all) : own;
        return new Actor("handler-of-" + code, role, code);
    }

    // ---------------------------------------------------------------- what next

    Command next() {
        int dice = random.nextInt(100);
        List<ModelBatch> receiving = model.batches.values().stream()
                .filter(b -> b.phase.equals("OPEN") && !now.isBefore(b.applyFrom))
                .toList();
        if (model.batches.isEmpty() || dice < 3 && model.batches.size() < 7) {
            return open();
        }
        if (dice < 24 && !receiving.isEmpty()) {
            return forBatch(pick(receiving));
        }
        List<ModelBatch> unpublished = model.batches.values().stream()
                .filter(b -> Set.of("ENDED", "GRANTED").contains(b.phase)
                        || !now.isBefore(b.applyUntil) && b.phase.equals("OPEN"))
                .toList();
        if (dice < 24 && !unpublished.isEmpty()) {
            return forBatch(pick(unpublished));
        }
        if (dice < 6) {
            return forBatch(pick(List.copyOf(model.batches.values())));
        }
        if (dice < 10) {
            return forParty();
        }
        if (dice < 11) {
            return money();
        }
        List<String> claims = List.copyOf(model.claims.keySet());
        if (dice < 28 && !claims.isEmpty()) {
            return forClaim(
                    chance(70)
                            ? claims.get(claims.size() - 1 - random.nextInt(Math.min(4, claims.size())))
                            : pick(claims));
        }
        if (dice < 34) {
            Command claim = submit();
            if (claim != null) {
                return claim;
            }
        }
        return model.vouchers.isEmpty() ? forBatch(pick(List.copyOf(model.batches.values()))) : forVoucher();
    }

    private OpenBatch open() {
        Instant from = now.plusSeconds(random.nextInt(6) * 3_600L);
        Instant until = from.plusSeconds((48 + random.nextInt(240)) * 3_600L);
        Instant midnight = LocalDate.ofInstant(until, RulebookModel.SHANGHAI)
                .atStartOfDay(RulebookModel.SHANGHAI)
                .toInstant();
        return new OpenBatch(
                chance(3) && !model.batches.isEmpty() ? pick(List.copyOf(model.batches.keySet())) : "B" + ++counter,
                pick(schemes),
                "",
                chance(3) ? yuan(6_000_001) : yuan(20_000 + random.nextInt(100_000)),
                from,
                chance(25) ? midnight : until,
                null,
                null,
                null,
                "notice");
    }

    private Command money() {
        String batch = pick(List.copyOf(model.batches.keySet()));
        ModelBatch b = model.batches.get(batch);
        return switch (random.nextInt(6)) {
            case 0 -> new RaiseBudget(batch, near(model.schemes.get(b.schemeId).unallocated), "notice", "更多");
            case 1 -> new TakeBudgetBack(batch, BackAccount.AVAILABLE, near(b.available), "notice", "收回");
            case 2 -> new TakeBudgetBack(batch, BackAccount.LAPSED, near(b.lapsed), "notice", "收回");
            case 3 -> {
                var s = model.schemes.get(b.schemeId);
                yield new ChangeFund(b.schemeId, near(s.fund - s.unallocated), "notice", "调整");
            }
            case 4 -> new MoveDate(batch, BatchDate.VALID_UNTIL, later(b.validUntil), "notice", "延期");
            default ->
                b.phase.equals("OPEN") && now.isBefore(b.applyUntil)
                        ? new MoveDate(batch, BatchDate.APPLY_UNTIL, later(b.applyUntil), "notice", "延期")
                        : new MoveDate(batch, BatchDate.REDEMPTION_UNTIL, later(b.redemptionUntil), "notice", "延期");
        };
    }

    private Instant later(Instant deadline) {
        return (deadline.isBefore(now) ? now : deadline).plusSeconds((1 + random.nextInt(72)) * 3_600L);
    }

    private Command forBatch(ModelBatch b) {
        if (chance(10)) {
            return anyForBatch(b.id);
        }
        return switch (b.phase) {
            case "OPEN" ->
                now.isBefore(b.applyUntil)
                        ? chance(90) ? apply(b.id) : new WithdrawApplication(b.id, pick(enterprises))
                        : new EndApplications(b.id);
            case "ENDED" -> new GrantApplications(b.id, chance(50) ? 100 : 1 + random.nextInt(4));
            case "GRANTED" -> b.perhapsOver ? new GrantApplications(b.id, 100) : new PublishGrant(b.id, 100);
            case "PUBLISHED" ->
                b.backfillUntil != null && !b.queueClosed
                        ? now.isBefore(b.backfillUntil)
                                ? new Backfill(b.id, 1 + random.nextInt(5))
                                : new CloseQueue(b.id, 100)
                        : chance(20) ? new CloseBatch(b.id) : apply(b.id);
            default -> anyForBatch(b.id);
        };
    }

    private Command anyForBatch(String batch) {
        return switch (random.nextInt(8)) {
            case 0 -> apply(batch);
            case 1 -> new WithdrawApplication(batch, pick(enterprises));
            case 2 -> new EndApplications(batch);
            case 3 -> new GrantApplications(batch, 100);
            case 4 -> new PublishGrant(batch, 100);
            case 5 -> new Backfill(batch, 5);
            case 6 -> new CloseQueue(batch, 100);
            default -> new CloseBatch(batch);
        };
    }

    private Apply apply(String batch) {
        String enterprise = pick(enterprises);
        ModelBatch b = model.batches.get(batch);
        long[] quota = model.enterpriseQuotas.getOrDefault(
                b.schemeId + "|" + enterprise + "|"
                        + LocalDate.ofInstant(now, RulebookModel.SHANGHAI).getYear(),
                new long[2]);
        var row = model.row(
                b, enterprise, LocalDate.ofInstant(now, RulebookModel.SHANGHAI).getYear());
        long cap = row == null || row.annualCapFen() == null ? yuan(20_000) : row.annualCapFen();
        long left = cap - quota[0] - quota[1];
        boolean atTheCeiling = row != null && row.ceilingFen() != null && chance(50);
        long limit = atTheCeiling ? Math.min(row.ceilingFen(), left) : left;
        long asked = chance(30) ? near(limit) : yuan(1_000 + random.nextInt(6_000));
        int parts = 1 + random.nextInt(3);
        var partsFen = new ArrayList<Long>();
        for (int i = 1; i < parts; i++) {
            partsFen.add(Math.max(1, asked / parts));
        }
        partsFen.add(
                Math.max(1, asked - partsFen.stream().mapToLong(Long::longValue).sum() + (chance(3) ? 1 : 0)));
        return new Apply(batch, enterprise, asked, partsFen);
    }

    // ---------------------------------------------------------------- parties

    private Command forParty() {
        String e = pick(enterprises);
        String p = pick(providers);
        Instant deadline = chance(50) ? null : now.plusSeconds((24 + random.nextInt(1_000)) * 3_600L);
        return switch (random.nextInt(24)) {
            case 0 -> new FreezeEnterprise(e, "疑点");
            case 1, 2, 3, 4 ->
                new LiftEnterpriseFreeze(pick(or(enterprises, c -> model.enterprises.get(c).frozen)), deadline, "查清");
            case 5 -> new FreezeProvider(p, "疑点");
            case 6, 7, 8, 9 ->
                new LiftProviderFreeze(pick(or(providers, c -> model.providers.get(c).frozen)), deadline, "查清");
            case 10 -> chance(20) ? new DisqualifyEnterprise(e, "骗补") : new BlacklistEnterprise(e, true, "失信");
            case 11 -> chance(10) ? new DisqualifyProvider(p, "骗补") : new FreezeProvider(p, "疑点");
            case 12, 13, 14 ->
                new BlacklistEnterprise(pick(or(enterprises, c -> model.enterprises.get(c).blacklisted)), false, "修复");
            case 15 -> chance(40) ? new RecordTie(e, p, true, "投资关系") : new RecordTie(e, p, false, "已解除");
            case 16, 17 -> {
                String tied =
                        pick(or(enterprises, c -> !model.enterprises.get(c).ties.isEmpty()));
                Set<String> ties = model.enterprises.get(tied).ties;
                yield new RecordTie(tied, ties.isEmpty() ? p : ties.iterator().next(), false, "已解除");
            }
            case 18 ->
                new RenameEnterprise(e, "更名企业" + ++counter, today().minusDays(random.nextInt(10)), paper("PROOF"));
            case 19 -> new RenameProvider(p, "更名机构" + ++counter, today().minusDays(random.nextInt(10)), paper("PROOF"));
            case 20 -> new RecordOtherFunding(e, p, "K" + random.nextInt(Math.max(1, counter)), "1", "其他专项");
            default ->
                chance(25)
                        ? new FreezeVoucher(anyVoucher().id, "疑点")
                        : new LiftVoucherFreeze(frozenVoucher().id, deadline, "查清");
        };
    }

    private static Document paper(String kind) {
        return Papers.document(kind);
    }

    // ---------------------------------------------------------------- vouchers

    private ModelVoucher anyVoucher() {
        if (model.vouchers.isEmpty()) {
            var unknown = new ModelVoucher();
            unknown.id = "B0-A0-V0";
            return unknown;
        }
        return pick(List.copyOf(model.vouchers.values()));
    }

    private ModelVoucher frozenVoucher() {
        List<ModelVoucher> frozen =
                model.vouchers.values().stream().filter(v -> v.frozen).toList();
        return frozen.isEmpty() ? anyVoucher() : pick(frozen);
    }

    private Command forVoucher() {
        List<ModelVoucher> alive = model.vouchers.values().stream()
                .filter(v -> v.status.compareTo(VoucherStatus.ACCEPTED) <= 0)
                .toList();
        ModelVoucher v = alive.isEmpty() || chance(8) ? anyVoucher() : pick(alive);
        if (chance(12)) {
            return anyForVoucher(v);
        }
        if (chance(12) && isDueSoon(v)) {
            return new RecoverVoucher(v.id);
        }
        if (isDisqualified(v) && chance(60)) {
            return new ApplyDisqualification(v.id);
        }
        return switch (v.status) {
            case ISSUED ->
                chance(88) ? order(v) : chance(50) ? new ReturnVoucher(v.id, "不用") : new RecoverVoucher(v.id);
            case ORDERED ->
                switch (random.nextInt(8)) {
                    case 0 -> new DeclineOrder(v.id, "无力承接");
                    case 1 -> new CancelOrder(v.id, "改选");
                    case 2, 3 -> upload(v);
                    default -> new ConfirmOrder(v.id);
                };
            case ORDER_CONFIRMED -> chance(90) ? upload(v) : new CancelOrder(v.id, "改选");
            case CONTRACT_UPLOADED ->
                switch (random.nextInt(10)) {
                    case 0 -> new SendContractBack(v.id, "金额不符");
                    case 1 -> upload(v);
                    case 2 -> new CancelOrder(v.id, "改选");
                    default -> new ConfirmContract(v.id, !chance(5));
                };
            case CONTRACT_CONFIRMED ->
                switch (random.nextInt(12)) {
                    case 0 -> new CancelOrder(v.id, "改选");
                    case 1 -> chance(30) ? new ReturnVoucher(v.id, "不用") : pay(v);
                    default -> pay(v);
                };
            case PAID ->
                switch (random.nextInt(10)) {
                    case 0, 1 -> new SendPaymentBack(v.id, "发票不符");
                    case 2 -> new RequestPaymentUndo(v.id, "付错");
                    case 3 -> new UndoPayment(v.id, "同意");
                    default -> new AcceptVoucher(v.id);
                };
            case ACCEPTED ->
                switch (now.isBefore(v.batch.validUntil) ? random.nextInt(6) : 2 + random.nextInt(3)) {
                    case 0 -> new RequestPaymentUndo(v.id, "付错");
                    case 1 ->
                        v.undoAsked && chance(50) ? new UndoPayment(v.id, "同意") : new DenyPaymentUndo(v.id, "不同意");
                    case 2 -> new LapseRemainder(v.id);
                    default -> orAnything(submit(), v);
                };
            case REDEEMED ->
                switch (random.nextInt(5)) {
                    case 0, 1 -> new OrderClawback(v.id, debtor(), near(v.at(Account.REDEEMED) - v.clawedBack), "违规");
                    case 2 ->
                        new RecordRepayment(v.id, debtor(), near(v.due.getOrDefault(Debtor.PROVIDER, 0L)), "bank");
                    case 3 -> new WaiveClawback(v.id, debtor(), near(v.due.getOrDefault(Debtor.PROVIDER, 0L)), "免除");
                    default -> new ProveRefund(v.id, near(v.owed - v.proved), paper("PROOF"));
                };
            default -> anyForVoucher(v);
        };
    }

    private Command orAnything(Command command, ModelVoucher v) {
        return command == null ? anyForVoucher(v) : command;
    }

    private boolean isDueSoon(ModelVoucher v) {
        Instant order = v.batch == null ? null : v.batch.orderDeadline;
        return order != null && !now.isBefore(order);
    }

    private boolean isDisqualified(ModelVoucher v) {
        return v.enterprise != null
                && (model.enterprises.get(v.enterprise).disqualified
                        || v.provider != null && model.providers.get(v.provider).disqualified);
    }

    /** Whatever comes to mind, whether it stands in the transition table or not. */
    private Command anyForVoucher(ModelVoucher v) {
        return switch (random.nextInt(22)) {
            case 0 -> order(v);
            case 1 -> new ConfirmOrder(v.id);
            case 2 -> new DeclineOrder(v.id, "无力承接");
            case 3 -> new CancelOrder(v.id, "改选");
            case 4 -> v.provider == null ? new RecoverVoucher(v.id) : upload(v);
            case 5 -> new ConfirmContract(v.id, true);
            case 6 -> new SendContractBack(v.id, "金额不符");
            case 7 -> new ReturnVoucher(v.id, "不用");
            case 8, 9 -> new RecoverVoucher(v.id);
            case 10 -> v.contract == null ? new AcceptVoucher(v.id) : pay(v);
            case 11 -> new AcceptVoucher(v.id);
            case 12 -> new SendPaymentBack(v.id, "发票不符");
            case 13 -> new RequestPaymentUndo(v.id, "付错");
            case 14 -> new UndoPayment(v.id, "同意");
            case 15 -> new DenyPaymentUndo(v.id, "不同意");
            case 16 -> new LapseRemainder(v.id);
            case 17 -> chance(20) ? new RevokeForCause(v.id, "违规") : new RecoverVoucher(v.id);
            case 18 -> new ApplyDisqualification(v.id);
            case 19 -> new OrderClawback(v.id, debtor(), 1 + random.nextInt(10_000), "违规");
            case 20 -> new RecordRepayment(v.id, debtor(), 1 + random.nextInt(10_000), "bank");
            default -> chance(20) ? new FreezeVoucher(v.id, "疑点") : new ReturnVoucher(v.id, "不用");
        };
    }

    private Debtor debtor() {
        return chance(20) ? Debtor.ENTERPRISE : Debtor.PROVIDER;
    }

    private OrderVoucher order(ModelVoucher v) {
        ServiceType type = chance(40) ? ServiceType.INFORMATION : pick(List.of(ServiceType.values()));
        String provider = pick(providers);
        long expected = chance(60) ? Math.max(1, v.face) : near(v.face);
        if (v.batch != null && chance(30)) {
            expected = near(model.leftOfProviderCap(v.batch, provider));
            expected = chance(10) ? expected : Math.min(expected, Math.max(1, v.face));
        }
        return new OrderVoucher(v.id, provider, chance(2) ? "NOTHING" : type.name(), expected, !chance(2));
    }

    private LocalDate today() {
        return LocalDate.ofInstant(now, RulebookModel.SHANGHAI);
    }

    /** A day in the service period and not after today, unless it is meant to be wrong. */
    private LocalDate day(int back) {
        if (chance(3)) {
            return pick(List.of(
                    LocalDate.of(2019, 11, 30),
                    LocalDate.of(2019, 12, 1),
                    LocalDate.of(2020, 11, 30),
                    LocalDate.of(2020, 12, 1)));
        }
        LocalDate day = today().minusDays(random.nextInt(back));
        return day.isAfter(LocalDate.of(2020, 11, 30)) ? LocalDate.of(2020, 11, 30) : day;
    }

    private String enterpriseName(ModelVoucher v, LocalDate day) {
        return chance(2) ? "错名" : RulebookModel.nameAt(model.enterprises.get(v.enterprise).names, day);
    }

    private String providerName(ModelVoucher v, LocalDate day) {
        return chance(2) ? "错名" : RulebookModel.nameAt(model.providers.get(v.provider).names, day);
    }

    /** A number of its own, or one that a paper of the kind bears already. */
    private String number(String kind) {
        List<String> used = model.usedOnce.keySet().stream()
                .filter(key -> key.startsWith(kind + " "))
                .toList();
        if (used.isEmpty() || !chance(8)) {
            return "K" + ++counter;
        }
        String[] parts = pick(used).split(" ");
        return Stream.of(parts).filter(part -> part.startsWith("K")).findFirst().orElseThrow();
    }

    private UploadContract upload(ModelVoucher v) {
        LocalDate signed = day(20);
        LocalDate until = LocalDate.of(2020, chance(97) ? 11 : 12, 30);
        long unrelated = chance(20) ? yuan(random.nextInt(100)) : 0;
        var contract = new Contract(
                v.contract != null && chance(30) ? v.contract.number() : number("contract"),
                "1",
                enterpriseName(v, signed),
                providerName(v, signed),
                chance(3) || v.type == null ? ServiceType.TRAINING : v.type,
                signed,
                signed,
                until.isBefore(signed) ? signed : until,
                2 * v.face + yuan(random.nextInt(1_000)) + unrelated,
                unrelated);
        return new UploadContract(
                v.id, contract, !chance(3), chance(3) ? List.of(paper("OTHER")) : List.of(paper("CONTRACT")));
    }

    /** Prices, shares and transfers on their bounds, and one fen beyond them. */
    private PayVoucher pay(ModelVoucher v) {
        long invoiced = chance(50) ? v.contract.relatedFen() : 2 + (long) (random.nextDouble() * 2 * v.face);
        long base = Math.min(invoiced, v.contract.relatedFen());
        long most = Math.max(1, Math.min(v.face, base * v.share / 10_000));
        long paid = chance(60) ? most : chance(50) ? most + random.nextInt(2) : 1 + (long) (random.nextDouble() * most);
        long atLeast = Math.max(invoiced - paid, invoiced - invoiced / 2);
        long transferred =
                chance(60) ? atLeast : chance(50) ? atLeast - 1 + random.nextInt(3) : invoiced + random.nextInt(2);
        transferred = Math.max(1, transferred);
        long unrelated = chance(15) ? 1 + random.nextInt(5_000) : 0;
        LocalDate invoicedOn = day(15);
        LocalDate transferredOn = day(15);
        var invoice = new Invoice(
                InvoiceKind.VAT_SPECIAL,
                "",
                number("invoice"),
                invoicedOn,
                providerName(v, invoicedOn),
                enterpriseName(v, invoicedOn),
                invoiced + unrelated,
                unrelated);
        var transfer = new Transfer(
                "中国银行",
                transferredOn,
                number("transfer"),
                enterpriseName(v, transferredOn),
                providerName(v, transferredOn),
                transferred,
                0);
        return new PayVoucher(
                v.id,
                paid,
                chance(3) ? today().plusDays(1) : day(5),
                1 + random.nextInt(5),
                chance(3) ? List.of(invoice, invoice) : List.of(invoice),
                List.of(transfer),
                !chance(2),
                chance(3) ? List.of(paper("INVOICE")) : List.of(paper("INVOICE"), paper("BANK_TRANSFER")));
    }

    // ---------------------------------------------------------------- claims

    private Command submit() {
        List<ModelVoucher> accepted = model.vouchers.values().stream()
                .filter(v -> v.status == VoucherStatus.ACCEPTED)
                .toList();
        if (accepted.isEmpty() || chance(90) && now.isBefore(pick(accepted).batch.redemptionFrom)) {
            return null;
        }
        ModelVoucher first = pick(accepted);
        Set<String> ids = new TreeSet<>(Set.of(first.id));
        for (ModelVoucher v : accepted) {
            boolean alike = v.batch == first.batch && v.provider.equals(first.provider);
            if (ids.size() < 4 && (alike && chance(50) || chance(1))) {
                ids.add(v.id);
            }
        }
        if (chance(3)) {
            ids.add(anyVoucher().id);
        }
        return new SubmitClaim(
                "C" + ++counter,
                first.batch.id,
                first.provider,
                List.copyOf(ids),
                chance(2) ? List.of(paper("OTHER")) : List.of(paper("CLAIM_FORM")));
    }

    private Command forClaim(String id) {
        ModelClaim claim = model.claims.get(id);
        if (chance(10)) {
            return anyForClaim(id, claim);
        }
        boolean panel = claim.batch.terms.redemption().reviews().contains(ReviewStage.EXPERT);
        if (claim.withdrawn || !claim.published && claim.items.isEmpty()) {
            return anyForClaim(id, claim);
        }
        return switch (claim.stages) {
            case 0 -> chance(8) ? new WithdrawClaim(id, "补件") : new ReviewFirst(id, reviews(claim));
            case 1 -> panel ? new ReviewAsExpert(id, reviews(claim)) : new ReviewFinally(id, reviews(claim));
            default ->
                claim.stages == (panel ? 3 : 2)
                        ? claim.published ? inNotice(id, claim) : new PublishClaim(id)
                        : new ReviewFinally(id, reviews(claim));
        };
    }

    private Command inNotice(String id, ModelClaim claim) {
        List<String> open = claim.objections.entrySet().stream()
                .filter(o -> o.getValue().open)
                .map(Map.Entry::getKey)
                .toList();
        if (!open.isEmpty() && chance(40)) {
            return reply(id, claim, pick(open));
        }
        List<String> settled = model.vouchers.values().stream()
                .filter(v -> id.equals(v.claim) && v.status == VoucherStatus.REDEEMED)
                .map(v -> v.id)
                .toList();
        if (!settled.isEmpty() && chance(12)) {
            return new BounceSettlement(id, pick(settled), "bank", "账号有误", slipOrNone());
        }
        if (!settled.isEmpty() && chance(12)) {
            return slips(id, model.vouchers.get(pick(settled)).bank);
        }
        if (claim.items.isEmpty()) {
            return anyForClaim(id, claim);
        }
        String item = pick(claim.items);
        ModelVoucher v = model.vouchers.get(item);
        if (chance(20)) {
            return new ObjectToItem(id, item, "O" + ++counter, ObjectionMatter.OTHER, List.of());
        }
        List<String> alike = claim.items.stream()
                .filter(i -> model.vouchers.get(i).approved > 0 == v.approved > 0)
                .toList();
        List<String> some = chance(60) ? List.of(item) : alike;
        return v.approved > 0
                ? new SettleItems(id, some, bankReference(), null, "", slipOrNone())
                : new EndNotice(id, some);
    }

    private List<Document> slipOrNone() {
        return chance(30) ? List.of(paper("BANK_SLIP")) : List.of();
    }

    /** Of what the bank did, now and then of what it did not; the second of its kind now and then. */
    private Command slips(String id, String paidUnder) {
        boolean back = chance(20);
        return new HandInBankSlips(
                id,
                back ? BankMovement.CAME_BACK : BankMovement.PAID,
                back ? "bank" : paidUnder,
                List.of(paper(chance(80) ? "BANK_SLIP" : "BANK_SLIP_2")));
    }

    /** Now and then one that the bank has used before (GZ-43). */
    private String bankReference() {
        List<String> before = model.vouchers.values().stream()
                .map(v -> v.bank)
                .filter(Objects::nonNull)
                .distinct()
                .toList();
        return before.isEmpty() || chance(85) ? "bank-" + ++counter : pick(before);
    }

    private Command reply(String id, ModelClaim claim, String objection) {
        ModelVoucher v = model.vouchers.get(claim.objections.get(objection).voucher);
        ObjectionOutcome outcome = chance(40) ? ObjectionOutcome.DISMISSED : pick(List.of(ObjectionOutcome.values()));
        long approved = switch (outcome) {
            case LOWERED -> chance(90) ? Math.max(0, v.approved - 1 - random.nextInt(1_000)) : v.approved;
            case RAISED -> chance(80) ? Math.min(v.paid, v.approved + 1 + random.nextInt(1_000)) : v.paid + 1;
            case REJECTED, REVOKED -> 0;
            case DISMISSED -> v.approved;
        };
        return new ReplyToObjection(id, objection, outcome, approved, "经复核");
    }

    private Command anyForClaim(String id, ModelClaim claim) {
        String item = claim.items.isEmpty() ? anyVoucher().id : pick(claim.items);
        return switch (random.nextInt(10)) {
            case 0 -> new WithdrawClaim(id, "补件");
            case 1 -> new ReviewFirst(id, orSomething(reviews(claim)));
            case 2 -> new ReviewAsExpert(id, orSomething(reviews(claim)));
            case 3 -> new ReviewFinally(id, orSomething(reviews(claim)));
            case 4 -> new PublishClaim(id);
            case 5 -> new ObjectToItem(id, item, "O" + ++counter, ObjectionMatter.OTHER, List.of());
            case 6 -> new SettleItems(id, List.of(item), "bank");
            case 7 -> new EndNotice(id, List.of(item));
            case 8 -> slips(id, "bank");
            default -> new BounceSettlement(id, item, "bank", "退汇");
        };
    }

    private List<ItemReview> orSomething(List<ItemReview> reviews) {
        return reviews.isEmpty() ? List.of(new ItemReview(anyVoucher().id, 1, "意见")) : reviews;
    }

    private List<ItemReview> reviews(ModelClaim claim) {
        var reviews = new ArrayList<ItemReview>();
        for (String id : claim.items) {
            ModelVoucher v = model.vouchers.get(id);
            long approved = chance(60)
                    ? v.paid
                    : chance(30) ? 0 : chance(5) ? v.paid + 1 : (long) (random.nextDouble() * v.paid);
            reviews.add(new ItemReview(id, approved, "意见"));
        }
        if (chance(3) && !reviews.isEmpty()) {
            reviews.remove(0);
        }
        return reviews.isEmpty() ? orSomething(List.of()) : reviews;
    }

    // ---------------------------------------------------------------- dice

    private boolean chance(int percent) {
        return random.nextInt(100) < percent;
    }

    private <T> T pick(List<T> list) {
        return list.get(random.nextInt(list.size()));
    }

    /** Those of whom it is true, or all where it is true of none. */
    private static List<String> or(List<String> all, Predicate<String> holds) {
        List<String> some = all.stream().filter(holds).toList();
        return some.isEmpty() ? all : some;
    }

    /** On the limit, one fen beyond it, or anywhere below. */
    private long near(long limit) {
        long amount = switch (random.nextInt(4)) {
            case 0 -> limit;
            case 1 -> limit + 1;
            case 2 -> limit - 1;
            default -> (long) (random.nextDouble() * limit);
        };
        return Math.max(1, amount);
    }
}
