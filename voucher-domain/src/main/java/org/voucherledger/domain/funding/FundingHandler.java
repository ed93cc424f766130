package org.voucherledger.domain.funding;

import static org.voucherledger.domain.rule.Check.AMOUNTS;
import static org.voucherledger.domain.rule.Check.DEADLINE;
import static org.voucherledger.domain.rule.Check.STATE;
import static org.voucherledger.domain.rule.Rule.ALL_01;
import static org.voucherledger.domain.rule.Rule.ALL_03;
import static org.voucherledger.domain.rule.Rule.ALL_06;
import static org.voucherledger.domain.rule.Rule.CL_02;
import static org.voucherledger.domain.rule.Rule.CL_03;
import static org.voucherledger.domain.rule.Rule.GZ_10;
import static org.voucherledger.domain.rule.Rule.GZ_14;
import static org.voucherledger.domain.rule.Rule.GZ_40;

import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.axonframework.commandhandling.CommandHandler;
import org.voucherledger.domain.batch.BatchCommand.CloseBatch;
import org.voucherledger.domain.batch.BatchCommand.MoveDate;
import org.voucherledger.domain.batch.BatchCommand.OpenBatch;
import org.voucherledger.domain.batch.BatchCommand.RaiseBudget;
import org.voucherledger.domain.batch.BatchCommand.TakeBudgetBack;
import org.voucherledger.domain.batch.BatchDate;
import org.voucherledger.domain.batch.BatchEvent.BatchClosed;
import org.voucherledger.domain.batch.BatchEvent.BatchDateMoved;
import org.voucherledger.domain.batch.BatchEvent.BatchOpened;
import org.voucherledger.domain.batch.BatchEvent.BudgetRaised;
import org.voucherledger.domain.batch.BatchEvent.BudgetTakenBack;
import org.voucherledger.domain.batch.BatchPhase;
import org.voucherledger.domain.batch.BatchState;
import org.voucherledger.domain.command.Stamp;
import org.voucherledger.domain.ledger.Ledger;
import org.voucherledger.domain.money.Fen;
import org.voucherledger.domain.rule.Checks;
import org.voucherledger.domain.rule.Decision;
import org.voucherledger.domain.scheme.SchemeCommand.ChangeFund;
import org.voucherledger.domain.scheme.SchemeCommand.PublishScheme;
import org.voucherledger.domain.scheme.SchemeEvent.FundAllocated;
import org.voucherledger.domain.scheme.SchemeEvent.FundChanged;
import org.voucherledger.domain.scheme.SchemeEvent.FundReleased;
import org.voucherledger.domain.scheme.SchemeEvent.SchemePublished;
import org.voucherledger.domain.scheme.SchemeState;
import org.voucherledger.domain.scheme.SchemeTerms;
import org.voucherledger.domain.scheme.SchemeTerms.Kind;

/** The bureau's side: the scheme and its fund, the batches and their budgets and dates (GZ-15, ALL-01, ALL-06). */
public final class FundingHandler {

    private static final Set<BatchPhase> NOT_CLOSED =
            Set.of(BatchPhase.OPEN, BatchPhase.ENDED, BatchPhase.GRANTED, BatchPhase.PUBLISHED);

    private final Ledger ledger;

    public FundingHandler(Ledger ledger) {
        this.ledger = ledger;
    }

    /** Answers the number of the version that is in force now. */
    @CommandHandler
    public int handle(PublishScheme publish) {
        var scheme = ledger.scheme(publish.terms().schemeId());
        SchemeTerms terms = publish.terms();
        Checks.inOrder(
                () -> isTheSameScheme(scheme.now(), terms),
                () -> keepsTheFund(scheme.now(), terms),
                () -> SchemeState.fundIsEnough(terms));
        int version = scheme.now().currentVersion() + 1;
        scheme.record(new SchemePublished(terms.schemeId(), version, terms, publish.fileSha256()));
        return version;
    }

    @CommandHandler
    public void handle(ChangeFund change) {
        var scheme = ledger.scheme(change.schemeId());
        Checks.inOrder(
                () -> scheme.now().isPublished(change.schemeId()),
                () -> scheme.now().fundCovers(Fen.of(change.fundFen())));
        scheme.record(new FundChanged(
                change.schemeId(),
                scheme.now().fund().value(),
                change.fundFen(),
                change.noticeNumber(),
                change.reason()));
    }

