package org.voucherledger.domain.ledger;

import java.util.Collection;
import java.util.List;
import java.util.function.Consumer;
import org.axonframework.modelling.command.RepositoryProvider;
import org.voucherledger.domain.aggregate.DomainEvent;
import org.voucherledger.domain.aggregate.LedgerAggregate;
import org.voucherledger.domain.aggregate.Live;
import org.voucherledger.domain.aggregate.State;
import org.voucherledger.domain.audit.AuditEvent;
import org.voucherledger.domain.audit.Draw;
import org.voucherledger.domain.audit.DrawState;
import org.voucherledger.domain.batch.ApplicationQueue;
import org.voucherledger.domain.batch.BatchEvent;
import org.voucherledger.domain.batch.BatchState;
import org.voucherledger.domain.batch.QueueEvent;
import org.voucherledger.domain.batch.QueueState;
import org.voucherledger.domain.batch.VoucherBatch;
import org.voucherledger.domain.catalogue.CatalogueEntry;
import org.voucherledger.domain.catalogue.CatalogueEvent;
import org.voucherledger.domain.catalogue.CatalogueState;
import org.voucherledger.domain.enterprisequota.EnterpriseQuota;
import org.voucherledger.domain.enterprisequota.EnterpriseQuotaEvent;
import org.voucherledger.domain.enterprisequota.EnterpriseQuotaState;
import org.voucherledger.domain.expert.Expert;
import org.voucherledger.domain.expert.ExpertEvent;
import org.voucherledger.domain.expert.ExpertState;
import org.voucherledger.domain.finding.Finding;
import org.voucherledger.domain.finding.FindingEvent;
import org.voucherledger.domain.finding.FindingState;
import org.voucherledger.domain.holderquota.HolderQuota;
import org.voucherledger.domain.holderquota.HolderQuotaEvent;
import org.voucherledger.domain.holderquota.HolderQuotaState;
import org.voucherledger.domain.party.Enterprise;
import org.voucherledger.domain.party.EnterpriseEvent;
import org.voucherledger.domain.party.EnterpriseState;
import org.voucherledger.domain.party.Provider;
import org.voucherledger.domain.party.ProviderEvent;
import org.voucherledger.domain.party.ProviderState;
import org.voucherledger.domain.providerquota.ProviderQuota;
import org.voucherledger.domain.providerquota.ProviderQuotaEvent;
import org.voucherledger.domain.providerquota.ProviderQuotaState;
import org.voucherledger.domain.redemption.ClaimEvent;
import org.voucherledger.domain.redemption.ClaimState;
import org.voucherledger.domain.redemption.PartyTurnEvent;
import org.voucherledger.domain.redemption.PartyTurnState;
import org.voucherledger.domain.redemption.PartyTurns;
import org.voucherledger.domain.redemption.RedemptionClaim;
import org.voucherledger.domain.redemption.SettlementEvent;
import org.voucherledger.domain.redemption.SettlementOrder;
import org.voucherledger.domain.redemption.SettlementState;
import org.voucherledger.domain.scheme.Scheme;
import org.voucherledger.domain.scheme.SchemeEvent;
import org.voucherledger.domain.scheme.SchemeState;
import org.voucherledger.domain.usedonce.UsedOnce;
import org.voucherledger.domain.usedonce.UsedOnceEvent;
import org.voucherledger.domain.usedonce.UsedOnceKey;
import org.voucherledger.domain.usedonce.UsedOnceState;
import org.voucherledger.domain.voucher.Voucher;
import org.voucherledger.domain.voucher.VoucherEvent;
import org.voucherledger.domain.voucher.VoucherState;

/**
 * All aggregates, as a handler sees them inside one transaction. A stream without events is there too, with an empty state:
 * whether it must or must not exist is for a rule to say.
 */
public final class Ledger {

    /** Every aggregate there is; the wiring makes a repository of each. */
    public static final List<Class<?>> AGGREGATES = List.of(
            Scheme.class,
            VoucherBatch.class,
            ApplicationQueue.class,
            EnterpriseQuota.class,
            ProviderQuota.class,
            HolderQuota.class,
            Voucher.class,
            UsedOnce.class,
            RedemptionClaim.class,
            SettlementOrder.class,
            PartyTurns.class,
            CatalogueEntry.class,
            Enterprise.class,
            Provider.class,
            Finding.class,
            Draw.class,
            Expert.class);

    private final RepositoryProvider repositories;
    private final Consumer<Collection<String>> foresight;

