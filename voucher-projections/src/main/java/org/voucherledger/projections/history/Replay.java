package org.voucherledger.projections.history;

import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.voucherledger.domain.aggregate.DomainEvent;
import org.voucherledger.domain.aggregate.State;
import org.voucherledger.domain.audit.DrawState;
import org.voucherledger.domain.batch.BatchState;
import org.voucherledger.domain.batch.QueueState;
import org.voucherledger.domain.catalogue.CatalogueState;
import org.voucherledger.domain.enterprisequota.EnterpriseQuotaState;
import org.voucherledger.domain.expert.ExpertState;
import org.voucherledger.domain.finding.FindingState;
import org.voucherledger.domain.holderquota.HolderQuotaState;
import org.voucherledger.domain.party.EnterpriseState;
import org.voucherledger.domain.party.ProviderState;
import org.voucherledger.domain.providerquota.ProviderQuotaState;
import org.voucherledger.domain.redemption.ClaimState;
import org.voucherledger.domain.redemption.PartyTurnState;
import org.voucherledger.domain.redemption.SettlementState;
import org.voucherledger.domain.scheme.SchemeState;
import org.voucherledger.domain.usedonce.UsedOnceState;
import org.voucherledger.domain.voucher.VoucherState;

/** One stream told again from its beginning. What a state is after an event is the domain's word alone. */
final class Replay {

    private static final Map<String, State<?, ?>> EMPTY = Map.ofEntries(
            Map.entry("scheme", SchemeState.EMPTY),
            Map.entry("batch", BatchState.EMPTY),
            Map.entry("queue", QueueState.EMPTY),
            Map.entry("enterprisequota", EnterpriseQuotaState.EMPTY),
            Map.entry("providerquota", ProviderQuotaState.EMPTY),
            Map.entry("holderquota", HolderQuotaState.EMPTY),
            Map.entry("voucher", VoucherState.EMPTY),
            Map.entry("usedonce", UsedOnceState.EMPTY),
            Map.entry("claim", ClaimState.EMPTY),
            Map.entry("settlement", SettlementState.EMPTY),
            Map.entry("partyturns", PartyTurnState.EMPTY),
            Map.entry("catalogue", CatalogueState.EMPTY),
            Map.entry("enterprise", EnterpriseState.EMPTY),
            Map.entry("provider", ProviderState.EMPTY),
            Map.entry("finding", FindingState.EMPTY),
            Map.entry("draw", DrawState.EMPTY),
            Map.entry("expert", ExpertState.EMPTY));

    private State<?, ?> state;

    private Replay(State<?, ?> empty) {
        state = empty;
    }

    /** The kinds of streams, as their ids begin: {@code voucher:B1-A1-V1}. */
    static Set<String> kinds() {
        return EMPTY.keySet();
    }

    /** Before the first event of this stream; empty where no stream has an id like that. */
    static Optional<Replay> of(String streamId) {
        int colon = streamId.indexOf(':');
        return Optional.ofNullable(colon < 0 ? null : EMPTY.get(streamId.substring(0, colon)))
                .map(Replay::new);
    }

    void tell(DomainEvent event) {
        state = evolved(state, event);
    }

    State<?, ?> state() {
        return state;
    }

    /** The events of a stream are those of the state that its kind has. */
    @SuppressWarnings("unchecked")
    private static <S extends State<S, E>, E extends DomainEvent> State<?, ?> evolved(
            State<?, ?> state, DomainEvent event) {
        return ((State<S, E>) state).evolve((E) event);
    }
}
