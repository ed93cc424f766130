package org.voucherledger.projections.evidence;

/** What does not hold, where it was seen first, and why, in Chinese and in English. */
public record Failure(Check check, Place place, String zh, String en) {}
