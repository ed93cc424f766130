package org.voucherledger.projections.books;

import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.voucherledger.domain.aggregate.DomainEvent;
import org.voucherledger.domain.batch.BackAccount;
import org.voucherledger.domain.batch.BatchEvent;
import org.voucherledger.domain.batch.BatchEvent.BatchClosed;
import org.voucherledger.domain.batch.BatchEvent.BatchOpened;
import org.voucherledger.domain.batch.BatchEvent.BudgetRaised;
import org.voucherledger.domain.batch.BatchEvent.BudgetTakenBack;
import org.voucherledger.domain.batch.BatchEvent.CityQuotaMoved;
import org.voucherledger.domain.batch.BatchState;
import org.voucherledger.domain.batch.QueueEvent;
import org.voucherledger.domain.enterprisequota.EnterpriseQuotaEvent;
import org.voucherledger.domain.enterprisequota.EnterpriseQuotaState;
import org.voucherledger.domain.providerquota.ProviderQuotaEvent;
import org.voucherledger.domain.providerquota.ProviderQuotaState;
import org.voucherledger.domain.scheme.SchemeEvent;
import org.voucherledger.domain.scheme.SchemeState;
import org.voucherledger.domain.scheme.SchemeTerms;
import org.voucherledger.domain.voucher.VoucherEvent;
import org.voucherledger.domain.voucher.VoucherEvent.ItemSettled;
import org.voucherledger.domain.voucher.VoucherEvent.RemainderLapsed;
import org.voucherledger.domain.voucher.VoucherEvent.ReservationReleased;
import org.voucherledger.domain.voucher.VoucherEvent.VoucherClaimed;
import org.voucherledger.domain.voucher.VoucherEvent.VoucherReturned;
import org.voucherledger.domain.voucher.VoucherEvent.VoucherRevoked;
import org.voucherledger.domain.voucher.VoucherState;

/**
 * What the books must say, computed anew from raw events by another way than they are kept: from the balances of the
 * domain's states. Only where money lies in a batch outside its vouchers is it added up here, so that the result holds
 * after every single event, also between two events of one command.
 */
final class Recomputation {

    private final Map<String, SchemeState> schemes = new HashMap<>();
    private final Map<String, BatchState> batches = new HashMap<>();
    private final Map<String, VoucherState> vouchers = new HashMap<>();
    private final Map<String, EnterpriseQuotaState> enterpriseQuotas = new HashMap<>();
    private final Map<String, ProviderQuotaState> providerQuotas = new HashMap<>();
    private final Map<String, Outside> outside = new HashMap<>();
    private final Map<String, Long> budgets = new HashMap<>();
    private final Map<AccountKey, Long> balances = new HashMap<>();

    private final MemoTies memos = new MemoTies();

    private Map<AccountKey, Long> changes;
    private VoucherState voucher;
    private VoucherEvent ofTheVoucher;
    private final Set<String> batchesOfTheCommand = new LinkedHashSet<>();
    private final Set<String> schemesOfTheCommand = new LinkedHashSet<>();

    /** What of a batch lies outside its vouchers. */
    private static final class Outside {
        private long budgetFen;
        private long availableFen;
        private long lapsedFen;

        void comesBack(BackAccount to, long fen) {
            if (to == BackAccount.AVAILABLE) {
                availableFen += fen;
            } else {
                lapsedFen += fen;
            }
        }
    }

    /** The states know no origins, and not what of a clawback or a refund is done. */
    static boolean isKnown(Account account) {
        return !account.isOrigin()
                && account != Account.REPAID
                && account != Account.WAIVED
                && account != Account.PROVED;
    }

    /** What the event changed, by account; accounts that did not change are left out. */
    Map<AccountKey, Long> add(DomainEvent event) {
        changes = new TreeMap<>();
        voucher = null;
        switch (event) {
            case SchemeEvent e -> scheme(e);
            case BatchEvent e -> batch(e);
            case VoucherEvent e -> voucher(e);
            case QueueEvent e -> memos.queue(e);
            case EnterpriseQuotaEvent e -> enterpriseQuota(e);
            case ProviderQuotaEvent e -> providerQuota(e);
            default -> {}
        }
        changes.values().removeIf(fen -> fen == 0);
        changes.forEach((key, fen) -> balances.merge(key, fen, Long::sum));
        return changes;
    }

    private void change(AccountKey key, long fen) {
        changes.merge(key, fen, Long::sum);
    }

    private void scheme(SchemeEvent event) {
        schemesOfTheCommand.add(event.schemeId());
        SchemeState before = schemes.getOrDefault(event.schemeId(), SchemeState.EMPTY);
        SchemeState after = before.evolve(event);
        schemes.put(event.schemeId(), after);
        change(
                AccountKey.unallocated(event.schemeId()),
                after.fund().value() - before.fund().value());
    }

