package org.voucherledger.domain.voucher;

import static org.voucherledger.domain.voucher.VoucherStatus.ACCEPTED;
import static org.voucherledger.domain.voucher.VoucherStatus.APPROVED;
import static org.voucherledger.domain.voucher.VoucherStatus.CLAIMED;
import static org.voucherledger.domain.voucher.VoucherStatus.CONTRACT_CONFIRMED;
import static org.voucherledger.domain.voucher.VoucherStatus.CONTRACT_UPLOADED;
import static org.voucherledger.domain.voucher.VoucherStatus.ISSUED;
import static org.voucherledger.domain.voucher.VoucherStatus.NOT_ADMITTED;
import static org.voucherledger.domain.voucher.VoucherStatus.ORDERED;
import static org.voucherledger.domain.voucher.VoucherStatus.ORDER_CONFIRMED;
import static org.voucherledger.domain.voucher.VoucherStatus.PAID;
import static org.voucherledger.domain.voucher.VoucherStatus.PUBLISHED;
import static org.voucherledger.domain.voucher.VoucherStatus.REDEEMED;
import static org.voucherledger.domain.voucher.VoucherStatus.REJECTED;
import static org.voucherledger.domain.voucher.VoucherStatus.RESERVED;
import static org.voucherledger.domain.voucher.VoucherStatus.RETURNED;
import static org.voucherledger.domain.voucher.VoucherStatus.REVOKED;
import static org.voucherledger.domain.voucher.VoucherStatus.WITHDRAWN;

import java.time.Instant;
import java.util.List;
import java.util.function.Consumer;
import org.voucherledger.domain.aggregate.State;
import org.voucherledger.domain.money.Fen;
import org.voucherledger.domain.voucher.VoucherEvent.ClawbackOrdered;
import org.voucherledger.domain.voucher.VoucherEvent.ClawbackRepaid;
import org.voucherledger.domain.voucher.VoucherEvent.ClawbackWaived;
import org.voucherledger.domain.voucher.VoucherEvent.ContractConfirmed;
import org.voucherledger.domain.voucher.VoucherEvent.ContractSentBack;
import org.voucherledger.domain.voucher.VoucherEvent.ContractUploaded;
import org.voucherledger.domain.voucher.VoucherEvent.ItemApproved;
import org.voucherledger.domain.voucher.VoucherEvent.ItemClaimed;
import org.voucherledger.domain.voucher.VoucherEvent.ItemPublished;
import org.voucherledger.domain.voucher.VoucherEvent.ItemRejected;
import org.voucherledger.domain.voucher.VoucherEvent.ItemReleased;
import org.voucherledger.domain.voucher.VoucherEvent.ItemSettled;
import org.voucherledger.domain.voucher.VoucherEvent.OrderCancelled;
import org.voucherledger.domain.voucher.VoucherEvent.OrderConfirmed;
import org.voucherledger.domain.voucher.VoucherEvent.OrderDeclined;
import org.voucherledger.domain.voucher.VoucherEvent.PaymentDocumentsCorrected;
import org.voucherledger.domain.voucher.VoucherEvent.PaymentSentBack;
import org.voucherledger.domain.voucher.VoucherEvent.PaymentUndoDenied;
import org.voucherledger.domain.voucher.VoucherEvent.PaymentUndoRequested;
import org.voucherledger.domain.voucher.VoucherEvent.PaymentUndone;
import org.voucherledger.domain.voucher.VoucherEvent.PurchaseUndone;
import org.voucherledger.domain.voucher.VoucherEvent.RefundProved;
import org.voucherledger.domain.voucher.VoucherEvent.RemainderLapsed;
import org.voucherledger.domain.voucher.VoucherEvent.ReservationReleased;
import org.voucherledger.domain.voucher.VoucherEvent.SettlementBounced;
import org.voucherledger.domain.voucher.VoucherEvent.VoucherAccepted;
import org.voucherledger.domain.voucher.VoucherEvent.VoucherAdmitted;
import org.voucherledger.domain.voucher.VoucherEvent.VoucherClaimUndone;
import org.voucherledger.domain.voucher.VoucherEvent.VoucherClaimed;
import org.voucherledger.domain.voucher.VoucherEvent.VoucherFreezeLifted;
import org.voucherledger.domain.voucher.VoucherEvent.VoucherFrozen;
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
 * A voucher at a moment: the fold of its stream, used by the aggregate, by views and by the audit trail alike.
 *
 * <p>Invariant (ALL-03): the face amount is the sum of {@link Balances}, what went back included, at every step.
 *
 * @param issue what it was born with; {@code null} before the voucher exists
 * @param order the live order, else {@code null}
 * @param purchase what a taken voucher was used for, else {@code null} (CV-01)
 * @param contract the contract in force, else {@code null}; it survives being sent back until replaced
 * @param contractedInTime a contract was received in time, so only {@code validUntil} ends it (GZ-20)
 * @param payment the payment in force, else {@code null}
 * @param claim the claim it stands in, else {@code null}
 * @param everClaimed it has stood in a submitted claim, so its payment can no longer be undone (GZ-29)
 * @param cloud what only a cloud voucher has, else {@code null}
 * @param extendedUntil a deadline named when a freeze was lifted or a provider disqualified, else {@code null}
 */
