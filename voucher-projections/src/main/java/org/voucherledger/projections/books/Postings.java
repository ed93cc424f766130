package org.voucherledger.projections.books;

import static org.voucherledger.projections.books.Account.ACCEPTED;
import static org.voucherledger.projections.books.Account.AVAILABLE;
import static org.voucherledger.projections.books.Account.CHARGED;
import static org.voucherledger.projections.books.Account.CLAIMED;
import static org.voucherledger.projections.books.Account.DUE;
import static org.voucherledger.projections.books.Account.ENTERPRISE_FREE;
import static org.voucherledger.projections.books.Account.HELD;
import static org.voucherledger.projections.books.Account.INCURRED;
import static org.voucherledger.projections.books.Account.LAPSED;
import static org.voucherledger.projections.books.Account.ORDERED;
import static org.voucherledger.projections.books.Account.ORDERED_BACK;
import static org.voucherledger.projections.books.Account.OWED;
import static org.voucherledger.projections.books.Account.PAID;
import static org.voucherledger.projections.books.Account.PENDING;
import static org.voucherledger.projections.books.Account.PROVED;
import static org.voucherledger.projections.books.Account.PROVIDER_FREE;
import static org.voucherledger.projections.books.Account.REDEEMED;
import static org.voucherledger.projections.books.Account.REPAID;
import static org.voucherledger.projections.books.Account.RESERVED;
import static org.voucherledger.projections.books.Account.TAKEN;
import static org.voucherledger.projections.books.Account.TREASURY;
import static org.voucherledger.projections.books.Account.UNALLOCATED;
import static org.voucherledger.projections.books.Account.WAIVED;

import java.util.ArrayList;
import java.util.List;
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
import org.voucherledger.domain.voucher.VoucherEvent.RefundProved;
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

/** The rulebook's posting table: what each event moves, from where to where. Events not named here post nothing. */
final class Postings {

    private final List<Posting> lines = new ArrayList<>();
    private final String scheme;
    private final String batch;
    private final String owner;
    private final String voucher;

    private Postings(String scheme, String batch, String owner, String voucher) {
        this.scheme = scheme;
        this.batch = batch;
        this.owner = owner;
        this.voucher = voucher;
    }

    /** A fund that is set or moved comes from the treasury, or goes back to it. */
    static List<Posting> ofFund(String schemeId, long beforeFen, long afterFen) {
        return new Postings(schemeId, "", "", null).moved(TREASURY, UNALLOCATED, afterFen - beforeFen).lines;
    }

    static List<Posting> of(BatchEvent event) {
        return switch (event) {
            case BatchOpened e -> money(e.schemeId(), e.batchId()).moved(UNALLOCATED, AVAILABLE, e.budgetFen()).lines;
            case BudgetRaised e -> money(e.schemeId(), e.batchId()).moved(UNALLOCATED, AVAILABLE, e.amountFen()).lines;
            case BudgetTakenBack e ->
                money(e.schemeId(), e.batchId()).moved(back(e.from()), UNALLOCATED, e.amountFen()).lines;
            case CityQuotaMoved e ->
                money(e.schemeId(), e.batchId())
                        .moved(e.gives() ? AVAILABLE : UNALLOCATED, e.gives() ? UNALLOCATED : AVAILABLE, e.amountFen())
                        .lines;
            case BatchClosed e -> money("", e.batchId()).moved(AVAILABLE, LAPSED, e.lapsedFen()).lines;
            default -> List.of();
        };
    }

    static List<Posting> of(VoucherEvent event) {
        var post = new Postings("", event.batchId(), debtor(event), event.voucherId());
        switch (event) {
            case VoucherIssued e -> post.moved(AVAILABLE, HELD, e.faceFen());
            case VoucherReserved e -> post.moved(AVAILABLE, HELD, e.faceFen());
            case ReservationReleased e -> post.moved(HELD, AVAILABLE, e.faceFen());
            case VoucherClaimed e -> post.moved(HELD, CLAIMED, e.claimedFen()).moved(HELD, back(e.to()), e.backFen());
            case VoucherClaimUndone e -> post.moved(CLAIMED, HELD, e.claimedFen());
            case VoucherTaken e -> post.moved(AVAILABLE, HELD, e.faceFen());
            case VoucherUsed e -> post.moved(HELD, ACCEPTED, e.faceFen());
            case PurchaseUndone e -> post.moved(ACCEPTED, HELD, e.faceFen());
            case VoucherOrdered e -> post.moved(HELD, ORDERED, e.faceFen());
            case OrderDeclined e -> post.moved(ORDERED, HELD, e.faceFen());
            case OrderCancelled e -> post.moved(ORDERED, HELD, e.faceFen());
            case VoucherPaid e -> post.moved(ORDERED, PAID, e.paidFen()).moved(ORDERED, HELD, e.leftFen());
            case VoucherAccepted e -> post.moved(PAID, ACCEPTED, e.paidFen());
            case PaymentSentBack e -> post.moved(PAID, ORDERED, e.paidFen()).moved(HELD, ORDERED, e.leftFen());
            case PaymentUndone e ->
                post.moved(e.wasAccepted() ? ACCEPTED : PAID, ORDERED, e.paidFen())
                        .moved(HELD, ORDERED, e.leftFen());
            case RemainderLapsed e -> post.moved(HELD, back(e.to()), e.amountFen());
            case ItemClaimed e -> post.moved(ACCEPTED, CLAIMED, e.amountFen());
            case ItemReleased e -> post.moved(CLAIMED, ACCEPTED, e.amountFen());
            case ItemSettled e ->
                post.moved(CLAIMED, REDEEMED, e.redeemedFen()).moved(CLAIMED, back(e.to()), e.backFen());
            case SettlementBounced e -> post.moved(REDEEMED, CLAIMED, e.amountFen());
            case VoucherReturned e ->
                post.moved(HELD, back(e.to()), e.heldFen()).moved(ORDERED, back(e.to()), e.orderedFen());
            case VoucherRevoked e ->
                post.moved(HELD, back(e.to()), e.heldFen())
                        .moved(ORDERED, back(e.to()), e.orderedFen())
                        .moved(PAID, back(e.to()), e.paidFen())
                        .moved(ACCEPTED, back(e.to()), e.acceptedFen())
                        .moved(CLAIMED, back(e.to()), e.claimedFen());
            case VoucherReinstated e ->
                post.moved(ORDERED, HELD, e.orderedFen()).moved(PAID, HELD, e.paidFen());
            case ClawbackOrdered e -> post.moved(ORDERED_BACK, DUE, e.amountFen());
            case ClawbackRepaid e -> post.moved(DUE, REPAID, e.amountFen());
            case ClawbackWaived e -> post.moved(DUE, WAIVED, e.amountFen());
            case RefundProved e -> post.moved(OWED, PROVED, e.amountFen());
            default -> {}
        }
        return post.lines;
    }

