package org.voucherledger.api.settlementimport;

/**
 * One line of the bank's file: this voucher of this claim was paid this amount under this reference.
 *
 * @param line in the file, counted from 1, the headings included
 */
record BankLine(int line, String claimId, String voucherId, long amountFen, String bankReference) {}
