package org.voucherledger.api.imports;

/** A sentence in both languages. */
record Words(String chinese, String english) {}