    @CommandHandler
    public void handle(OpenBatch open) {
        var batch = ledger.batch(open.batchId());
        var scheme = ledger.scheme(open.schemeId());
        Checks.inOrder(
                () -> scheme.now().isPublished(open.schemeId()),
                () -> batch.now().isNotOpened(open.batchId()));

        SchemeTerms terms = scheme.now().current();
        String city = open.city().isEmpty() && terms.cities().size() == 1
                ? terms.cities().getFirst().name()
                : open.city();
        var dates = OpeningDates.of(open, terms);
        Checks.inOrder(
                () -> scheme.now().hasCity(city),
                () -> scheme.now().hasNoBatchOf(city),
                () -> GZ_10.before(DEADLINE, "WindowEndsBeforeItOpens", open.applyUntil(), open.applyFrom()),
                () -> hasNoValidityOfItsOwn(open, terms),
                () -> knowsItsRedemption(terms, dates.redemptionFrom(), dates.redemptionUntil()),
                () -> BatchState.redemptionClosesAfterItOpens(dates.redemptionFrom(), dates.redemptionUntil()),
                () -> dates.cycleHoldsItsWindow(open, terms),
                () -> dates.redemptionOutlivesTheCycle(terms),
                () -> scheme.now().hasUnallocated(Fen.of(open.budgetFen())));

        scheme.record(new FundAllocated(open.schemeId(), open.batchId(), city, open.budgetFen()));
        batch.record(new BatchOpened(
                open.batchId(),
                open.schemeId(),
                scheme.now().currentVersion(),
                city,
                open.budgetFen(),
                open.applyFrom(),
                open.applyUntil(),
                dates.validUntil(),
                dates.redemptionFrom(),
                dates.redemptionUntil(),
                terms.waitingList() != null && terms.waitingList().backfill(),
                terms.waitingList() == null ? null : terms.waitingList().until(),
                open.noticeNumber()));
    }

    @CommandHandler
    public void handle(RaiseBudget raise) {
        var batch = ledger.batch(raise.batchId());
        Checks.inOrder(() -> batch.now().isOpened(raise.batchId()));
        String schemeId = batch.now().opened().schemeId();
        var scheme = ledger.scheme(schemeId);
        Checks.inOrder(
                () -> batch.now().isIn(ALL_06, "raise the budget", NOT_CLOSED),
                () -> scheme.now().hasUnallocated(Fen.of(raise.amountFen())));
        scheme.record(new FundAllocated(
                schemeId, raise.batchId(), batch.now().opened().city(), raise.amountFen()));
        batch.record(
                new BudgetRaised(raise.batchId(), schemeId, raise.amountFen(), raise.noticeNumber(), raise.reason()));
    }

    @CommandHandler
    public void handle(TakeBudgetBack take) {
        var batch = ledger.batch(take.batchId());
        Checks.inOrder(
                () -> batch.now().isOpened(take.batchId()),
                () -> batch.now().hasToTakeBack(take.from(), Fen.of(take.amountFen())));
        String schemeId = batch.now().opened().schemeId();
        batch.record(new BudgetTakenBack(
                take.batchId(), schemeId, take.from(), take.amountFen(), take.noticeNumber(), take.reason()));
        ledger.scheme(schemeId).record(new FundReleased(schemeId, take.batchId(), take.amountFen()));
    }

    @CommandHandler
    public void handle(MoveDate move, Stamp stamp) {
        var batch = ledger.batch(move.batchId());
        Checks.inOrder(() -> batch.now().isOpened(move.batchId()));
        Checks.inOrder(
                () -> mayMove(batch.now(), termsOf(batch.now()), move.date()),
                () -> isAhead(move.to(), stamp.receivedAt()),
                () -> keepsItsPlace(batch.now(), move));
        Instant before = batch.now().date(move.date());
        batch.record(
                new BatchDateMoved(move.batchId(), move.date(), before, move.to(), move.noticeNumber(), move.reason()));
    }

    @CommandHandler
    public void handle(CloseBatch close, Stamp stamp) {
        var batch = ledger.batch(close.batchId());
        Checks.inOrder(() -> batch.now().isOpened(close.batchId()));
        // A cycle, and a batch that is vetted, are never published: their vouchers are usable one by one.
        BatchPhase last = termsOf(batch.now()).kind() == Kind.SERVICE ? BatchPhase.PUBLISHED : BatchPhase.ENDED;
        Checks.inOrder(
                () -> batch.now().isIn(ALL_03, "close the batch", Set.of(last)),
                () -> isVetted(batch.now()),
                () -> hasNothingAlive(batch.now()),
                () -> GZ_14.finds(
                        STATE,
                        "WaitingListOpen",
                        !batch.now().opened().backfill() || batch.now().queueClosed(),
                        "no waiting list",
                        "open",
                        "close the batch"),
                () -> GZ_40.notBefore(
                        DEADLINE, "RedemptionOpen", batch.now().date(BatchDate.REDEMPTION_UNTIL), stamp.receivedAt()));
        batch.record(new BatchClosed(close.batchId(), batch.now().available().value()));
    }

    private SchemeTerms termsOf(BatchState batch) {
        var opened = batch.opened();
        return ledger.scheme(opened.schemeId()).now().terms(opened.schemeVersion());
    }

    private boolean isCloud(BatchState batch) {
        return termsOf(batch).kind() == Kind.CLOUD;
    }

    /** CL-03: whoever holds money of the batch is told whether it may use it. */
    private Decision isVetted(BatchState batch) {
        if (!isCloud(batch)) {
            return null;
        }
        long pending = ledger.queue(batch.opened().batchId()).now().pending();
        return CL_03.holds(STATE, "NotVetted", pending == 0, "every application vetted", pending + " wait", "close");
    }

