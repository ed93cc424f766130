package org.voucherledger.api.whatif;

import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import org.voucherledger.api.eventstore.EventsInOrder.Placed;
import org.voucherledger.api.schemefile.SchemeFile;
import org.voucherledger.domain.batch.BackAccount;
import org.voucherledger.domain.batch.BatchCommand;
import org.voucherledger.domain.batch.BatchCommand.Apply;
import org.voucherledger.domain.batch.BatchCommand.EndApplications;
import org.voucherledger.domain.batch.BatchCommand.GrantApplications;
import org.voucherledger.domain.batch.BatchCommand.MoveDate;
import org.voucherledger.domain.batch.BatchCommand.OpenBatch;
import org.voucherledger.domain.batch.BatchCommand.PublishGrant;
import org.voucherledger.domain.batch.BatchCommand.RaiseBudget;
import org.voucherledger.domain.batch.BatchCommand.TakeBudgetBack;
import org.voucherledger.domain.batch.BatchCommand.WithdrawApplication;
import org.voucherledger.domain.batch.BatchDate;
import org.voucherledger.domain.batch.BatchEvent;
import org.voucherledger.domain.batch.BatchEvent.ApplicationGranted;
import org.voucherledger.domain.batch.BatchEvent.ApplicationSkipped;
import org.voucherledger.domain.batch.BatchEvent.ApplicationsEnded;
import org.voucherledger.domain.batch.BatchEvent.BatchDateMoved;
import org.voucherledger.domain.batch.BatchEvent.BatchOpened;
import org.voucherledger.domain.batch.BatchEvent.BudgetRaised;
import org.voucherledger.domain.batch.BatchEvent.BudgetTakenBack;
import org.voucherledger.domain.batch.BatchEvent.GrantingEnded;
import org.voucherledger.domain.batch.BatchPhase;
import org.voucherledger.domain.batch.QueueEvent.ApplicationQueued;
import org.voucherledger.domain.batch.QueueEvent.ApplicationWithdrawn;
import org.voucherledger.domain.command.Actor;
import org.voucherledger.domain.command.Role;
import org.voucherledger.domain.enterprisequota.EnterpriseQuotaEvent;
import org.voucherledger.domain.enterprisequota.EnterpriseQuotaEvent.PendingReleased;
import org.voucherledger.domain.enterprisequota.EnterpriseQuotaEvent.QuotaCharged;
import org.voucherledger.domain.enterprisequota.EnterpriseQuotaEvent.QuotaFreed;
import org.voucherledger.domain.enterprisequota.EnterpriseQuotaEvent.QuotaPended;
import org.voucherledger.domain.party.EnterpriseEvent;
import org.voucherledger.domain.rule.Decision;
import org.voucherledger.domain.scheme.SchemeCommand.PublishScheme;

/**
 * One batch told anew under a draft: what happened around it happens again as it did, what was asked in it is asked again of
 * the domain at the same instants, and decided as the draft would have it.
 */
final class Retelling implements AutoCloseable {

    private static final Actor BUREAU = Actor.of("what-if", Role.BUREAU);
    private static final Actor OPERATOR = Actor.of("what-if", Role.OPERATOR);

    private final LedgerInMemory ledger = new LedgerInMemory();
    private final BatchOpened opened;
    private final SchemeFile draft;
    /** Why an application would not have been received, by its position then. */
    private final Map<Long, Decision> refused = new HashMap<>();
    /** The position that an application has now, by the one it had then. */
    private final Map<Long, Long> positions = new HashMap<>();

    private Instant applyUntil;
    private Instant now = Instant.MIN;
    private long budgetFen;
    private boolean ended;
    private boolean decided;
    private Outcomes outcomes;

    Retelling(BatchOpened opened, SchemeFile draft) {
        this.opened = opened;
        this.draft = draft;
        this.applyUntil = opened.applyUntil();
    }

    /** Tells the next event of the log that bears on the batch; what came after its decision bears on nothing. */
    void tell(Placed past) {
        if (decided) {
            return;
        }
        now = past.at().isAfter(now) ? past.at() : now;
        switch (past.event()) {
            case BatchEvent e -> tellBatch(e);
            case ApplicationQueued e -> apply(e);
            case ApplicationWithdrawn e -> withdraw(e);
            case EnterpriseQuotaEvent e -> elsewhere(e);
            case EnterpriseEvent e -> ledger.happened(e);
            default -> {}
        }
    }

