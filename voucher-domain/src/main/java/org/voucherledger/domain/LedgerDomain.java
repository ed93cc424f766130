package org.voucherledger.domain;

import java.util.List;
import org.axonframework.eventsourcing.eventstore.EventStore;
import org.voucherledger.domain.applying.ApplyingHandler;
import org.voucherledger.domain.ending.EndingHandler;
import org.voucherledger.domain.funding.FundingHandler;
import org.voucherledger.domain.funding.LimitHandler;
import org.voucherledger.domain.granting.GrantingHandler;
import org.voucherledger.domain.ledger.Ledger;
import org.voucherledger.domain.ordering.ContractHandler;
import org.voucherledger.domain.ordering.OrderingHandler;
import org.voucherledger.domain.paying.PayingHandler;
import org.voucherledger.domain.paying.UndoingHandler;
import org.voucherledger.domain.redeeming.ClaimingHandler;
import org.voucherledger.domain.redeeming.NoticeHandler;
import org.voucherledger.domain.redeeming.ReviewingHandler;
import org.voucherledger.domain.redeeming.SettlingHandler;
import org.voucherledger.domain.registering.EnterpriseHandler;
import org.voucherledger.domain.registering.ProviderHandler;
import org.voucherledger.domain.violation.ClawbackHandler;
import org.voucherledger.domain.violation.ViolationHandler;

/** What the domain offers to whoever wires it: its aggregates ({@link Ledger#AGGREGATES}) and its command handlers. */
public final class LedgerDomain {

    private LedgerDomain() {}

    /**
     * One handler object for each capability, to be registered with a command bus.
     *
     * @param events from where the order of a batch's queue is read
     */
    public static List<Object> commandHandlers(Ledger ledger, EventStore events) {
        return List.of(
                new FundingHandler(ledger),
                new LimitHandler(ledger),
                new EnterpriseHandler(ledger),
                new ProviderHandler(ledger),
                new ApplyingHandler(ledger),
                new GrantingHandler(ledger, events),
                new OrderingHandler(ledger),
                new ContractHandler(ledger),
                new PayingHandler(ledger),
                new UndoingHandler(ledger),
                new EndingHandler(ledger),
                new ViolationHandler(ledger),
                new ClawbackHandler(ledger),
                new ClaimingHandler(ledger),
                new ReviewingHandler(ledger),
                new NoticeHandler(ledger),
                new SettlingHandler(ledger));
    }
}
