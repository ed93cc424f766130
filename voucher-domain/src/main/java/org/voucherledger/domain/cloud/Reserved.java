package org.voucherledger.domain.cloud;

/** The answer to an application with its contract: its voucher, its place in the order of receipt, and what it reserved. */
public record Reserved(String applicationId, String voucherId, long position, int tier, long faceFen) {}
