package org.voucherledger.domain.consuming;

/** What a holder has taken: the voucher, and the least purchase it may be used for, in fen (CV-01). */
public record Taken(String voucherId, long thresholdFen) {}
