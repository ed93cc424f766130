package org.voucherledger.api.season;

import java.io.PrintWriter;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import tools.jackson.databind.json.JsonMapper;

/**
 * What a season ends with: the books, the outcomes, the refusals, and whether all of it is as it must be.
 */
public final class Report {

    private final BookTable books;
    private final Map<String, Long> outcomes;
    private final Map<String, Long> recorded;
    private final Tally tally;
    private final double seconds;
    private final List<String> replay;

    Report(
            BookTable books,
            Map<String, Long> outcomes,
            Map<String, Long> recorded,
            Tally tally,
            double seconds,
            List<String> replay) {
        this.books = books;
        this.outcomes = new TreeMap<>(outcomes);
        this.recorded = new TreeMap<>(recorded);
        this.tally = tally;
        this.seconds = seconds;
        this.replay = List.copyOf(replay);
    }

    BookTable books() {
        return books;
    }

    Map<String, Long> outcomes() {
        return outcomes;
    }

    Tally tally() {
        return tally;
    }

    List<String> replay() {
        return replay;
    }

    /** The books were recomputed from the log, agree with what the ledger shows, and balance to the fen. */
    public boolean isBalanced() {
        return books.isBalanced();
    }

    /** Every command was answered as the rulebook says, and every check of the run has held. */
    public boolean isAsExpected() {
        return tally.unexpected() == 0;
    }

    /** Everything, for people; {@code replayOptions} is what {@code ./voucher history} needs to find the ledger. */
    public void print(PrintWriter out, String replayOptions) {
        books.print(out);
        out.println();
        counts(out, "Outcomes", outcomes);
        counts(out, "Refused, by rule", tally.refusedByRule());
        counts(out, "Recorded by the ledger's sweeps", recorded);
        out.printf("%,d commands in %.0f s: %.0f a second.%n%n", tally.commands(), seconds, tally.commands() / seconds);
        if (!isAsExpected()) {
            out.printf("%,d answers were not as expected; the first of them:%n", tally.unexpected());
            tally.surprises().forEach(surprise -> out.println("  " + surprise));
            out.println();
        }
        out.println("Worth replaying:");
        replay.forEach(voucher -> out.println("  ./voucher history " + voucher + " " + replayOptions));
        out.flush();
    }

    private static void counts(PrintWriter out, String title, Map<String, ? extends Number> counts) {
        out.println(title + ":");
        counts.forEach((name, count) -> out.printf("  %-34s %,9d%n", name, count.longValue()));
        out.println();
    }

    /** One line for programs. */
    public String json() {
        var all = new LinkedHashMap<String, Object>();
        all.put("balanced", isBalanced());
        all.put("budgetFen", books.budgetFen());
        all.put("commands", tally.commands());
        all.put("refused", tally.refusedByRule());
        all.put("outcomes", outcomes);
        all.put("vouchers", replay);
        return JsonMapper.shared().writeValueAsString(all);
    }
}
