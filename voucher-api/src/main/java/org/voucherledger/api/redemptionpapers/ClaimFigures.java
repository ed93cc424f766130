package org.voucherledger.api.redemptionpapers;

import java.time.Instant;
import java.util.List;
import java.util.function.ToLongFunction;

/**
 * What the papers of a claim say, taken from the ledger and never typed (GZ-40). Amounts in fen.
 *
 * @param claimId empty for a claim that has not been submitted yet
 * @param submittedAt {@code null} for one that has not been submitted yet
 * @param reviewed whether somebody has reviewed it: before, nothing is approved
 */
record ClaimFigures(
        String claimId,
        String scheme,
        String batchId,
        Party claimant,
        Party provider,
        Instant submittedAt,
        boolean reviewed,
        List<Line> lines) {

    record Party(String id, String name) {}

    /**
     * One voucher of the claim.
     *
     * @param invoices kind, code and number of each, joined; {@code transfers} bank and serial
     * @param claimedFen what is asked for: the amount paid with the voucher
     */
    record Line(
            String voucherId,
            Party enterprise,
            String district,
            String product,
            String serviceType,
            String contract,
            long contractFen,
            String invoices,
            long invoicedFen,
            String transfers,
            long transferredFen,
            String completedOn,
            long faceFen,
            long claimedFen,
            long approvedFen) {}

    long sum(ToLongFunction<Line> of) {
        return lines.stream().mapToLong(of).reduce(0, Math::addExact);
    }

    long enterprises() {
        return lines.stream().map(line -> line.enterprise().id()).distinct().count();
    }
}
