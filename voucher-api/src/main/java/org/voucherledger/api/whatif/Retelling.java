package org.voucherledger.api.whatif;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.voucherledger.api.eventstore.EventsInOrder.Placed;
import org.voucherledger.api.schemefile.SchemeFile;
import org.voucherledger.domain.aggregate.DomainEvent;
import org.voucherledger.domain.batch.BackAccount;
import org.voucherledger.domain.batch.BatchCommand.EndApplications;
import org.voucherledger.domain.batch.BatchCommand.MoveDate;
import org.voucherledger.domain.batch.BatchCommand.OpenBatch;
import org.voucherledger.domain.batch.BatchCommand.RaiseBudget;
import org.voucherledger.domain.batch.BatchCommand.TakeBudgetBack;
import org.voucherledger.domain.batch.BatchDate;
import org.voucherledger.domain.batch.BatchEvent.ApplicationsEnded;
import org.voucherledger.domain.batch.BatchEvent.BatchDateMoved;
import org.voucherledger.domain.batch.BatchEvent.BatchOpened;
import org.voucherledger.domain.batch.BatchEvent.BudgetRaised;
import org.voucherledger.domain.batch.BatchEvent.BudgetTakenBack;
import org.voucherledger.domain.batch.BatchEvent.CityQuotaMoved;
import org.voucherledger.domain.batch.BatchPhase;
import org.voucherledger.domain.command.Actor;
import org.voucherledger.domain.command.Command;
import org.voucherledger.domain.command.Role;
import org.voucherledger.domain.enterprisequota.EnterpriseQuotaEvent;
import org.voucherledger.domain.enterprisequota.EnterpriseQuotaEvent.PendingReleased;
import org.voucherledger.domain.enterprisequota.EnterpriseQuotaEvent.QuotaCharged;
import org.voucherledger.domain.enterprisequota.EnterpriseQuotaEvent.QuotaFreed;
import org.voucherledger.domain.enterprisequota.EnterpriseQuotaEvent.QuotaPended;
import org.voucherledger.domain.rule.Decision;
import org.voucherledger.domain.scheme.SchemeCommand.PublishScheme;

/**
 * One batch told anew under a draft: what happened around it happens again as it did, what was asked in it is asked again of
 * the domain at the same instants, and decided as the draft would have it. Each kind of voucher has its own way of asking.
 */
abstract class Retelling implements AutoCloseable {

    static final Actor BUREAU = Actor.of("what-if", Role.BUREAU);
    static final Actor OPERATOR = Actor.of("what-if", Role.OPERATOR);

    final PastBatch batch;
    final SchemeFile draft;
    final LedgerInMemory ledger;
    Instant now = Instant.MIN;

    /** Why an application would not have been received, by its position then. */
    private final Map<Long, Decision> refused = new HashMap<>();
    /** The position that an application has now, by the one it had then. */
    private final Map<Long, Long> positions = new HashMap<>();

    private final List<Hindered> hindered = new ArrayList<>();

    private Instant applyUntil;
    private long position;
    private long budgetFen;
    private boolean ended;
    private Outcomes outcomes;

    Retelling(PastBatch batch, SchemeFile draft, PastBatches log) {
        this.batch = batch;
        this.draft = draft;
        this.ledger = new LedgerInMemory(stream -> log.asOf(position, stream));
        this.applyUntil = batch.opened().applyUntil();
    }

    static Retelling of(PastBatch batch, SchemeFile draft, PastBatches log) {
        return switch (draft.terms().kind()) {
            case SERVICE -> new ServiceRetelling(batch, draft, log);
            case CLOUD -> new CloudRetelling(batch, draft, log);
            case CONSUMPTION -> new TakesRetelling(batch, draft, log);
        };
    }

    /** Tells the next event of the log that bears on the batch. */
    void tell(Placed past) {
        if (outcomes != null) {
            return;
        }
        position = past.position();
        ledger.lookElsewhereAgain();
        now = past.at().isAfter(now) ? past.at() : now;
        switch (past.event()) {
            case BatchOpened e -> open(e);
            case BudgetRaised e -> raise(e.amountFen(), e.noticeNumber(), e.reason());
            case BudgetTakenBack e -> takeBack(e.from(), e.amountFen(), e.noticeNumber(), e.reason());
            case CityQuotaMoved e -> {
                if (e.gives()) {
                    takeBack(BackAccount.AVAILABLE, e.amountFen(), e.noticeNumber(), e.reason());
                } else {
                    raise(e.amountFen(), e.noticeNumber(), e.reason());
                }
            }
            case BatchDateMoved e -> move(e);
            case ApplicationsEnded e -> end();
            case EnterpriseQuotaEvent e -> elsewhere(e);
            default -> retell(past.event(), past.at());
        }
    }

    /** What is told of this kind only. */
    abstract void retell(DomainEvent event, Instant at);

    /** Everything has been told: decides what is not decided yet, and hears how it went. */
    final void over() {
        if (outcomes == null) {
            decide();
            var heard = new Outcomes();
            ledger.stream("queue:" + batchId()).forEach(heard::hear);
            ledger.stream("batch:" + batchId()).forEach(heard::hear);
            outcomes = heard.over();
        }
    }

    abstract void decide();

