package org.voucherledger.domain.granting;

import static org.voucherledger.domain.rule.Check.DEADLINE;
import static org.voucherledger.domain.rule.Check.STATE;
import static org.voucherledger.domain.rule.Rule.GZ_12;
import static org.voucherledger.domain.rule.Rule.GZ_14;

import java.util.Set;
import org.axonframework.commandhandling.CommandHandler;
import org.axonframework.eventsourcing.eventstore.EventStore;
import org.voucherledger.domain.batch.BatchCommand.Backfill;
import org.voucherledger.domain.batch.BatchCommand.CloseQueue;
import org.voucherledger.domain.batch.BatchCommand.GrantApplications;
import org.voucherledger.domain.batch.BatchCommand.PublishGrant;
import org.voucherledger.domain.batch.BatchDate;
import org.voucherledger.domain.batch.BatchEvent.GrantingEnded;
import org.voucherledger.domain.batch.BatchEvent.QueueClosed;
import org.voucherledger.domain.batch.BatchPhase;
import org.voucherledger.domain.batch.BatchState;
import org.voucherledger.domain.batch.QueueEvent.ApplicationQueued;
import org.voucherledger.domain.command.Stamp;
import org.voucherledger.domain.ledger.Ledger;
import org.voucherledger.domain.rule.Checks;
import org.voucherledger.domain.scheme.SchemeTerms.Kind;

/**
 * Granting: down the order, as far as the money goes; then publication; then, where the scheme says so, the waiting list.
 * Each command decides a bounded number of applications in one transaction and says whether it is done.
 */
public final class GrantingHandler {

    private final Ledger ledger;
    private final GrantOrder order;

    public GrantingHandler(Ledger ledger, EventStore events) {
        this.ledger = ledger;
        this.order = new GrantOrder(events);
    }

    @CommandHandler
    public Progress handle(GrantApplications grant, Stamp stamp) {
        var pass = pass(grant.batchId(), stamp);
        Checks.inOrder(() -> pass.now().isIn(GZ_12, "grant", Set.of(BatchPhase.ENDED)));
        pass.foreseeGranting(pass.now().decided(), grant.atMost());
        int decided = 0;
        while (decided < grant.atMost() && pass.now().phase() == BatchPhase.ENDED) {
            ApplicationQueued next = pass.at(pass.now().decided());
            if (next != null && !pass.hasRoomFor(next)) {
                break;
            }
            if (next != null && pass.grantOrSkip(next, false)) {
                decided++;
            } else {
                pass.record(new GrantingEnded(grant.batchId(), next == null, pass.leftFen()));
            }
        }
        boolean done = pass.now().phase() != BatchPhase.ENDED;
        return new Progress(
                done, decided, !done && pass.grantsAllAndMore(pass.now().decided(), grant.atMost()));
    }

    @CommandHandler
    public Progress handle(PublishGrant publish, Stamp stamp) {
        var pass = pass(publish.batchId(), stamp);
        Checks.inOrder(() -> pass.now().isIn(GZ_12, "publish the grant", Set.of(BatchPhase.GRANTED)));
        // Reckoned before anything is recorded, because a year without working days refuses.
        var publication = pass.publication();
        Checks.inOrder(() ->
                BatchState.redemptionClosesAfterItOpens(publication.redemptionFrom(), publication.redemptionUntil()));
        pass.foreseeRefusing(pass.now().told(), publish.atMost());
        int told = 0;
        while (told < publish.atMost() && pass.at(pass.now().told()) != null) {
            pass.tell(pass.at(pass.now().told()));
            told++;
        }
        boolean done = pass.at(pass.now().told()) == null;
        if (done) {
            pass.record(publication);
        }
        return new Progress(done, told, pass.at(pass.now().told() + publish.atMost()) != null);
    }

    @CommandHandler
    public Progress handle(Backfill backfill, Stamp stamp) {
        var pass = pass(backfill.batchId(), stamp);
        Checks.inOrder(
                () -> pass.now().isIn(GZ_14, "backfill", Set.of(BatchPhase.PUBLISHED)),
                () -> GZ_14.holds(
                        DEADLINE,
                        "BackfillNotOpen",
                        pass.now().backfillIsOpen(stamp.receivedAt()),
                        String.valueOf(pass.now().date(BatchDate.BACKFILL_UNTIL)),
                        stamp.receivedAt().toString(),
                        "backfill"));
        pass.foreseeGranting(pass.now().refilled(), backfill.atMost());
        int decided = 0;
        while (decided < backfill.atMost()) {
            ApplicationQueued next = pass.at(pass.now().refilled());
            if (next != null && !pass.hasRoomFor(next)) {
                break;
            }
            if (next == null || !pass.grantOrSkip(next, true)) {
                return new Progress(true, decided, false);
            }
            decided++;
        }
        return new Progress(false, decided, pass.grantsAllAndMore(pass.now().refilled(), backfill.atMost()));
    }

    @CommandHandler
    public Progress handle(CloseQueue close, Stamp stamp) {
        var pass = pass(close.batchId(), stamp);
        Checks.inOrder(
                () -> pass.now().isIn(GZ_14, "close the queue", Set.of(BatchPhase.PUBLISHED)),
                () -> GZ_14.finds(
                        STATE,
                        "NoWaitingList",
                        pass.now().opened().backfill() && !pass.now().queueClosed(),
                        "an open waiting list",
                        "none",
                        "close the queue"),
                () -> GZ_14.notBefore(DEADLINE, "BackfillStillOpen", pass.endOfBackfill(), stamp.receivedAt()));
        pass.foreseeRefusing(pass.now().refilled(), close.atMost());
        int decided = 0;
        while (decided < close.atMost() && pass.at(pass.now().refilled()) != null) {
            pass.refuse(pass.at(pass.now().refilled()));
            decided++;
        }
        boolean done = pass.at(pass.now().refilled()) == null;
        if (done) {
            pass.record(new QueueClosed(close.batchId()));
        }
        return new Progress(done, decided, pass.at(pass.now().refilled() + close.atMost()) != null);
    }

    private Pass pass(String batchId, Stamp stamp) {
        var batch = ledger.batch(batchId);
        Checks.inOrder(() -> batch.now().isOpened(batchId));
        var opened = batch.now().opened();
        var terms = ledger.scheme(opened.schemeId()).now().terms(opened.schemeVersion());
        Checks.inOrder(() -> terms.isOfKind(Kind.SERVICE, "grant"));
        return new Pass(ledger, batch, order.of(batchId, ledger.queue(batchId).now()), stamp);
    }
}
