package org.voucherledger.domain.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.EnumMap;
import java.util.LinkedHashMap;
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
import org.voucherledger.domain.enterprisequota.EnterpriseQuotaEvent;
import org.voucherledger.domain.enterprisequota.EnterpriseQuotaEvent.PendingReleased;
import org.voucherledger.domain.enterprisequota.EnterpriseQuotaEvent.QuotaCharged;
import org.voucherledger.domain.enterprisequota.EnterpriseQuotaEvent.QuotaFreed;
import org.voucherledger.domain.enterprisequota.EnterpriseQuotaEvent.QuotaPended;
import org.voucherledger.domain.providerquota.ProviderQuotaEvent;
import org.voucherledger.domain.providerquota.ProviderQuotaEvent.ProviderLimitAdjusted;
import org.voucherledger.domain.providerquota.ProviderQuotaEvent.ProviderQuotaReinstated;
import org.voucherledger.domain.providerquota.ProviderQuotaEvent.ProviderQuotaReleased;
import org.voucherledger.domain.providerquota.ProviderQuotaEvent.ProviderQuotaReserved;
import org.voucherledger.domain.providerquota.ProviderQuotaEvent.ProviderQuotaTaken;
import org.voucherledger.domain.scheme.SchemeEvent;
import org.voucherledger.domain.scheme.SchemeEvent.FundChanged;
import org.voucherledger.domain.scheme.SchemeEvent.SchemePublished;
import org.voucherledger.domain.voucher.VoucherEvent;
import org.voucherledger.domain.voucher.VoucherEvent.ClawbackOrdered;
import org.voucherledger.domain.voucher.VoucherEvent.ClawbackRepaid;
import org.voucherledger.domain.voucher.VoucherEvent.ClawbackWaived;
import org.voucherledger.domain.voucher.VoucherEvent.ItemClaimed;
import org.voucherledger.domain.voucher.VoucherEvent.ItemReleased;
import org.voucherledger.domain.voucher.VoucherEvent.ItemSettled;
import org.voucherledger.domain.voucher.VoucherEvent.OrderCancelled;
import org.voucherledger.domain.voucher.VoucherEvent.OrderDeclined;
import org.voucherledger.domain.voucher.VoucherEvent.PaymentSentBack;
import org.voucherledger.domain.voucher.VoucherEvent.PaymentUndone;
import org.voucherledger.domain.voucher.VoucherEvent.PurchaseUndone;
import org.voucherledger.domain.voucher.VoucherEvent.RemainderLapsed;
import org.voucherledger.domain.voucher.VoucherEvent.ReservationReleased;
import org.voucherledger.domain.voucher.VoucherEvent.SettlementBounced;
import org.voucherledger.domain.voucher.VoucherEvent.VoucherAccepted;
import org.voucherledger.domain.voucher.VoucherEvent.VoucherClaimUndone;
import org.voucherledger.domain.voucher.VoucherEvent.VoucherClaimed;
import org.voucherledger.domain.voucher.VoucherEvent.VoucherIssued;
import org.voucherledger.domain.voucher.VoucherEvent.VoucherOrdered;
import org.voucherledger.domain.voucher.VoucherEvent.VoucherPaid;
import org.voucherledger.domain.voucher.VoucherEvent.VoucherReinstated;
import org.voucherledger.domain.voucher.VoucherEvent.VoucherReserved;
import org.voucherledger.domain.voucher.VoucherEvent.VoucherReturned;
import org.voucherledger.domain.voucher.VoucherEvent.VoucherRevoked;
import org.voucherledger.domain.voucher.VoucherEvent.VoucherTaken;
import org.voucherledger.domain.voucher.VoucherEvent.VoucherUsed;

/**
 * The books of ALL-03, posted from nothing but the events and the rulebook's posting table. They share no code with the
 * ledger's own states, so that the one can be checked against the other. Amounts in fen.
 */
public final class Books {

    /** Where money of a voucher is; {@code AVAILABLE} and {@code LAPSED} are its batch's. */
    public enum Account {
        HELD,
        ORDERED,
        PAID,
        ACCEPTED,
        CLAIMED,
        REDEEMED,
        BACK
    }

    /** One batch's accounts; those of its vouchers are sums over {@link VoucherBook}. */
    public static final class BatchBook {
        public long budget;
        public long available;
        public long lapsed;
        private String schemeId;
    }