    private void batch(BatchEvent event) {
        memos.batch(event);
        batchesOfTheCommand.add(event.batchId());
        batches.put(
                event.batchId(),
                batches.getOrDefault(event.batchId(), BatchState.EMPTY).evolve(event));
        Outside batch = outsideOf(event.batchId());
        long budgetBefore = batch.budgetFen;
        long availableBefore = batch.availableFen;
        long lapsedBefore = batch.lapsedFen;
        follow(event, batch);
        String scheme = schemeOf(event.batchId());
        schemesOfTheCommand.add(scheme);
        budgets.merge(scheme, batch.budgetFen - budgetBefore, Long::sum);
        change(AccountKey.unallocated(scheme), budgetBefore - batch.budgetFen);
        change(key(event.batchId(), Account.AVAILABLE), batch.availableFen - availableBefore);
        change(key(event.batchId(), Account.LAPSED), batch.lapsedFen - lapsedBefore);
    }

    private static void follow(BatchEvent event, Outside batch) {
        switch (event) {
            case BatchOpened e -> {
                batch.budgetFen = e.budgetFen();
                batch.availableFen = e.budgetFen();
            }
            case BudgetRaised e -> {
                batch.budgetFen += e.amountFen();
                batch.availableFen += e.amountFen();
            }
            case BudgetTakenBack e -> {
                batch.budgetFen -= e.amountFen();
                batch.comesBack(e.from(), -e.amountFen());
            }
            case CityQuotaMoved e -> {
                long change = e.gives() ? -e.amountFen() : e.amountFen();
                batch.budgetFen += change;
                batch.availableFen += change;
            }
            case BatchClosed e -> {
                batch.availableFen -= e.lapsedFen();
                batch.lapsedFen += e.lapsedFen();
            }
            default -> {}
        }
    }

    private void voucher(VoucherEvent event) {
        batchesOfTheCommand.add(event.batchId());
        VoucherState before = vouchers.getOrDefault(event.voucherId(), VoucherState.EMPTY);
        VoucherState after = before.evolve(event);
        vouchers.put(event.voucherId(), withoutPapers(after));
        voucher = after;
        ofTheVoucher = event;
        memos.voucher(event, before, after, termsOf(after));
        String batchId = event.batchId();
        Outside batch = outsideOf(batchId);
        long availableBefore = batch.availableFen;
        long lapsedBefore = batch.lapsedFen;
        batch.availableFen -=
                after.issue().faceFen() - (before.exists() ? before.issue().faceFen() : 0);
        batch.comesBack(
                to(event), after.balances().backFen() - before.balances().backFen());
        change(key(batchId, Account.AVAILABLE), batch.availableFen - availableBefore);
        change(key(batchId, Account.LAPSED), batch.lapsedFen - lapsedBefore);
        places(batchId, before, -1);
        places(batchId, after, 1);
    }

    private SchemeTerms termsOf(VoucherState state) {
        SchemeState scheme = schemes.get(state.issue().schemeId());
        int version = state.issue().schemeVersion();
        return scheme == null || version < 1 || version > scheme.currentVersion() ? null : scheme.terms(version);
    }

    private void places(String batchId, VoucherState state, int sign) {
        var money = state.balances();
        change(key(batchId, Account.HELD), sign * money.heldFen());
        change(key(batchId, Account.ORDERED), sign * money.orderedFen());
        change(key(batchId, Account.PAID), sign * money.paidFen());
        change(key(batchId, Account.ACCEPTED), sign * money.acceptedFen());
        change(key(batchId, Account.CLAIMED), sign * money.claimedFen());
        change(key(batchId, Account.REDEEMED), sign * money.redeemedFen());
        String scheme = schemeOf(batchId);
        change(
                new AccountKey(scheme, batchId, "ENTERPRISE", Account.DUE),
                sign * state.clawback().enterpriseDueFen());
        change(
                new AccountKey(scheme, batchId, "PROVIDER", Account.DUE),
                sign * state.clawback().providerDueFen());
        if (state.payment() != null) {
            change(key(batchId, Account.OWED), sign * state.payment().owedFen());
        }
    }

    /** The papers move nothing, and of a whole city they would fill the memory. */
    private static VoucherState withoutPapers(VoucherState s) {
        var payment = s.payment();
        return new VoucherState(
                s.issue(),
                s.status(),
                s.balances(),
                s.order(),
                s.purchase(),
                null,
                s.contractedInTime(),
                payment == null
                        ? null
                        : new VoucherState.Payment(
                                payment.paidFen(), payment.owedFen(), payment.provedFen(), List.of(), List.of()),
                s.undoRequested(),
                s.claim(),
                s.everClaimed(),
                s.frozen(),
                s.extendedUntil(),
                s.clawback(),
                s.cloud());
    }

