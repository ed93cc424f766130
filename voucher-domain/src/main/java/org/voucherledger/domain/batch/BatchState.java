package org.voucherledger.domain.batch;

import java.time.Instant;
import java.time.LocalDate;
import java.util.EnumMap;
import java.util.Map;
import java.util.Set;
import org.voucherledger.domain.aggregate.State;
import org.voucherledger.domain.batch.BatchEvent.ApplicationGranted;
import org.voucherledger.domain.batch.BatchEvent.ApplicationNotGranted;
import org.voucherledger.domain.batch.BatchEvent.ApplicationSkipped;
import org.voucherledger.domain.batch.BatchEvent.ApplicationWaitlisted;
import org.voucherledger.domain.batch.BatchEvent.ApplicationsEnded;
import org.voucherledger.domain.batch.BatchEvent.BatchClosed;
import org.voucherledger.domain.batch.BatchEvent.BatchDateMoved;
import org.voucherledger.domain.batch.BatchEvent.BatchOpened;
import org.voucherledger.domain.batch.BatchEvent.BudgetRaised;
import org.voucherledger.domain.batch.BatchEvent.BudgetTakenBack;
import org.voucherledger.domain.batch.BatchEvent.CityQuotaMoved;
import org.voucherledger.domain.batch.BatchEvent.CityQuotaReleased;
import org.voucherledger.domain.batch.BatchEvent.CityQuotaReserved;
import org.voucherledger.domain.batch.BatchEvent.GrantPublished;
import org.voucherledger.domain.batch.BatchEvent.GrantingEnded;
import org.voucherledger.domain.batch.BatchEvent.MoneyCameBack;
import org.voucherledger.domain.batch.BatchEvent.MoneyTaken;
import org.voucherledger.domain.batch.BatchEvent.QueueClosed;
import org.voucherledger.domain.money.Fen;
import org.voucherledger.domain.rule.Check;
import org.voucherledger.domain.rule.Decision;
import org.voucherledger.domain.rule.Rule;
import org.voucherledger.domain.time.Shanghai;

/**
 * A batch at a moment.
 *
 * <p>Invariant: nothing is granted beyond what is available; nothing is taken back beyond what is available or lapsed
 * (ALL-03).
 *
 * @param opened what it was born with; {@code null} before it exists
 * @param taken how many vouchers holders have taken, each named by its number (CV-01)
 * @param decided how many applications of the order of grant have been granted or skipped before publication
 * @param told how many of the order have been decided at all, those told at publication included
 * @param refilled up to which place of the order the waiting list has been worked off
 */
