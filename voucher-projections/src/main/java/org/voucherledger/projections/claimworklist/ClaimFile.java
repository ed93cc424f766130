package org.voucherledger.projections.claimworklist;

import java.util.List;

/** A claim with its items, by voucher, and its objections, in the order in which they were raised. */
public record ClaimFile(Claim claim, List<ClaimItem> items, List<Objection> objections) {}
