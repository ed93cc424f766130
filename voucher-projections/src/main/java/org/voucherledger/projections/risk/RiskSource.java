package org.voucherledger.projections.risk;

import java.util.List;
import org.voucherledger.projections.audittrail.Subject;

/** Where flags of some kinds come from. To be asked inside one snapshot. */
public interface RiskSource {

    boolean knows(RiskKind kind);

    /**
     * Flags of a kind as they were at a position, in the order of their keys, after the last one seen.
     *
     * @param about whom or what they must concern, or {@code null} for all
     * @param at the position, at most the one that the view has reached
     * @param after a key, or empty
     */
    List<RiskFlag> flags(RiskKind kind, Subject about, long at, String after, int limit);
}