public record BatchState(
        BatchOpened opened,
        BatchPhase phase,
        Fen available,
        Fen lapsed,
        Map<BatchDate, Instant> dates,
        ApplicationsEnded ended,
        GrantPublished published,
        long taken,
        long decided,
        long told,
        long refilled,
        boolean queueClosed)
        implements State<BatchState, BatchEvent> {

    public static final BatchState EMPTY =
            new BatchState(null, null, Fen.ZERO, Fen.ZERO, Map.of(), null, null, 0, 0, 0, 0, false);

    @Override
    public boolean exists() {
        return opened != null;
    }

    @Override
    public String schemeVersion() {
        return exists() ? opened.schemeId() + "@" + opened.schemeVersion() : "";
    }

    /** The date in force, with every move of the authority so far; {@code null} where the batch has none. */
    public Instant date(BatchDate which) {
        return dates.get(which);
    }

    public Fen balance(BackAccount account) {
        return account == BackAccount.AVAILABLE ? available : lapsed;
    }

    /** Where money goes that leaves a voucher unused at this moment: see "back" in the rulebook. */
    public BackAccount back(Instant now) {
        return backfillIsOpen(now) ? BackAccount.AVAILABLE : BackAccount.LAPSED;
    }

    /** CV-01: what comes back while a cycle's window is open may be taken again; after it nobody may. */
    public BackAccount backIntoCycle(Instant now) {
        return phase == BatchPhase.OPEN && now.isBefore(date(BatchDate.APPLY_UNTIL))
                ? BackAccount.AVAILABLE
                : BackAccount.LAPSED;
    }

    public boolean backfillIsOpen(Instant now) {
        return opened.backfill() && !queueClosed && phase != BatchPhase.CLOSED && now.isBefore(endOfBackfill());
    }

    /** GZ-14: when the scheme says so, and never later than the vouchers' validity: nobody is granted what has expired. */
    public Instant endOfBackfill() {
        Instant until = dates.getOrDefault(BatchDate.BACKFILL_UNTIL, Instant.MAX);
        Instant validUntil = dates.getOrDefault(BatchDate.VALID_UNTIL, Instant.MAX);
        return validUntil.isBefore(until) ? validUntil : until;
    }

    /** The last day of applying: the day before, where the window closed at 24:00. */
    public LocalDate lastDayOfApplying() {
        return Shanghai.dateOf(ended.full() ? ended.endedAt() : ended.endedAt().minusNanos(1));
    }

    public Decision isOpened(String batchId) {
        return Rule.ALL_06.finds(Check.ACTOR, "BatchUnknown", exists(), "an opened batch", "unknown", batchId);
    }

    public Decision isNotOpened(String batchId) {
        return Rule.ALL_06.finds(Check.STATE, "BatchExists", !exists(), "a new batch", "opened before", batchId);
    }

    public Decision isIn(Rule rule, String asked, Set<BatchPhase> phases) {
        return rule.isOneOf(Check.STATE, "BatchPhase", phases, phase, asked);
    }

    /** GZ-12: vouchers are usable from publication. */
    public Decision isPublished() {
        return Rule.GZ_12.holds(
                Check.STATE, "GrantNotPublished", published != null, "published", String.valueOf(phase), "use");
    }

    /** GZ-10: the first instant of the window is in, the closing instant is out. */
    public Decision windowHasOpened(Instant receivedAt) {
        return Rule.GZ_10.notBefore(Check.DEADLINE, "WindowNotOpen", opened.applyFrom(), receivedAt);
    }

    public Decision windowHasNotClosed(Instant receivedAt) {
        return Rule.GZ_10.before(Check.DEADLINE, "WindowClosed", date(BatchDate.APPLY_UNTIL), receivedAt);
    }

    public Decision windowHasClosed(Instant now) {
        return Rule.GZ_10.notBefore(Check.DEADLINE, "WindowStillOpen", date(BatchDate.APPLY_UNTIL), now);
    }

    /** GZ-40; a window that counts from the publication is not known before, and bounds nothing. */
    public static Decision redemptionClosesAfterItOpens(Instant from, Instant until) {
        return from == null || until == null
                ? null
                : Rule.GZ_40.before(Check.DEADLINE, "WindowEndsBeforeItOpens", until, from);
    }

    /** ALL-03: the bureau may take back what is available or lapsed only. */
    public Decision hasToTakeBack(BackAccount from, Fen amount) {
        return Rule.ALL_03.atMost(Check.AMOUNTS, "NothingMoreToTakeBack", balance(from), amount);
    }

    /** CV-01: a voucher is taken out of what is available, never more. */
    public Decision hasLeft(Fen face) {
        return Rule.CV_01.atMost(Check.CAPS, "NothingLeftToTake", available, face);
    }

    @Override
    public BatchState evolve(BatchEvent event) {
        return switch (event) {
            case BatchOpened e ->
                new BatchState(
                        e, BatchPhase.OPEN, Fen.of(e.budgetFen()), Fen.ZERO, datesOf(e), null, null, 0, 0, 0, 0, false);
            case BudgetRaised e -> money(available.plus(Fen.of(e.amountFen())), lapsed);
            case BudgetTakenBack e ->
                e.from() == BackAccount.AVAILABLE
                        ? money(available.minus(Fen.of(e.amountFen())), lapsed)
                        : money(available, lapsed.minus(Fen.of(e.amountFen())));
            case BatchDateMoved e -> dated(e.date(), e.to());
            case ApplicationsEnded e ->
                new BatchState(
                        opened,
                        BatchPhase.ENDED,
                        available,
                        lapsed,
                        dates,
                        e,
                        published,
                        taken,
                        decided,
                        told,
                        refilled,
                        queueClosed);
            case ApplicationGranted e ->
                money(available.minus(Fen.of(e.amountFen())), lapsed).advanced();
            case ApplicationSkipped e -> advanced();
            case GrantingEnded e ->
                new BatchState(
                        opened,
                        BatchPhase.GRANTED,
                        available,
                        lapsed,
                        dates,
                        ended,
                        published,
                        taken,
                        decided,
                        decided,
                        decided,
                        queueClosed);
            case ApplicationNotGranted e -> advanced();
            case ApplicationWaitlisted e -> advanced();
            case GrantPublished e ->
                new BatchState(
                                opened,
                                BatchPhase.PUBLISHED,
                                available,
                                lapsed,
                                dates,
                                ended,
                                e,
                                taken,
                                decided,
                                told,
                                refilled,
                                queueClosed)
                        .dated(BatchDate.ORDER_DEADLINE, e.orderDeadline())
                        .dated(BatchDate.VALID_UNTIL, e.validUntil())
                        .dated(BatchDate.REDEMPTION_FROM, e.redemptionFrom())
                        .dated(BatchDate.REDEMPTION_UNTIL, e.redemptionUntil());
            case CityQuotaReserved e -> money(available.minus(Fen.of(e.amountFen())), lapsed);
            case CityQuotaReleased e -> money(available.plus(Fen.of(e.amountFen())), lapsed);
            case CityQuotaMoved e ->
                money(
                        e.gives() ? available.minus(Fen.of(e.amountFen())) : available.plus(Fen.of(e.amountFen())),
                        lapsed);
            case QueueClosed e ->
                new BatchState(
                        opened, phase, available, lapsed, dates, ended, published, taken, decided, told, refilled,
                        true);
            case MoneyTaken e ->
                money(available.minus(Fen.of(e.amountFen())), lapsed).oneMoreTaken();
            case MoneyCameBack e ->
                e.to() == BackAccount.AVAILABLE
                        ? money(available.plus(Fen.of(e.amountFen())), lapsed)
                        : money(available, lapsed.plus(Fen.of(e.amountFen())));
            case BatchClosed e ->
                new BatchState(
                        opened,
                        BatchPhase.CLOSED,
                        Fen.ZERO,
                        lapsed.plus(Fen.of(e.lapsedFen())),
                        dates,
                        ended,
                        published,
                        taken,
                        decided,
                        told,
                        refilled,
                        true);
        };
    }

    /** One more place of the order has been decided, by whichever of the three passes is under way. */
    private BatchState advanced() {
        return switch (phase) {
            case OPEN, ENDED -> places(decided + 1, told, refilled);
            case GRANTED -> places(decided, told + 1, refilled);
            case PUBLISHED, CLOSED -> places(decided, told, refilled + 1);
        };
    }

    private BatchState places(long nextDecided, long nextTold, long nextRefilled) {
        return new BatchState(
                opened,
                phase,
                available,
                lapsed,
                dates,
                ended,
                published,
                taken,
                nextDecided,
                nextTold,
                nextRefilled,
                queueClosed);
    }

    private BatchState oneMoreTaken() {
        return new BatchState(
                opened,
                phase,
                available,
                lapsed,
                dates,
                ended,
                published,
                taken + 1,
                decided,
                told,
                refilled,
                queueClosed);
    }

    private BatchState money(Fen nextAvailable, Fen nextLapsed) {
        return new BatchState(
                opened,
                phase,
                nextAvailable,
                nextLapsed,
                dates,
                ended,
                published,
                taken,
                decided,
                told,
                refilled,
                queueClosed);
    }

    private BatchState dated(BatchDate which, Instant to) {
        var next = new EnumMap<BatchDate, Instant>(BatchDate.class);
        next.putAll(dates);
        next.put(which, to);
        return new BatchState(
                opened,
                phase,
                available,
                lapsed,
                Map.copyOf(next),
                ended,
                published,
                taken,
                decided,
                told,
                refilled,
                queueClosed);
    }

    private static Map<BatchDate, Instant> datesOf(BatchOpened e) {
        var dates = new EnumMap<BatchDate, Instant>(BatchDate.class);
        putIfKnown(dates, BatchDate.APPLY_UNTIL, e.applyUntil());
        putIfKnown(dates, BatchDate.VALID_UNTIL, e.validUntil());
        putIfKnown(dates, BatchDate.REDEMPTION_FROM, e.redemptionFrom());
        putIfKnown(dates, BatchDate.REDEMPTION_UNTIL, e.redemptionUntil());
        putIfKnown(dates, BatchDate.BACKFILL_UNTIL, e.backfillUntil());
        return Map.copyOf(dates);
    }

    /** A date that counts from the publication is not known before it. */
    private static void putIfKnown(Map<BatchDate, Instant> dates, BatchDate which, Instant at) {
        if (at != null) {
            dates.put(which, at);
        }
    }
}
