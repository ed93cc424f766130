package org.voucherledger.api.table;

/** A sentence in both languages. */
public record Words(String chinese, String english) {}
