package org.voucherledger.api.season;

import java.io.PrintWriter;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import tools.jackson.databind.json.JsonMapper;

/**
 * How long a batch took to be decided, and whether it was decided as it must be. Amounts in fen.
 *
 * @param flaws what is wrong with the decision records, the first of it
 */
public record RushReport(
        long seed,
        long granted,
        long notGranted,
        long askedFen,
        List<Phase> phases,
        List<String> flaws,
        BookTable books) {

    /** The phases that decide the batch, once everybody has applied. */
    private static final Set<String> DECIDING = Set.of("grant", "publish");

    /** @param count of applications, of vouchers where they are recovered, of the log's events where they are verified */
    record Phase(String name, long count, double seconds) {

        String unit() {
            return switch (name) {
                case "verify" -> "events";
                case "recover" -> "vouchers";
                default -> "applications";
            };
        }

        double perSecond() {
            return count / seconds;
        }
    }

    public long applications() {
        return granted + notGranted;
    }

    /** Recomputed from the log, the books agree and balance (ALL-03). */
    public boolean isBalanced() {
        return books.isBalanced();
    }

    /** Every application has its decision record, and each is the one that GZ-12 demands. */
    public boolean isDecided() {
        return flaws.isEmpty();
    }

    double secondsToDecide() {
        return phases.stream()
                .filter(phase -> DECIDING.contains(phase.name()))
                .mapToDouble(Phase::seconds)
                .sum();
    }

    /** For people. */
    public void print(PrintWriter out) {
        books.print(out);
        out.println();
        out.printf("%,d applications, %,d granted, %,d not granted.%n", applications(), granted, notGranted);
        phases.forEach(phase -> out.printf(
                "  %-9s %,10d %-12s %,9.1f s  %,9.0f a second%n",
                phase.name(), phase.count(), phase.unit(), phase.seconds(), phase.perSecond()));
        out.printf(
                "Decided (grant and publish) in %,.1f s, %,.0f applications a second.%n",
                secondsToDecide(), applications() / secondsToDecide());
        out.println(
                isDecided()
                        ? "Every application has its decision record, in the order of GZ-12."
                        : "THE DECISION RECORDS ARE NOT WHAT GZ-12 DEMANDS; the first of it:");
        flaws.forEach(flaw -> out.println("  " + flaw));
        out.flush();
    }

    /** One line for programs. */
    public String json() {
        var all = new LinkedHashMap<String, Object>();
        all.put("applications", applications());
        all.put("granted", granted);
        all.put("notGranted", notGranted);
        all.put("askedFen", askedFen);
        all.put("seed", seed);
        all.put("decideSeconds", secondsToDecide());
        all.put("decidedPerSecond", applications() / secondsToDecide());
        var byName = new LinkedHashMap<String, Object>();
        phases.forEach(phase -> byName.put(
                phase.name(),
                Map.of("count", phase.count(), "seconds", phase.seconds(), "perSecond", phase.perSecond())));
        all.put("phases", byName);
        all.put("everyApplicationDecided", isDecided());
        all.put("balanced", isBalanced());
        return JsonMapper.shared().writeValueAsString(all);
    }
}