    public Ledger(RepositoryProvider repositories) {
        this(repositories, streams -> {});
    }

    /** @param foresight reads these streams together, as {@link #foresee} asks */
    public Ledger(RepositoryProvider repositories, Consumer<Collection<String>> foresight) {
        this.repositories = repositories;
        this.foresight = foresight;
    }

    /** Says which streams are going to be looked at. Changes nothing but how long that takes. */
    public void foresee(Collection<String> streams) {
        foresight.accept(streams);
    }

    public Live<SchemeState, SchemeEvent> scheme(String schemeId) {
        return live(Scheme.class, new Scheme(), "scheme:" + schemeId);
    }

    public Live<BatchState, BatchEvent> batch(String batchId) {
        return live(VoucherBatch.class, new VoucherBatch(), "batch:" + batchId);
    }

    public Live<QueueState, QueueEvent> queue(String batchId) {
        return live(ApplicationQueue.class, new ApplicationQueue(), "queue:" + batchId);
    }

    public Live<EnterpriseQuotaState, EnterpriseQuotaEvent> enterpriseQuota(
            String schemeId, String enterpriseId, int year) {
        return live(EnterpriseQuota.class, new EnterpriseQuota(), enterpriseQuotaStream(schemeId, enterpriseId, year));
    }

    public static String enterpriseQuotaStream(String schemeId, String enterpriseId, int year) {
        return "enterprisequota:" + schemeId + ":" + enterpriseId + ":" + year;
    }

    public Live<ProviderQuotaState, ProviderQuotaEvent> providerQuota(String schemeId, String providerId, int year) {
        return live(ProviderQuota.class, new ProviderQuota(), providerQuotaStream(schemeId, providerId, year));
    }

    public static String providerQuotaStream(String schemeId, String providerId, int year) {
        return "providerquota:" + schemeId + ":" + providerId + ":" + year;
    }

    /** CV-01: what one holder has taken in one cycle. */
    public Live<HolderQuotaState, HolderQuotaEvent> holderQuota(String batchId, String holderRef) {
        return live(HolderQuota.class, new HolderQuota(), "holderquota:" + batchId + ":" + holderRef);
    }

    public Live<VoucherState, VoucherEvent> voucher(String voucherId) {
        return live(Voucher.class, new Voucher(), "voucher:" + voucherId);
    }

    public Live<UsedOnceState, UsedOnceEvent> usedOnce(UsedOnceKey key) {
        return live(UsedOnce.class, new UsedOnce(), key.streamId());
    }

    public Live<ClaimState, ClaimEvent> claim(String claimId) {
        return live(RedemptionClaim.class, new RedemptionClaim(), "claim:" + claimId);
    }

    public Live<SettlementState, SettlementEvent> settlement(String batchId) {
        return live(SettlementOrder.class, new SettlementOrder(), "settlement:" + batchId);
    }

    /** CL-03, GZ-32: in which orders of payment the party of this stream stands. */
    public Live<PartyTurnState, PartyTurnEvent> partyTurns(String party) {
        return live(PartyTurns.class, new PartyTurns(), "partyturns:" + party);
    }

    public Live<CatalogueState, CatalogueEvent> catalogueEntry(String providerId, String productId) {
        return live(CatalogueEntry.class, new CatalogueEntry(), "catalogue:" + providerId + ":" + productId);
    }

    public Live<EnterpriseState, EnterpriseEvent> enterprise(String enterpriseId) {
        return live(Enterprise.class, new Enterprise(), "enterprise:" + enterpriseId);
    }

    public Live<ProviderState, ProviderEvent> provider(String providerId) {
        return live(Provider.class, new Provider(), "provider:" + providerId);
    }

    public Live<FindingState, FindingEvent> finding(String findingId) {
        return live(Finding.class, new Finding(), "finding:" + findingId);
    }

    public Live<DrawState, AuditEvent> draw(String drawId) {
        return live(Draw.class, new Draw(), "draw:" + drawId);
    }

    /** SV-01: who may sit on the panel, by the reference under which the expert acts. */
    public Live<ExpertState, ExpertEvent> expert(String expertRef) {
        return live(Expert.class, new Expert(), "expert:" + expertRef);
    }

    private <A extends LedgerAggregate<S, E>, S extends State<S, E>, E extends DomainEvent> Live<S, E> live(
            Class<A> type, A fresh, String streamId) {
        return Live.load(repositories.repositoryFor(type), fresh, streamId);
    }
}
