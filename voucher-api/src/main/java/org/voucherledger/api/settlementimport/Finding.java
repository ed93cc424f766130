package org.voucherledger.api.settlementimport;

/**
 * What was found out about one line.
 *
 * @param expected what the ledger has instead; empty where there is nothing to compare
 */
record Finding(int line, String claimId, String voucherId, Kind kind, String expected, String found) {

    enum Kind {
        /** Would be settled now. */
        PAYABLE,
        /** Is settled, under this reference and with this amount; by this file or before. */
        SETTLED,
        /** There is no such claim, or the voucher is not in it. */
        UNKNOWN,
        /** The voucher stands in the file twice. */
        DOUBLED,
        /** The bank paid another amount than was approved. */
        AMOUNT_DIFFERS,
        /** A payment under this reference has bounced; the bank pays again under another one. */
        BOUNCED,
        /** Is settled, and without a slip that the line names: what comes later is handed in by itself (GZ-44). */
        SLIP_NOT_HANDED_IN,
        /** A rule refuses the settlement; {@code found} names it. */
        NOT_PAYABLE,
        /** The queue was full at this line or at one before it: nothing was received. */
        NOT_ASKED,
        /** Received, and not answered in time: it may still be done. */
        NOT_KNOWN,
        /** A fault of the ledger: nothing was done. */
        NOT_RECORDED,
        /** The caller's key stands for a payment of other items. */
        KEY_REUSED;

        boolean isFault() {
            return this != PAYABLE && this != SETTLED;
        }

        /** The same file under the same key tells, and does what is not done. */
        boolean isToBeAskedAgain() {
            return this == NOT_ASKED || this == NOT_KNOWN || this == NOT_RECORDED;
        }
    }

    static Finding of(BankLine line, Kind kind, String expected, String found) {
        return new Finding(line.line(), line.claimId(), line.voucherId(), kind, expected, found);
    }
}
