package org.voucherledger.domain.funding;

import static org.voucherledger.domain.rule.Check.ACTOR;
import static org.voucherledger.domain.rule.Rule.GZ_04;

import org.axonframework.commandhandling.CommandHandler;
import org.voucherledger.domain.ledger.Ledger;
import org.voucherledger.domain.money.Fen;
import org.voucherledger.domain.oversight.Ground;
import org.voucherledger.domain.providerquota.ProviderQuotaCommand.AdjustProviderLimit;
import org.voucherledger.domain.providerquota.ProviderQuotaEvent.ProviderLimitAdjusted;
import org.voucherledger.domain.rule.Checks;

/** The bureau's word on what one provider may take (CL-05, ALL-06). A limit below use only stops new reservations (GZ-21). */
public final class LimitHandler {

    private final Ledger ledger;

    public LimitHandler(Ledger ledger) {
        this.ledger = ledger;
    }

    @CommandHandler
    public void handle(AdjustProviderLimit adjust) {
        var scheme = ledger.scheme(adjust.schemeId()).now();
        var provider = ledger.provider(adjust.providerId()).now();
        var ground = Ground.againstProvider(ledger, adjust.groundId(), adjust.providerId());
        Checks.inOrder(
                () -> scheme.isPublished(adjust.schemeId()),
                () -> GZ_04.finds(
                        ACTOR,
                        "ProviderUnknown",
                        provider.recognition() != null,
                        "a recognised provider",
                        "unknown",
                        adjust.providerId()),
                ground::stands,
                () -> scheme.isWithinTheShareOfTheFund(Fen.of(adjust.limitFen())));
        var terms = scheme.current();
        var quota = ledger.providerQuota(adjust.schemeId(), adjust.providerId(), terms.year());
        quota.record(new ProviderLimitAdjusted(
                adjust.schemeId(),
                adjust.providerId(),
                terms.year(),
                scheme.providerCap(terms, provider.supplierClass(), quota.now().limit())
                        .value(),
                adjust.limitFen(),
                adjust.noticeNumber(),
                adjust.reason()));
        ground.actedUpon("AdjustProviderLimit");
    }
}
