package org.voucherledger.domain.funding;

import static org.voucherledger.domain.rule.Check.ACTOR;
import static org.voucherledger.domain.rule.Check.PARTY;
import static org.voucherledger.domain.rule.Check.STATE;
import static org.voucherledger.domain.rule.Rule.CL_05;
import static org.voucherledger.domain.rule.Rule.GZ_04;

import java.util.Optional;
import org.axonframework.commandhandling.CommandHandler;
import org.voucherledger.domain.audit.Frames;
import org.voucherledger.domain.audit.MeanRating;
import org.voucherledger.domain.ledger.Ledger;
import org.voucherledger.domain.money.Fen;
import org.voucherledger.domain.oversight.Ground;
import org.voucherledger.domain.providerquota.ProviderQuotaCommand.AdjustProviderLimit;
import org.voucherledger.domain.providerquota.ProviderQuotaEvent.ProviderLimitAdjusted;
import org.voucherledger.domain.rule.Checks;
import org.voucherledger.domain.rule.Decision;

/** The bureau's word on what one provider may take (CL-05, ALL-06). A limit below use only stops new reservations (GZ-21). */
public final class LimitHandler {

    private final Ledger ledger;
    private final Frames frames;

    /** @param frames where the ratings of the past are read */
    public LimitHandler(Ledger ledger, Frames frames) {
        this.ledger = ledger;
        this.frames = frames;
    }

    @CommandHandler
    public void handle(AdjustProviderLimit adjust) {
        var scheme = ledger.scheme(adjust.schemeId()).now();
        var provider = ledger.provider(adjust.providerId()).now();
        // How far ratings are told is asked first: what is told in between then counts as not yet told.
        Long position = adjust.ratingPosition();
        long reached = position == null ? -1 : frames.ratedUpTo();
        var rating = Optional.ofNullable(position).flatMap(at -> frames.rating(adjust.providerId(), at));
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
                () -> isReached(position, reached),
                () -> isRated(adjust, rating),
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
                adjust.reason(),
                position,
                rating.map(MeanRating::ratings).orElse(null),
                rating.map(MeanRating::hundredths).orElse(null)));
        ground.actedUpon("AdjustProviderLimit");
    }

    /** CL-05: a rating of the future is known to nobody. */
    private static Decision isReached(Long position, long reached) {
        return position == null
                ? null
                : CL_05.holds(
                        STATE,
                        "RatingPositionAhead",
                        position <= reached,
                        "up to position " + reached,
                        "position " + reached,
                        "position " + position);
    }

    /** CL-05: what a decision rests on is there; the figures are kept with it. */
    private static Decision isRated(AdjustProviderLimit adjust, Optional<MeanRating> rating) {
        return adjust.ratingPosition() == null
                ? null
                : CL_05.finds(
                        PARTY, "NotRatedThen", rating.isPresent(), "a rating by then", "none", adjust.providerId());
    }
}
