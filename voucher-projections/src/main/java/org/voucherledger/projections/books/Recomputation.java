package org.voucherledger.projections.books;

import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;
import org.voucherledger.domain.aggregate.DomainEvent;
import org.voucherledger.domain.batch.BackAccount;
import org.voucherledger.domain.batch.BatchEvent;
import org.voucherledger.domain.batch.BatchEvent.BatchClosed;
import org.voucherledger.domain.batch.BatchEvent.BatchOpened;
import org.voucherledger.domain.batch.BatchEvent.BudgetRaised;
import org.voucherledger.domain.batch.BatchEvent.BudgetTakenBack;
import org.voucherledger.domain.batch.BatchEvent.CityQuotaMoved;
import org.voucherledger.domain.batch.BatchState;
import org.voucherledger.domain.enterprisequota.EnterpriseQuotaEvent;
import org.voucherledger.domain.enterprisequota.EnterpriseQuotaState;
import org.voucherledger.domain.providerquota.ProviderQuotaEvent;
import org.voucherledger.domain.providerquota.ProviderQuotaState;
import org.voucherledger.domain.scheme.SchemeEvent;
import org.voucherledger.domain.scheme.SchemeState;
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
 * after every single event, also between two events of one transaction.
 */
final class Recomputation {

    private final Map<String, SchemeState> schemes = new HashMap<>();
    private final Map<String, BatchState> batches = new HashMap<>();
    private final Map<String, VoucherState> vouchers = new HashMap<>();
    private final Map<String, EnterpriseQuotaState> enterpriseQuotas = new HashMap<>();
    private final Map<String, EnterpriseQuotaEvent> enterpriseQuotaNames = new HashMap<>();
    private final Map<String, ProviderQuotaState> providerQuotas = new HashMap<>();
    private final Map<String, ProviderQuotaEvent> providerQuotaNames = new HashMap<>();
    private final Map<String, Outside> outside = new HashMap<>();

    /** What of a batch lies outside its vouchers. */
    static final class Outside {
        private long budgetFen;
        private long availableFen;
        private long lapsedFen;

        long budgetFen() {
            return budgetFen;
        }

        long availableFen() {
            return availableFen;
        }

        long lapsedFen() {
            return lapsedFen;
        }

        void comesBack(BackAccount to, long fen) {
            if (to == BackAccount.AVAILABLE) {
                availableFen += fen;
            } else {
                lapsedFen += fen;
            }
        }
    }

    void add(DomainEvent event) {
        switch (event) {
            case SchemeEvent e ->
                schemes.put(
                        e.schemeId(),
                        schemes.getOrDefault(e.schemeId(), SchemeState.EMPTY).evolve(e));
            case BatchEvent e -> {
                batches.put(
                        e.batchId(),
                        batches.getOrDefault(e.batchId(), BatchState.EMPTY).evolve(e));
                batch(e, outside.computeIfAbsent(e.batchId(), id -> new Outside()));
            }
            case VoucherEvent e -> voucher(e);
            case EnterpriseQuotaEvent e -> {
                enterpriseQuotaNames.put(e.streamId(), e);
                enterpriseQuotas.put(
                        e.streamId(),
                        enterpriseQuotas
                                .getOrDefault(e.streamId(), EnterpriseQuotaState.EMPTY)
                                .evolve(e));
            }
            case ProviderQuotaEvent e -> {
                providerQuotaNames.put(e.streamId(), e);
                providerQuotas.put(
                        e.streamId(),
                        providerQuotas
                                .getOrDefault(e.streamId(), ProviderQuotaState.EMPTY)
                                .evolve(e));
            }
            default -> {}
        }
    }

