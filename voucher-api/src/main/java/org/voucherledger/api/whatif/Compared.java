package org.voucherledger.api.whatif;

import java.util.Objects;

/**
 * One application, or one take of a consumption voucher, then and under the draft. Amounts in fen.
 *
 * @param applicationId a take goes by its voucher
 * @param applicantId the enterprise, or the holder's opaque reference
 * @param askedFen of a cloud voucher, what its contract was worth then (CL-06)
 */
public record Compared(
        String applicationId, String applicantId, long askedFen, Change change, Decided before, Decided after) {

    /** In one word. */
    public enum Change {
        SAME,
        /** Nothing then, something now. */
        GAINED,
        /** Something then, nothing now. */
        LOST,
        MORE,
        LESS,
        /** The same amount, at another place, tier or share, or for another reason. */
        MOVED
    }

    static Compared of(String applicationId, String applicantId, long askedFen, Decided before, Decided after) {
        return new Compared(applicationId, applicantId, askedFen, change(before, after), before, after);
    }

    private static Change change(Decided before, Decided after) {
        long then = before.amountFen();
        long now = after.amountFen();
        if (then != now) {
            return then == 0 ? Change.GAINED : now == 0 ? Change.LOST : now > then ? Change.MORE : Change.LESS;
        }
        // A mere change of number, because somebody before it was not received, moves nobody.
        boolean same = before.fate() == after.fate()
                && Objects.equals(before.tier(), after.tier())
                && Objects.equals(before.place(), after.place())
                && Objects.equals(before.shareBasisPoints(), after.shareBasisPoints())
                && Objects.equals(before.rule(), after.rule());
        return same ? Change.SAME : Change.MOVED;
    }
}
