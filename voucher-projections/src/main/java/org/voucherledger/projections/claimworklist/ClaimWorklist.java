package org.voucherledger.projections.claimworklist;

import java.util.List;
import java.util.Optional;
import org.springframework.data.domain.Limit;
import org.springframework.stereotype.Component;

/** Reads the claims. To be asked inside one snapshot. */
@Component
public class ClaimWorklist {

    private final ClaimRepository claims;
    private final ClaimItemRepository items;
    private final ObjectionRepository objections;

    ClaimWorklist(ClaimRepository claims, ClaimItemRepository items, ObjectionRepository objections) {
        this.claims = claims;
        this.items = items;
        this.objections = objections;
    }

    /** Which claims are asked for; what is {@code null} does not restrict. */
    public record Asked(ClaimStage stage, String claimantId, String providerId, String batchId) {

        public static final Asked ALL = new Asked(null, null, null, null);
    }

    /**
     * Claims in the order of their identifiers.
     *
     * @param after the identifier of the last one seen, or {@code null} to begin
     */
    public List<Claim> claims(Asked asked, String after, int limit) {
        return claims.findAfter(
                after == null ? "" : after,
                asked.stage(),
                asked.claimantId(),
                asked.providerId(),
                asked.batchId(),
                Limit.of(limit));
    }

    public Optional<ClaimFile> claim(String id) {
        return claims.find(id).map(claim -> new ClaimFile(claim, items.ofClaim(id), objections.ofClaim(id)));
    }
}
