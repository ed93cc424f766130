package org.voucherledger.projections.books;

import java.util.List;

/**
 * Whether the books are right.
 *
 * @param balanced the equations hold, and recomputing from the raw events gave the same
 * @param events how many raw events were recomputed
 * @param differences accounts about which books and recomputation differ
 * @param violations equations that do not hold, and batches whose own state disagrees
 */
public record Verification(
        boolean balanced,
        long events,
        long fundFen,
        long budgetFen,
        List<Difference> differences,
        List<String> violations) {

    /** Amounts in fen. */
    public record Difference(
            Account account, String schemeId, String batchId, String owner, long booksFen, long recomputedFen) {}
}
