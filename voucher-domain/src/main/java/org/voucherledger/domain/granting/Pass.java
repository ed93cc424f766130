package org.voucherledger.domain.granting;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.voucherledger.domain.aggregate.Live;
import org.voucherledger.domain.applying.Eligibility;
import org.voucherledger.domain.batch.BatchCommand;
import org.voucherledger.domain.batch.BatchDate;
import org.voucherledger.domain.batch.BatchEvent;
import org.voucherledger.domain.batch.BatchEvent.ApplicationGranted;
import org.voucherledger.domain.batch.BatchEvent.ApplicationNotGranted;
import org.voucherledger.domain.batch.BatchEvent.ApplicationSkipped;
import org.voucherledger.domain.batch.BatchEvent.ApplicationWaitlisted;
import org.voucherledger.domain.batch.BatchEvent.GrantPublished;
import org.voucherledger.domain.batch.BatchState;
import org.voucherledger.domain.batch.QueueEvent.ApplicationQueued;
import org.voucherledger.domain.command.Stamp;
import org.voucherledger.domain.dossier.Deadlines;
import org.voucherledger.domain.enterprisequota.EnterpriseQuotaEvent.PendingReleased;
import org.voucherledger.domain.enterprisequota.EnterpriseQuotaEvent.QuotaCharged;
import org.voucherledger.domain.ledger.Ledger;
import org.voucherledger.domain.rule.Decision;
import org.voucherledger.domain.scheme.SchemeTerms;
import org.voucherledger.domain.time.Shanghai;
import org.voucherledger.domain.voucher.VoucherEvent.VoucherIssued;

/** One command's way down the order of one batch: what granting, publishing, backfilling and closing the queue share. */
final class Pass {

    private final Ledger ledger;
    private final Live<BatchState, BatchEvent> batch;
    private final SchemeTerms terms;
    private final List<ApplicationQueued> order;
    private final Stamp stamp;
    private int issued;

    Pass(Ledger ledger, Live<BatchState, BatchEvent> batch, List<ApplicationQueued> order, Stamp stamp) {
        this.ledger = ledger;
        this.batch = batch;
        var opened = batch.now().opened();
        this.terms = ledger.scheme(opened.schemeId()).now().terms(opened.schemeVersion());
        this.order = order;
        this.stamp = stamp;
    }

    BatchState now() {
        return batch.now();
    }

    long leftFen() {
        return now().available().value();
    }

    void record(BatchEvent event) {
        batch.record(event);
    }

    /** The application at this place of the order, or {@code null} past its end. */
    ApplicationQueued at(long place) {
        return place < order.size() ? order.get((int) place) : null;
    }

    Instant endOfBackfill() {
        return now().endOfBackfill();
    }

    /** Has read together what granting these many from this place on is going to look at; they are many, and most of them cold. */
    void foreseeGranting(long from, int most) {
        foresee(from, most, next -> {
            List<String> streams = new ArrayList<>();
            streams.add("enterprise:" + next.enterpriseId());
            streams.add(quotaStream(next));
            voucherIds(next, next.partsFen().size()).forEach(id -> streams.add("voucher:" + id));
            return streams;
        });
    }

    /** The same for those that are told that nothing was granted to them. */
    void foreseeRefusing(long from, int most) {
        foresee(from, most, next -> List.of(quotaStream(next)));
    }

    private void foresee(long from, int most, Function<ApplicationQueued, List<String>> streams) {
        int first = (int) Math.min(from, order.size());
        int last = (int) Math.min(from + most, order.size());
        ledger.foresee(order.subList(first, last).stream()
                .flatMap(next -> streams.apply(next).stream())
                .toList());
    }

    private String quotaStream(ApplicationQueued next) {
        return Ledger.enterpriseQuotaStream(terms.schemeId(), next.enterpriseId(), Shanghai.yearOf(next.receivedAt()));
    }

    /** Whether its vouchers still fit into this transaction; those of a single application always do. */
    boolean hasRoomFor(ApplicationQueued next) {
        return issued == 0 || issued + next.partsFen().size() <= BatchCommand.MOST_VOUCHERS_AT_ONCE;
    }

    /** Whether there is money for all of these many from this place on, and another one behind them. */
    boolean grantsAllAndMore(long from, int most) {
        if (at(from + most) == null) {
            return false;
        }
        long asked = order.subList((int) from, (int) from + most).stream()
                .mapToLong(ApplicationQueued::amountFen)
                .sum();
        return asked <= leftFen();
    }

    /** Decides one application; false if it does not fit, which ends the granting (GZ-12), and nothing was recorded. */
    boolean grantOrSkip(ApplicationQueued next, boolean backfill) {
        int year = Shanghai.yearOf(next.receivedAt());
        Decision against = Eligibility.against(
                ledger.enterprise(next.enterpriseId()).now(),
                next.enterpriseId(),
                now().opened().city(),
                terms,
                year);
        if (against != null) {
            record(new ApplicationSkipped(
                    next.batchId(),
                    next.applicationId(),
                    next.enterpriseId(),
                    next.position(),
                    next.tier(),
                    next.amountFen(),
                    leftFen(),
                    against.rule().id(),
                    against.about()));
            release(next);
            return true;
        }
        long amount = terms.granting().whenItNoLongerFits().grantedFen(next.amountFen(), leftFen());
        if (amount == 0) {
            return false;
        }
        grant(next, amount, year, backfill);
        return true;
    }

