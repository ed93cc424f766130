package org.voucherledger.domain.batch;

import java.time.Instant;
import java.util.List;
import org.axonframework.serialization.Revision;
import org.voucherledger.domain.aggregate.AuthorityDecision;
import org.voucherledger.domain.aggregate.DomainEvent;

/** What has happened to a batch. Amounts in fen. */
public sealed interface BatchEvent extends DomainEvent {

    String batchId();

    @Override
    default String streamId() {
        return "batch:" + batchId();
    }

    /** Posts unallocated → available. Runs under this scheme version for good. */
    @Revision("1")
    record BatchOpened(
            String batchId,
            String schemeId,
            int schemeVersion,
            String city,
            long budgetFen,
            Instant applyFrom,
            Instant applyUntil,
            Instant validUntil,
            Instant redemptionFrom,
            Instant redemptionUntil,
            boolean backfill,
            Instant backfillUntil,
            String noticeNumber)
            implements BatchEvent {}

    /** Posts unallocated → available. */
    @Revision("1")
    record BudgetRaised(String batchId, String schemeId, long amountFen, String noticeNumber, String reason)
            implements BatchEvent, AuthorityDecision {}

    /** Posts available or lapsed → unallocated. */
    @Revision("1")
    record BudgetTakenBack(
            String batchId, String schemeId, BackAccount from, long amountFen, String noticeNumber, String reason)
            implements BatchEvent, AuthorityDecision {}

    @Revision("1")
    record BatchDateMoved(
            String batchId, BatchDate date, Instant before, Instant to, String noticeNumber, String reason)
            implements BatchEvent, AuthorityDecision {}

    /** No further application; the order of grant is settled. The results have no due date where nothing is granted down a queue. */
    @Revision("1")
    record ApplicationsEnded(String batchId, Instant endedAt, boolean full, Instant resultsDueAt)
            implements BatchEvent {}

    /**
     * An application was granted, {@code leftFen} was available before it. Under {@code PARTIAL} the amount may be less than
     * asked. Posts nothing: each voucher's own event does.
     */
    @Revision("1")
    record ApplicationGranted(
            String batchId,
            String applicationId,
            String enterpriseId,
            long position,
            int tier,
            long askedFen,
            long amountFen,
            long leftFen,
            List<String> voucherIds,
            boolean backfilled)
            implements BatchEvent {}

    /** The enterprise had become ineligible; it is passed over and granting goes on (GZ-01). */
    @Revision("1")
    record ApplicationSkipped(
            String batchId,
            String applicationId,
            String enterpriseId,
            long position,
            int tier,
            long askedFen,
            long leftFen,
            String rule,
            String about)
            implements BatchEvent {}

    /** Nothing more is granted before publication: the queue is exhausted, or its next application no longer fits. */
    @Revision("1")
    record GrantingEnded(String batchId, boolean queueExhausted, long leftFen) implements BatchEvent {}

    @Revision("1")
    record ApplicationNotGranted(
            String batchId,
            String applicationId,
            String enterpriseId,
            long position,
            int tier,
            long askedFen,
            long leftFen)
            implements BatchEvent {}

    /** Keeps its place in the order while backfill is open (GZ-14). */
    @Revision("1")
    record ApplicationWaitlisted(
            String batchId,
            String applicationId,
            String enterpriseId,
            long position,
            int tier,
            long askedFen,
            long leftFen)
            implements BatchEvent {}

    /**
     * The grant is published: vouchers are usable from now on. {@code late} if after {@code dueAt} (GZ-12). The dates are
     * those in force from now on, which may count from the publication.
     */
    @Revision("1")
    record GrantPublished(
            String batchId,
            Instant publishedAt,
            Instant dueAt,
            boolean late,
            Instant orderDeadline,
            Instant validUntil,
            Instant redemptionFrom,
            Instant redemptionUntil)
            implements BatchEvent {}

    /**
     * An application with its contract took its place and its part of the city's quota; {@code leftFen} was available
     * before it (CL-03). Posts nothing: the voucher's own event does.
     */
    @Revision("1")
    record CityQuotaReserved(
            String batchId,
            String applicationId,
            String voucherId,
            String enterpriseId,
            long position,
            int tier,
            long amountFen,
            long leftFen)
            implements BatchEvent {}

    /** The application was rejected or withdrawn before it was vetted. Posts nothing: the voucher's own event does. */
    @Revision("1")
    record CityQuotaReleased(String batchId, String applicationId, String voucherId, long amountFen)
            implements BatchEvent {}

    /**
     * Money moved between two cities' batches (CL-04); stands on both. On the giving one it posts available → unallocated, on
     * the taking one unallocated → available.
     */
    @Revision("1")
    record CityQuotaMoved(
            String batchId,
            String schemeId,
            String fromBatchId,
            String toBatchId,
            long amountFen,
            String noticeNumber,
            String reason)
            implements BatchEvent, AuthorityDecision {

        /** Whether this is the batch that gives. */
        public boolean gives() {
            return batchId.equals(fromBatchId);
        }
    }

    /** The waiting list is over. */
    @Revision("1")
    record QueueClosed(String batchId) implements BatchEvent {}

    /** A holder took a voucher, {@code leftFen} was available before it (CV-01). Posts nothing: the voucher's own event does. */
    @Revision("1")
    record MoneyTaken(String batchId, String voucherId, long amountFen, long leftFen) implements BatchEvent {}

    /** Money left a voucher unused. Posts nothing: the voucher's own event does. */
    @Revision("1")
    record MoneyCameBack(String batchId, String voucherId, long amountFen, BackAccount to) implements BatchEvent {}

    /** Posts available → lapsed. */
    @Revision("1")
    record BatchClosed(String batchId, long lapsedFen) implements BatchEvent {}
}
