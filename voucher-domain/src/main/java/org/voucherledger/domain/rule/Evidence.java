package org.voucherledger.domain.rule;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A decision as an event keeps it: the rule, what was asked, whether it was allowed, and the figures that it was decided by.
 *
 * <p>Written as a list, because every command of a rush brings some two dozen, and what can be told from its length is left out:
 *
 * <ul>
 *   <li>{@code ["GZ-21","ProviderCapExceeded",500000,0,10000]}: rule, fact, limit, used, asked; allowed;
 *   <li>{@code ["GZ-02","NotRegistered","registered","apply"]}: allowed, and what is used, or how things stand, is the limit itself;
 *   <li>{@code ["GZ-21","ProviderCapExceeded",false,500000,495000,10000]}: with the outcome as the third entry.
 * </ul>
 *
 * <p>A figure that is no whole number is written as its text. What was decided several times alike, as the phase of a batch is for
 * each voucher of a claim, is written once, where it came first, in full and with how often as a seventh entry.
 *
 * @param times how often it was decided with these very figures, at least once
 */
public record Evidence(String rule, String about, boolean allowed, Object limit, Object used, Object asked, int times) {

    private static final int AS_IT_SHOULD_BE = 4;
    private static final int ALLOWED = 5;
    private static final int WITH_OUTCOME = 6;
    private static final int WITH_TIMES = 7;

    /** Decisions as values that JSON knows, in their order. */
    public static List<List<Object>> written(List<Decision> decisions) {
        Map<Evidence, Integer> times = new LinkedHashMap<>();
        decisions.forEach(decision -> times.merge(of(decision), 1, Integer::sum));
        return times.entrySet().stream()
                .map(each -> each.getKey().written(each.getValue()))
                .toList();
    }

    private static Evidence of(Decision decision) {
        return new Evidence(
                decision.rule().id(),
                decision.about(),
                decision.allowed(),
                figure(decision.limit()),
                figure(decision.used()),
                figure(decision.asked()),
                1);
    }

    private List<Object> written(int often) {
        if (often > 1) {
            return List.of(rule, about, allowed, limit, used, asked, (long) often);
        }
        if (!allowed) {
            return List.of(rule, about, false, limit, used, asked);
        }
        return used.equals(limit) ? List.of(rule, about, limit, asked) : List.of(rule, about, limit, used, asked);
    }

    /** What {@link #written} wrote, read back. */
    public static List<Evidence> read(List<List<Object>> written) {
        return written.stream().map(Evidence::decision).toList();
    }

    private static Evidence decision(List<Object> each) {
        String rule = (String) each.get(0);
        String about = (String) each.get(1);
        return switch (each.size()) {
            case AS_IT_SHOULD_BE -> allowed(rule, about, each.get(2), each.get(2), each.get(3));
            case ALLOWED -> allowed(rule, about, each.get(2), each.get(3), each.get(4));
            case WITH_OUTCOME, WITH_TIMES ->
                new Evidence(
                        rule,
                        about,
                        (Boolean) each.get(2),
                        figure(each.get(3)),
                        figure(each.get(4)),
                        figure(each.get(5)),
                        each.size() == WITH_TIMES ? ((Number) each.get(6)).intValue() : 1);
            default -> throw new IllegalArgumentException("not a decision as an event keeps it: " + each);
        };
    }

    private static Evidence allowed(String rule, String about, Object limit, Object used, Object asked) {
        return new Evidence(rule, about, true, figure(limit), figure(used), figure(asked), 1);
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