    private void tellBatch(BatchEvent event) {
        switch (event) {
            case BatchOpened e -> open(e);
            case BudgetRaised e -> {
                budgetFen += e.amountFen();
                insist(new RaiseBudget(e.batchId(), e.amountFen(), e.noticeNumber(), e.reason()), BUREAU);
            }
            case BudgetTakenBack e -> {
                budgetFen -= e.amountFen();
                insist(
                        new TakeBudgetBack(
                                e.batchId(), BackAccount.AVAILABLE, e.amountFen(), e.noticeNumber(), e.reason()),
                        BUREAU);
            }
            case BatchDateMoved e -> {
                // No other date has a part in who is granted what.
                if (e.date() == BatchDate.APPLY_UNTIL && isIn(BatchPhase.OPEN)) {
                    applyUntil = e.to();
                    insist(new MoveDate(e.batchId(), e.date(), e.to(), e.noticeNumber(), e.reason()), BUREAU);
                }
            }
            case ApplicationsEnded e -> end();
            case ApplicationGranted e -> decide();
            case ApplicationSkipped e -> decide();
            case GrantingEnded e -> decide();
            default -> {}
        }
    }

    private void open(BatchOpened e) {
        budgetFen = e.budgetFen();
        insist(new PublishScheme(draft.terms(), draft.sha256()), BUREAU);
        insist(
                new OpenBatch(
                        e.batchId(),
                        schemeId(),
                        e.city(),
                        e.budgetFen(),
                        e.applyFrom(),
                        e.applyUntil(),
                        null,
                        null,
                        null,
                        e.noticeNumber()),
                BUREAU);
    }

    private void apply(ApplicationQueued then) {
        var apply = new Apply(then.batchId(), then.enterpriseId(), then.amountFen(), then.partsFen());
        Decision refusal = ledger.refusalOf(apply, enterprise(then.enterpriseId()), then.receivedAt());
        if (refusal != null) {
            refused.put(then.position(), refusal);
        } else {
            positions.put(then.position(), positions.size() + 1L);
        }
    }

    private void withdraw(ApplicationWithdrawn then) {
        if (positions.containsKey(then.position())) {
            // Where the draft's batch was full before, nobody could have withdrawn any more.
            ledger.refusalOf(
                    new WithdrawApplication(then.batchId(), then.enterpriseId()), enterprise(then.enterpriseId()), now);
        }
    }

    /** What happened to the enterprise's quota in other batches; what this batch did to it is decided anew. */
    private void elsewhere(EnterpriseQuotaEvent event) {
        String id = schemeId();
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
            // Told before the first grant of this batch only, so the voucher is of another one.
            case QuotaFreed e ->
                ledger.happened(new QuotaFreed(id, e.enterpriseId(), e.year(), e.voucherId(), e.amountFen()));
        }
    }

    private boolean isElsewhere(String batchId) {
        return !batchId.equals(opened.batchId());
    }

    /** Applications end as they did, or earlier where the draft stops when full; never before the window closes. */
    private void end() {
        ended = true;
        if (isIn(BatchPhase.OPEN)) {
            now = now.isBefore(applyUntil) ? applyUntil : now;
            insist(new EndApplications(opened.batchId()), OPERATOR);
        }
    }

    /** Grants and publishes, as of the moment at which the granting began then. */
    void decide() {
        if (decided) {
            return;
        }
        if (!ended) {
            end();
        }
        while (isIn(BatchPhase.ENDED)) {
            insist(new GrantApplications(opened.batchId(), BatchCommand.MOST_AT_ONCE), OPERATOR);
        }
        while (isIn(BatchPhase.GRANTED)) {
            insist(new PublishGrant(opened.batchId(), BatchCommand.MOST_AT_ONCE), OPERATOR);
        }
        decided = true;
        outcomes = Outcomes.of(ledger.stream("queue:" + opened.batchId()), ledger.stream("batch:" + opened.batchId()));
    }

    /** What the draft makes of an application that was received then. */
    Decided outcomeOf(ApplicationQueued then) {
        Decision refusal = refused.get(then.position());
        return refusal == null
                ? outcomes.at(positions.get(then.position()))
                : new Decided(
                        Fate.REFUSED, null, null, null, null, 0, refusal.rule().id(), refusal.about());
    }

    long budgetFen() {
        return budgetFen;
    }

    private boolean isIn(BatchPhase phase) {
        return ledger.phaseOf(opened.batchId()) == phase;
    }

    private void insist(BatchCommand command, Actor actor) {
        ledger.insist(command, actor, now);
    }

    private void insist(PublishScheme command, Actor actor) {
        ledger.insist(command, actor, now);
    }

    private String schemeId() {
        return draft.terms().schemeId();
    }

    private static Actor enterprise(String id) {
        return new Actor("what-if", Role.ENTERPRISE, id);
    }

    @Override
    public void close() {
        ledger.close();
    }
}
