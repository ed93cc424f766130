package org.voucherledger.domain.rulebook;

import static org.voucherledger.domain.rule.Check.ACTOR;
import static org.voucherledger.domain.rule.Check.AMOUNTS;
import static org.voucherledger.domain.rule.Check.CAPS;
import static org.voucherledger.domain.rule.Check.DEADLINE;
import static org.voucherledger.domain.rule.Check.DOCUMENTS;
import static org.voucherledger.domain.rule.Check.FREEZE;
import static org.voucherledger.domain.rule.Check.PARTY;
import static org.voucherledger.domain.rule.Check.PRODUCT;
import static org.voucherledger.domain.rule.Check.STATE;
import static org.voucherledger.domain.rule.Check.USED_ONCE;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
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
import org.voucherledger.domain.command.Actor;
import org.voucherledger.domain.command.AllowedTo;
import org.voucherledger.domain.command.Command;
import org.voucherledger.domain.command.Role;
import org.voucherledger.domain.party.Document;
import org.voucherledger.domain.party.EnterpriseCommand;
import org.voucherledger.domain.party.EnterpriseCommand.BlacklistEnterprise;
import org.voucherledger.domain.party.EnterpriseCommand.CorrectDeclaration;
import org.voucherledger.domain.party.EnterpriseCommand.Declaration;
import org.voucherledger.domain.party.EnterpriseCommand.DisqualifyEnterprise;
import org.voucherledger.domain.party.EnterpriseCommand.FreezeEnterprise;
import org.voucherledger.domain.party.EnterpriseCommand.LiftEnterpriseFreeze;
import org.voucherledger.domain.party.EnterpriseCommand.RecordOtherFunding;
import org.voucherledger.domain.party.EnterpriseCommand.RecordTie;
import org.voucherledger.domain.party.EnterpriseCommand.RegisterEnterprise;
import org.voucherledger.domain.party.EnterpriseCommand.RenameEnterprise;
import org.voucherledger.domain.party.EnterpriseCommand.VerifyEnterprise;
import org.voucherledger.domain.party.PriorityTag;
import org.voucherledger.domain.party.ProviderCommand;
import org.voucherledger.domain.party.ProviderCommand.DisqualifyProvider;
import org.voucherledger.domain.party.ProviderCommand.FreezeProvider;
import org.voucherledger.domain.party.ProviderCommand.LiftProviderFreeze;
import org.voucherledger.domain.party.ProviderCommand.ProposeProduct;
import org.voucherledger.domain.party.ProviderCommand.PublishProduct;
import org.voucherledger.domain.party.ProviderCommand.RecogniseProvider;
import org.voucherledger.domain.party.ProviderCommand.RegisterProvider;
import org.voucherledger.domain.party.ProviderCommand.RenameProvider;
import org.voucherledger.domain.party.ProviderCommand.VerifyProvider;
import org.voucherledger.domain.party.ProviderCommand.WithdrawProduct;
import org.voucherledger.domain.party.ServiceType;
import org.voucherledger.domain.party.Size;
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
import org.voucherledger.domain.redemption.ReviewStage;
import org.voucherledger.domain.rule.Check;
import org.voucherledger.domain.rule.Rule;
import org.voucherledger.domain.scenario.GuangzhouTerms;
import org.voucherledger.domain.scheme.SchemeCommand;
import org.voucherledger.domain.scheme.SchemeCommand.ChangeFund;
import org.voucherledger.domain.scheme.SchemeCommand.PublishScheme;
import org.voucherledger.domain.scheme.SchemeTerms;
import org.voucherledger.domain.voucher.Contract;
import org.voucherledger.domain.voucher.Debtor;
import org.voucherledger.domain.voucher.Invoice;
import org.voucherledger.domain.voucher.Transfer;
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
 * The rulebook, written a second time: plain maps, no events, no aggregates, and not a line taken from the ledger's own
 * states and handlers. It shares only the vocabulary: the commands, the names of states and rules, the scheme's terms.
 *
 * <p>{@link #judge} says what must become of a command; {@link #happened} changes the model as the rulebook's tables say it
 * changes the world. The property test asks it beside the ledger at every step. Amounts in fen.
 */
public final class RulebookModel {

    static final ZoneId SHANGHAI = ZoneId.of("Asia/Shanghai");

    /** The accounts of ALL-03 that a voucher's face is divided among; what went back is counted apart. */
    public enum Account {
        HELD,
        ORDERED,
        PAID,
        ACCEPTED,
        CLAIMED,
        REDEEMED,
        BACK
    }

    // ---------------------------------------------------------------- the world

    static final class ModelScheme {
        final List<SchemeTerms> versions = new ArrayList<>();
        long fund;
        long unallocated;
    }

    static final class ModelBatch {
        String id;
        String schemeId;
        SchemeTerms terms;
        int version;
        String phase = "OPEN";
        boolean full;
        long budget;
        long available;
        long lapsed;
        Instant applyFrom;
        Instant applyUntil;
        Instant endedAt;
        Instant dueAt;
        Instant orderDeadline;
        Instant validUntil;
        Instant redemptionFrom;
        Instant redemptionUntil;
        Instant backfillUntil;
        boolean queueClosed;
        boolean perhapsOver;
        final List<ModelApplication> queue = new ArrayList<>();
    }

    static final class ModelApplication {
        String id;
        String enterprise;
        int position;
        int tier;
        long asked;
        List<Long> parts;
        int year;
        int share;
        String status = "QUEUED";
    }

    /** One voucher as the rulebook sees it. */
    static final class ModelVoucher {
        String id;
        ModelBatch batch;
        String enterprise;
        int year;
        long face;
        int share;
        boolean backfilled;
        Instant issuedAt;
        VoucherStatus status = VoucherStatus.ISSUED;
        final Map<Account, Long> accounts = new EnumMap<>(Account.class);
        String provider;
        ServiceType type;
        long reserved;
        long taken;
        long paid;
        boolean contracted;
        Contract contract;
        boolean undoAsked;
        boolean everClaimed;
        boolean frozen;
        Instant newOrderDeadline;
        Instant liftedTo;
        long approved;
        Instant noticeEnds;
        String claim;
        long owed;
        long proved;
        final Map<Debtor, Long> due = new EnumMap<>(Debtor.class);
        long clawedBack;
        final Set<String> paymentKeys = new HashSet<>();
        String contractKey;
        /** The bank's reference under which it was settled, until that is sent back. */
        String bank;

        long at(Account account) {
            return accounts.getOrDefault(account, 0L);
        }
    }

    static final class ModelClaim {
        String provider;
        ModelBatch batch;
        final List<String> items = new ArrayList<>();
        final Set<String> reviewers = new HashSet<>();
        int stages;
        boolean withdrawn;
        boolean published;
        final Map<String, ModelObjection> objections = new LinkedHashMap<>();
        /** What the bank did, with the kinds of the slips that were handed in. */
        final Map<String, Set<String>> bank = new HashMap<>();

        void moved(BankMovement movement, String reference, List<Document> slips) {
            Set<String> kinds = bank.computeIfAbsent(movement + " " + reference, key -> new HashSet<>());
            slips.forEach(slip -> kinds.add(slip.kind()));
        }
    }

    static final class ModelObjection {
        String voucher;
        boolean open = true;
    }

    static final class ModelEnterprise {
        Declaration declaration;
        final TreeMap<LocalDate, String> names = new TreeMap<>();
        final Map<Integer, VerifyEnterprise> verified = new LinkedHashMap<>();
        boolean blacklisted;
        final Set<String> ties = new HashSet<>();
        final Set<String> fundedOtherwise = new HashSet<>();
        boolean frozen;
        boolean disqualified;
        Instant liftedAt;
        Instant newDeadline;
    }

    static final class ModelProvider {
        RecogniseProvider recognition;
        boolean registered;
        boolean verified;
        final TreeMap<LocalDate, String> names = new TreeMap<>();
        final Map<String, ModelProduct> products = new LinkedHashMap<>();
        boolean frozen;
        boolean disqualified;
        Instant liftedAt;
        Instant newDeadline;
    }

    static final class ModelProduct {
        ServiceType proposed;
        ServiceType published;
        int version;
        boolean pending;
    }

    final Map<String, ModelScheme> schemes = new LinkedHashMap<>();
    final Map<String, ModelBatch> batches = new LinkedHashMap<>();
    final Map<String, ModelVoucher> vouchers = new LinkedHashMap<>();
    final Map<String, ModelClaim> claims = new LinkedHashMap<>();
    final Map<String, ModelEnterprise> enterprises = new LinkedHashMap<>();
    final Map<String, ModelProvider> providers = new LinkedHashMap<>();
    /** scheme|enterprise|year to its pending and charged. */
    final Map<String, long[]> enterpriseQuotas = new LinkedHashMap<>();
    /** Every key of GZ-26 that is bound, to the voucher that it serves. */
    final Map<String, String> usedOnce = new LinkedHashMap<>();
    /** Keys of which the rulebook does not say whether they are free again. */
    final Set<String> perhapsFree = new HashSet<>();

    // ---------------------------------------------------------------- judging

    private static final class Judging {
        final List<Verdict.Failure> failures = new ArrayList<>();
        String silent;

        void must(boolean holds, Check stage, Rule rule, String about) {
            must(holds, stage, stage, Set.of(rule), about);
        }

        void must(boolean holds, Check earliest, Check latest, Set<Rule> rules, String about) {
            if (!holds) {
                failures.add(new Verdict.Failure(earliest, latest, rules, about));
            }
        }

        /** The transition table refuses; it names no rule for what stands in no row. */
        boolean stands(boolean holds, String about) {
            must(holds, STATE, STATE, Set.of(), about);
            return holds;
        }

        /** What does not exist can be asked nothing: it may be refused before everything else. */
        boolean exists(boolean holds, String about) {
            must(holds, ACTOR, STATE, Set.of(), about);
            return holds;
        }

        void silentIf(boolean condition, String why) {
            if (condition) {
                silent = why;
            }
        }

        Verdict verdict() {
            if (!failures.isEmpty()) {
                return new Verdict.Refused(failures, silent != null);
            }
            return silent == null ? new Verdict.Accepted() : new Verdict.Undetermined(silent);
        }
    }

    /** What must become of this command, received now from this actor. */
    public Verdict judge(Command command, Actor actor, Instant now) {
        var judging = new Judging();
        judging.must(mayIssue(command, actor.role()), ACTOR, ACTOR, Set.of(), "role");
        if (!judging.failures.isEmpty()) {
            return judging.verdict();
        }
        actsForTheParty(command, actor, judging);
        switch (command) {
            case SchemeCommand c -> judgeScheme(c, judging);
            case BatchCommand c -> judgeBatch(c, now, judging);
            case VoucherCommand c -> judgeVoucher(c, now, judging);
            case ClaimCommand c -> judgeClaim(c, actor, now, judging);
            case EnterpriseCommand c -> judgeEnterprise(c, judging);
            case ProviderCommand c -> judgeProvider(c, judging);
            default -> throw new IllegalArgumentException("no such command in the rulebook: " + command);
        }
        return judging.verdict();
    }

    private static boolean mayIssue(Command command, Role role) {
        return Arrays.asList(command.getClass().getAnnotation(AllowedTo.class).value())
                .contains(role);
    }

    /** ALL-04 and the "who" of the transition table: E and P are the voucher's own enterprise and provider. */
    private void actsForTheParty(Command command, Actor actor, Judging j) {
        boolean bound = actor.role() == Role.ENTERPRISE || actor.role() == Role.PROVIDER;
        String party = partyOf(command, actor.role());
        j.must(!bound || party == null || actor.isFor(party), ACTOR, STATE, Set.of(Rule.ALL_04), "acts for the party");
        ModelVoucher v = command instanceof VoucherCommand c ? vouchers.get(c.voucherId()) : null;
        boolean nobodys =
                v != null && (v.provider == null || isOneOf(v, VoucherStatus.RETURNED, VoucherStatus.REVOKED));
        j.must(actor.role() != Role.PROVIDER || !nobodys, ACTOR, STATE, Set.of(), "there is a provider");
        // An enterprise holds every service voucher.
        j.must(actor.role() != Role.HOLDER, ACTOR, ACTOR, Set.of(Rule.ALL_04), "no person holds it");
    }

    /** Who must be acted for; {@code null} where anyone may or where nothing is known of the party yet. */
    private String partyOf(Command command, Role role) {
        return switch (command) {
            case Apply c -> c.enterpriseId();
            case WithdrawApplication c -> c.enterpriseId();
            case EnterpriseCommand c -> c.enterpriseId();
            case ProviderCommand c -> c.providerId();
            case SubmitClaim c -> c.providerId();
            case WithdrawClaim c -> {
                ModelClaim claim = claims.get(c.claimId());
                yield claim == null ? null : claim.provider;
            }
            case VoucherCommand c -> {
                ModelVoucher v = vouchers.get(c.voucherId());
                yield v == null ? null : role == Role.ENTERPRISE ? v.enterprise : v.provider;
            }
            default -> null;
        };
    }

    private void judgeScheme(SchemeCommand command, Judging j) {
        switch (command) {
            case PublishScheme c -> {
                ModelScheme scheme = schemes.get(c.terms().schemeId());
                long fund = c.terms().fund().amountFen();
                boolean enough = fund >= c.terms().fund().minimumFen();
                j.must(enough, PARTY, CAPS, Set.of(Rule.GZ_15), "the fund is large enough");
                boolean same = scheme == null || fund == scheme.fund;
                j.must(same, PARTY, CAPS, Set.of(Rule.ALL_06), "the fund moves by a notice only");
            }
            case ChangeFund c -> {
                ModelScheme scheme = schemes.get(c.schemeId());
                if (j.exists(scheme != null, "the scheme exists")) {
                    j.must(
                            c.fundFen() >= scheme.fund - scheme.unallocated,
                            AMOUNTS,
                            CAPS,
                            Set.of(Rule.GZ_15),
                            "the batches stay within the fund");
                }
            }
        }
    }

    private void judgeBatch(BatchCommand command, Instant now, Judging j) {
        ModelBatch batch = batches.get(command.batchId());
        if (command instanceof OpenBatch c) {
            ModelScheme scheme = schemes.get(c.schemeId());
            j.stands(batch == null, "the batch is new");
            if (j.exists(scheme != null, "the scheme exists")) {
                j.must(c.budgetFen() <= scheme.unallocated, AMOUNTS, CAPS, Set.of(Rule.GZ_15), "fits the fund");
            }
            return;
        }
        if (!j.exists(batch != null, "the batch exists")) {
            return;
        }
        switch (command) {
            case OpenBatch c -> throw new IllegalStateException("judged above");
            case TakeVoucher c -> throw new IllegalStateException("no service batch is taken from");
            case RaiseBudget c -> {
                j.stands(!batch.phase.equals("CLOSED"), "the batch is not closed");
                j.must(
                        c.amountFen() <= schemes.get(batch.schemeId).unallocated,
                        AMOUNTS,
                        CAPS,
                        Set.of(Rule.GZ_15),
                        "fits the fund");
            }
            case TakeBudgetBack c ->
                j.must(
                        c.amountFen() <= (c.from() == BackAccount.AVAILABLE ? batch.available : batch.lapsed),
                        AMOUNTS,
                        CAPS,
                        Set.of(Rule.ALL_03, Rule.ALL_06, Rule.GZ_15),
                        "available or lapsed only");
            case MoveDate c -> j.stands(!batch.phase.equals("CLOSED"), "the batch is not closed");
            case Apply c -> judgeApplication(c, batch, now, j);
            case WithdrawApplication c -> {
                j.stands(liveApplication(batch, c.enterpriseId()) != null, "a live application");
                j.must(
                        batch.phase.equals("OPEN") && now.isBefore(batch.applyUntil),
                        STATE,
                        DEADLINE,
                        Set.of(Rule.GZ_10),
                        "inside the window");
            }
            case EndApplications c -> {
                j.stands(batch.phase.equals("OPEN"), "the batch is open");
                j.must(!now.isBefore(batch.applyUntil), DEADLINE, Rule.GZ_10, "the window has closed");
            }
            case GrantApplications c -> {
                j.stands(batch.phase.equals("ENDED") || batch.perhapsOver, "applications have ended");
                j.silentIf(batch.perhapsOver, "whether granting has ended already with the last application");
            }
            case PublishGrant c -> {
                j.stands(batch.phase.equals("GRANTED"), "granting has ended");
                j.silentIf(batch.perhapsOver, "whether granting has ended already with the last application");
            }
            case Backfill c -> {
                j.stands(batch.phase.equals("PUBLISHED"), "the grant is published");
                j.must(backfillIsOpen(batch, now), STATE, DEADLINE, Set.of(Rule.GZ_14), "backfill is open");
                j.silentIf(next(batch) == null, "backfilling an empty waiting list");
            }
            case CloseQueue c -> {
                boolean over = batch.backfillUntil != null && !now.isBefore(endOfBackfill(batch));
                j.stands(batch.phase.equals("PUBLISHED"), "the grant is published");
                j.must(over, STATE, DEADLINE, Set.of(Rule.GZ_14), "backfill is over");
                j.silentIf(next(batch) == null, "closing an empty waiting list");
            }
            case CloseBatch c -> {
                j.stands(batch.phase.equals("PUBLISHED"), "the grant is published");
                j.must(
                        batch.backfillUntil == null || batch.queueClosed,
                        STATE,
                        DEADLINE,
                        Set.of(Rule.GZ_14),
                        "the waiting list is over");
                j.must(
                        !now.isBefore(batch.redemptionUntil),
                        STATE,
                        DEADLINE,
                        Set.of(Rule.GZ_40, Rule.ALL_03, Rule.GZ_33),
                        "redemption is over");
                j.silentIf(anyLive(batch), "closing a batch while some of its vouchers are alive");
            }
        }
    }

    private boolean anyLive(ModelBatch batch) {
        return vouchers.values().stream().anyMatch(v -> v.batch == batch && !isFinal(v.status));
    }

    private static boolean isFinal(VoucherStatus status) {
        return status == VoucherStatus.RETURNED || status == VoucherStatus.REVOKED || status == VoucherStatus.REDEEMED;
    }

    private void judgeApplication(Apply c, ModelBatch batch, Instant now, Judging j) {
        ModelEnterprise enterprise = enterprises.get(c.enterpriseId());
        j.must(
                batch.phase.equals("OPEN"),
                STATE,
                DEADLINE,
                batch.full ? Set.of(Rule.GZ_10, Rule.GZ_13) : Set.of(Rule.GZ_10),
                "still open");
        j.must(
                liveApplication(batch, c.enterpriseId()) == null,
                STATE,
                CAPS,
                Set.of(Rule.GZ_11),
                "one live application a batch");
        j.must(
                !now.isBefore(batch.applyFrom) && now.isBefore(batch.applyUntil),
                STATE,
                DEADLINE,
                Set.of(Rule.GZ_10),
                "inside the window");
        if (!j.exists(enterprise != null, "the enterprise is registered")) {
            return;
        }
        notFrozen(enterprise, j);
        eligible(enterprise, batch.terms, year(now), j);
        j.must(
                c.partsFen().stream().mapToLong(Long::longValue).sum() == c.amountFen(),
                AMOUNTS,
                CAPS,
                Set.of(Rule.GZ_11),
                "the parts sum to the amount");
        j.must(
                c.partsFen().size() <= batch.terms.applying().mostParts(),
                AMOUNTS,
                CAPS,
                Set.of(Rule.GZ_11),
                "not too many parts");
        SchemeTerms.Tariff row = row(batch, c.enterpriseId(), year(now));
        j.must(row != null, AMOUNTS, CAPS, Set.of(Rule.GZ_11), "the tariff gives it something");
        if (row == null) {
            return;
        }
        j.must(
                row.ceilingFen() == null || c.amountFen() <= row.ceilingFen(),
                AMOUNTS,
                CAPS,
                Set.of(Rule.GZ_11),
                "the ceiling of one application");
        long[] quota = quota(batch.schemeId, c.enterpriseId(), year(now));
        j.must(
                row.annualCapFen() == null || quota[0] + quota[1] + c.amountFen() <= row.annualCapFen(),
                CAPS,
                Rule.GZ_11,
                "the annual cap");
    }

    /** The first row of the tariff for this enterprise and the number of its next application in the year, or null. */
    SchemeTerms.Tariff row(ModelBatch batch, String enterprise, int year) {
        ModelEnterprise e = enterprises.get(enterprise);
        Declaration d = e.declaration;
        Size size = SizeTable.sizeOf(d.industry(), d.employees(), d.revenueWan(), d.assetsWan());
        Set<PriorityTag> tags = e.verified.isEmpty()
                ? Set.of()
                : new ArrayList<>(e.verified.values()).getLast().priorityTags();
        long number = 1 + numberOfApplications(batch.schemeId, enterprise, year);
        for (SchemeTerms.Tariff row : batch.terms.tariff()) {
            var when = row.when();
            boolean sizeFits = when.sizes().isEmpty() || when.sizes().contains(size);
            boolean tagFits = when.tags().isEmpty() || when.tags().stream().anyMatch(tags::contains);
            boolean early = when.applicationFrom() != null && number < when.applicationFrom();
            boolean late = when.applicationTo() != null && number > when.applicationTo();
            if (sizeFits && tagFits && !early && !late) {
                return row;
            }
        }
        return null;
    }

    /** Those of the year that were granted, whatever became of the vouchers, and those that are still live. */
    private long numberOfApplications(String schemeId, String enterprise, int year) {
        return batches.values().stream()
                .filter(b -> b.schemeId.equals(schemeId))
                .flatMap(b -> b.queue.stream())
                .filter(a -> a.enterprise.equals(enterprise) && a.year == year)
                .filter(a -> Set.of("QUEUED", "WAITING", "GRANTED").contains(a.status))
                .count();
    }

    /** GZ-01, GZ-02: may this enterprise apply under these terms? Granting asks the same. */
    private void eligible(ModelEnterprise e, SchemeTerms terms, int year, Judging j) {
        Declaration d = e.declaration;
        Size computed = SizeTable.sizeOf(d.industry(), d.employees(), d.revenueWan(), d.assetsWan());
        VerifyEnterprise verified = e.verified.get(year);
        j.must(d.city().equals(GuangzhouTerms.CITY), PARTY, Rule.GZ_01, "registered in the city");
        j.must(d.legalPerson() || !terms.eligibility().legalPersonOnly(), PARTY, Rule.GZ_01, "a legal person");
        j.must(terms.eligibility().sizes().contains(computed), PARTY, Rule.GZ_01, "of SME size");
        j.must(computed == d.declaredSize(), PARTY, Rule.GZ_01, "the declared size agrees");
        j.must(!e.blacklisted, PARTY, Rule.GZ_01, "not blacklisted");
        j.must(d.trustLevel() >= terms.eligibility().minimumTrustLevel(), PARTY, Rule.GZ_02, "trust level");
        j.must(verified != null, PARTY, Rule.GZ_02, "verified this year");
        if (verified != null) {
            j.must(verified.operatesProperly(), PARTY, Rule.GZ_01, "operates properly");
            j.must(verified.fitsPolicy(), PARTY, Rule.GZ_01, "fits the policy");
        }
    }

    private static void notFrozen(ModelEnterprise e, Judging j) {
        j.must(e == null || !e.frozen && !e.disqualified, FREEZE, Rule.GZ_32, "the enterprise stands free");
    }

    private static void notFrozen(ModelProvider p, Judging j) {
        j.must(p == null || !p.frozen && !p.disqualified, FREEZE, Rule.GZ_32, "the provider stands free");
    }

    private void notFrozen(ModelVoucher v, Judging j) {
        j.must(!v.frozen, FREEZE, Rule.GZ_32, "the voucher stands free");
        notFrozen(enterprises.get(v.enterprise), j);
        if (v.provider != null) {
            notFrozen(providers.get(v.provider), j);
        }
    }

    // ---------------------------------------------------------------- deadlines

    private static LocalDate date(Instant instant) {
        return instant.atZone(SHANGHAI).toLocalDate();
    }

    private static int year(Instant instant) {
        return date(instant).getYear();
    }

    private static Instant startOf(LocalDate day) {
        return day.atStartOfDay(SHANGHAI).toInstant();
    }

    /** GZ-20: over at 00:00 of the day after the n-th, the day after the event being the first. */
    private static Instant naturalDaysAfter(Instant event, int days) {
        return startOf(date(event).plusDays(days + 1L));
    }

    private static Instant later(Instant a, Instant b) {
        return b == null || a.isAfter(b) ? a : b;
    }

    /** GZ-32: the deadline that the bureau named when it lifted a freeze which had held this voucher. */
    private Instant lifted(ModelVoucher v) {
        Instant latest = v.liftedTo;
        ModelEnterprise e = enterprises.get(v.enterprise);
        if (e.liftedAt != null && v.issuedAt.isBefore(e.liftedAt)) {
            latest = latest == null ? e.newDeadline : later(latest, e.newDeadline);
        }
        ModelProvider p = v.provider == null ? null : providers.get(v.provider);
        if (p != null && p.liftedAt != null && v.issuedAt.isBefore(p.liftedAt)) {
            latest = latest == null ? p.newDeadline : later(latest, p.newDeadline);
        }
        return latest;
    }

    private Instant orderDeadline(ModelVoucher v) {
        Instant deadline = v.backfilled
                ? naturalDaysAfter(v.issuedAt, v.batch.terms.ordering().days())
                : v.batch.orderDeadline;
        return deadline == null ? Instant.MAX : later(later(deadline, v.newOrderDeadline), lifted(v));
    }

    private Instant validUntil(ModelVoucher v) {
        return later(v.batch.validUntil, lifted(v));
    }

    private Instant redemptionUntil(ModelVoucher v) {
        return later(v.batch.redemptionUntil, lifted(v));
    }

    /** GZ-20, GZ-30: until when a voucher that is not yet paid may go on. */
    private Instant dueForRecovery(ModelVoucher v) {
        Instant valid = validUntil(v);
        Instant order = orderDeadline(v);
        return v.contracted || valid.isBefore(order) ? valid : order;
    }

    private static boolean backfillIsOpen(ModelBatch batch, Instant now) {
        return batch.backfillUntil != null
                && !batch.queueClosed
                && !batch.phase.equals("CLOSED")
                && now.isBefore(endOfBackfill(batch));
    }

    /** Nobody is granted a voucher that has expired. */
    private static Instant endOfBackfill(ModelBatch batch) {
        return batch.validUntil.isBefore(batch.backfillUntil) ? batch.validUntil : batch.backfillUntil;
    }

    // ---------------------------------------------------------------- judging vouchers

    private static final Set<VoucherStatus> UNPAID =
            EnumSet.range(VoucherStatus.ISSUED, VoucherStatus.CONTRACT_CONFIRMED);
    private static final Set<VoucherStatus> BEFORE_REDEEMED =
            EnumSet.range(VoucherStatus.ISSUED, VoucherStatus.PUBLISHED);

    private static boolean isOneOf(ModelVoucher v, VoucherStatus... statuses) {
        return Arrays.asList(statuses).contains(v.status);
    }

    private void judgeVoucher(VoucherCommand command, Instant now, Judging j) {
        ModelVoucher v = vouchers.get(command.voucherId());
        if (!j.exists(v != null, "the voucher exists")) {
            return;
        }
        switch (command) {
            case UseVoucher c -> throw new IllegalStateException("no service voucher is used at a merchant");
            case UndoPurchase c -> throw new IllegalStateException("no service voucher is used at a merchant");
            case OrderVoucher c -> judgeOrder(c, v, now, j);
            case ConfirmOrder c -> {
                j.stands(isOneOf(v, VoucherStatus.ORDERED), "ordered");
                notFrozen(v, j);
                j.must(now.isBefore(validUntil(v)), DEADLINE, DEADLINE, Set.of(Rule.GZ_20, Rule.GZ_30), "valid");
                if (v.provider != null) {
                    recognised(providers.get(v.provider), now, j);
                }
                j.silentIf(!now.isBefore(dueForRecovery(v)), "confirming an order that is due for recovery");
            }
            case DeclineOrder c -> {
                j.stands(isOneOf(v, VoucherStatus.ORDERED), "ordered");
                notFrozen(v, j);
                j.must(now.isBefore(validUntil(v)), DEADLINE, DEADLINE, Set.of(Rule.GZ_20, Rule.GZ_30), "valid");
                j.silentIf(!now.isBefore(dueForRecovery(v)), "declining an order that is due for recovery");
            }
            case CancelOrder c -> {
                j.stands(
                        isOneOf(
                                v,
                                VoucherStatus.ORDERED,
                                VoucherStatus.ORDER_CONFIRMED,
                                VoucherStatus.CONTRACT_UPLOADED,
                                VoucherStatus.CONTRACT_CONFIRMED),
                        "ordered, not paid");
                notFrozen(v, j);
                j.must(
                        now.isBefore(orderDeadline(v)) && now.isBefore(validUntil(v)),
                        DEADLINE,
                        DEADLINE,
                        Set.of(Rule.GZ_20),
                        "before the deadline");
            }
            case UploadContract c -> judgeContract(c, v, now, j);
            case ConfirmContract c -> {
                j.stands(isOneOf(v, VoucherStatus.CONTRACT_UPLOADED), "a contract is uploaded");
                notFrozen(v, j);
                j.must(
                        now.isBefore(validUntil(v)),
                        DEADLINE,
                        DEADLINE,
                        Set.of(Rule.GZ_20, Rule.GZ_22, Rule.GZ_30),
                        "valid");
                j.must(c.declaredUnrelated(), PARTY, DOCUMENTS, Set.of(Rule.GZ_08), "both declare");
            }
            case SendContractBack c -> {
                j.stands(isOneOf(v, VoucherStatus.CONTRACT_UPLOADED), "a contract is uploaded");
                notFrozen(v, j);
                j.must(now.isBefore(validUntil(v)), DEADLINE, DEADLINE, Set.of(Rule.GZ_33, Rule.GZ_22), "valid");
            }
            case ReturnVoucher c -> {
                j.stands(UNPAID.contains(v.status), "not paid");
                notFrozen(v, j);
                if (v.batch.orderDeadline == null) {
                    j.silentIf(true, "returning before publication");
                } else {
                    j.must(now.isBefore(dueForRecovery(v)), DEADLINE, DEADLINE, Set.of(Rule.GZ_31), "not yet due");
                }
            }
            case RecoverVoucher c -> judgeRecovery(v, now, j);
            case PayVoucher c -> judgePayment(c, v, now, j);
            case CorrectPaymentDocuments c -> {
                j.stands(isOneOf(v, VoucherStatus.PAID), "paid");
                notFrozen(v, j);
                j.silentIf(true, "correcting documents is proved by its own tests");
            }
            case AcceptVoucher c -> {
                j.stands(isOneOf(v, VoucherStatus.PAID), "paid");
                notFrozen(v, j);
                j.must(
                        now.isBefore(redemptionUntil(v)),
                        DEADLINE,
                        DEADLINE,
                        Set.of(Rule.GZ_28, Rule.GZ_33, Rule.GZ_40),
                        "redemption is open");
            }
            case SendPaymentBack c -> {
                j.stands(isOneOf(v, VoucherStatus.PAID), "paid");
                notFrozen(v, j);
                j.must(now.isBefore(validUntil(v)), DEADLINE, DEADLINE, Set.of(Rule.GZ_33, Rule.GZ_28), "valid");
            }
            case RequestPaymentUndo c -> {
                undoable(v, now, j);
                j.silentIf(v.undoAsked, "asking twice");
            }
            case UndoPayment c -> {
                undoable(v, now, j);
                j.must(v.undoAsked, STATE, DEADLINE, Set.of(Rule.GZ_29), "the provider has asked");
            }
            case DenyPaymentUndo c -> {
                j.stands(isOneOf(v, VoucherStatus.PAID, VoucherStatus.ACCEPTED), "paid or accepted");
                j.must(v.undoAsked, STATE, DEADLINE, Set.of(Rule.GZ_29), "the provider has asked");
                j.silentIf((!now.isBefore(validUntil(v)) || isHeldUp(v)), "denying what could no longer be granted");
            }
            case LapseRemainder c -> {
                j.stands(isOneOf(v, VoucherStatus.ACCEPTED), "accepted");
                j.must(v.at(Account.HELD) > 0, STATE, AMOUNTS, Set.of(), "something is left");
                notFrozen(v, j);
                j.must(!now.isBefore(validUntil(v)), DEADLINE, DEADLINE, Set.of(Rule.GZ_25), "validity is over");
            }
            case FreezeVoucher c -> {
                j.stands(!isOneOf(v, VoucherStatus.RETURNED, VoucherStatus.REVOKED), "not at its end");
                j.must(!v.frozen, STATE, FREEZE, Set.of(Rule.GZ_32), "not frozen yet");
                j.silentIf(
                        (v.status == VoucherStatus.REDEEMED || isHeldUp(v)),
                        "freezing what is redeemed, or whose party is frozen");
            }
            case LiftVoucherFreeze c -> {
                j.must(v.frozen, STATE, FREEZE, Set.of(Rule.GZ_32), "frozen");
                j.silentIf(v.frozen && isFinal(v.status), "lifting the freeze of what has ended");
                j.silentIf(
                        v.frozen && c.newDeadline() != null && !c.newDeadline().isAfter(now), "a deadline in the past");
            }
            case RevokeForCause c -> j.stands(BEFORE_REDEEMED.contains(v.status), "before redemption");
            case ApplyDisqualification c -> judgeDisqualification(v, j);
            case OrderClawback c -> {
                j.stands(isOneOf(v, VoucherStatus.REDEEMED), "redeemed");
                j.must(
                        c.amountFen() <= v.at(Account.REDEEMED) - v.clawedBack,
                        AMOUNTS,
                        CAPS,
                        Set.of(Rule.GZ_32),
                        "what is redeemed and not ordered back yet");
            }
            case RecordRepayment c -> {
                due(v, c.debtor(), c.amountFen(), j);
                j.silentIf(isHeldUp(v), "repaying while frozen");
            }
            case WaiveClawback c -> due(v, c.debtor(), c.amountFen(), j);
            case ProveRefund c -> {
                j.must(c.amountFen() <= v.owed - v.proved, STATE, CAPS, Set.of(), "what is owed");
                j.silentIf((v.status != VoucherStatus.REDEEMED || isHeldUp(v)), "proving a refund before it is due");
            }
        }
    }

    private boolean isHeldUp(ModelVoucher v) {
        var j = new Judging();
        notFrozen(v, j);
        return !j.failures.isEmpty();
    }

    private static void due(ModelVoucher v, Debtor debtor, long amount, Judging j) {
        j.must(
                amount <= v.due.getOrDefault(debtor, 0L),
                STATE,
                CAPS,
                v.due.getOrDefault(debtor, 0L) == 0 ? Set.of() : Set.of(Rule.GZ_32),
                "what is due");
    }

    /** GZ-29. */
    private void undoable(ModelVoucher v, Instant now, Judging j) {
        j.stands(isOneOf(v, VoucherStatus.PAID, VoucherStatus.ACCEPTED), "paid or accepted");
        j.must(!v.everClaimed, STATE, DEADLINE, Set.of(Rule.GZ_29), "never claimed");
        notFrozen(v, j);
        j.must(now.isBefore(validUntil(v)), DEADLINE, DEADLINE, Set.of(Rule.GZ_29), "valid");
    }

    private static void recognised(ModelProvider p, Instant now, Judging j) {
        LocalDate today = date(now);
        j.must(
                !today.isBefore(p.recognition.validFrom()) && !today.isAfter(p.recognition.validTo()),
                PARTY,
                Rule.GZ_04,
                "recognised today");
    }

    private void judgeOrder(OrderVoucher c, ModelVoucher v, Instant now, Judging j) {
        ModelProvider p = providers.get(c.providerId());
        ModelEnterprise e = enterprises.get(v.enterprise);
        SchemeTerms terms = v.batch.terms;
        j.stands(isOneOf(v, VoucherStatus.ISSUED), "issued");
        boolean published = v.batch.orderDeadline != null;
        j.must(published, STATE, DEADLINE, Set.of(), "the grant is published");
        j.must(!v.frozen, FREEZE, Rule.GZ_32, "the voucher stands free");
        notFrozen(e, j);
        notFrozen(p, j);
        if (published) {
            j.must(now.isBefore(orderDeadline(v)), DEADLINE, DEADLINE, Set.of(Rule.GZ_20), "before the order deadline");
            j.must(now.isBefore(validUntil(v)), DEADLINE, DEADLINE, Set.of(Rule.GZ_20, Rule.GZ_30), "valid");
        }
        j.must(c.amountFen() <= v.face, AMOUNTS, AMOUNTS, Set.of(Rule.GZ_20), "within the face amount");
        j.must(c.declaredNotFundedOtherwise(), PARTY, USED_ONCE, Set.of(Rule.GZ_27), "declared not funded otherwise");
        if (p == null || p.recognition == null || !p.registered) {
            j.must(false, STATE, PARTY, Set.of(Rule.GZ_04), "the provider is registered");
            return;
        }
        j.must(p.verified, STATE, PARTY, Set.of(Rule.GZ_04), "the provider is verified");
        recognised(p, now, j);
        j.must(
                terms.providers().levelsOfAnyCity().contains(p.recognition.level())
                        || p.recognition.city().equals(GuangzhouTerms.CITY),
                PARTY,
                Rule.GZ_05,
                "may take this city's vouchers");
        j.must(!e.ties.contains(c.providerId()), PARTY, Rule.GZ_08, "not related");
        ModelProduct product = p.products.get(c.productId());
        ServiceType type = product == null ? null : product.published;
        j.must(type != null, STATE, PRODUCT, Set.of(Rule.GZ_07), "a published product");
        if (type != null) {
            j.must(p.recognition.serviceTypes().contains(type), PRODUCT, Rule.GZ_06, "recognised for the type");
            judgeType(terms, type, e.declaration, now, j);
        }
        j.must(
                taken(v.batch.schemeId, c.providerId(), terms.year()) + c.amountFen() <= providerCap(v.batch),
                CAPS,
                Rule.GZ_21,
                "the provider's cap");
    }

    private static void judgeType(SchemeTerms terms, ServiceType type, Declaration d, Instant now, Judging j) {
        SchemeTerms.TypeConditions conditions = terms.serviceTypes().get(type);
        j.must(conditions != null, PRODUCT, Rule.GZ_06, "a type of the scheme");
        if (conditions == null) {
            return;
        }
        Size size = SizeTable.sizeOf(d.industry(), d.employees(), d.revenueWan(), d.assetsWan());
        j.must(
                conditions.sizes().isEmpty() || conditions.sizes().contains(size),
                PARTY,
                PRODUCT,
                Set.of(Rule.GZ_06),
                "of a size that the type is for");
        j.must(
                conditions.beforeAnniversaryYears() == null
                        || date(now).isBefore(d.establishedOn().plusYears(conditions.beforeAnniversaryYears())),
                PARTY,
                PRODUCT,
                Set.of(Rule.GZ_06),
                "young enough for the type");
    }

    private static Set<Rule> names() {
        return Set.of(Rule.GZ_09, Rule.GZ_22, Rule.GZ_24);
    }

    static String nameAt(TreeMap<LocalDate, String> names, LocalDate day) {
        return names.floorEntry(day).getValue();
    }

    /** GZ-45; which kinds each step needs is scheme data. */
    private static void judgeDocuments(String step, List<Document> documents, SchemeTerms terms, Judging j) {
        List<String> kinds = documents.stream().map(Document::kind).toList();
        boolean one = new HashSet<>(kinds).size() == documents.size();
        boolean small =
                documents.stream().allMatch(d -> d.sizeBytes() <= terms.papers().mostBytes());
        boolean known =
                documents.stream().allMatch(d -> terms.papers().mediaTypes().contains(d.mediaType()));
        boolean complete = kinds.containsAll(terms.papers().required().getOrDefault(step, Set.of()));
        j.must(one && small && known && complete, DOCUMENTS, Rule.GZ_45, "documents");
    }

    private void judgeContract(UploadContract c, ModelVoucher v, Instant now, Judging j) {
        Contract k = c.contract();
        SchemeTerms terms = v.batch.terms;
        if (!j.stands(
                isOneOf(v, VoucherStatus.ORDERED, VoucherStatus.ORDER_CONFIRMED, VoucherStatus.CONTRACT_UPLOADED),
                "ordered")) {
            return;
        }
        notFrozen(v, j);
        j.must(
                now.isBefore(v.contracted ? validUntil(v) : dueForRecovery(v)),
                DEADLINE,
                DEADLINE,
                Set.of(Rule.GZ_20, Rule.GZ_30),
                "in time");
        ModelEnterprise e = enterprises.get(v.enterprise);
        ModelProvider p = providers.get(v.provider);
        j.must(c.declaredUnrelated(), PARTY, DOCUMENTS, Set.of(Rule.GZ_08), "declared unrelated");
        j.must(!e.ties.contains(v.provider), PARTY, DOCUMENTS, Set.of(Rule.GZ_08), "not related");
        j.must(
                nameAt(e.names, k.signedOn()).equals(k.enterpriseName()),
                DOCUMENTS,
                DOCUMENTS,
                names(),
                "enterprise name");
        j.must(nameAt(p.names, k.signedOn()).equals(k.providerName()), DOCUMENTS, DOCUMENTS, names(), "provider name");
        j.must(k.serviceType() == v.type, PRODUCT, DOCUMENTS, Set.of(Rule.GZ_22), "type as ordered");
        Set<Rule> period = Set.of(Rule.GZ_22, Rule.GZ_23);
        j.must(terms.servicePeriod().contains(k.signedOn()), DOCUMENTS, DOCUMENTS, period, "signed in the period");
        j.must(terms.servicePeriod().contains(k.serviceFrom()), DOCUMENTS, DOCUMENTS, period, "service in the period");
        j.must(terms.servicePeriod().contains(k.serviceUntil()), DOCUMENTS, DOCUMENTS, period, "ends in the period");
        judgeDocuments("CONTRACT", c.documents(), terms, j);
        String key = contractKey(v, k);
        j.must(!e.fundedOtherwise.contains(key), PARTY, USED_ONCE, Set.of(Rule.GZ_27), "not funded otherwise");
        mayServe(key, v, j);
    }

    private void mayServe(String key, ModelVoucher v, Judging j) {
        String boundTo = usedOnce.get(key);
        boolean others = boundTo != null && !boundTo.equals(v.id);
        j.must(!others || perhapsFree.contains(key), USED_ONCE, Rule.GZ_26, "used once");
        j.silentIf(
                others && perhapsFree.contains(key), "a key of which the rulebook does not say that it is free again");
    }

    private static String contractKey(ModelVoucher v, Contract k) {
        return "contract " + v.enterprise + " " + v.provider + " " + k.number() + " " + k.item();
    }

    private static String key(Invoice i) {
        return "invoice " + i.kind() + " " + i.code() + " " + i.number();
    }

    private static String key(Transfer t) {
        return "transfer " + t.payerBank() + " " + t.date() + " " + t.serial();
    }

    private void judgePayment(PayVoucher c, ModelVoucher v, Instant now, Judging j) {
        if (!j.stands(isOneOf(v, VoucherStatus.CONTRACT_CONFIRMED), "contract confirmed")) {
            return;
        }
        SchemeTerms terms = v.batch.terms;
        ModelEnterprise e = enterprises.get(v.enterprise);
        ModelProvider p = providers.get(v.provider);
        notFrozen(v, j);
        j.must(now.isBefore(validUntil(v)), DEADLINE, DEADLINE, Set.of(Rule.GZ_24, Rule.GZ_30), "valid");
        recognised(p, now, j);
        Set<Rule> period = Set.of(Rule.GZ_23, Rule.GZ_24);
        j.must(!c.completedOn().isAfter(date(now)), DEADLINE, DOCUMENTS, period, "completed");
        j.must(
                terms.servicePeriod().contains(c.completedOn()),
                DOCUMENTS,
                DOCUMENTS,
                period,
                "completed in the period");
        j.must(c.declaredNotFundedOtherwise(), PARTY, USED_ONCE, Set.of(Rule.GZ_27), "declared not funded otherwise");
        var keys = new ArrayList<String>();
        for (Invoice i : c.invoices()) {
            keys.add(key(i));
            j.must(terms.servicePeriod().contains(i.date()), DOCUMENTS, DOCUMENTS, period, "invoiced in the period");
            j.must(nameAt(p.names, i.date()).equals(i.sellerName()), DOCUMENTS, DOCUMENTS, names(), "seller");
            j.must(nameAt(e.names, i.date()).equals(i.buyerName()), DOCUMENTS, DOCUMENTS, names(), "buyer");
        }
        for (Transfer t : c.transfers()) {
            keys.add(key(t));
            j.must(terms.servicePeriod().contains(t.date()), DOCUMENTS, DOCUMENTS, period, "paid in the period");
            j.must(nameAt(e.names, t.date()).equals(t.payerName()), DOCUMENTS, DOCUMENTS, names(), "payer");
            j.must(nameAt(p.names, t.date()).equals(t.payeeName()), DOCUMENTS, DOCUMENTS, names(), "payee");
        }
        judgeDocuments("PAYMENT", c.documents(), terms, j);
        long invoiced = c.invoices().stream().mapToLong(Invoice::relatedFen).sum();
        long transferred =
                c.transfers().stream().mapToLong(Transfer::relatedFen).sum();
        long base = Math.min(invoiced, v.contract.relatedFen());
        long paid = c.amountFen();
        j.must(paid <= v.face, AMOUNTS, Rule.GZ_24, "V at most F");
        j.must(paid * 10_000 <= base * v.share, AMOUNTS, Rule.GZ_24, "V at most its share of B");
        j.must(
                transferred * 10_000 >= invoiced * terms.paying().ownShareBasisPoints(),
                AMOUNTS,
                Rule.GZ_24,
                "2T at least I");
        j.must(transferred + paid >= invoiced, AMOUNTS, Rule.GZ_24, "T + V at least I");
        j.must(transferred <= invoiced, AMOUNTS, Rule.GZ_24, "T at most I");
        if (paid > v.reserved) {
            j.must(
                    taken(v.batch.schemeId, v.provider, terms.year()) + paid - v.reserved <= providerCap(v.batch),
                    CAPS,
                    Rule.GZ_21,
                    "the difference fits the cap");
        }
        j.must(new HashSet<>(keys).size() == keys.size(), DOCUMENTS, USED_ONCE, Set.of(Rule.GZ_26), "each paper once");
        keys.forEach(key -> mayServe(key, v, j));
    }

    private void judgeRecovery(ModelVoucher v, Instant now, Judging j) {
        boolean unpaid = UNPAID.contains(v.status);
        if (!j.stands(unpaid || isOneOf(v, VoucherStatus.PAID, VoucherStatus.ACCEPTED), "unpaid or unclaimed")) {
            return;
        }
        j.must(!v.frozen, FREEZE, Rule.GZ_32, "recovery skips what is frozen");
        ModelEnterprise e = enterprises.get(v.enterprise);
        ModelProvider p = v.provider == null ? null : providers.get(v.provider);
        j.must(!e.frozen, FREEZE, Rule.GZ_32, "recovery skips whose enterprise is frozen");
        j.must(p == null || !p.frozen, FREEZE, Rule.GZ_32, "recovery skips whose provider is frozen");
        if (v.batch.orderDeadline == null) {
            j.must(false, STATE, DEADLINE, Set.of(), "not published");
        } else {
            Instant due = unpaid ? dueForRecovery(v) : redemptionUntil(v);
            j.must(!now.isBefore(due), DEADLINE, DEADLINE, Set.of(Rule.GZ_30, Rule.GZ_33), "due");
        }
        j.silentIf(
                (e.disqualified || p != null && p.disqualified) && !e.frozen && !v.frozen && (p == null || !p.frozen),
                "recovering what a disqualification will revoke, reinstate or freeze");
    }

    private void judgeDisqualification(ModelVoucher v, Judging j) {
        boolean enterprise = enterprises.get(v.enterprise).disqualified;
        boolean provider = v.provider != null && providers.get(v.provider).disqualified;
        j.must(enterprise || provider, STATE, FREEZE, Set.of(Rule.GZ_32), "somebody is disqualified");
        if (!enterprise && !provider) {
            return;
        }
        j.stands(!isFinal(v.status), "not at its end");
        j.silentIf(
                v.frozen && !UNPAID.contains(v.status) && !(provider && v.status == VoucherStatus.PAID),
                "frozen already");
    }

    // ---------------------------------------------------------------- judging claims

    private void judgeClaim(ClaimCommand command, Actor actor, Instant now, Judging j) {
        ModelClaim claim = claims.get(command.claimId());
        if (command instanceof SubmitClaim c) {
            judgeSubmission(c, claim, now, j);
            return;
        }
        if (!j.exists(claim != null, "the claim exists")) {
            return;
        }
        switch (command) {
            case SubmitClaim c -> throw new IllegalStateException("judged above");
            case WithdrawClaim c -> {
                j.stands(!claim.withdrawn && claim.stages == 0, "not reviewed");
                notFrozen(providers.get(claim.provider), j);
                j.silentIf(anyHeldUp(claim), "withdrawing a claim with a frozen voucher");
                j.silentIf(claim.items.isEmpty(), "a claim without items");
            }
            case ReviewFirst c -> judgeReview(claim, 0, c.items(), actor, j);
            case ReviewAsExpert c -> {
                j.stands(
                        claim.batch.terms.redemption().reviews().contains(ReviewStage.EXPERT),
                        "the scheme has a panel");
                judgeReview(claim, 1, c.items(), actor, j);
            }
            case ReviewFinally c ->
                judgeReview(
                        claim,
                        claim.batch.terms.redemption().reviews().contains(ReviewStage.EXPERT) ? 2 : 1,
                        c.items(),
                        actor,
                        j);
            case ReconcileClaim c -> throw new IllegalStateException("no service scheme reconciles");
            case PublishClaim c -> {
                j.stands(!claim.withdrawn && claim.stages == lastStage(claim) && !claim.published, "finally reviewed");
                j.silentIf(claim.items.isEmpty(), "a claim without items");
                j.silentIf(anyHeldUp(claim), "publishing a claim with a frozen voucher");
            }
            case ObjectToItem c -> {
                ModelVoucher v = item(claim, c.voucherId());
                if (j.stands(v != null && v.status == VoucherStatus.PUBLISHED, "published")) {
                    j.must(now.isBefore(v.noticeEnds), DEADLINE, DEADLINE, Set.of(Rule.GZ_42), "notice is running");
                }
                j.stands(!claim.objections.containsKey(c.objectionId()), "a new objection");
                j.silentIf(v != null && isHeldUp(v), "objecting to what is frozen");
            }
            case ReplyToObjection c -> judgeReply(claim, c, j);
            case SettleItems c -> {
                for (String id : c.voucherIds()) {
                    ModelVoucher v = item(claim, id);
                    if (j.stands(v != null && v.status == VoucherStatus.PUBLISHED && v.approved > 0, "approved")) {
                        notFrozen(v, j);
                        j.must(!isObjected(claim, id), STATE, DEADLINE, Set.of(Rule.GZ_42), "no open objection");
                        j.must(
                                !now.isBefore(v.noticeEnds),
                                DEADLINE,
                                DEADLINE,
                                Set.of(Rule.GZ_42, Rule.GZ_43),
                                "notice has ended");
                    }
                }
                j.must(distinct(c.voucherIds()), STATE, AMOUNTS, Set.of(), "each once");
                j.must(
                        vouchers.values().stream()
                                .noneMatch(v -> c.bankReference().equals(v.bank)
                                        && !c.claimId().equals(v.claim)),
                        USED_ONCE,
                        Rule.GZ_43,
                        "one claim a bank payment");
            }
            case EndNotice c -> {
                for (String id : c.voucherIds()) {
                    ModelVoucher v = item(claim, id);
                    if (j.stands(v != null && v.status == VoucherStatus.PUBLISHED && v.approved == 0, "rejected")) {
                        notFrozen(v, j);
                        j.must(!isObjected(claim, id), STATE, DEADLINE, Set.of(Rule.GZ_42), "no open objection");
                        j.must(!now.isBefore(v.noticeEnds), DEADLINE, DEADLINE, Set.of(Rule.GZ_42), "notice has ended");
                    }
                }
                j.must(distinct(c.voucherIds()), STATE, AMOUNTS, Set.of(), "each once");
            }
            case BounceSettlement c -> {
                ModelVoucher v = vouchers.get(c.voucherId());
                if (j.stands(
                        v != null && command.claimId().equals(v.claim) && v.status == VoucherStatus.REDEEMED,
                        "redeemed by this claim")) {
                    j.silentIf(v.clawedBack > 0, "a bounce after a clawback was ordered");
                    j.silentIf(isHeldUp(v), "a bounce of what is frozen");
                }
            }
            case HandInBankSlips c -> {
                Set<String> kinds = claim.bank.get(c.movement() + " " + c.bankReference());
                if (j.stands(kinds != null, "what the bank did")) {
                    j.must(
                            c.documents().stream().noneMatch(slip -> kinds.contains(slip.kind())),
                            DOCUMENTS,
                            Rule.GZ_45,
                            "one file a kind");
                }
            }
        }
    }

    private static boolean distinct(List<String> ids) {
        return new HashSet<>(ids).size() == ids.size();
    }

    private ModelVoucher item(ModelClaim claim, String voucherId) {
        return claim.items.contains(voucherId) ? vouchers.get(voucherId) : null;
    }

    private boolean anyHeldUp(ModelClaim claim) {
        return claim.items.stream().anyMatch(id -> isHeldUp(vouchers.get(id)));
    }

    private static boolean isObjected(ModelClaim claim, String voucherId) {
        return claim.objections.values().stream().anyMatch(o -> o.open && o.voucher.equals(voucherId));
    }

    private static int lastStage(ModelClaim claim) {
        return claim.batch.terms.redemption().reviews().contains(ReviewStage.EXPERT) ? 3 : 2;
    }

    private void judgeSubmission(SubmitClaim c, ModelClaim claim, Instant now, Judging j) {
        j.exists(claim == null, "the claim is new");
        ModelBatch batch = batches.get(c.batchId());
        ModelProvider p = providers.get(c.providerId());
        if (!j.exists(batch != null, "the batch exists") || !j.exists(p != null, "the provider exists")) {
            return;
        }
        notFrozen(p, j);
        j.must(!now.isBefore(batch.redemptionFrom), DEADLINE, DEADLINE, Set.of(Rule.GZ_40), "redemption is open");
        for (String id : c.voucherIds()) {
            ModelVoucher v = vouchers.get(id);
            if (j.stands(v != null && v.status == VoucherStatus.ACCEPTED, "accepted")) {
                j.must(c.providerId().equals(v.provider), ACTOR, PARTY, Set.of(), "the provider's own");
                j.must(v.batch == batch, STATE, PARTY, Set.of(), "of the batch");
                notFrozen(v, j);
                j.must(now.isBefore(redemptionUntil(v)), DEADLINE, DEADLINE, Set.of(Rule.GZ_40), "redemption is open");
            }
        }
        judgeDocuments("CLAIM", c.documents(), batch.terms, j);
    }

    private void judgeReview(ModelClaim claim, int stage, List<ItemReview> reviews, Actor actor, Judging j) {
        j.stands(!claim.withdrawn && claim.stages == stage, "at this stage");
        j.must(!claim.reviewers.contains(actor.id()), ACTOR, PARTY, Set.of(Rule.GZ_41), "two people");
        Set<String> named = new HashSet<>();
        for (ItemReview review : reviews) {
            j.must(named.add(review.voucherId()), STATE, AMOUNTS, Set.of(), "each item once");
            ModelVoucher v = item(claim, review.voucherId());
            if (v == null) {
                j.must(false, STATE, AMOUNTS, Set.of(), "an item of the claim");
            } else {
                j.must(review.approvedFen() <= v.paid, AMOUNTS, AMOUNTS, Set.of(Rule.GZ_41), "A at most V");
                j.silentIf(
                        review.approvedFen() < v.paid && review.reason().isEmpty(),
                        "lowering or rejecting without a reason");
            }
        }
        j.must(named.containsAll(claim.items), STATE, AMOUNTS, Set.of(Rule.GZ_41), "every item");
        if (actor.role() != Role.BUREAU) {
            j.silentIf(anyHeldUp(claim), "reviewing a claim with a frozen voucher");
        }
        j.silentIf(claim.items.isEmpty(), "a claim without items");
    }

    private void judgeReply(ModelClaim claim, ReplyToObjection c, Judging j) {
        ModelObjection objection = claim.objections.get(c.objectionId());
        if (!j.stands(objection != null && objection.open, "an open objection")) {
            return;
        }
        ModelVoucher v = vouchers.get(objection.voucher);
        switch (c.outcome()) {
            case DISMISSED, REVOKED -> {}
            case REJECTED -> j.silentIf(v.approved == 0, "rejecting what is rejected");
            case LOWERED -> {
                j.must(c.approvedFen() < v.approved, STATE, AMOUNTS, Set.of(Rule.GZ_42), "less than published");
                j.silentIf(c.approvedFen() == 0, "lowering to nothing");
            }
            case RAISED -> {
                j.must(c.approvedFen() > v.approved, STATE, AMOUNTS, Set.of(Rule.GZ_42), "more than published");
                j.must(c.approvedFen() <= v.paid, STATE, AMOUNTS, Set.of(Rule.GZ_42, Rule.GZ_41), "A at most V");
            }
        }
    }

    // ---------------------------------------------------------------- judging parties

    private void judgeEnterprise(EnterpriseCommand command, Judging j) {
        ModelEnterprise e = enterprises.get(command.enterpriseId());
        boolean registered = e != null && e.declaration != null;
        if (command instanceof RegisterEnterprise) {
            j.stands(!registered, "a new enterprise");
            return;
        }
        if (command instanceof BlacklistEnterprise && !registered) {
            return;
        }
        if (!j.exists(registered, "the enterprise exists")) {
            return;
        }
        switch (command) {
            case RegisterEnterprise c -> throw new IllegalStateException("judged above");
            case CorrectDeclaration c -> {
                notFrozen(e, j);
                j.silentIf(!c.declaration().name().equals(e.declaration.name()), "another name within a declaration");
            }
            case VerifyEnterprise c -> {
                j.silentIf(e.frozen || e.disqualified, "verifying who is frozen");
                var kinds = c.documents().stream().map(d -> d.kind()).toList();
                j.must(kinds.contains("LICENCE") && kinds.contains("DECLARATION"), DOCUMENTS, Rule.GZ_02, "the papers");
                j.must(
                        kinds.contains("TAX_CERTIFICATE") || kinds.contains("SOCIAL_INSURANCE_PROOF"),
                        DOCUMENTS,
                        Rule.GZ_02,
                        "taxes or social insurance");
                j.must(c.declarationSignedOn().getYear() == c.year(), DOCUMENTS, Rule.GZ_02, "signed in the year");
            }
            case RenameEnterprise c -> j.silentIf(e.frozen || e.disqualified, "renaming who is frozen");
            case BlacklistEnterprise c -> j.silentIf(c.listed() == e.blacklisted, "blacklisting twice");
            case RecordTie c -> j.silentIf(c.tied() == e.ties.contains(c.providerId()), "recording a tie twice");
            case RecordOtherFunding c -> {}
            case FreezeEnterprise c -> {
                j.must(!e.frozen, STATE, FREEZE, Set.of(Rule.GZ_32), "not frozen yet");
                j.silentIf(e.disqualified, "freezing who is disqualified");
            }
            case LiftEnterpriseFreeze c -> j.must(e.frozen, STATE, FREEZE, Set.of(Rule.GZ_32), "frozen");
            case DisqualifyEnterprise c ->
                j.must(!e.disqualified, STATE, FREEZE, Set.of(Rule.GZ_32), "not disqualified yet");
        }
    }

    private void judgeProvider(ProviderCommand command, Judging j) {
        ModelProvider p = providers.get(command.providerId());
        switch (command) {
            case RecogniseProvider c -> {}
            case RegisterProvider c -> {
                j.must(p != null && p.recognition != null, STATE, PARTY, Set.of(Rule.GZ_04), "on the list");
                j.must(p == null || !p.registered, STATE, STATE, Set.of(), "not registered yet");
            }
            case VerifyProvider c -> {
                j.exists(p != null && p.registered, "registered");
                j.silentIf(p != null && p.verified, "verifying twice");
            }
            case RenameProvider c -> j.exists(p != null && p.registered, "registered");
            case ProposeProduct c -> {
                if (j.exists(p != null && p.registered, "registered")) {
                    notFrozen(p, j);
                    j.silentIf(!p.verified, "proposing before being verified");
                    j.silentIf(
                            !p.recognition.serviceTypes().contains(c.serviceType()),
                            "proposing what the provider is not recognised for");
                }
            }
            case PublishProduct c -> {
                ModelProduct product = p == null ? null : p.products.get(c.productId());
                j.stands(product != null, "a proposed product");
                j.silentIf(product != null && !product.pending, "publishing twice");
                j.silentIf(product != null && product.version != c.version(), "publishing a version not looked at");
                j.silentIf(p != null && (p.frozen || p.disqualified), "publishing for who is frozen");
            }
            case WithdrawProduct c -> {
                ModelProduct product = p == null ? null : p.products.get(c.productId());
                j.stands(product != null, "a product");
                j.silentIf(product != null && product.published == null, "withdrawing what is not published");
                j.silentIf(p != null && (p.frozen || p.disqualified), "withdrawing for who is frozen");
            }
            case FreezeProvider c -> {
                if (j.exists(p != null && p.registered, "registered")) {
                    j.must(!p.frozen, STATE, FREEZE, Set.of(Rule.GZ_32), "not frozen yet");
                    j.silentIf(p.disqualified, "freezing who is disqualified");
                }
            }
            case LiftProviderFreeze c -> j.must(p != null && p.frozen, STATE, FREEZE, Set.of(Rule.GZ_32), "frozen");
            case DisqualifyProvider c ->
                j.must(
                        p != null && p.registered && !p.disqualified,
                        STATE,
                        FREEZE,
                        Set.of(Rule.GZ_32),
                        "registered, not disqualified yet");
        }
    }

    // ---------------------------------------------------------------- what happens

    /** The command was carried out; the world changes as the tables say. */
    public void happened(Command command, Actor actor, Instant now) {
        switch (command) {
            case SchemeCommand c -> happenedToScheme(c);
            case BatchCommand c -> happenedToBatch(c, now);
            case VoucherCommand c -> happenedToVoucher(c, now);
            case ClaimCommand c -> happenedToClaim(c, actor, now);
            case EnterpriseCommand c -> happenedToEnterprise(c, now);
            case ProviderCommand c -> happenedToProvider(c, now);
            default -> throw new IllegalArgumentException("no such command in the rulebook: " + command);
        }
    }

    private void happenedToScheme(SchemeCommand command) {
        switch (command) {
            case PublishScheme c -> {
                ModelScheme scheme = schemes.computeIfAbsent(c.terms().schemeId(), id -> new ModelScheme());
                scheme.unallocated += c.terms().fund().amountFen() - scheme.fund;
                scheme.fund = c.terms().fund().amountFen();
                scheme.versions.add(c.terms());
            }
            case ChangeFund c -> {
                ModelScheme scheme = schemes.get(c.schemeId());
                scheme.unallocated += c.fundFen() - scheme.fund;
                scheme.fund = c.fundFen();
            }
        }
    }

    private void happenedToBatch(BatchCommand command, Instant now) {
        ModelBatch batch = batches.get(command.batchId());
        switch (command) {
            case OpenBatch c -> open(c);
            case TakeVoucher c -> throw new IllegalStateException("no service batch is taken from");
            case RaiseBudget c -> {
                schemes.get(batch.schemeId).unallocated -= c.amountFen();
                batch.budget += c.amountFen();
                batch.available += c.amountFen();
            }
            case TakeBudgetBack c -> {
                schemes.get(batch.schemeId).unallocated += c.amountFen();
                batch.budget -= c.amountFen();
                if (c.from() == BackAccount.AVAILABLE) {
                    batch.available -= c.amountFen();
                } else {
                    batch.lapsed -= c.amountFen();
                }
            }
            case MoveDate c -> {
                switch (c.date()) {
                    case APPLY_UNTIL -> batch.applyUntil = c.to();
                    case ORDER_DEADLINE -> batch.orderDeadline = c.to();
                    case VALID_UNTIL -> batch.validUntil = c.to();
                    case REDEMPTION_FROM -> batch.redemptionFrom = c.to();
                    case REDEMPTION_UNTIL -> batch.redemptionUntil = c.to();
                    case BACKFILL_UNTIL -> batch.backfillUntil = c.to();
                }
            }
            case Apply c -> queue(c, batch, now);
            case WithdrawApplication c -> {
                ModelApplication a = liveApplication(batch, c.enterpriseId());
                a.status = "WITHDRAWN";
                quota(batch.schemeId, a.enterprise, a.year)[0] -= a.asked;
            }
            case EndApplications c -> end(batch, batch.applyUntil);
            case GrantApplications c -> grant(batch, c.atMost(), now, false);
            case PublishGrant c -> publish(batch, c.atMost(), now);
            case Backfill c -> grant(batch, c.atMost(), now, true);
            case CloseQueue c -> {
                int left = c.atMost();
                for (ModelApplication a = next(batch); a != null && left-- > 0; a = next(batch)) {
                    notGranted(batch, a);
                }
                batch.queueClosed = next(batch) == null;
            }
            case CloseBatch c -> {
                batch.lapsed += batch.available;
                batch.available = 0;
                batch.phase = "CLOSED";
            }
        }
    }

    private void open(OpenBatch c) {
        ModelScheme scheme = schemes.get(c.schemeId());
        var batch = new ModelBatch();
        batch.id = c.batchId();
        batch.schemeId = c.schemeId();
        batch.terms = scheme.versions.get(scheme.versions.size() - 1);
        batch.version = scheme.versions.size();
        batch.budget = c.budgetFen();
        batch.available = c.budgetFen();
        scheme.unallocated -= c.budgetFen();
        batch.applyFrom = c.applyFrom();
        batch.applyUntil = c.applyUntil();
        batch.validUntil = batch.terms.validity().until();
        batch.redemptionFrom =
                c.redemptionFrom() == null ? batch.terms.redemption().from() : c.redemptionFrom();
        batch.redemptionUntil =
                c.redemptionUntil() == null ? batch.terms.redemption().until() : c.redemptionUntil();
        batch.backfillUntil =
                batch.terms.waitingList().backfill() ? batch.terms.waitingList().until() : null;
        batches.put(batch.id, batch);
    }

    private void queue(Apply c, ModelBatch batch, Instant now) {
        var a = new ModelApplication();
        a.position = batch.queue.size() + 1;
        a.id = batch.id + "-A" + a.position;
        a.enterprise = c.enterpriseId();
        a.asked = c.amountFen();
        a.parts = c.partsFen();
        a.year = year(now);
        a.tier = tier(batch.terms, enterprises.get(c.enterpriseId()).verified.get(a.year));
        a.share = row(batch, a.enterprise, a.year).shareBasisPoints();
        batch.queue.add(a);
        quota(batch.schemeId, a.enterprise, a.year)[0] += a.asked;
        Integer stopAt = batch.terms.applying().stopAtBasisPointsOfBudget();
        long live = batch.queue.stream()
                .filter(q -> q.status.equals("QUEUED"))
                .mapToLong(q -> q.asked)
                .sum();
        if (stopAt != null && live * 10_000 >= batch.budget * stopAt) {
            batch.full = true;
            end(batch, now);
        }
    }

    /** GZ-03: the first tier that one of the enterprise's tags stands in; who has none comes after all tiers. */
    private static int tier(SchemeTerms terms, VerifyEnterprise verified) {
        for (int i = 0; i < terms.priorityTiers().size(); i++) {
            if (verified.priorityTags().stream().anyMatch(terms.priorityTiers().get(i)::contains)) {
                return i;
            }
        }
        return terms.priorityTiers().size();
    }

    private static void end(ModelBatch batch, Instant endedAt) {
        batch.phase = "ENDED";
        batch.endedAt = endedAt;
        LocalDate due = WorkingDayTable.workingDaysAfter(
                lastDayOfApplying(batch), batch.terms.granting().resultsDueWorkingDays());
        batch.dueAt = startOf(due.plusDays(1));
    }

    /** The closing instant is out: a window that closes at 00:00 has ended on the day before. */
    private static LocalDate lastDayOfApplying(ModelBatch batch) {
        return date(batch.full ? batch.endedAt : batch.endedAt.minusNanos(1));
    }

    /** The next application in the order of grant: tier, then position. */
    private static ModelApplication next(ModelBatch batch) {
        return batch.queue.stream()
                .filter(a -> a.status.equals("QUEUED") || a.status.equals("WAITING"))
                .min(Comparator.<ModelApplication>comparingInt(a -> a.tier).thenComparingInt(a -> a.position))
                .orElse(null);
    }

    private static ModelApplication nextQueued(ModelBatch batch) {
        return batch.queue.stream()
                .filter(a -> a.status.equals("QUEUED"))
                .min(Comparator.<ModelApplication>comparingInt(a -> a.tier).thenComparingInt(a -> a.position))
                .orElse(null);
    }

    private ModelApplication liveApplication(ModelBatch batch, String enterprise) {
        return batch.queue.stream()
                .filter(a -> a.enterprise.equals(enterprise)
                        && !Set.of("WITHDRAWN", "NOT_GRANTED", "SKIPPED").contains(a.status))
                .findFirst()
                .orElse(null);
    }

    private void grant(ModelBatch batch, int atMost, Instant now, boolean backfill) {
        boolean over = false;
        boolean partly = false;
        for (int left = atMost; left > 0 && !over; left--) {
            partly = false;
            ModelApplication a = next(batch);
            if (a == null) {
                over = true;
                break;
            }
            ModelEnterprise e = enterprises.get(a.enterprise);
            var eligible = new Judging();
            notFrozen(e, eligible);
            eligible(e, batch.terms, a.year, eligible);
            if (!eligible.failures.isEmpty()) {
                quota(batch.schemeId, a.enterprise, a.year)[0] -= a.asked;
                a.status = "SKIPPED";
                continue;
            }
            boolean partial = batch.terms.granting().whenItNoLongerFits() == SchemeTerms.WhenItNoLongerFits.PARTIAL;
            if (a.asked > batch.available && !(partial && batch.available > 0)) {
                over = true;
                break;
            }
            partly = a.asked > batch.available;
            issue(batch, a, Math.min(a.asked, batch.available), now, backfill);
        }
        if (backfill) {
            return;
        }
        // Whether the last step of granting is told at once or by a further command, the rulebook does not say.
        batch.perhapsOver = partly || !over && next(batch) == null;
        if (over || batch.perhapsOver) {
            batch.phase = "GRANTED";
        }
    }

    private void issue(ModelBatch batch, ModelApplication a, long granted, Instant now, boolean backfill) {
        long[] quota = quota(batch.schemeId, a.enterprise, a.year);
        quota[0] -= a.asked;
        quota[1] += granted;
        a.status = "GRANTED";
        long left = granted;
        for (int part = 0; part < a.parts.size() && left > 0; part++) {
            var v = new ModelVoucher();
            v.id = a.id + "-V" + (part + 1);
            v.batch = batch;
            v.enterprise = a.enterprise;
            v.year = a.year;
            v.face = Math.min(left, a.parts.get(part));
            v.share = a.share;
            v.backfilled = backfill;
            v.issuedAt = now;
            v.accounts.put(Account.HELD, v.face);
            left -= v.face;
            vouchers.put(v.id, v);
        }
        batch.available -= granted;
    }

    private void notGranted(ModelBatch batch, ModelApplication a) {
        a.status = "NOT_GRANTED";
        quota(batch.schemeId, a.enterprise, a.year)[0] -= a.asked;
    }

    private void publish(ModelBatch batch, int atMost, Instant now) {
        int left = atMost;
        for (ModelApplication a = nextQueued(batch); a != null && left-- > 0; a = nextQueued(batch)) {
            if (batch.backfillUntil != null) {
                a.status = "WAITING";
            } else {
                notGranted(batch, a);
            }
        }
        if (nextQueued(batch) != null) {
            return;
        }
        batch.phase = "PUBLISHED";
        batch.perhapsOver = false;
        boolean late = !now.isBefore(batch.dueAt);
        LocalDate from = late ? date(now) : lastDayOfApplying(batch);
        batch.orderDeadline = startOf(from.plusDays(batch.terms.ordering().days() + 1L));
    }

    // ---------------------------------------------------------------- what happens to a voucher

    private static void move(ModelVoucher v, Account from, Account to, long amount) {
        if (amount < 0 || v.at(from) < amount) {
            throw new IllegalStateException(v.id + ": " + amount + " is not on " + from + " " + v.accounts);
        }
        v.accounts.merge(from, -amount, Long::sum);
        v.accounts.merge(to, amount, Long::sum);
    }

    /** Money leaves the voucher unused. */
    private static void back(ModelVoucher v, Account from, long amount, Instant now) {
        move(v, from, Account.BACK, amount);
        if (backfillIsOpen(v.batch, now)) {
            v.batch.available += amount;
        } else {
            v.batch.lapsed += amount;
        }
    }

    /** The voucher ends unused: its money and its charge go where the scheme says (GZ-30, GZ-31, GZ-32). */
    private void allBack(ModelVoucher v, SchemeTerms.Outcome ending, Instant now) {
        long ended = 0;
        for (Account account : EnumSet.range(Account.HELD, Account.CLAIMED)) {
            long amount = v.at(account);
            ended += amount;
            if (ending.money() == SchemeTerms.MoneyThen.BACK) {
                back(v, account, amount, now);
            } else {
                move(v, account, Account.BACK, amount);
                v.batch.lapsed += amount;
            }
        }
        if (ending.quota() == SchemeTerms.QuotaThen.FREE) {
            quota(v.batch.schemeId, v.enterprise, v.year)[1] -= ended;
        }
    }

    private void release(String key) {
        if (key != null) {
            usedOnce.remove(key);
            perhapsFree.remove(key);
        }
    }

    private void releaseKeys(ModelVoucher v) {
        releasePaymentKeys(v);
        release(v.contractKey);
        v.contractKey = null;
    }

    private void releasePaymentKeys(ModelVoucher v) {
        v.paymentKeys.forEach(this::release);
        v.paymentKeys.clear();
    }

    private void keysArePerhapsFree(ModelVoucher v) {
        perhapsFree.addAll(v.paymentKeys);
        if (v.contractKey != null) {
            perhapsFree.add(v.contractKey);
        }
    }

    /** The order is gone: the voucher is as issued. */
    private static void forgetOrder(ModelVoucher v) {
        v.status = VoucherStatus.ISSUED;
        v.provider = null;
        v.type = null;
        v.reserved = 0;
        v.taken = 0;
        v.paid = 0;
        v.owed = 0;
        v.contracted = false;
        v.contract = null;
        v.undoAsked = false;
    }

    private void backToContract(ModelVoucher v) {
        move(v, v.status == VoucherStatus.PAID ? Account.PAID : Account.ACCEPTED, Account.ORDERED, v.paid);
        move(v, Account.HELD, Account.ORDERED, v.at(Account.HELD));
        v.status = VoucherStatus.CONTRACT_CONFIRMED;
        v.reserved = v.taken;
        v.taken = 0;
        v.owed = 0;
        v.undoAsked = false;
    }

    private void revoke(ModelVoucher v, boolean forCause, Instant now) {
        var ending = v.batch.terms.ending();
        allBack(v, forCause ? ending.onViolation() : ending.onExpiry(), now);
        v.status = VoucherStatus.REVOKED;
        v.reserved = 0;
        v.taken = 0;
        v.undoAsked = false;
    }

    private void happenedToVoucher(VoucherCommand command, Instant now) {
        ModelVoucher v = vouchers.get(command.voucherId());
        switch (command) {
            case UseVoucher c -> throw new IllegalStateException("no service voucher is used at a merchant");
            case UndoPurchase c -> throw new IllegalStateException("no service voucher is used at a merchant");
            case OrderVoucher c -> {
                v.status = VoucherStatus.ORDERED;
                move(v, Account.HELD, Account.ORDERED, v.face);
                v.provider = c.providerId();
                v.type = providers.get(c.providerId()).products.get(c.productId()).published;
                v.reserved = c.amountFen();
            }
            case ConfirmOrder c -> v.status = VoucherStatus.ORDER_CONFIRMED;
            case DeclineOrder c -> {
                move(v, Account.ORDERED, Account.HELD, v.face);
                forgetOrder(v);
            }
            case CancelOrder c -> {
                move(v, Account.ORDERED, Account.HELD, v.face);
                releaseKeys(v);
                forgetOrder(v);
            }
            case UploadContract c -> {
                v.status = VoucherStatus.CONTRACT_UPLOADED;
                v.contracted = true;
                v.contract = c.contract();
                release(v.contractKey);
                v.contractKey = contractKey(v, c.contract());
                usedOnce.put(v.contractKey, v.id);
            }
            case ConfirmContract c -> v.status = VoucherStatus.CONTRACT_CONFIRMED;
            case SendContractBack c -> v.status = VoucherStatus.ORDER_CONFIRMED;
            case ReturnVoucher c -> {
                allBack(v, v.batch.terms.ending().onReturn(), now);
                v.status = VoucherStatus.RETURNED;
                v.reserved = 0;
                releaseKeys(v);
            }
            case RecoverVoucher c -> {
                revoke(v, false, now);
                releaseKeys(v);
            }
            case PayVoucher c -> {
                move(v, Account.ORDERED, Account.PAID, c.amountFen());
                move(v, Account.ORDERED, Account.HELD, v.at(Account.ORDERED));
                v.status = VoucherStatus.PAID;
                v.paid = c.amountFen();
                v.reserved = 0;
                v.taken = c.amountFen();
                v.owed = c.transfers().stream().mapToLong(Transfer::relatedFen).sum()
                        + c.amountFen()
                        - c.invoices().stream().mapToLong(Invoice::relatedFen).sum();
                releasePaymentKeys(v);
                c.invoices().forEach(i -> v.paymentKeys.add(key(i)));
                c.transfers().forEach(t -> v.paymentKeys.add(key(t)));
                v.paymentKeys.forEach(key -> {
                    usedOnce.put(key, v.id);
                    perhapsFree.remove(key);
                });
            }
            case CorrectPaymentDocuments c -> throw new IllegalStateException("not thrown at the model: " + c);
            case AcceptVoucher c -> {
                move(v, Account.PAID, Account.ACCEPTED, v.paid);
                v.status = VoucherStatus.ACCEPTED;
                if (!now.isBefore(validUntil(v))) {
                    back(v, Account.HELD, v.at(Account.HELD), now);
                }
            }
            case SendPaymentBack c -> {
                backToContract(v);
                perhapsFree.addAll(v.paymentKeys);
            }
            case RequestPaymentUndo c -> v.undoAsked = true;
            case UndoPayment c -> {
                backToContract(v);
                releasePaymentKeys(v);
            }
            case DenyPaymentUndo c -> v.undoAsked = false;
            case LapseRemainder c -> back(v, Account.HELD, v.at(Account.HELD), now);
            case FreezeVoucher c -> v.frozen = true;
            case LiftVoucherFreeze c -> {
                v.frozen = false;
                v.liftedTo = c.newDeadline() == null ? v.liftedTo : c.newDeadline();
            }
            case RevokeForCause c -> {
                revoke(v, true, now);
                drop(v);
            }
            case ApplyDisqualification c -> disqualify(v, now);
            case OrderClawback c -> {
                v.due.merge(c.debtor(), c.amountFen(), Long::sum);
                v.clawedBack += c.amountFen();
            }
            case RecordRepayment c -> v.due.merge(c.debtor(), -c.amountFen(), Long::sum);
            case WaiveClawback c -> v.due.merge(c.debtor(), -c.amountFen(), Long::sum);
            case ProveRefund c -> v.proved += c.amountFen();
        }
    }

    private void drop(ModelVoucher v) {
        if (v.claim != null && claims.get(v.claim).items.remove(v.id)) {
            claims.get(v.claim).objections.values().stream()
                    .filter(o -> o.voucher.equals(v.id))
                    .forEach(o -> o.open = false);
        }
    }

    private void disqualify(ModelVoucher v, Instant now) {
        if (enterprises.get(v.enterprise).disqualified) {
            if (UNPAID.contains(v.status)) {
                revoke(v, true, now);
                keysArePerhapsFree(v);
            } else {
                v.frozen = true;
            }
        } else if (EnumSet.range(VoucherStatus.ORDERED, VoucherStatus.PAID).contains(v.status)) {
            move(v, Account.ORDERED, Account.HELD, v.at(Account.ORDERED));
            move(v, Account.PAID, Account.HELD, v.at(Account.PAID));
            keysArePerhapsFree(v);
            v.paymentKeys.clear();
            v.contractKey = null;
            forgetOrder(v);
            v.newOrderDeadline = naturalDaysAfter(now, v.batch.terms.ordering().days());
        } else {
            v.frozen = true;
        }
    }

    // ---------------------------------------------------------------- what happens to a claim

    private void happenedToClaim(ClaimCommand command, Actor actor, Instant now) {
        ModelClaim claim = claims.get(command.claimId());
        switch (command) {
            case SubmitClaim c -> submit(c, now);
            case WithdrawClaim c -> {
                claim.withdrawn = true;
                claim.items.forEach(id -> unclaim(vouchers.get(id)));
                claim.items.clear();
            }
            case ReviewFirst c -> reviewed(claim, c.items(), actor, false);
            case ReviewAsExpert c -> reviewed(claim, c.items(), actor, false);
            case ReviewFinally c -> reviewed(claim, c.items(), actor, true);
            case ReconcileClaim c -> throw new IllegalStateException("no service scheme reconciles");
            case PublishClaim c -> {
                claim.published = true;
                for (String id : claim.items) {
                    ModelVoucher v = vouchers.get(id);
                    v.status = VoucherStatus.PUBLISHED;
                    v.noticeEnds = noticeEnds(claim, now);
                }
            }
            case ObjectToItem c -> {
                var objection = new ModelObjection();
                objection.voucher = c.voucherId();
                claim.objections.put(c.objectionId(), objection);
            }
            case ReplyToObjection c -> replied(claim, c, now);
            case SettleItems c -> {
                if (vouchers.values().stream().noneMatch(v -> c.bankReference().equals(v.bank))) {
                    claim.bank.remove(BankMovement.PAID + " " + c.bankReference());
                }
                claim.moved(BankMovement.PAID, c.bankReference(), c.documents());
                c.voucherIds().forEach(id -> {
                    settle(claim, vouchers.get(id), now);
                    vouchers.get(id).bank = c.bankReference();
                });
            }
            case EndNotice c -> {
                for (String id : c.voucherIds()) {
                    ModelVoucher v = vouchers.get(id);
                    claim.items.remove(id);
                    if (now.isBefore(redemptionUntil(v))) {
                        unclaim(v);
                    } else {
                        revoke(v, false, now);
                        keysArePerhapsFree(v);
                    }
                }
            }
            case BounceSettlement c -> {
                ModelVoucher v = vouchers.get(c.voucherId());
                move(v, Account.REDEEMED, Account.CLAIMED, v.at(Account.REDEEMED));
                v.status = VoucherStatus.PUBLISHED;
                v.paid = v.approved;
                v.bank = null;
                claim.items.add(v.id);
                claim.moved(BankMovement.CAME_BACK, c.bankReference(), c.documents());
            }
            case HandInBankSlips c -> claim.moved(c.movement(), c.bankReference(), c.documents());
        }
    }

    /** GZ-42: until 24:00 of the n-th day after publication. */
    private static Instant noticeEnds(ModelClaim claim, Instant published) {
        return naturalDaysAfter(published, claim.batch.terms.redemption().noticeDays());
    }

    private void submit(SubmitClaim c, Instant now) {
        var claim = new ModelClaim();
        claim.provider = c.providerId();
        claim.batch = batches.get(c.batchId());
        claims.put(c.claimId(), claim);
        for (String id : c.voucherIds()) {
            ModelVoucher v = vouchers.get(id);
            claim.items.add(id);
            v.claim = c.claimId();
            v.everClaimed = true;
            v.undoAsked = false;
            v.status = VoucherStatus.CLAIMED;
            move(v, Account.ACCEPTED, Account.CLAIMED, v.at(Account.ACCEPTED));
            back(v, Account.HELD, v.at(Account.HELD), now);
        }
    }

    private static void unclaim(ModelVoucher v) {
        move(v, Account.CLAIMED, Account.ACCEPTED, v.at(Account.CLAIMED));
        v.status = VoucherStatus.ACCEPTED;
        v.claim = null;
        v.approved = 0;
    }

    private void reviewed(ModelClaim claim, List<ItemReview> reviews, Actor actor, boolean last) {
        claim.stages++;
        claim.reviewers.add(actor.id());
        if (!last) {
            return;
        }
        for (ItemReview review : reviews) {
            ModelVoucher v = vouchers.get(review.voucherId());
            v.approved = review.approvedFen();
            v.status = v.approved > 0 ? VoucherStatus.APPROVED : VoucherStatus.REJECTED;
        }
    }

    private void replied(ModelClaim claim, ReplyToObjection c, Instant now) {
        ModelObjection objection = claim.objections.get(c.objectionId());
        objection.open = false;
        ModelVoucher v = vouchers.get(objection.voucher);
        switch (c.outcome()) {
            case DISMISSED -> {}
            case LOWERED -> v.approved = c.approvedFen();
            case REJECTED -> v.approved = 0;
            case REVOKED -> {
                revoke(v, true, now);
                drop(v);
            }
            case RAISED -> {
                v.approved = c.approvedFen();
                v.noticeEnds = noticeEnds(claim, now);
            }
        }
    }

    private static void settle(ModelClaim claim, ModelVoucher v, Instant now) {
        claim.items.remove(v.id);
        move(v, Account.CLAIMED, Account.REDEEMED, v.approved);
        back(v, Account.CLAIMED, v.at(Account.CLAIMED), now);
        v.status = VoucherStatus.REDEEMED;
        v.taken = v.approved;
    }

    // ---------------------------------------------------------------- what happens to a party

    private void happenedToEnterprise(EnterpriseCommand command, Instant now) {
        ModelEnterprise e = enterprises.computeIfAbsent(command.enterpriseId(), id -> new ModelEnterprise());
        switch (command) {
            case RegisterEnterprise c -> {
                e.declaration = c.declaration();
                e.names.put(LocalDate.MIN, c.declaration().name());
            }
            case CorrectDeclaration c -> {
                e.declaration = c.declaration();
                e.verified.clear();
            }
            case VerifyEnterprise c -> e.verified.put(c.year(), c);
            case RenameEnterprise c -> e.names.put(c.from(), c.name());
            case BlacklistEnterprise c -> e.blacklisted = c.listed();
            case RecordTie c -> {
                if (c.tied()) {
                    e.ties.add(c.providerId());
                } else {
                    e.ties.remove(c.providerId());
                }
            }
            case RecordOtherFunding c ->
                e.fundedOtherwise.add("contract " + c.enterpriseId() + " " + c.providerId() + " " + c.contractNumber()
                        + " " + c.item());
            case FreezeEnterprise c -> e.frozen = true;
            case LiftEnterpriseFreeze c -> {
                e.frozen = false;
                if (c.newDeadline() != null) {
                    e.liftedAt = now;
                    e.newDeadline = c.newDeadline();
                }
            }
            case DisqualifyEnterprise c -> e.disqualified = true;
        }
    }

    private void happenedToProvider(ProviderCommand command, Instant now) {
        ModelProvider p = providers.computeIfAbsent(command.providerId(), id -> new ModelProvider());
        switch (command) {
            case RecogniseProvider c -> p.recognition = c;
            case RegisterProvider c -> {
                p.registered = true;
                p.names.put(LocalDate.MIN, c.name());
            }
            case VerifyProvider c -> p.verified = true;
            case RenameProvider c -> p.names.put(c.from(), c.name());
            case ProposeProduct c -> {
                ModelProduct product = p.products.computeIfAbsent(c.productId(), id -> new ModelProduct());
                product.proposed = c.serviceType();
                product.version++;
                product.pending = true;
            }
            case PublishProduct c -> {
                ModelProduct product = p.products.get(c.productId());
                product.published = product.proposed;
                product.pending = false;
            }
            case WithdrawProduct c -> p.products.get(c.productId()).published = null;
            case FreezeProvider c -> p.frozen = true;
            case LiftProviderFreeze c -> {
                p.frozen = false;
                if (c.newDeadline() != null) {
                    p.liftedAt = now;
                    p.newDeadline = c.newDeadline();
                }
            }
            case DisqualifyProvider c -> p.disqualified = true;
        }
    }

    // ---------------------------------------------------------------- memo books

    private long[] quota(String scheme, String enterprise, int year) {
        return enterpriseQuotas.computeIfAbsent(scheme + "|" + enterprise + "|" + year, key -> new long[2]);
    }

    /** GZ-21: what the provider has taken and reserved under the scheme in the scheme's year. */
    private long taken(String scheme, String provider, int schemeYear) {
        return vouchers.values().stream()
                .filter(v -> provider.equals(v.provider)
                        && v.batch.schemeId.equals(scheme)
                        && v.batch.terms.year() == schemeYear)
                .mapToLong(v -> v.reserved + v.taken)
                .sum();
    }

    /** What an order from this provider may still reserve; negative where a lowered cap is exceeded. */
    long leftOfProviderCap(ModelBatch batch, String provider) {
        return providerCap(batch) - taken(batch.schemeId, provider, batch.terms.year());
    }

    /** The enterprise that a command is about, or {@code null}. */
    String ownEnterprise(Command command) {
        return partyOf(command, Role.ENTERPRISE);
    }

    /** The provider that a command is about, or {@code null}. */
    String ownProvider(Command command) {
        return partyOf(command, Role.PROVIDER);
    }

    private long providerCap(ModelBatch batch) {
        SchemeTerms.Providers providers = batch.terms.providers();
        return Math.min(
                providers.capFen(), schemes.get(batch.schemeId).fund * providers.capBasisPointsOfFund() / 10_000);
    }
}
