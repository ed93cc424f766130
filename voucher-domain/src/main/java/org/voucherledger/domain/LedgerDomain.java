package org.voucherledger.domain;

import java.lang.reflect.ParameterizedType;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.axonframework.eventsourcing.eventstore.EventStore;
import org.axonframework.serialization.Revision;
import org.voucherledger.domain.applying.ApplyingHandler;
import org.voucherledger.domain.audit.Frames;
import org.voucherledger.domain.cloud.CityQuotaHandler;
import org.voucherledger.domain.cloud.CloudClaimHandler;
import org.voucherledger.domain.cloud.ReservingHandler;
import org.voucherledger.domain.cloud.VettingHandler;
import org.voucherledger.domain.consuming.TakingHandler;
import org.voucherledger.domain.consuming.UsingHandler;
import org.voucherledger.domain.ending.EndingHandler;
import org.voucherledger.domain.funding.FundingHandler;
import org.voucherledger.domain.funding.LimitHandler;
import org.voucherledger.domain.granting.GrantingHandler;
import org.voucherledger.domain.ledger.Ledger;
import org.voucherledger.domain.listing.ListingHandler;
import org.voucherledger.domain.ordering.ContractHandler;
import org.voucherledger.domain.ordering.OrderingHandler;
import org.voucherledger.domain.oversight.AuditFindingHandler;
import org.voucherledger.domain.oversight.DrawingHandler;
import org.voucherledger.domain.oversight.FindingHandler;
import org.voucherledger.domain.paying.PayingHandler;
import org.voucherledger.domain.paying.UndoingHandler;
import org.voucherledger.domain.redeeming.BankSlipHandler;
import org.voucherledger.domain.redeeming.ClaimingHandler;
import org.voucherledger.domain.redeeming.NoticeHandler;
import org.voucherledger.domain.redeeming.ReviewingHandler;
import org.voucherledger.domain.redeeming.SettlingHandler;
import org.voucherledger.domain.registering.EnterpriseHandler;
import org.voucherledger.domain.registering.ExpertHandler;
import org.voucherledger.domain.registering.ProviderHandler;
import org.voucherledger.domain.violation.ClawbackHandler;
import org.voucherledger.domain.violation.ViolationHandler;

/**
 * What the domain offers to whoever wires it: its aggregates ({@link Ledger#AGGREGATES}), its command handlers, and which
 * revision of each event it writes.
 */
public final class LedgerDomain {

    private LedgerDomain() {}

    /**
     * One handler object for each capability, to be registered with a command bus.
     *
     * @param events from where the order of a batch's queue is read
     * @param frames from where the vouchers of the past are read that samples are drawn from, and the ratings of then
     */
    public static List<Object> commandHandlers(Ledger ledger, EventStore events, Frames frames) {
        return List.of(
                new FundingHandler(ledger),
                new LimitHandler(ledger, frames),
                new EnterpriseHandler(ledger),
                new ProviderHandler(ledger),
                new ExpertHandler(ledger),
                new ApplyingHandler(ledger),
                new GrantingHandler(ledger, events),
                new ReservingHandler(ledger),
                new VettingHandler(ledger),
                new CloudClaimHandler(ledger),
                new CityQuotaHandler(ledger),
                new ListingHandler(ledger),
                new OrderingHandler(ledger),
                new ContractHandler(ledger),
                new PayingHandler(ledger),
                new UndoingHandler(ledger),
                new TakingHandler(ledger),
                new UsingHandler(ledger),
                new EndingHandler(ledger),
                new ViolationHandler(ledger),
                new ClawbackHandler(ledger),
                new ClaimingHandler(ledger),
                new ReviewingHandler(ledger),
                new NoticeHandler(ledger),
                new SettlingHandler(ledger),
                new BankSlipHandler(ledger),
                new FindingHandler(ledger),
                new DrawingHandler(ledger, frames),
                new AuditFindingHandler(ledger));
    }

    /** The revision of every type of event, by its name. */
    public static SortedMap<String, String> eventRevisions() {
        var revisions = new TreeMap<String, String>();
        Ledger.AGGREGATES.forEach(aggregate -> addRevisions(eventOf(aggregate), revisions));
        return revisions;
    }

    private static Class<?> eventOf(Class<?> aggregate) {
        return (Class<?>) ((ParameterizedType) aggregate.getGenericSuperclass()).getActualTypeArguments()[1];
    }

    private static void addRevisions(Class<?> event, Map<String, String> revisions) {
        if (event.isSealed()) {
            Stream.of(event.getPermittedSubclasses()).forEach(each -> addRevisions(each, revisions));
        } else {
            revisions.put(
                    event.getSimpleName(), event.getAnnotation(Revision.class).value());
        }
    }
}
