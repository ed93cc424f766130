package org.voucherledger.domain.oversight;

import static org.voucherledger.domain.rule.Check.ACTOR;
import static org.voucherledger.domain.rule.Rule.SV_04;

import org.voucherledger.domain.audit.DrawState;
import org.voucherledger.domain.rule.Decision;

/** What all steps of a draw ask first. */
final class Draws {

    private Draws() {}

    /** SV-04: nobody acts on a draw that was not announced. */
    static Decision isKnown(DrawState draw, String drawId) {
        return SV_04.finds(ACTOR, "DrawUnknown", draw.exists(), "an announced draw", "unknown", drawId);
    }
}
