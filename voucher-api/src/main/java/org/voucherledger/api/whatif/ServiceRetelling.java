package org.voucherledger.api.whatif;

import java.time.Instant;
import org.voucherledger.api.schemefile.SchemeFile;
import org.voucherledger.domain.aggregate.DomainEvent;
import org.voucherledger.domain.batch.BatchCommand;
import org.voucherledger.domain.batch.BatchCommand.Apply;
import org.voucherledger.domain.batch.BatchCommand.GrantApplications;
import org.voucherledger.domain.batch.BatchCommand.PublishGrant;
import org.voucherledger.domain.batch.BatchCommand.WithdrawApplication;
import org.voucherledger.domain.batch.BatchEvent.ApplicationGranted;
import org.voucherledger.domain.batch.BatchEvent.ApplicationSkipped;
import org.voucherledger.domain.batch.BatchEvent.GrantingEnded;
import org.voucherledger.domain.batch.BatchPhase;
import org.voucherledger.domain.batch.QueueEvent.ApplicationQueued;
import org.voucherledger.domain.batch.QueueEvent.ApplicationWithdrawn;
import org.voucherledger.domain.command.Actor;
import org.voucherledger.domain.command.Role;

/** A queue that is granted as a whole, as of the moment at which the granting began then (GZ-12). */
final class ServiceRetelling extends Retelling {

    ServiceRetelling(PastBatch batch, SchemeFile draft, PastBatches log) {
        super(batch, draft, log);
    }

    @Override
    void retell(DomainEvent event, Instant at) {
        switch (event) {
            case ApplicationQueued e ->
                ask(
                        e.position(),
                        new Apply(e.batchId(), e.enterpriseId(), e.amountFen(), e.partsFen()),
                        enterprise(e.enterpriseId()),
                        e.receivedAt());
            case ApplicationWithdrawn e -> {
                if (positionNow(e.position()) != null) {
                    // Where the draft's batch was full before, nobody could have withdrawn any more.
                    ledger.refusalOf(
                            new WithdrawApplication(e.batchId(), e.enterpriseId()), enterprise(e.enterpriseId()), now);
                }
            }
            case ApplicationGranted e -> over();
            case ApplicationSkipped e -> over();
            case GrantingEnded e -> over();
            default -> {}
        }
    }

    @Override
    void decide() {
        end();
        while (isIn(BatchPhase.ENDED)) {
            insist(new GrantApplications(batchId(), BatchCommand.MOST_AT_ONCE), OPERATOR);
        }
        while (isIn(BatchPhase.GRANTED)) {
            insist(new PublishGrant(batchId(), BatchCommand.MOST_AT_ONCE), OPERATOR);
        }
    }

    private static Actor enterprise(String id) {
        return new Actor("what-if", Role.ENTERPRISE, id);
    }
}
