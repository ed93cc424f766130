package org.voucherledger.api.season;

import java.time.Instant;
import org.voucherledger.domain.voucher.Contract;
import org.voucherledger.domain.voucher.VoucherStatus;

/**
 * A voucher in somebody's hands, as the platform's backend knows it: what was planned, and what the ledger's answers have
 * made of it.
 */
final class Holding {

    final String voucherId;
    final Round round;
    final Firm firm;
    final long faceFen;
    final int turn;
    final Plan plan;
    final Draw draw;

    VoucherStatus status = VoucherStatus.ISSUED;
    /** The first instant that is too late for an order and its contract; a lifted freeze may name a later one (GZ-32). */
    Instant orderBy;

    Platform platform;
    Offer offer;
    long expectedFen;
    Contract contract;
    Papers papers;
    /** When it will be paid; the contract's service is over by then. */
    Instant payAt;
    /** How many orders, contracts and payments there have been: their papers are numbered. */
    int attempts;
    /** The provider has asked for the payment to be undone; it is not claimed until the operator has decided. */
    boolean undoing;
    /** The detour has been taken. */
    boolean detoured;
    /** The claim in which it stands or stood last. */
    String claimId = "";
    /** What the last review or reply approved. */
    long approvedFen;

    boolean bounced;
    /** The claim's fate has been met, so a second claim goes straight through. */
    boolean fateMet;

    Holding(String voucherId, Round round, Firm firm, long faceFen, int turn, Draw draw) {
        this.voucherId = voucherId;
        this.round = round;
        this.firm = firm;
        this.faceFen = faceFen;
        this.turn = turn;
        this.orderBy = round.orderBy();
        this.draw = draw;
        this.plan = Plan.of(turn, draw);
    }

    Caller holder() {
        return Caller.of(firm);
    }

    Caller provider() {
        return Caller.of(platform);
    }

    /** The detour is this one and has not been taken yet. */
    boolean takes(Plan.Detour detour) {
        return plan.detour() == detour && !detoured;
    }

    /** What its claim brings; a second claim goes straight through. */
    Plan.Fate fate() {
        return fateMet ? Plan.Fate.SETTLED : plan.fate();
    }

    boolean endsAs(Plan.End end) {
        return plan.end() == end;
    }

    /** It is redeemed, returned or revoked; it may have been revoked by a sweep without being known to be so. */
    boolean isOver() {
        return status.compareTo(VoucherStatus.REDEEMED) >= 0;
    }

    /** A day's draw for this voucher's step of that name. */
    Draw day(String step) {
        return draw.of(step, attempts);
    }
}