    /** ALL-03: budget = available + lapsed + redeemed + what is still alive, and of a cloud batch nothing may be. */
    private Decision hasNothingAlive(BatchState batch) {
        if (!isCloud(batch)) {
            return null;
        }
        String batchId = batch.opened().batchId();
        long alive = ledger.scheme(batch.opened().schemeId())
                        .now()
                        .budgets()
                        .get(batchId)
                        .value()
                - batch.available().value()
                - batch.lapsed().value()
                - ledger.settlement(batchId).now().paidOut().value();
        return ALL_03.holds(STATE, "VouchersAlive", alive == 0, 0L, alive, "close the batch");
    }

    /** ALL-01: a version may change every rule, but not whose scheme it is. */
    private static Decision isTheSameScheme(SchemeState scheme, SchemeTerms terms) {
        boolean same = !scheme.exists()
                || names(scheme.current()).equals(names(terms))
                        && scheme.current().year() == terms.year()
                        && scheme.current().kind() == terms.kind();
        String whose = names(terms) + " " + terms.year() + " " + terms.kind();
        return ALL_01.holds(STATE, "SchemeIdentityChanged", same, "the same cities, year and kind", whose, whose);
    }

    private static List<String> names(SchemeTerms terms) {
        return terms.cities().stream().map(SchemeTerms.City::name).sorted().toList();
    }

    /** CL-02: nothing of a cloud batch is published, so that no date can count from it. */
    private static Decision knowsItsRedemption(SchemeTerms terms, Instant from, Instant until) {
        return terms.kind() != Kind.CLOUD
                ? null
                : CL_02.holds(
                        DEADLINE,
                        "RedemptionNotDated",
                        from != null && until != null,
                        "a redemption window",
                        from + " to " + until,
                        "open");
    }

    /** CL-02: a cloud voucher is valid until redemption closes, so that a validity beside it would say nothing. */
    private static Decision hasNoValidityOfItsOwn(OpenBatch open, SchemeTerms terms) {
        return terms.kind() != Kind.CLOUD
                ? null
                : CL_02.holds(
                        DEADLINE,
                        "ValidityNotOfThisKind",
                        open.validUntil() == null,
                        "valid until redemption closes",
                        String.valueOf(open.validUntil()),
                        "open");
    }

    /** ALL-06: the fund moves by a decision with its notice ({@link ChangeFund}); a new version says what is in force. */
    private static Decision keepsTheFund(SchemeState scheme, SchemeTerms terms) {
        long amount = terms.fund().amountFen();
        return scheme.exists()
                ? ALL_06.holds(
                        AMOUNTS,
                        "FundMovesByNotice",
                        amount == scheme.fund().value(),
                        scheme.fund().value(),
                        scheme.fund().value(),
                        amount)
                : null;
    }

    /** ALL-06: a date that the batch has, and that has not done its work yet. */
    private static Decision mayMove(BatchState batch, SchemeTerms terms, BatchDate date) {
        boolean hasIt = switch (date) {
            case BACKFILL_UNTIL -> batch.opened().backfill();
            case ORDER_DEADLINE -> terms.kind() == Kind.SERVICE;
            // A cloud voucher is valid for as long as it may be claimed (CL-02).
            case VALID_UNTIL -> terms.kind() != Kind.CLOUD;
            case APPLY_UNTIL, REDEMPTION_FROM, REDEMPTION_UNTIL -> true;
        };
        Set<BatchPhase> phases = date == BatchDate.APPLY_UNTIL ? Set.of(BatchPhase.OPEN) : NOT_CLOSED;
        boolean isAtWork = date != BatchDate.BACKFILL_UNTIL || !batch.queueClosed();
        return Checks.first(Stream.of(
                ALL_06.holds(
                        STATE,
                        "DateNotOfThisBatch",
                        hasIt,
                        "a date that moves something",
                        "moves nothing",
                        date.name()),
                ALL_06.holds(
                        STATE,
                        "DateNotMovable",
                        isAtWork && phases.contains(batch.phase()),
                        phases.toString(),
                        String.valueOf(batch.phase()),
                        date.name())));
    }

    /** ALL-06: from then on, undoing nothing. */
    private static Decision isAhead(Instant to, Instant now) {
        return ALL_06.holds(DEADLINE, "DateInThePast", to.isAfter(now), now.toString(), now.toString(), to.toString());
    }

    private static Decision keepsItsPlace(BatchState batch, MoveDate move) {
        return switch (move.date()) {
            case APPLY_UNTIL ->
                GZ_10.before(
                        DEADLINE,
                        "WindowEndsBeforeItOpens",
                        move.to(),
                        batch.opened().applyFrom());
            case REDEMPTION_FROM ->
                BatchState.redemptionClosesAfterItOpens(move.to(), batch.date(BatchDate.REDEMPTION_UNTIL));
            case REDEMPTION_UNTIL ->
                BatchState.redemptionClosesAfterItOpens(batch.date(BatchDate.REDEMPTION_FROM), move.to());
            case ORDER_DEADLINE, VALID_UNTIL, BACKFILL_UNTIL -> null;
        };
    }
}
