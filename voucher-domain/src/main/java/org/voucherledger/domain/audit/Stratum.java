package org.voucherledger.domain.audit;

import java.util.Collections;
import java.util.List;
import org.voucherledger.domain.command.Field;
import org.voucherledger.domain.command.Malformed;

/**
 * A layer of a frame and how many are drawn from it: the items of an amount, of a provider, of a rating, of a risk, or of all of
 * them together. What is {@code null} or empty does not restrict. An item stands in the first stratum that takes it.
 *
 * @param fromFen the least amount, included
 * @param belowFen the amount from which on it is no longer in
 * @param providerId the one provider whose items it takes
 * @param fromRatingHundredths the least mean rating of the item's provider, included; an unrated one is not in
 * @param belowRatingHundredths the mean rating from which on it is no longer in; an unrated one is not in
 * @param risks it takes the items that show one of them at least
 * @param size how many are drawn, at least one
 */
public record Stratum(
        String stratumId,
        Long fromFen,
        Long belowFen,
        String providerId,
        Integer fromRatingHundredths,
        Integer belowRatingHundredths,
        List<AuditRisk> risks,
        int size) {

    /** Of one stratum; a sample that nobody can work through proves nothing. */
    public static final int LARGEST = 500;

    private static final int ABOVE_THE_BEST_RATING = 501;

    public Stratum {
        Field.id("strata.stratumId", stratumId);
        if (fromFen != null) {
            Field.fen("strata.fromFen", fromFen);
        }
        if (belowFen != null) {
            Field.positiveFen("strata.belowFen", belowFen);
        }
        Field.idOrNone("strata.providerId", providerId);
        if (fromRatingHundredths != null) {
            Field.between("strata.fromRatingHundredths", fromRatingHundredths, 0, ABOVE_THE_BEST_RATING);
        }
        if (belowRatingHundredths != null) {
            Field.between("strata.belowRatingHundredths", belowRatingHundredths, 0, ABOVE_THE_BEST_RATING);
        }
        if (fromFen != null && belowFen != null && fromFen > belowFen
                || fromRatingHundredths != null
                        && belowRatingHundredths != null
                        && fromRatingHundredths > belowRatingHundredths) {
            throw new Malformed("strata", "a stratum begins where it ends, or before");
        }
        risks = Field.listOrNone("strata.risks", risks, AuditRisk.values().length);
        Field.between("strata.size", size, 1, LARGEST);
    }

    boolean takes(FrameItem item) {
        Long rating = item.ratingHundredths();
        return (fromFen == null || item.amountFen() >= fromFen)
                && (belowFen == null || item.amountFen() < belowFen)
                && (providerId == null || providerId.equals(item.providerId()))
                && (fromRatingHundredths == null || rating != null && rating >= fromRatingHundredths)
                && (belowRatingHundredths == null || rating != null && rating < belowRatingHundredths)
                && (risks.isEmpty() || !Collections.disjoint(risks, item.risks()));
    }
}
