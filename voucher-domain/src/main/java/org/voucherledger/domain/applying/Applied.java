package org.voucherledger.domain.applying;

/** The answer to an application: its name and its place in the order of receipt. */
public record Applied(String applicationId, long position, int tier) {}
