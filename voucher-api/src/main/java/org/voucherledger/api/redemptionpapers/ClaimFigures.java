package org.voucherledger.api.redemptionpapers;

import java.time.Instant;
import java.util.List;
import java.util.function.ToLongFunction;
import org.voucherledger.domain.redemption.ReviewStage;
import org.voucherledger.domain.scheme.SchemeTerms.Kind;

/**
 * What the papers of a claim say, taken from the ledger and never typed (GZ-40). Amounts in fen.
 *
 * @param claimId empty for a claim that has not been submitted yet
 * @param submittedAt {@code null} for one that has not been submitted yet
 * @param kind of its vouchers, which have other papers each
 * @param authority whose word is the last
 * @param reviews that the scheme names, in its order
 * @param reviewed whether somebody has reviewed it: before, nothing is approved
 */
record ClaimFigures(
        String claimId,
        Kind kind,
        String scheme,
        String authority,
        List<ReviewStage> reviews,
        String batchId,
        Party claimant,
        Party provider,
        Instant submittedAt,
        boolean reviewed,
        List<Line> lines) {

    record Party(String id, String name) {}

    /**
     * One voucher of the claim; what its kind does not have is empty or zero.
     *
     * @param enterprise nobody where a person holds the voucher, who is not named (ALL-05)
     * @param serviceType the type of service, the class of the product, or the category of what was bought
     * @param purchase the merchant's reference of the purchase
     * @param completedOn when the service was complete, was accepted, or the voucher was used
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
            String purchase,
            long purchaseFen,
            String completedOn,
            int shareBasisPoints,
            long thresholdFen,
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