public record VoucherState(
        Issue issue,
        VoucherStatus status,
        Balances balances,
        VoucherOrdered order,
        VoucherUsed purchase,
        Contract contract,
        boolean contractedInTime,
        Payment payment,
        boolean undoRequested,
        ClaimedItem claim,
        boolean everClaimed,
        boolean frozen,
        Instant extendedUntil,
        Clawback clawback,
        Cloud cloud)
        implements State<VoucherState, VoucherEvent> {

    /**
     * What a voucher was born with: granted to an enterprise, or taken by a person.
     *
     * <p>Either an enterprise or a person holds it. What belongs to the other is empty: {@code applicationId}, {@code
     * enterpriseId} and year, or {@code holderRef}, {@code category} and threshold.
     *
     * @param shareBasisPoints the most of a settled amount that it pays (GZ-24); {@code null} where it pays its face
     */
    public record Issue(
            String voucherId,
            String batchId,
            String schemeId,
            int schemeVersion,
            String applicationId,
            String enterpriseId,
            int quotaYear,
            Integer shareBasisPoints,
            String holderRef,
            String category,
            long thresholdFen,
            long faceFen,
            Instant issuedAt,
            boolean backfilled) {

        static Issue of(VoucherIssued e) {
            return new Issue(
                    e.voucherId(),
                    e.batchId(),
                    e.schemeId(),
                    e.schemeVersion(),
                    e.applicationId(),
                    e.enterpriseId(),
                    e.quotaYear(),
                    e.shareBasisPoints(),
                    "",
                    "",
                    0,
                    e.faceFen(),
                    e.issuedAt(),
                    e.backfilled());
        }

        static Issue of(VoucherReserved e) {
            return new Issue(
                    e.voucherId(),
                    e.batchId(),
                    e.schemeId(),
                    e.schemeVersion(),
                    e.applicationId(),
                    e.enterpriseId(),
                    e.quotaYear(),
                    e.shareBasisPoints(),
                    "",
                    "",
                    0,
                    e.faceFen(),
                    e.receivedAt(),
                    false);
        }

        private Issue at(Instant admittedAt) {
            return new Issue(
                    voucherId,
                    batchId,
                    schemeId,
                    schemeVersion,
                    applicationId,
                    enterpriseId,
                    quotaYear,
                    shareBasisPoints,
                    holderRef,
                    category,
                    thresholdFen,
                    faceFen,
                    admittedAt,
                    backfilled);
        }

        static Issue of(VoucherTaken e) {
            return new Issue(
                    e.voucherId(),
                    e.batchId(),
                    e.schemeId(),
                    e.schemeVersion(),
                    "",
                    "",
                    0,
                    null,
                    e.holderRef(),
                    e.category(),
                    e.thresholdFen(),
                    e.faceFen(),
                    e.takenAt(),
                    false);
        }
    }

    /**
     * The place of a cloud voucher in the two orders of its batch (CL-03, GZ-43).
     *
     * @param position in the order of receipt
     * @param claimNumber in the order of claim; 0 until it is claimed
     * @param receivedAt since when its application is held, vetted or not
     */
    public record Cloud(int tier, long position, long claimNumber, Instant receivedAt) {}

    /** Where the face amount is. Amounts in fen. */
    public record Balances(
            long heldFen,
            long orderedFen,
            long paidFen,
            long acceptedFen,
            long claimedFen,
            long redeemedFen,
            long backFen) {
        static final Balances NONE = new Balances(0, 0, 0, 0, 0, 0, 0);

        public long sumFen() {
            return heldFen + orderedFen + paidFen + acceptedFen + claimedFen + redeemedFen + backFen;
        }
    }

    /** What was paid and with which papers; {@code owedFen} is what the provider owes the enterprise, less what is proved. */
    public record Payment(
            long paidFen, long owedFen, long provedFen, List<Invoice> invoices, List<Transfer> transfers) {

        private Payment withoutPapers() {
            return new Payment(paidFen, owedFen, provedFen, List.of(), List.of());
        }
    }

    /** The item in its claim; {@code approvedFen} counts from the final review on. */
    public record ClaimedItem(String claimId, long approvedFen) {}

    /** Amounts ordered back, by debtor, and what of them is still due. */
    public record Clawback(long orderedFen, long enterpriseDueFen, long providerDueFen) {
        static final Clawback NONE = new Clawback(0, 0, 0);

        public Fen due(Debtor debtor) {
            return Fen.of(debtor == Debtor.ENTERPRISE ? enterpriseDueFen : providerDueFen);
        }

        private Clawback due(Debtor debtor, long changeFen) {
            return debtor == Debtor.ENTERPRISE
                    ? new Clawback(orderedFen, enterpriseDueFen + changeFen, providerDueFen)
                    : new Clawback(orderedFen, enterpriseDueFen, providerDueFen + changeFen);
        }
    }

    public static final VoucherState EMPTY = new VoucherState(
            null,
            null,
            Balances.NONE,
            null,
            null,
            null,
            false,
            null,
            false,
            null,
            false,
            false,
            null,
            Clawback.NONE,
            null);

    @Override
    public boolean exists() {
        return issue != null;
    }

    @Override
    public String schemeVersion() {
        return exists() ? issue.schemeId() + "@" + issue.schemeVersion() : "";
    }

    /** Who takes it in payment: the provider ordered from, or the merchant it was used at; empty while there is neither. */
    public String providerId() {
        if (order != null) {
            return order.providerId();
        }
        return purchase == null ? "" : purchase.providerId();
    }

    public Fen face() {
        return Fen.of(issue.faceFen());
    }

    public Fen paid() {
        return Fen.of(payment == null ? 0 : payment.paidFen());
    }

    /** What the live order or payment keeps of its provider's cap as reserved. */
    public long reservedFen() {
        return order == null || payment != null ? 0 : order.expectedFen();
    }

    @Override
    public VoucherState evolve(VoucherEvent event) {
        return switch (event) {
            case VoucherIssued e -> born(Issue.of(e));
            case VoucherTaken e -> born(Issue.of(e));
            case VoucherUsed e ->
                with(ACCEPTED).moved(-e.faceFen(), 0, 0, e.faceFen(), 0, 0, 0).used(e);
            case PurchaseUndone e ->
                with(ISSUED).moved(e.faceFen(), 0, 0, -e.faceFen(), 0, 0, 0).used(null);
            case VoucherReserved e -> reserved(e);
            case VoucherAdmitted e -> with(ISSUED).issued(e.admittedAt());
            case ReservationReleased e ->
                with(e.withdrawn() ? WITHDRAWN : NOT_ADMITTED)
                        .moved(-e.faceFen(), 0, 0, 0, 0, 0, e.faceFen())
                        .withoutOrder();
            case VoucherClaimed e ->
                with(CLAIMED)
                        .moved(-e.claimedFen() - e.backFen(), 0, 0, 0, e.claimedFen(), 0, e.backFen())
                        .paid(new Payment(e.claimedFen(), 0, 0, e.invoices(), e.transfers()))
                        .claimed(new ClaimedItem(e.claimId(), 0))
                        .cloud(new Cloud(cloud.tier(), cloud.position(), e.number(), cloud.receivedAt()));
            case VoucherClaimUndone e ->
                with(ISSUED)
                        .moved(e.claimedFen(), 0, 0, 0, -e.claimedFen(), 0, 0)
                        .unpaid(e.claimedFen())
                        .claimed(null);
            case VoucherOrdered e ->
                with(ORDERED).moved(-e.faceFen(), e.faceFen(), 0, 0, 0, 0, 0).ordered(e);
            case OrderConfirmed e -> with(ORDER_CONFIRMED);
            case OrderDeclined e ->
                with(ISSUED).moved(e.faceFen(), -e.faceFen(), 0, 0, 0, 0, 0).withoutOrder();
            case OrderCancelled e ->
                with(ISSUED).moved(e.faceFen(), -e.faceFen(), 0, 0, 0, 0, 0).withoutOrder();
            case ContractUploaded e -> with(CONTRACT_UPLOADED).contracted(e.contract());
            case ContractConfirmed e -> with(CONTRACT_CONFIRMED);
            case ContractSentBack e -> with(ORDER_CONFIRMED);
            case VoucherPaid e ->
                with(PAID)
                        .moved(e.leftFen(), -e.paidFen() - e.leftFen(), e.paidFen(), 0, 0, 0, 0)
                        .paid(new Payment(e.paidFen(), e.owedFen(), 0, e.invoices(), e.transfers()));
            case PaymentDocumentsCorrected e ->
                paid(new Payment(payment.paidFen(), e.owedFen(), payment.provedFen(), e.invoices(), e.transfers()));
            case VoucherAccepted e -> with(ACCEPTED).moved(0, 0, -e.paidFen(), e.paidFen(), 0, 0, 0);
            case PaymentSentBack e ->
                with(CONTRACT_CONFIRMED)
                        .moved(-e.leftFen(), e.paidFen() + e.leftFen(), -e.paidFen(), 0, 0, 0, 0)
                        .unpaid(e.paidFen());
            case PaymentUndoRequested e -> undoRequested(true);
            case PaymentUndoDenied e -> undoRequested(false);
            case PaymentUndone e ->
                with(CONTRACT_CONFIRMED)
                        .moved(
                                -e.leftFen(),
                                e.paidFen() + e.leftFen(),
                                e.wasAccepted() ? 0 : -e.paidFen(),
                                e.wasAccepted() ? -e.paidFen() : 0,
                                0,
                                0,
                                0)
                        .unpaid(e.paidFen());
            case RemainderLapsed e -> moved(-e.amountFen(), 0, 0, 0, 0, 0, e.amountFen());
            case ItemClaimed e ->
                with(CLAIMED)
                        .moved(0, 0, 0, -e.amountFen(), e.amountFen(), 0, 0)
                        .claimed(new ClaimedItem(e.claimId(), 0));
            case ItemReleased e ->
                with(ACCEPTED)
                        .moved(0, 0, 0, e.amountFen(), -e.amountFen(), 0, 0)
                        .claimed(null);
            case ItemApproved e ->
                with(status == PUBLISHED ? PUBLISHED : APPROVED).claimed(new ClaimedItem(e.claimId(), e.approvedFen()));
            case ItemRejected e ->
                with(status == PUBLISHED ? PUBLISHED : REJECTED).claimed(new ClaimedItem(e.claimId(), 0));
            case ItemPublished e -> with(PUBLISHED);
            case ItemSettled e ->
                with(REDEEMED).moved(0, 0, 0, 0, -e.redeemedFen() - e.backFen(), e.redeemedFen(), e.backFen());
            case SettlementBounced e -> with(PUBLISHED).moved(0, 0, 0, 0, e.amountFen(), -e.amountFen(), 0);
            case VoucherReturned e ->
                with(RETURNED)
                        .moved(-e.heldFen(), -e.orderedFen(), 0, 0, 0, 0, e.heldFen() + e.orderedFen())
                        .withoutOrder();
            case VoucherRevoked e ->
                with(REVOKED)
                        .moved(
                                -e.heldFen(),
                                -e.orderedFen(),
                                -e.paidFen(),
                                -e.acceptedFen(),
                                -e.claimedFen(),
                                0,
                                e.heldFen() + e.orderedFen() + e.paidFen() + e.acceptedFen() + e.claimedFen())
                        .withoutOrder();
            case VoucherReinstated e ->
                with(ISSUED)
                        .moved(e.orderedFen() + e.paidFen(), -e.orderedFen(), -e.paidFen(), 0, 0, 0, 0)
                        .withoutOrder()
                        .extended(e.newDeadline());
            case VoucherFrozen e -> frozen(true);
            case VoucherFreezeLifted e -> frozen(false).extended(e.newDeadline());
            case ClawbackOrdered e ->
                clawback(new Clawback(
                                clawback.orderedFen() + e.amountFen(),
                                clawback.enterpriseDueFen(),
                                clawback.providerDueFen())
                        .due(e.debtor(), e.amountFen()));
            case ClawbackRepaid e -> clawback(clawback.due(e.debtor(), -e.amountFen()));
            case ClawbackWaived e -> clawback(clawback.due(e.debtor(), -e.amountFen()));
            case RefundProved e ->
                paid(new Payment(
                                payment.paidFen(),
                                payment.owedFen() - e.amountFen(),
                                payment.provedFen() + e.amountFen(),
                                payment.invoices(),
                                payment.transfers()))
                        .undoRequested(undoRequested);
        };
    }

    /**
     * Without what the contract and the papers of the payment say: much to keep, on which nothing else hangs. What evolves from
     * it is what would have evolved from the whole, without them.
     */
    public VoucherState withoutPapers() {
        return contract == null && payment == null
                ? this
                : next(n -> {
                    n.contract = null;
                    n.payment = payment == null ? null : payment.withoutPapers();
                });
    }

    private static VoucherState born(Issue issue) {
        return EMPTY.next(n -> {
            n.issue = issue;
            n.status = ISSUED;
            n.balances = new Balances(issue.faceFen(), 0, 0, 0, 0, 0, 0);
        });
    }

    /** The contract came with the application, so that the voucher is ordered of its provider from the first (CL-08). */
    private static VoucherState reserved(VoucherReserved e) {
        return EMPTY.next(n -> {
            n.issue = Issue.of(e);
            n.status = RESERVED;
            n.balances = new Balances(e.faceFen(), 0, 0, 0, 0, 0, 0);
            n.order = new VoucherOrdered(
                    e.voucherId(),
                    e.batchId(),
                    e.providerId(),
                    e.productId(),
                    e.productVersion(),
                    null,
                    e.faceFen(),
                    e.faceFen());
            n.contract = e.contract();
            n.contractedInTime = true;
            n.cloud = new Cloud(e.tier(), e.position(), 0, e.receivedAt());
        });
    }

    /** From then on it may be used. */
    private VoucherState issued(Instant at) {
        return next(n -> n.issue = issue.at(at));
    }

    private VoucherState cloud(Cloud place) {
        return next(n -> n.cloud = place);
    }

    private VoucherState with(VoucherStatus reached) {
        return next(n -> n.status = reached);
    }

    private VoucherState moved(
            long held, long ordered, long paid, long accepted, long claimed, long redeemed, long back) {
        var b = balances;
        return next(n -> n.balances = new Balances(
                b.heldFen + held,
                b.orderedFen + ordered,
                b.paidFen + paid,
                b.acceptedFen + accepted,
                b.claimedFen + claimed,
                b.redeemedFen + redeemed,
                b.backFen + back));
    }

    /** A new order begins without contract and payment. */
    private VoucherState ordered(VoucherOrdered live) {
        return next(n -> {
            n.order = live;
            n.purchase = null;
            n.contract = null;
            n.contractedInTime = false;
            n.payment = null;
            n.undoRequested = false;
        });
    }

    private VoucherState withoutOrder() {
        return ordered(null);
    }

    private VoucherState used(VoucherUsed live) {
        return next(n -> n.purchase = live);
    }

    private VoucherState contracted(Contract inForce) {
        return next(n -> {
            n.contract = inForce;
            n.contractedInTime = true;
        });
    }

    private VoucherState paid(Payment inForce) {
        return next(n -> {
            n.payment = inForce;
            n.undoRequested = false;
        });
    }

    /** What was paid becomes what is expected (GZ-29: V becomes the new X). */
    private VoucherState unpaid(long wasPaidFen) {
        return next(n -> {
            n.order = new VoucherOrdered(
                    order.voucherId(),
                    order.batchId(),
                    order.providerId(),
                    order.productId(),
                    order.productVersion(),
                    order.serviceType(),
                    wasPaidFen,
                    order.faceFen());
            n.payment = null;
            n.undoRequested = false;
        });
    }

    private VoucherState undoRequested(boolean requested) {
        return next(n -> n.undoRequested = requested);
    }

    private VoucherState claimed(ClaimedItem item) {
        return next(n -> {
            n.claim = item;
            n.everClaimed = everClaimed || item != null;
            n.undoRequested = false;
        });
    }

    private VoucherState frozen(boolean is) {
        return next(n -> n.frozen = is);
    }

    private VoucherState extended(Instant until) {
        return next(n -> n.extendedUntil = until == null ? extendedUntil : until);
    }

    private VoucherState clawback(Clawback due) {
        return next(n -> n.clawback = due);
    }

    private VoucherState next(Consumer<Next> change) {
        var next = new Next(this);
        change.accept(next);
        return next.state();
    }

    /** The next state on its way: every component as it was, until a step says otherwise. It never leaves this file. */
    private static final class Next {
        private Issue issue;
        private VoucherStatus status;
        private Balances balances;
        private VoucherOrdered order;
        private VoucherUsed purchase;
        private Contract contract;
        private boolean contractedInTime;
        private Payment payment;
        private boolean undoRequested;
        private ClaimedItem claim;
        private boolean everClaimed;
        private boolean frozen;
        private Instant extendedUntil;
        private Clawback clawback;
        private Cloud cloud;

        private Next(VoucherState now) {
            issue = now.issue;
            status = now.status;
            balances = now.balances;
            order = now.order;
            purchase = now.purchase;
            contract = now.contract;
            contractedInTime = now.contractedInTime;
            payment = now.payment;
            undoRequested = now.undoRequested;
            claim = now.claim;
            everClaimed = now.everClaimed;
            frozen = now.frozen;
            extendedUntil = now.extendedUntil;
            clawback = now.clawback;
            cloud = now.cloud;
        }

        private VoucherState state() {
            return new VoucherState(
                    issue,
                    status,
                    balances,
                    order,
                    purchase,
                    contract,
                    contractedInTime,
                    payment,
                    undoRequested,
                    claim,
                    everClaimed,
                    frozen,
                    extendedUntil,
                    clawback,
                    cloud);
        }
    }
}