    private void grant(ApplicationQueued next, long amountFen, int year, boolean backfill) {
        List<Long> faces = faces(next.partsFen(), amountFen);
        List<String> ids = voucherIds(next, faces.size());
        record(new ApplicationGranted(
                next.batchId(),
                next.applicationId(),
                next.enterpriseId(),
                next.position(),
                next.tier(),
                next.amountFen(),
                amountFen,
                leftFen(),
                ids,
                backfill));
        ledger.enterpriseQuota(terms.schemeId(), next.enterpriseId(), year)
                .record(new QuotaCharged(
                        terms.schemeId(),
                        next.enterpriseId(),
                        year,
                        next.batchId(),
                        next.applicationId(),
                        amountFen,
                        next.amountFen() - amountFen));
        issued += ids.size();
        for (int i = 0; i < ids.size(); i++) {
            ledger.voucher(ids.get(i))
                    .record(new VoucherIssued(
                            ids.get(i),
                            next.batchId(),
                            terms.schemeId(),
                            now().opened().schemeVersion(),
                            next.applicationId(),
                            next.enterpriseId(),
                            year,
                            next.shareBasisPoints(),
                            faces.get(i),
                            stamp.receivedAt(),
                            backfill));
        }
    }

    private static List<String> voucherIds(ApplicationQueued next, int vouchers) {
        return IntStream.rangeClosed(1, vouchers)
                .mapToObj(part -> next.applicationId() + "-V" + part)
                .toList();
    }

    /** The parts asked for, as far as the amount goes; the last one is cut. */
    private static List<Long> faces(List<Long> partsFen, long amountFen) {
        var faces = new ArrayList<Long>();
        long left = amountFen;
        for (long part : partsFen) {
            long face = Math.min(part, left);
            if (face > 0) {
                faces.add(face);
            }
            left -= face;
        }
        return faces;
    }

    /** What the publication says to an application that was not granted. */
    void tell(ApplicationQueued next) {
        // A waiting list that is over already is ended by closing the queue, which releases each application once.
        if (!now().opened().backfill()) {
            refuse(next);
            return;
        }
        record(new ApplicationWaitlisted(
                next.batchId(),
                next.applicationId(),
                next.enterpriseId(),
                next.position(),
                next.tier(),
                next.amountFen(),
                leftFen()));
    }

    void refuse(ApplicationQueued next) {
        record(new ApplicationNotGranted(
                next.batchId(),
                next.applicationId(),
                next.enterpriseId(),
                next.position(),
                next.tier(),
                next.amountFen(),
                leftFen()));
        release(next);
    }

    private void release(ApplicationQueued next) {
        int year = Shanghai.yearOf(next.receivedAt());
        ledger.enterpriseQuota(terms.schemeId(), next.enterpriseId(), year)
                .record(new PendingReleased(
                        terms.schemeId(),
                        next.enterpriseId(),
                        year,
                        next.batchId(),
                        next.applicationId(),
                        next.amountFen()));
    }

    /** GZ-12, GZ-20: a publication after the due date is recorded as late, and the order deadline counts from it. */
    GrantPublished publication() {
        Instant at = stamp.receivedAt();
        Instant due = now().ended().resultsDueAt();
        boolean late = !at.isBefore(due);
        Instant moved = now().date(BatchDate.ORDER_DEADLINE);
        var from = late ? Shanghai.dateOf(at) : now().lastDayOfApplying();
        Instant counted = Deadlines.orderDeadline(from, terms.ordering());
        // A date that the authority moved holds, but a late publication never shortens the days after it; where the
        // scheme
        // fixes the instant, no days are counted.
        boolean shortened = late && terms.ordering().days() != null && moved != null && moved.isBefore(counted);
        Instant deadline = moved == null || shortened ? counted : moved;
        Instant validUntil = orElse(
                BatchDate.VALID_UNTIL,
                () -> Shanghai.endOf(
                        Shanghai.dateOf(at).plusDays(terms.validity().daysAfterPublication())));
        return new GrantPublished(
                now().opened().batchId(),
                at,
                due,
                late,
                deadline,
                validUntil,
                orElse(
                        BatchDate.REDEMPTION_FROM,
                        () -> Shanghai.endOf(
                                Shanghai.dateOf(at).plusDays(terms.redemption().opensDaysAfterPublication()))),
                orElse(
                        BatchDate.REDEMPTION_UNTIL,
                        () -> validUntil.plus(Duration.ofDays(terms.redemption().closesDaysAfterValidity()))));
    }

    /** The date in force, or the one that counts from now on. */
    private Instant orElse(BatchDate which, Supplier<Instant> counted) {
        return now().date(which) != null ? now().date(which) : counted.get();
    }
}
