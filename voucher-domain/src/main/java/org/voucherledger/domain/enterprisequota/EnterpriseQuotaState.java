package org.voucherledger.domain.enterprisequota;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.voucherledger.domain.aggregate.State;
import org.voucherledger.domain.enterprisequota.EnterpriseQuotaEvent.PendingReleased;
import org.voucherledger.domain.enterprisequota.EnterpriseQuotaEvent.QuotaCharged;
import org.voucherledger.domain.enterprisequota.EnterpriseQuotaEvent.QuotaFreed;
import org.voucherledger.domain.enterprisequota.EnterpriseQuotaEvent.QuotaPended;
import org.voucherledger.domain.money.Fen;
import org.voucherledger.domain.rule.Check;
import org.voucherledger.domain.rule.Decision;
import org.voucherledger.domain.rule.Rule;

/**
 * What of an enterprise's annual cap is pending and charged.
 *
 * <p>Invariant (GZ-11): pending + charged stay within the cap; under a scheme that grants down a queue at most one live application a batch.
 *
 * @param pending the live applications by their identifiers
 * @param granted how many applications of the year have been granted
 * @param capFen the cap that the last application was judged by, {@code null} for none
 */
public record EnterpriseQuotaState(Map<String, LiveApplication> pending, Fen charged, int granted, Long capFen)
        implements State<EnterpriseQuotaState, EnterpriseQuotaEvent> {

    public record LiveApplication(String batchId, String applicationId, Fen amount) {}

    public static final EnterpriseQuotaState EMPTY = new EnterpriseQuotaState(Map.of(), Fen.ZERO, 0, null);

    @Override
    public boolean exists() {
        return !pending.isEmpty() || !charged.isZero();
    }

    public Fen pendingTotal() {
        return pending.values().stream().map(LiveApplication::amount).reduce(Fen.ZERO, Fen::plus);
    }

    /** The live application in the batch, of which a scheme that grants down a queue allows one. */
    public Optional<LiveApplication> liveIn(String batchId) {
        return pending.values().stream()
                .filter(each -> each.batchId().equals(batchId))
                .findFirst();
    }

    /** Which application of the year the next one is, counted from one. */
    public int nextApplication() {
        return granted + pending.size() + 1;
    }

    /** GZ-11: charged + pending + asked stay within the cap; never trimmed. */
    public Decision hasRoomFor(Fen asked, Fen cap) {
        return Rule.GZ_11.fits(Check.CAPS, "AnnualCapExceeded", cap, charged.plus(pendingTotal()), asked);
    }

    /** GZ-11: one live application per enterprise and batch. */
    public Decision hasNoApplicationIn(String batchId) {
        return Rule.GZ_11.finds(
                Check.STATE,
                "ApplicationAlreadyLive",
                liveIn(batchId).isEmpty(),
                "one live application a batch",
                "one",
                batchId);
    }

    /** CL-03: receipt holds money until the application is vetted, so that one enterprise has only so many that wait. */
    public Decision hasAnotherToWait(int most) {
        return Rule.CL_03.holds(
                Check.CAPS,
                "TooManyWaiting",
                pending.size() < most,
                most + " waiting to be vetted",
                pending.size() + " waiting",
                "one more");
    }

    public Decision hasApplicationIn(String batchId) {
        return Rule.GZ_11.finds(
                Check.STATE, "NoLiveApplication", liveIn(batchId).isPresent(), "a live application", "none", batchId);
    }

    @Override
    public EnterpriseQuotaState evolve(EnterpriseQuotaEvent event) {
        return switch (event) {
            case QuotaPended e -> {
                var next = new HashMap<>(pending);
                next.put(e.applicationId(), new LiveApplication(e.batchId(), e.applicationId(), Fen.of(e.amountFen())));
                yield new EnterpriseQuotaState(Map.copyOf(next), charged, granted, e.capFen());
            }
            case PendingReleased e -> new EnterpriseQuotaState(without(e.applicationId()), charged, granted, capFen);
            case QuotaCharged e ->
                new EnterpriseQuotaState(
                        without(e.applicationId()), charged.plus(Fen.of(e.chargedFen())), granted + 1, capFen);
            case QuotaFreed e ->
                new EnterpriseQuotaState(pending, charged.minus(Fen.of(e.amountFen())), granted, capFen);
        };
    }

    private Map<String, LiveApplication> without(String applicationId) {
        var next = new HashMap<>(pending);
        next.remove(applicationId);
        return Map.copyOf(next);
    }
}