    /** One voucher's share of the accounts. */
    public static final class VoucherBook {
        public String batchId;
        public long face;
        private final Map<Account, Long> accounts = new EnumMap<>(Account.class);

        public long at(Account account) {
            return accounts.getOrDefault(account, 0L);
        }
    }

    /** A memo book of three columns: free is what the other two leave of the cap. */
    public static final class MemoBook {
        /** Pending of an enterprise, reserved of a provider, due of a clawback. */
        public long first;
        /** Charged of an enterprise, taken of a provider, repaid or waived of a clawback. */
        public long second;
    }

    private final Map<String, Long> funds = new TreeMap<>();
    private final Map<String, Long> unallocated = new TreeMap<>();
    private final Map<String, BatchBook> batches = new LinkedHashMap<>();
    private final Map<String, VoucherBook> vouchers = new LinkedHashMap<>();
    private final Map<String, MemoBook> enterpriseQuotas = new TreeMap<>();
    private final Map<String, MemoBook> providerQuotas = new TreeMap<>();
    private final Map<String, MemoBook> clawbacks = new TreeMap<>();
    private int posted;

    /** Posts what the ledger has recorded since the last time. */
    public Books upTo(TestLedger ledger) {
        var events = ledger.events();
        for (; posted < events.size(); posted++) {
            post((DomainEvent) events.get(posted).getPayload());
        }
        return this;
    }

    public BatchBook batch(String batchId) {
        return batches.get(batchId);
    }

    public VoucherBook voucher(String voucherId) {
        return vouchers.get(voucherId);
    }

    public Map<String, VoucherBook> vouchers() {
        return vouchers;
    }

    /** What a batch's vouchers have together on an account. */
    public long sum(String batchId, Account account) {
        return vouchers.values().stream()
                .filter(v -> v.batchId.equals(batchId))
                .mapToLong(v -> v.at(account))
                .sum();
    }

    public long unallocated(String schemeId) {
        return unallocated.get(schemeId);
    }

    public MemoBook enterpriseQuota(String schemeId, String enterpriseId, int year) {
        return enterpriseQuotas.getOrDefault(schemeId + ":" + enterpriseId + ":" + year, new MemoBook());
    }

    public MemoBook providerQuota(String schemeId, String providerId, int year) {
        return providerQuotas.getOrDefault(schemeId + ":" + providerId + ":" + year, new MemoBook());
    }

    private void post(DomainEvent event) {
        switch (event) {
            case SchemeEvent e -> postScheme(e);
            case BatchEvent e -> postBatch(e);
            case VoucherEvent e -> postVoucher(e);
            case EnterpriseQuotaEvent e -> postEnterpriseQuota(e);
            case ProviderQuotaEvent e -> postProviderQuota(e);
            default -> {
                // Others post nothing.
            }
        }
    }

    private void postScheme(SchemeEvent event) {
        switch (event) {
            case SchemePublished e -> fund(e.schemeId(), e.terms().fund().amountFen());
            case FundChanged e -> fund(e.schemeId(), e.fundFen());
            default -> {
                // The posting of an allocation is the batch's own event.
            }
        }
    }

    private void fund(String schemeId, long fen) {
        unallocated.merge(schemeId, fen - funds.getOrDefault(schemeId, 0L), Long::sum);
        funds.put(schemeId, fen);
    }

    private void postBatch(BatchEvent event) {
        switch (event) {
            case BatchOpened e -> {
                var book = new BatchBook();
                book.schemeId = e.schemeId();
                batches.put(e.batchId(), book);
                budget(e.batchId(), e.budgetFen());
            }
            case BudgetRaised e -> budget(e.batchId(), e.amountFen());
            case BudgetTakenBack e -> {
                BatchBook book = batch(e.batchId());
                if (e.from() == BackAccount.LAPSED) {
                    book.lapsed -= e.amountFen();
                    book.available += e.amountFen();
                }
                budget(e.batchId(), -e.amountFen());
            }
            case CityQuotaMoved e ->
                budget(e.batchId(), e.batchId().equals(e.fromBatchId()) ? -e.amountFen() : e.amountFen());
            case BatchClosed e -> {
                batch(e.batchId()).available -= e.lapsedFen();
                batch(e.batchId()).lapsed += e.lapsedFen();
            }
            default -> {
                // Others post nothing: the vouchers' own events do.
            }
        }
    }

