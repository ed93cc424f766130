package org.voucherledger.projections.books;

/**
 * A movement of money or of a memorandum. Amount in whole fen, above zero.
 *
 * @param schemeId empty where only the batch is known yet; the projection completes it
 * @param batchId empty for what belongs to the scheme as a whole
 * @param owner the party whose memorandum it is, else empty
 * @param voucherId whose money moves, or {@code null}
 */
record Posting(
        String schemeId, String batchId, String owner, Account from, Account to, long amountFen, String voucherId) {

    Posting {
        if (amountFen <= 0 || from.book() != to.book()) {
            throw new IllegalArgumentException("no posting: " + amountFen + " fen from " + from + " to " + to);
        }
    }
}
