package org.voucherledger.projections.books;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Function;
import org.voucherledger.domain.aggregate.DomainEvent;
import org.voucherledger.domain.batch.BatchEvent;
import org.voucherledger.domain.batch.BatchEvent.BatchOpened;
import org.voucherledger.domain.batch.BatchEvent.BudgetRaised;
import org.voucherledger.domain.batch.BatchEvent.BudgetTakenBack;
import org.voucherledger.domain.batch.BatchEvent.CityQuotaMoved;
import org.voucherledger.domain.enterprisequota.EnterpriseQuotaEvent;
import org.voucherledger.domain.party.EnterpriseEvent.DeclarationCorrected;
import org.voucherledger.domain.party.EnterpriseEvent.EnterpriseRegistered;
import org.voucherledger.domain.providerquota.ProviderQuotaEvent;
import org.voucherledger.domain.scheme.SchemeEvent.FundChanged;
import org.voucherledger.domain.scheme.SchemeEvent.SchemePublished;
import org.voucherledger.domain.voucher.VoucherEvent;
import org.voucherledger.domain.voucher.VoucherEvent.PaymentDocumentsCorrected;
import org.voucherledger.domain.voucher.VoucherEvent.PaymentSentBack;
import org.voucherledger.domain.voucher.VoucherEvent.PaymentUndone;
import org.voucherledger.domain.voucher.VoucherEvent.RefundProved;
import org.voucherledger.domain.voucher.VoucherEvent.VoucherIssued;
import org.voucherledger.domain.voucher.VoucherEvent.VoucherOrdered;
import org.voucherledger.domain.voucher.VoucherEvent.VoucherPaid;
import org.voucherledger.domain.voucher.VoucherEvent.VoucherReinstated;
import org.voucherledger.domain.voucher.VoucherEvent.VoucherReserved;
import org.voucherledger.domain.voucher.VoucherEvent.VoucherReturned;
import org.voucherledger.domain.voucher.VoucherEvent.VoucherRevoked;
import org.voucherledger.domain.voucher.VoucherEvent.VoucherUsed;

/**
 * The books in memory: posts one event after the other and says after each whether ALL-03 holds at that prefix of the log.
 *
 * <p>A prefix is every single event, not only the last of a command: no step of the domain leaves money between two accounts.
 * Computed from the amounts that the events carry, never from the domain's states, so that {@link Recomputation} can be held
 * against it. History is posted as it is, impossible history too: that is what the checks are for.
 */
final class Journal {

    /** What an event did to the books. */
    record Entry(List<JournalLine> lines, Allotment allotment, String voucherId) {}

    private static final class Batch {
        private final String schemeId;
        private final String city;
        private long budgetFen;
        private long inItsAccountsFen;

        Batch(String schemeId, String city) {
            this.schemeId = schemeId;
            this.city = city;
        }
    }

    private static final class Fund {
        private long fundFen;
        private long budgetsFen;
    }

    private final Map<String, Batch> batches = new HashMap<>();
    private final Map<String, Fund> funds = new HashMap<>();
    private final Map<String, VoucherBook> vouchers = new HashMap<>();
    private final Map<String, String> districts = new HashMap<>();
    private final Map<AccountKey, Long> balances = new HashMap<>();

    private final Set<AccountKey> touched = new LinkedHashSet<>();
    private DomainEvent event;
    private List<JournalLine> lines;
    private Allotment allotment;
    private String voucherId;
    private String batchId;

    /** What was set aside before the first event that is posted here. */
    void knows(Allotment before) {
        setAside(before);
    }

    void knows(AccountKey key, long balanceFen) {
        change(key, balanceFen);
    }

    void knowsVoucher(String id, VoucherBook voucher) {
        vouchers.put(id, voucher);
    }

    void knowsDistrict(String enterpriseId, String district) {
        districts.put(enterpriseId, district);
    }

    long balance(AccountKey key) {
        return balances.getOrDefault(key, 0L);
    }

    VoucherBook voucher(String id) {
        return vouchers.get(id);
    }

