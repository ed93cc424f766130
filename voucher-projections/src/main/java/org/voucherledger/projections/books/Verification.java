package org.voucherledger.projections.books;

import java.util.ArrayList;
import java.util.List;

/**
 * Whether the books are right.
 *
 * @param balanced the equations hold at every prefix of the log, and the books that are kept are those of its end
 * @param events how many raw events were checked, each with the prefix that it ends
 * @param eventsPerSecond how fast that was
 * @param first the first prefix at which something does not hold; {@code null} if there is none
 * @param differences accounts about which the books that are kept and those recomputed differ
 * @param violations what does not hold in the books that are kept, the first violation of the log, and events that a view does
 *     not show
 */
public record Verification(
        boolean balanced,
        long events,
        long eventsPerSecond,
        Violation first,
        long fundFen,
        long budgetFen,
        List<Difference> differences,
        List<String> violations) {

    /** The same, with what else was found to be wrong. */
    public Verification with(List<String> more) {
        var all = new ArrayList<>(violations);
        all.addAll(more);
        return new Verification(
                balanced && more.isEmpty(),
                events,
                eventsPerSecond,
                first,
                fundFen,
                budgetFen,
                differences,
                List.copyOf(all));
    }

    /** Amounts in fen. */
    public record Difference(
            Account account, String schemeId, String batchId, String owner, long booksFen, long recomputedFen) {}
}