    private void budget(String batchId, long change) {
        BatchBook book = batch(batchId);
        unallocated.merge(book.schemeId, -change, Long::sum);
        book.budget += change;
        book.available += change;
    }

    private void postVoucher(VoucherEvent event) {
        VoucherBook v = vouchers.get(event.voucherId());
        switch (event) {
            case VoucherIssued e -> {
                var book = new VoucherBook();
                book.batchId = e.batchId();
                book.face = e.faceFen();
                book.accounts.put(Account.HELD, e.faceFen());
                vouchers.put(e.voucherId(), book);
                batch(e.batchId()).available -= e.faceFen();
            }
            case VoucherReserved e -> {
                var book = new VoucherBook();
                book.batchId = e.batchId();
                book.face = e.faceFen();
                book.accounts.put(Account.HELD, e.faceFen());
                vouchers.put(e.voucherId(), book);
                batch(e.batchId()).available -= e.faceFen();
            }
            case VoucherTaken e -> {
                var book = new VoucherBook();
                book.batchId = e.batchId();
                book.face = e.faceFen();
                book.accounts.put(Account.HELD, e.faceFen());
                vouchers.put(e.voucherId(), book);
                batch(e.batchId()).available -= e.faceFen();
            }
            case ReservationReleased e -> back(v, Account.HELD, e.faceFen(), BackAccount.AVAILABLE);
            case VoucherClaimed e -> {
                move(v, Account.HELD, Account.CLAIMED, e.claimedFen());
                back(v, Account.HELD, e.backFen(), e.to());
            }
            case VoucherClaimUndone e -> move(v, Account.CLAIMED, Account.HELD, e.claimedFen());
            case VoucherUsed e -> move(v, Account.HELD, Account.ACCEPTED, e.faceFen());
            case PurchaseUndone e -> move(v, Account.ACCEPTED, Account.HELD, e.faceFen());
            case VoucherOrdered e -> move(v, Account.HELD, Account.ORDERED, e.faceFen());
            case OrderDeclined e -> move(v, Account.ORDERED, Account.HELD, e.faceFen());
            case OrderCancelled e -> move(v, Account.ORDERED, Account.HELD, e.faceFen());
            case VoucherPaid e -> {
                move(v, Account.ORDERED, Account.PAID, e.paidFen());
                move(v, Account.ORDERED, Account.HELD, e.leftFen());
            }
            case PaymentSentBack e -> {
                move(v, Account.PAID, Account.ORDERED, e.paidFen());
                move(v, Account.HELD, Account.ORDERED, e.leftFen());
            }
            case PaymentUndone e -> {
                move(v, e.wasAccepted() ? Account.ACCEPTED : Account.PAID, Account.ORDERED, e.paidFen());
                move(v, Account.HELD, Account.ORDERED, e.leftFen());
            }
            case VoucherAccepted e -> move(v, Account.PAID, Account.ACCEPTED, e.paidFen());
            case RemainderLapsed e -> back(v, Account.HELD, e.amountFen(), e.to());
            case ItemClaimed e -> move(v, Account.ACCEPTED, Account.CLAIMED, e.amountFen());
            case ItemReleased e -> move(v, Account.CLAIMED, Account.ACCEPTED, e.amountFen());
            case ItemSettled e -> {
                move(v, Account.CLAIMED, Account.REDEEMED, e.redeemedFen());
                back(v, Account.CLAIMED, e.backFen(), e.to());
            }
            case SettlementBounced e -> move(v, Account.REDEEMED, Account.CLAIMED, e.amountFen());
            case VoucherReturned e -> {
                back(v, Account.HELD, e.heldFen(), e.to());
                back(v, Account.ORDERED, e.orderedFen(), e.to());
            }
            case VoucherRevoked e -> {
                back(v, Account.HELD, e.heldFen(), e.to());
                back(v, Account.ORDERED, e.orderedFen(), e.to());
                back(v, Account.PAID, e.paidFen(), e.to());
                back(v, Account.ACCEPTED, e.acceptedFen(), e.to());
                back(v, Account.CLAIMED, e.claimedFen(), e.to());
            }
            case VoucherReinstated e -> {
                move(v, Account.ORDERED, Account.HELD, e.orderedFen());
                move(v, Account.PAID, Account.HELD, e.paidFen());
            }
            case ClawbackOrdered e -> clawback(e.voucherId()).first += e.amountFen();
            case ClawbackRepaid e -> settleClawback(e.voucherId(), e.amountFen());
            case ClawbackWaived e -> settleClawback(e.voucherId(), e.amountFen());
            default -> {
                // Others post nothing.
            }
        }
    }

