package org.voucherledger.api.commandline;

import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import tools.jackson.databind.JsonNode;

/** Shows how far long runs are: lines that are rewritten on a terminal, a line each time it is looked elsewhere. */
final class ProgressPage {

    private static final String UP_AND_CLEAR = "\033[%dA\033[J";

    private final PrintWriter out;
    private final boolean terminal;
    private int shown;

    ProgressPage(PrintWriter out, boolean terminal) {
        this.out = out;
        this.terminal = terminal;
    }

    /** @param underWay what {@code GET /api/v1/progress} answers */
    void show(JsonNode underWay) {
        List<String> lines = new ArrayList<>();
        underWay.get("items").forEach(run -> lines.add(line(run)));
        if (terminal && shown > 0) {
            out.printf(UP_AND_CLEAR, shown);
        }
        lines.forEach(out::println);
        shown = lines.size();
        out.flush();
    }

    static String line(JsonNode run) {
        long done = run.get("done").asLong();
        long of = run.get("of").asLong();
        String pace = run.get("perSecond").isNull()
                ? ""
                : String.format(
                        Locale.ROOT, "   %,7.0f a second", run.get("perSecond").asDouble());
        String left = run.get("secondsLeft").isNull()
                ? ""
                : "   " + time(run.get("secondsLeft").asLong()) + " left";
        return String.format(
                        Locale.ROOT,
                        "  %-10s %-12s %,9d of %,9d  %3d%%",
                        run.get("kind").asString().toLowerCase(Locale.ROOT),
                        run.get("subject").asString(),
                        done,
                        of,
                        of == 0 ? 100 : done * 100 / of)
                + pace
                + left;
    }

    private static String time(long seconds) {
        return seconds < 120 ? seconds + " s" : (seconds + 59) / 60 + " min";
    }
}
