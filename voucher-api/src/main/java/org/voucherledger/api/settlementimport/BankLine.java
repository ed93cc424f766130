package org.voucherledger.api.settlementimport;

import java.time.LocalDate;
import java.util.List;
import org.voucherledger.domain.party.Document;

/**
 * One line of the bank's file: this voucher of this claim was paid this amount under this reference.
 *
 * @param line in the file, counted from 1, the headings included
 * @param paidOn the day of the payment; {@code null} where the file does not say it
 * @param reason why it was paid out of turn; empty where nothing is said
 * @param documents the bank's slips, uploaded before
 */
record BankLine(
        int line,
        String claimId,
        String voucherId,
        long amountFen,
        String bankReference,
        LocalDate paidOn,
        String reason,
        List<Document> documents) {}
