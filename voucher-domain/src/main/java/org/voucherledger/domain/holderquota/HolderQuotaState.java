package org.voucherledger.domain.holderquota;

import java.util.HashMap;
import java.util.Map;
import org.voucherledger.domain.aggregate.State;
import org.voucherledger.domain.holderquota.HolderQuotaEvent.HolderQuotaCharged;
import org.voucherledger.domain.holderquota.HolderQuotaEvent.HolderQuotaFreed;
import org.voucherledger.domain.rule.Check;
import org.voucherledger.domain.rule.Decision;
import org.voucherledger.domain.rule.Rule;

/**
 * How many vouchers a holder has taken in a cycle.
 *
 * <p>Invariant (CV-01): of each category at most as many as the scheme says. The state has one number for each category of
 * the scheme, however often a holder takes and returns.
 *
 * @param taken how many count now, by category
 */
public record HolderQuotaState(Map<String, Integer> taken) implements State<HolderQuotaState, HolderQuotaEvent> {

    public static final HolderQuotaState EMPTY = new HolderQuotaState(Map.of());

    @Override
    public boolean exists() {
        return !taken.isEmpty();
    }

    public int taken(String category) {
        return taken.getOrDefault(category, 0);
    }

    /** CV-01: one more still is within the number. */
    public Decision mayTake(String category, int mostPerHolder) {
        return Rule.CV_01.holds(
                Check.CAPS,
                "HolderLimitReached",
                taken(category) < mostPerHolder,
                String.valueOf(mostPerHolder),
                String.valueOf(taken(category)),
                "1 " + category);
    }

    @Override
    public HolderQuotaState evolve(HolderQuotaEvent event) {
        return switch (event) {
            case HolderQuotaCharged e -> with(e.category(), taken(e.category()) + 1);
            case HolderQuotaFreed e -> with(e.category(), taken(e.category()) - 1);
        };
    }

    private HolderQuotaState with(String category, int count) {
        var next = new HashMap<>(taken);
        next.put(category, count);
        return new HolderQuotaState(Map.copyOf(next));
    }
}