    Entry post(DomainEvent next) {
        event = next;
        lines = new ArrayList<>();
        allotment = null;
        voucherId = null;
        batchId = null;
        touched.clear();
        switch (next) {
            case SchemePublished e ->
                fund(e.schemeId(), fundOf(e.schemeId()), e.terms().fund().amountFen());
            case FundChanged e -> fund(e.schemeId(), e.beforeFen(), e.fundFen());
            case BatchEvent e -> batch(e);
            case VoucherEvent e -> voucher(e);
            case EnterpriseQuotaEvent e ->
                record(Postings.of(e), p -> new JournalLine(p, p.schemeId(), "", "", e.enterpriseId(), ""));
            case ProviderQuotaEvent e ->
                record(Postings.of(e), p -> new JournalLine(p, p.schemeId(), "", "", "", e.providerId()));
            case EnterpriseRegistered e ->
                districts.put(e.enterpriseId(), e.declaration().district());
            case DeclarationCorrected e ->
                districts.put(e.enterpriseId(), e.declaration().district());
            default -> {}
        }
        return new Entry(lines, allotment, voucherId);
    }

    /** The posting is what the event says of both sides, so that a wrong word about the one before is found. */
    private void fund(String schemeId, long beforeFen, long afterFen) {
        allotment = new Allotment(schemeId, "", "", afterFen - fundOf(schemeId));
        setAside(allotment);
        record(Postings.ofFund(schemeId, beforeFen, afterFen), p -> new JournalLine(p, schemeId, "", "", "", ""));
    }

    private long fundOf(String schemeId) {
        Fund fund = funds.get(schemeId);
        return fund == null ? 0 : fund.fundFen;
    }

    private void batch(BatchEvent next) {
        batchId = next.batchId();
        allotment = switch (next) {
            case BatchOpened e -> new Allotment(e.schemeId(), batchId, e.city(), e.budgetFen());
            case BudgetRaised e -> budget(e.amountFen());
            case BudgetTakenBack e -> budget(-e.amountFen());
            case CityQuotaMoved e -> budget(e.gives() ? -e.amountFen() : e.amountFen());
            default -> null;
        };
        if (allotment != null) {
            setAside(allotment);
        }
        Batch batch = batchOf(batchId);
        record(Postings.of(next), p -> new JournalLine(p, batch.schemeId, batch.city, "", "", ""));
    }

    private Allotment budget(long changeFen) {
        Batch batch = batchOf(batchId);
        return new Allotment(batch.schemeId, batchId, batch.city, changeFen);
    }

    private void setAside(Allotment a) {
        Fund fund = funds.computeIfAbsent(a.schemeId(), id -> new Fund());
        if (a.isOfAFund()) {
            fund.fundFen += a.changeFen();
        } else {
            fund.budgetsFen += a.changeFen();
            batches.computeIfAbsent(a.batchId(), id -> new Batch(a.schemeId(), a.city())).budgetFen += a.changeFen();
        }
    }

    /** A batch that was never opened has no scheme; what is posted to it is posted all the same, and found to be wrong. */
    private Batch batchOf(String id) {
        return batches.getOrDefault(id, new Batch("", ""));
    }

    private void voucher(VoucherEvent next) {
        batchId = next.batchId();
        voucherId = next.voucherId();
        VoucherBook voucher = vouchers.computeIfAbsent(voucherId, id -> born(next));
        switch (next) {
            case VoucherOrdered e -> voucher.orderedFrom(e.providerId());
            case VoucherUsed e -> voucher.orderedFrom(e.providerId());
            default -> {}
        }
        var postings = new ArrayList<>(Postings.of(next));
        postings.addAll(owed(next, voucher));
        Batch batch = batchOf(batchId);
        record(
                postings,
                p -> new JournalLine(
                        p,
                        batch.schemeId,
                        batch.city,
                        voucher.district(),
                        isOf(p, "ENTERPRISE") ? voucher.enterpriseId() : "",
                        isOf(p, "PROVIDER") && isInItsHands(p) ? voucher.providerId() : ""));
        postings.forEach(p -> {
            voucher.change(p.from(), -p.amountFen());
            voucher.change(p.to(), p.amountFen());
        });
    }

    private VoucherBook born(VoucherEvent first) {
        return switch (first) {
            case VoucherIssued e -> new VoucherBook(e.enterpriseId(), districts.getOrDefault(e.enterpriseId(), ""), "");
            case VoucherReserved e ->
                new VoucherBook(e.enterpriseId(), districts.getOrDefault(e.enterpriseId(), ""), e.providerId());
            // A person has no district (ALL-05).
            default -> new VoucherBook("", "", "");
        };
    }

