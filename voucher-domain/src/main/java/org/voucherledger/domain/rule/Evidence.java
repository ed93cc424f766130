package org.voucherledger.domain.rule;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A decision as an event keeps it: the rule, what was asked, whether it was allowed, and the figures that it was decided by.
 *
 * <p>Written as a list, {@code ["GZ-21","ProviderCapExceeded",true,500000,0,10000]}, because every command of a rush brings
 * some; a figure that is no whole number is written as its text. What was decided several times alike, as the phase of a batch
 * is for each voucher of a claim, is written once, where it came first, with how often as a seventh entry.
 *
 * @param times how often it was decided with these very figures, at least once
 */
public record Evidence(String rule, String about, boolean allowed, Object limit, Object used, Object asked, int times) {

    private static final int WITHOUT_TIMES = 6;

    /** Decisions as values that JSON knows, in their order. */
    public static List<List<Object>> written(List<Decision> decisions) {
        Map<List<Object>, Integer> times = new LinkedHashMap<>();
        decisions.forEach(decision -> times.merge(
                List.of(
                        decision.rule().id(),
                        decision.about(),
                        decision.allowed(),
                        figure(decision.limit()),
                        figure(decision.used()),
                        figure(decision.asked())),
                1,
                Integer::sum));
        List<List<Object>> written = new ArrayList<>();
        times.forEach((decided, often) -> written.add(often == 1 ? decided : with(decided, often)));
        return List.copyOf(written);
    }

    private static List<Object> with(List<Object> decided, int often) {
        var all = new ArrayList<>(decided);
        all.add((long) often);
        return List.copyOf(all);
    }

    /** What {@link #written} wrote, read back. */
    public static List<Evidence> read(List<List<Object>> written) {
        return written.stream()
                .map(each -> new Evidence(
                        (String) each.get(0),
                        (String) each.get(1),
                        (Boolean) each.get(2),
                        figure(each.get(3)),
                        figure(each.get(4)),
                        figure(each.get(5)),
                        each.size() == WITHOUT_TIMES ? 1 : ((Number) each.get(WITHOUT_TIMES)).intValue()))
                .toList();
    }

    /** The rule, with the rulebook's words for it. */
    public Rule decidedBy() {
        return Rule.valueOf(rule.replace('-', '_'));
    }

    private static Object figure(Object figure) {
        return figure instanceof Long || figure instanceof Integer
                ? (Object) ((Number) figure).longValue()
                : String.valueOf(figure);
    }
}
