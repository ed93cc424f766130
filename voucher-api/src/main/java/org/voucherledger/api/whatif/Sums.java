package org.voucherledger.api.whatif;

import java.util.Collection;
import java.util.EnumMap;
import java.util.Map;

/**
 * All decisions of a batch together. Amounts in fen.
 *
 * @param byFate how many applications met each fate
 * @param leftFen what of the budget was not granted by the publication
 */
public record Sums(long grantedFen, long leftFen, Map<Fate, Long> byFate) {

    static Sums of(long budgetFen, Collection<Decided> decided) {
        var byFate = new EnumMap<Fate, Long>(Fate.class);
        decided.forEach(each -> byFate.merge(each.fate(), 1L, Long::sum));
        long granted = decided.stream().mapToLong(Decided::amountFen).sum();
        return new Sums(granted, budgetFen - granted, byFate);
    }
}