    private MemoBook clawback(String voucherId) {
        return clawbacks.computeIfAbsent(voucherId, id -> new MemoBook());
    }

    private void settleClawback(String voucherId, long fen) {
        clawback(voucherId).first -= fen;
        clawback(voucherId).second += fen;
    }

    private static void move(VoucherBook v, Account from, Account to, long fen) {
        v.accounts.merge(from, -fen, Long::sum);
        v.accounts.merge(to, fen, Long::sum);
    }

    private void back(VoucherBook v, Account from, long fen, BackAccount to) {
        move(v, from, Account.BACK, fen);
        if (to == BackAccount.AVAILABLE) {
            batch(v.batchId).available += fen;
        } else {
            batch(v.batchId).lapsed += fen;
        }
    }

    private void postEnterpriseQuota(EnterpriseQuotaEvent event) {
        MemoBook book = enterpriseQuotas.computeIfAbsent(
                event.schemeId() + ":" + event.enterpriseId() + ":" + event.year(), id -> new MemoBook());
        switch (event) {
            case QuotaPended e -> book.first += e.amountFen();
            case PendingReleased e -> book.first -= e.amountFen();
            case QuotaCharged e -> {
                book.first -= e.chargedFen() + e.releasedFen();
                book.second += e.chargedFen();
            }
            case QuotaFreed e -> book.second -= e.amountFen();
        }
    }

    private void postProviderQuota(ProviderQuotaEvent event) {
        MemoBook book = providerQuotas.computeIfAbsent(
                event.schemeId() + ":" + event.providerId() + ":" + event.year(), id -> new MemoBook());
        switch (event) {
            case ProviderLimitAdjusted e -> {}
            case ProviderQuotaReserved e -> book.first += e.amountFen();
            case ProviderQuotaTaken e -> {
                book.first -= e.reservedFen();
                book.second += e.takenFen();
            }
            case ProviderQuotaReinstated e -> {
                book.second -= e.amountFen();
                book.first += e.amountFen();
            }
            case ProviderQuotaReleased e -> {
                book.first -= e.reservedFen();
                book.second -= e.takenFen();
            }
        }
    }

    /** ALL-03: every equation holds and nothing is negative. */
    public void balance() {
        vouchers.forEach((id, v) -> {
            assertThat(v.accounts.values())
                    .as("%s: nothing is negative: %s", id, v.accounts)
                    .allMatch(fen -> fen >= 0);
            assertThat(v.accounts.values().stream().mapToLong(Long::longValue).sum())
                    .as("%s: its balances sum to its face: %s", id, v.accounts)
                    .isEqualTo(v.face);
        });
        batches.forEach((id, b) -> {
            long inVouchers = 0;
            for (Account account : Account.values()) {
                inVouchers += account == Account.BACK ? 0 : sum(id, account);
            }
            assertThat(b.available).as("%s: available", id).isNotNegative();
            assertThat(b.lapsed).as("%s: lapsed", id).isNotNegative();
            assertThat(b.available + b.lapsed + inVouchers)
                    .as("%s: budget = available + held + … + redeemed + lapsed", id)
                    .isEqualTo(b.budget);
        });
        funds.forEach((scheme, fund) -> {
            long budgets = batches.values().stream()
                    .filter(b -> b.schemeId.equals(scheme))
                    .mapToLong(b -> b.budget)
                    .sum();
            assertThat(unallocated.get(scheme)).as("%s: unallocated", scheme).isNotNegative();
            assertThat(unallocated.get(scheme) + budgets)
                    .as("%s: fund = unallocated + budgets", scheme)
                    .isEqualTo(fund);
        });
        memoBooksBalance("enterprise quota", enterpriseQuotas);
        memoBooksBalance("provider quota", providerQuotas);
        memoBooksBalance("clawback", clawbacks);
    }

    private static void memoBooksBalance(String name, Map<String, MemoBook> books) {
        books.forEach((id, book) -> {
            assertThat(book.first).as("%s %s", name, id).isNotNegative();
            assertThat(book.second).as("%s %s", name, id).isNotNegative();
        });
    }
}