    /** A clawback is its debtor's alone. */
    private static boolean isOf(Posting posting, String party) {
        return posting.owner().isEmpty() || posting.owner().equals(party);
    }

    /** What an enterprise holds is in no provider's hands, whoever was ordered from before. */
    private static boolean isInItsHands(Posting posting) {
        return posting.from().book() != Book.MONEY || isAProviders(posting.from()) || isAProviders(posting.to());
    }

    private static boolean isAProviders(Account account) {
        return account != Account.HELD && VoucherBook.PLACES.contains(account);
    }

    /** What is owed stands and falls with the payment it came from. */
    private static List<Posting> owed(VoucherEvent next, VoucherBook voucher) {
        long before = voucher.owedFen();
        long after = switch (next) {
            case VoucherPaid e -> e.owedFen();
            case PaymentDocumentsCorrected e -> e.owedFen();
            case PaymentSentBack e -> 0;
            case PaymentUndone e -> 0;
            case VoucherReinstated e -> 0;
            case VoucherReturned e -> 0;
            case VoucherRevoked e -> 0;
            default -> before;
        };
        voucher.owes(next instanceof RefundProved proved ? before - proved.amountFen() : after);
        return Postings.ofOwed(next, before, after);
    }

    private void record(List<Posting> postings, Function<Posting, JournalLine> completed) {
        for (Posting posting : postings) {
            JournalLine line = completed.apply(posting);
            lines.add(line);
            change(AccountKey.of(line, posting.from()), -posting.amountFen());
            change(AccountKey.of(line, posting.to()), posting.amountFen());
        }
    }

    private void change(AccountKey key, long changeFen) {
        balances.merge(key, changeFen, Long::sum);
        touched.add(key);
        if (!key.batchId().isEmpty() && key.account().book() == Book.MONEY) {
            Batch batch = batches.get(key.batchId());
            if (batch != null) {
                batch.inItsAccountsFen += changeFen;
            }
        }
    }

    /** Tells what of ALL-03 the last event broke, a sentence each; only what it touched can have changed. */
    void imbalances(Consumer<String> sentence) {
        for (AccountKey key : touched) {
            long fen = balances.get(key);
            if (key.account().isOrigin() ? fen > 0 : fen < 0) {
                sentence.accept("%s stands on the wrong side of zero: %d fen".formatted(key, fen));
            }
        }
        if (voucherId != null) {
            VoucherBook voucher = vouchers.get(voucherId);
            for (Account place : VoucherBook.PLACES) {
                if (voucher.fen(place) < 0) {
                    sentence.accept("voucher %s has %d fen %s".formatted(voucherId, voucher.fen(place), place));
                }
            }
        }
        if (batchId != null && !lines.isEmpty()) {
            budgetIsWhole(sentence);
        }
        for (AccountKey key : touched) {
            if (key.account() == Account.UNALLOCATED) {
                fundIsWhole(key.schemeId(), sentence);
            }
        }
    }

    /** ALL-03: budget = available + held + ordered + paid + accepted + claimed + redeemed + lapsed. */
    private void budgetIsWhole(Consumer<String> sentence) {
        Batch batch = batches.get(batchId);
        if (batch == null) {
            sentence.accept("batch %s was never opened".formatted(batchId));
        } else if (batch.budgetFen != batch.inItsAccountsFen) {
            sentence.accept("batch %s: budget %d fen <> sum of its accounts %d fen"
                    .formatted(batchId, batch.budgetFen, batch.inItsAccountsFen));
        }
    }

    /** ALL-03: fund = unallocated + Σ budgets. */
    private void fundIsWhole(String schemeId, Consumer<String> sentence) {
        Fund fund = funds.getOrDefault(schemeId, new Fund());
        long unallocated = balance(AccountKey.unallocated(schemeId));
        if (fund.fundFen != unallocated + fund.budgetsFen) {
            sentence.accept("scheme %s: fund %d fen <> unallocated %d fen + budgets %d fen"
                    .formatted(schemeId, fund.fundFen, unallocated, fund.budgetsFen));
        }
    }
}
