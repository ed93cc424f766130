package org.voucherledger.projections.books;

import java.util.ArrayList;
import java.util.List;

/**
 * Whether the books are right.
 *
 * @param balanced the equations hold, and recomputing from the raw events gave the same
 * @param events how many raw events were recomputed
 * @param differences accounts about which books and recomputation differ
 * @param violations equations that do not hold, batches whose own state disagrees, and events that a view does not show
 */
public record Verification(
        boolean balanced,
        long events,
        long fundFen,
        long budgetFen,
        List<Difference> differences,
        List<String> violations) {

    /** The same, with what else was found to be wrong. */
    public Verification with(List<String> more) {
        var all = new ArrayList<>(violations);
        all.addAll(more);
        return new Verification(balanced && more.isEmpty(), events, fundFen, budgetFen, differences, List.copyOf(all));
    }

    /** Amounts in fen. */
    public record Difference(
            Account account, String schemeId, String batchId, String owner, long booksFen, long recomputedFen) {}
}
