package org.voucherledger.domain.audit;

import java.util.Collections;
import java.util.Set;
import java.util.TreeSet;

/**
 * A voucher, or the item of a claim that it is, as it stood at the position of a frame.
 *
 * @param amountFen its face amount, or what is claimed with it
 * @param providerId empty while it is with none
 * @param ratingHundredths the mean rating of its provider, {@code null} where there is none (SV-02)
 * @param risks which of the patterns that the frame's strata ask for it shows
 */
public record FrameItem(
        String voucherId, long amountFen, String providerId, Long ratingHundredths, Set<AuditRisk> risks) {

    public FrameItem {
        risks = Collections.unmodifiableSortedSet(new TreeSet<>(risks));
    }
}