    private static BackAccount to(VoucherEvent event) {
        return switch (event) {
            case RemainderLapsed e -> e.to();
            case ReservationReleased e -> BackAccount.AVAILABLE;
            case VoucherClaimed e -> e.to();
            case ItemSettled e -> e.to();
            case VoucherReturned e -> e.to();
            case VoucherRevoked e -> e.to();
            default -> BackAccount.LAPSED;
        };
    }

    private void enterpriseQuota(EnterpriseQuotaEvent event) {
        memos.enterprise(event);
        var before = enterpriseQuotas.getOrDefault(event.streamId(), EnterpriseQuotaState.EMPTY);
        var after = before.evolve(event);
        enterpriseQuotas.put(event.streamId(), after);
        String owner = Postings.owner(event);
        change(
                new AccountKey(event.schemeId(), "", owner, Account.PENDING),
                after.pendingTotal().value() - before.pendingTotal().value());
        change(
                new AccountKey(event.schemeId(), "", owner, Account.CHARGED),
                after.charged().value() - before.charged().value());
    }

    private void providerQuota(ProviderQuotaEvent event) {
        memos.provider(event);
        var before = providerQuotas.getOrDefault(event.streamId(), ProviderQuotaState.EMPTY);
        var after = before.evolve(event);
        providerQuotas.put(event.streamId(), after);
        String owner = Postings.owner(event);
        change(
                new AccountKey(event.schemeId(), "", owner, Account.RESERVED),
                after.reserved().value() - before.reserved().value());
        change(
                new AccountKey(event.schemeId(), "", owner, Account.TAKEN),
                after.taken().value() - before.taken().value());
    }

    /** Tells what does not hold after the last event: each voucher's balances, with what went back, sum to its face (ALL-03). */
    void imbalances(Consumer<String> sentence) {
        if (voucher != null && voucher.balances().sumFen() != voucher.face().value()) {
            sentence.accept("the voucher's face is %d fen, its balances and what went back are %d fen"
                    .formatted(voucher.face().value(), voucher.balances().sumFen()));
        }
        if (voucher != null) {
            MemoTies.owed(ofTheVoucher, voucher, sentence);
        }
        changes.keySet().forEach(key -> {
            if (balances.get(key) < 0) {
                sentence.accept("%s is %d fen by the states".formatted(key, balances.get(key)));
            }
        });
    }

    /** Tells where a batch's or a scheme's own state, or a memo book, disagrees; within a command it may, at its end it must not. */
    void disagreements(Consumer<String> sentence) {
        for (String id : batchesOfTheCommand) {
            BatchState state = batches.get(id);
            Outside mine = outsideOf(id);
            if (state != null
                    && (state.available().value() != mine.availableFen
                            || state.lapsed().value() != mine.lapsedFen)) {
                sentence.accept("batch %s: its state says available %d fen, lapsed %d fen; its vouchers say %d, %d"
                        .formatted(
                                id,
                                state.available().value(),
                                state.lapsed().value(),
                                mine.availableFen,
                                mine.lapsedFen));
            }
        }
        for (String id : schemesOfTheCommand) {
            SchemeState state = schemes.get(id);
            long budget = budgets.getOrDefault(id, 0L);
            if (state != null && state.allocated().value() != budget) {
                sentence.accept("scheme %s: its state says allocated %d fen; the budgets are %d fen"
                        .formatted(id, state.allocated().value(), budget));
            }
        }
        memos.disagreements(
                id -> vouchers.getOrDefault(id, VoucherState.EMPTY),
                id -> enterpriseQuotas.getOrDefault(id, EnterpriseQuotaState.EMPTY),
                sentence);
        batchesOfTheCommand.clear();
        schemesOfTheCommand.clear();
    }

    /** Every account that is known, by its key; accounts of nothing are left out. */
    Map<AccountKey, Long> balances() {
        var all = new TreeMap<>(balances);
        all.values().removeIf(fen -> fen == 0);
        return all;
    }

    private Outside outsideOf(String batchId) {
        return outside.computeIfAbsent(batchId, id -> new Outside());
    }

    private AccountKey key(String batchId, Account account) {
        return new AccountKey(schemeOf(batchId), batchId, "", account);
    }

    private String schemeOf(String batchId) {
        BatchState batch = batches.get(batchId);
        return batch == null || batch.opened() == null ? "" : batch.opened().schemeId();
    }
}