    private void open(BatchOpened e) {
        budgetFen = e.budgetFen();
        ledger.insist(new PublishScheme(draft.terms(), draft.sha256()), BUREAU, now);
        insist(opening(e), BUREAU);
    }

    /** The dates that decide nothing about who is granted what are left to the draft. */
    OpenBatch opening(BatchOpened e) {
        return opening(e, null, null, null);
    }

    final OpenBatch opening(BatchOpened e, Instant validUntil, Instant redemptionFrom, Instant redemptionUntil) {
        return new OpenBatch(
                e.batchId(),
                draft.terms().schemeId(),
                e.city(),
                e.budgetFen(),
                e.applyFrom(),
                e.applyUntil(),
                validUntil,
                redemptionFrom,
                redemptionUntil,
                e.noticeNumber());
    }

    private void raise(long amountFen, String noticeNumber, String reason) {
        budgetFen += amountFen;
        insist(new RaiseBudget(batchId(), amountFen, noticeNumber, reason), BUREAU);
    }

    private void takeBack(BackAccount from, long amountFen, String noticeNumber, String reason) {
        Decision refusal =
                ledger.refusalOf(new TakeBudgetBack(batchId(), from, amountFen, noticeNumber, reason), BUREAU, now);
        // What lapses after the decisions is not retold; it is gone from the budget whatever the draft says.
        if (refusal == null || from == BackAccount.LAPSED) {
            budgetFen -= amountFen;
        } else {
            hindered.add(new Hindered(now, amountFen, refusal.rule().id(), refusal.about()));
        }
    }

    private void move(BatchDateMoved e) {
        if (e.date() == BatchDate.APPLY_UNTIL && isIn(BatchPhase.OPEN)) {
            applyUntil = e.to();
            insist(new MoveDate(e.batchId(), e.date(), e.to(), e.noticeNumber(), e.reason()), BUREAU);
        } else if (decides(e.date())) {
            insist(new MoveDate(e.batchId(), e.date(), e.to(), e.noticeNumber(), e.reason()), BUREAU);
        }
    }

    /** Whether the date, besides the end of the window, has a part in who is granted what. */
    boolean decides(BatchDate date) {
        return false;
    }

    /** Applications end as they did, or earlier where the draft stops when full; never before the window closes. */
    final void end() {
        if (!ended && isIn(BatchPhase.OPEN)) {
            now = now.isBefore(applyUntil) ? applyUntil : now;
            insist(new EndApplications(batchId()), OPERATOR);
        }
        ended = true;
    }

    /** Asks for what was asked for then, at the instant of its receipt; true if it is received under the draft, too. */
    final boolean ask(long positionThen, Command command, Actor actor, Instant receivedAt) {
        Decision refusal = ledger.refusalOf(command, actor, receivedAt);
        if (refusal != null) {
            refused.put(positionThen, refusal);
            return false;
        }
        positions.put(positionThen, positions.size() + 1L);
        return true;
    }

    /** The position that it has now, {@code null} where it was not received. */
    final Long positionNow(long positionThen) {
        return positions.get(positionThen);
    }

    /** What happened to an enterprise's quota in other batches; what this batch did to it is decided anew. */
    private void elsewhere(EnterpriseQuotaEvent event) {
        String id = draft.terms().schemeId();
        switch (event) {
            case QuotaPended e -> {
                if (isElsewhere(e.batchId())) {
                    ledger.happened(new QuotaPended(
                            id, e.enterpriseId(), e.year(), e.batchId(), e.applicationId(), e.amountFen(), e.capFen()));
                }
            }
            case PendingReleased e -> {
                if (isElsewhere(e.batchId())) {
                    ledger.happened(new PendingReleased(
                            id, e.enterpriseId(), e.year(), e.batchId(), e.applicationId(), e.amountFen()));
                }
            }
            case QuotaCharged e -> {
                if (isElsewhere(e.batchId())) {
                    ledger.happened(new QuotaCharged(
                            id,
                            e.enterpriseId(),
                            e.year(),
                            e.batchId(),
                            e.applicationId(),
                            e.chargedFen(),
                            e.releasedFen()));
                }
            }
            case QuotaFreed e -> {
                if (!batch.isOwnVoucher(e.voucherId())) {
                    ledger.happened(new QuotaFreed(id, e.enterpriseId(), e.year(), e.voucherId(), e.amountFen()));
                }
            }
        }
    }

    private boolean isElsewhere(String other) {
        return !other.equals(batchId());
    }

    /** What the draft makes of an application that was received then. */
    final Decided outcomeOf(long positionThen) {
        Decision refusal = refused.get(positionThen);
        return refusal == null
                ? decided(positionThen, outcomes.at(positions.get(positionThen)))
                : new Decided(
                        Fate.REFUSED, null, null, null, null, 0, refusal.rule().id(), refusal.about());
    }

    /** The same, where more is known of it than its events tell. */
    Decided decided(long positionThen, Decided heard) {
        return heard;
    }

    final List<Hindered> hindered() {
        return List.copyOf(hindered);
    }

    final long budgetFen() {
        return budgetFen;
    }

    final boolean isIn(BatchPhase phase) {
        return ledger.phaseOf(batchId()) == phase;
    }

    final void insist(Command command, Actor actor) {
        ledger.insist(command, actor, now);
    }

    final String batchId() {
        return batch.opened().batchId();
    }

    @Override
    public void close() {
        ledger.close();
    }
}
