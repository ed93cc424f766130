package org.voucherledger.api.season;

import java.util.ArrayList;
import java.util.List;

/**
 * What the holder of one voucher, its provider and its reviewers will make of it, drawn before it is used.
 *
 * @param end how far it gets if nothing else happens
 * @param detour what goes differently on the way, once
 * @param payment how it is paid
 * @param fate what its claim brings
 */
record Plan(End end, Detour detour, PaymentKind payment, Fate fate) {

    enum End {
        /** Never ordered: recovered when the order deadline is over (GZ-30). */
        IDLE,
        RETURNED_UNUSED,
        RETURNED_ORDERED,
        RETURNED_CONTRACTED,
        /** Ordered, but the contract comes when it is too late (GZ-20, GZ-30). */
        ORDER_LAPSES,
        /** Contracted in time and never paid: recovered when its validity ends (GZ-30). */
        CONTRACT_LAPSES,
        /** Never accepted: revoked when redemption closes (GZ-33). */
        PAID_ONLY,
        /** Never claimed: revoked when redemption closes (GZ-33). */
        ACCEPTED_ONLY,
        CLAIMED
    }

    enum Detour {
        NONE,
        DECLINED,
        CANCELLED,
        CONTRACT_BEFORE_CONFIRMATION,
        CONTRACT_REPLACED,
        CONTRACT_SENT_BACK,
        PAYMENT_SENT_BACK,
        UNDONE_WHEN_PAID,
        UNDONE_WHEN_ACCEPTED,
        UNDO_DENIED,
        /** Paid at the end of its validity and corrected after it, when it can no longer be sent back (GZ-33). */
        CORRECTED_LATE,
        /** Frozen before it is used, lifted with a new deadline, and used then (GZ-32). */
        FROZEN,
        /** Frozen and lifted without a new deadline when the old one is over (GZ-32, GZ-30). */
        FROZEN_TOO_LONG,
        /** Revoked for cause when contracted (GZ-32). */
        REVOKED
    }

    /** The legal ways of paying: the least, the most, and what lies between. */
    enum PaymentKind {
        /** The voucher pays half of the settled amount, the enterprise the other half. */
        HALF,
        /** Less than the voucher's face: the rest lapses (GZ-25). */
        LESS_THAN_FACE,
        /** The enterprise has paid everything; the provider owes it the voucher's amount (GZ-24). */
        PAID_IN_FULL,
        /** The enterprise has paid more than its half; the provider owes it the difference. */
        PAID_MORE,
        /** The invoices exceed the contract, which bounds the voucher's share. */
        ABOVE_CONTRACT,
        WITH_UNRELATED_CONTENT,
        IN_INSTALMENTS,
        /** More than was ordered for: the difference still fits the provider's cap (GZ-21). */
        MORE_THAN_EXPECTED
    }

    /** What becomes of its item in a claim. */
    enum Fate {
        SETTLED,
        LOWERED_AT_FIRST,
        LOWERED_FINALLY,
        REJECTED_AND_CLAIMED_AGAIN,
        REJECTED_LATE,
        OBJECTION_DISMISSED,
        OBJECTION_LOWERS,
        OBJECTION_REJECTS,
        OBJECTION_REVOKES,
        OBJECTION_RAISES,
        BOUNCED,
        /** Objected to, lowered, settled, bounced and settled again: a life worth replaying. */
        OBJECTED_AND_BOUNCED,
        CLAWED_BACK,
        CLAWBACK_WAIVED,
        CLAIM_WITHDRAWN
    }

    private static final List<Plan> EVERYTHING_ONCE = everythingOnce();

    /** The plan of the n-th voucher of the season: each end, detour, payment and fate once, then as drawn. */
    static Plan of(int turn, Draw draw) {
        return turn < EVERYTHING_ONCE.size() ? EVERYTHING_ONCE.get(turn) : drawn(draw);
    }

    private static List<Plan> everythingOnce() {
        var plans = new ArrayList<Plan>();
        for (Fate fate : Fate.values()) {
            plans.add(new Plan(End.CLAIMED, Detour.NONE, PaymentKind.HALF, fate));
        }
        for (Detour detour : Detour.values()) {
            plans.add(new Plan(End.CLAIMED, detour, PaymentKind.HALF, Fate.SETTLED));
        }
        for (PaymentKind payment : PaymentKind.values()) {
            plans.add(new Plan(End.CLAIMED, Detour.NONE, payment, Fate.SETTLED));
        }
        for (End end : End.values()) {
            plans.add(new Plan(end, Detour.NONE, PaymentKind.LESS_THAN_FACE, Fate.SETTLED));
        }
        return List.copyOf(plans);
    }

    private static Plan drawn(Draw draw) {
        Draw own = draw.of("plan");
        End end = own.chance(70) ? End.CLAIMED : own.pick(List.of(End.values()));
        Detour detour = own.chance(60) ? Detour.NONE : own.pick(List.of(Detour.values()));
        Fate fate = own.chance(65) ? Fate.SETTLED : own.pick(List.of(Fate.values()));
        return new Plan(end, detour, own.pick(List.of(PaymentKind.values())), fate);
    }
}