    private static void batch(BatchEvent event, Outside batch) {
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
        VoucherState before = vouchers.getOrDefault(event.voucherId(), VoucherState.EMPTY);
        VoucherState after = before.evolve(event);
        vouchers.put(event.voucherId(), after);
        Outside batch = outside.computeIfAbsent(event.batchId(), id -> new Outside());
        batch.availableFen -=
                after.issue().faceFen() - (before.exists() ? before.issue().faceFen() : 0);
        batch.comesBack(
                to(event), after.balances().backFen() - before.balances().backFen());
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

    SchemeState scheme(String schemeId) {
        return schemes.getOrDefault(schemeId, SchemeState.EMPTY);
    }

    BatchState batch(String batchId) {
        return batches.getOrDefault(batchId, BatchState.EMPTY);
    }

    Outside outside(String batchId) {
        return outside.getOrDefault(batchId, new Outside());
    }

    VoucherState voucher(String voucherId) {
        return vouchers.getOrDefault(voucherId, VoucherState.EMPTY);
    }

    EnterpriseQuotaState enterpriseQuota(String stream) {
        return enterpriseQuotas.getOrDefault(stream, EnterpriseQuotaState.EMPTY);
    }

    ProviderQuotaState providerQuota(String stream) {
        return providerQuotas.getOrDefault(stream, ProviderQuotaState.EMPTY);
    }

    /** Every account but the origins and what of a clawback is done, by its key; accounts of nothing are left out. */
    Map<BooksVerification.Key, Long> balances() {
        var sums = new TreeMap<BooksVerification.Key, Long>();
        schemes.forEach((id, scheme) -> add(
                sums,
                new BooksVerification.Key(id, "", "", Account.UNALLOCATED),
                scheme.fund().value()
                        - outside.entrySet().stream()
                                .filter(e -> schemeOf(e.getKey()).equals(id))
                                .mapToLong(e -> e.getValue().budgetFen)
                                .sum()));
        outside.forEach((id, batch) -> {
            add(sums, new BooksVerification.Key(schemeOf(id), id, "", Account.AVAILABLE), batch.availableFen);
            add(sums, new BooksVerification.Key(schemeOf(id), id, "", Account.LAPSED), batch.lapsedFen);
        });
        vouchers.values().forEach(voucher -> voucher(sums, voucher));
        enterpriseQuotas.forEach((stream, quota) -> {
            var name = enterpriseQuotaNames.get(stream);
            String owner = name.enterpriseId() + ":" + name.year();
            add(
                    sums,
                    new BooksVerification.Key(name.schemeId(), "", owner, Account.PENDING),
                    quota.pendingTotal().value());
            add(
                    sums,
                    new BooksVerification.Key(name.schemeId(), "", owner, Account.CHARGED),
                    quota.charged().value());
        });
        providerQuotas.forEach((stream, quota) -> {
            var name = providerQuotaNames.get(stream);
            String owner = name.providerId() + ":" + name.year();
            add(
                    sums,
                    new BooksVerification.Key(name.schemeId(), "", owner, Account.RESERVED),
                    quota.reserved().value());
            add(
                    sums,
                    new BooksVerification.Key(name.schemeId(), "", owner, Account.TAKEN),
                    quota.taken().value());
        });
        return sums;
    }

    private static void voucher(Map<BooksVerification.Key, Long> sums, VoucherState voucher) {
        String scheme = voucher.issue().schemeId();
        String batch = voucher.issue().batchId();
        var money = voucher.balances();
        add(sums, new BooksVerification.Key(scheme, batch, "", Account.HELD), money.heldFen());
        add(sums, new BooksVerification.Key(scheme, batch, "", Account.ORDERED), money.orderedFen());
        add(sums, new BooksVerification.Key(scheme, batch, "", Account.PAID), money.paidFen());
        add(sums, new BooksVerification.Key(scheme, batch, "", Account.ACCEPTED), money.acceptedFen());
        add(sums, new BooksVerification.Key(scheme, batch, "", Account.CLAIMED), money.claimedFen());
        add(sums, new BooksVerification.Key(scheme, batch, "", Account.REDEEMED), money.redeemedFen());
        add(
                sums,
                new BooksVerification.Key(scheme, batch, "ENTERPRISE", Account.DUE),
                voucher.clawback().enterpriseDueFen());
        add(
                sums,
                new BooksVerification.Key(scheme, batch, "PROVIDER", Account.DUE),
                voucher.clawback().providerDueFen());
        if (voucher.payment() != null) {
            add(
                    sums,
                    new BooksVerification.Key(scheme, batch, "", Account.OWED),
                    voucher.payment().owedFen());
        }
    }

    /** Does each batch's own state agree? Between two events of one transaction it need not; at rest it must. */
    Map<String, String> batchesThatDisagree() {
        var disagreeing = new TreeMap<String, String>();
        batches.forEach((id, state) -> {
            Outside mine = outside.get(id);
            if (state.available().value() != mine.availableFen || state.lapsed().value() != mine.lapsedFen) {
                disagreeing.put(
                        id,
                        "batch %s: its state says available %d, lapsed %d; its vouchers say %d, %d"
                                .formatted(
                                        id,
                                        state.available().value(),
                                        state.lapsed().value(),
                                        mine.availableFen,
                                        mine.lapsedFen));
            }
        });
        return disagreeing;
    }

    private String schemeOf(String batchId) {
        BatchState batch = batches.get(batchId);
        return batch == null ? "" : batch.opened().schemeId();
    }

    private static void add(Map<BooksVerification.Key, Long> sums, BooksVerification.Key key, long fen) {
        if (fen != 0) {
            sums.merge(key, fen, Long::sum);
        }
    }
}