    /** What a provider owes an enterprise has changed from one amount to another. */
    static List<Posting> ofOwed(VoucherEvent event, long beforeFen, long afterFen) {
        return new Postings("", event.batchId(), "", event.voucherId())
                .moved(INCURRED, OWED, afterFen - beforeFen)
                .lines;
    }

    static List<Posting> of(EnterpriseQuotaEvent event) {
        var post = new Postings(event.schemeId(), "", owner(event), null);
        switch (event) {
            case QuotaPended e -> post.moved(ENTERPRISE_FREE, PENDING, e.amountFen());
            case PendingReleased e -> post.moved(PENDING, ENTERPRISE_FREE, e.amountFen());
            case QuotaCharged e ->
                post.moved(PENDING, CHARGED, e.chargedFen()).moved(PENDING, ENTERPRISE_FREE, e.releasedFen());
            case QuotaFreed e -> post.moved(CHARGED, ENTERPRISE_FREE, e.amountFen());
        }
        return post.lines;
    }

    static List<Posting> of(ProviderQuotaEvent event) {
        var post = new Postings(event.schemeId(), "", owner(event), voucherOf(event));
        switch (event) {
            case ProviderLimitAdjusted e -> {}
            case ProviderQuotaReserved e -> post.moved(PROVIDER_FREE, RESERVED, e.amountFen());
            case ProviderQuotaTaken e ->
                post.moved(RESERVED, TAKEN, Math.min(e.reservedFen(), e.takenFen()))
                        .moved(RESERVED, PROVIDER_FREE, Math.max(0, e.reservedFen() - e.takenFen()))
                        .moved(PROVIDER_FREE, TAKEN, Math.max(0, e.takenFen() - e.reservedFen()));
            case ProviderQuotaReinstated e -> post.moved(TAKEN, RESERVED, e.amountFen());
            case ProviderQuotaReleased e ->
                post.moved(RESERVED, PROVIDER_FREE, e.reservedFen()).moved(TAKEN, PROVIDER_FREE, e.takenFen());
        }
        return post.lines;
    }

    /** Whose memorandum it is: a party's of a year. */
    static String owner(EnterpriseQuotaEvent event) {
        return event.enterpriseId() + ":" + event.year();
    }

    static String owner(ProviderQuotaEvent event) {
        return event.providerId() + ":" + event.year();
    }

    private static String voucherOf(ProviderQuotaEvent event) {
        return switch (event) {
            case ProviderLimitAdjusted e -> null;
            case ProviderQuotaReserved e -> e.voucherId();
            case ProviderQuotaTaken e -> e.voucherId();
            case ProviderQuotaReinstated e -> e.voucherId();
            case ProviderQuotaReleased e -> e.voucherId();
        };
    }

    /** A clawback is booked by who owes it; all else of a voucher is booked by its batch. */
    private static String debtor(VoucherEvent event) {
        return switch (event) {
            case ClawbackOrdered e -> e.debtor().name();
            case ClawbackRepaid e -> e.debtor().name();
            case ClawbackWaived e -> e.debtor().name();
            default -> "";
        };
    }

    private static Postings money(String schemeId, String batchId) {
        return new Postings(schemeId, batchId, "", null);
    }

    private static Account back(BackAccount account) {
        return switch (account) {
            case AVAILABLE -> AVAILABLE;
            case LAPSED -> LAPSED;
        };
    }

    /** Nothing is posted for nothing; an amount below zero moves the other way. */
    private Postings moved(Account from, Account to, long amountFen) {
        if (amountFen > 0) {
            lines.add(new Posting(scheme, batch, owner, from, to, amountFen, voucher));
        } else if (amountFen < 0) {
            lines.add(new Posting(scheme, batch, owner, to, from, -amountFen, voucher));
        }
        return this;
    }
}
