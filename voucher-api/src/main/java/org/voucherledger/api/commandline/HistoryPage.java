package org.voucherledger.api.commandline;

import java.io.PrintWriter;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.StringJoiner;
import org.voucherledger.domain.time.Shanghai;
import tools.jackson.databind.JsonNode;

/** The history of a stream as a person reads it: one step a paragraph, times in Beijing, amounts in yuan. */
final class HistoryPage {

    private static final DateTimeFormatter CLOCK = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss", Locale.ROOT);

    private HistoryPage() {}

    static void printHead(JsonNode history, PrintWriter out) {
        out.println(history.path("stream").asString("") + " as of position "
                + history.path("position").asString("?") + ", "
                + time(history.path("asOf").asString("")));
    }

    static void printSteps(JsonNode history, PrintWriter out) {
        history.path("items").forEach(step -> print(step, out));
    }

    static void printDifference(JsonNode difference, PrintWriter out) {
        long steps = difference.path("steps").asLong();
        out.println(difference.path("stream").asString("") + " from position "
                + difference.path("from").asString("") + " to "
                + difference.path("to").asString("") + ": " + steps + (steps == 1 ? " event" : " events"));
        difference.path("changed").forEach(change -> out.println("    " + change(change)));
    }

    private static void print(JsonNode step, PrintWriter out) {
        JsonNode event = step.path("event");
        out.println();
        out.println(time(event.path("at").asString("")) + "  "
                + event.path("type").asString("") + "  (position "
                + event.path("position").asString("")
                + prefixed(", ", event.path("schemeVersion").asString("")) + ")");
        String recorded = time(event.path("recordedAt").asString(""));
        if (!recorded.equals(time(event.path("at").asString("")))) {
            out.println("    known   since " + recorded + ", when it was recorded");
        }
        out.println("    by      " + event.path("role").asString("") + " "
                + event.path("actor").asString("")
                + prefixed(" for ", event.path("onBehalfOf").asString(""))
                + prefixed(", because: ", event.path("reason").asString("")));
        String since = step.path("trueSince").asString("");
        if (!since.isEmpty()) {
            out.println("    since   " + (since.contains("T") ? time(since) : since) + ", recorded only now");
        }
        if (step.hasNonNull("replaces")) {
            out.println("    instead of what position " + step.path("replaces").asString("") + " had recorded");
        }
        printDecisions(step, event.path("position").asLong(), out);
        JsonNode changed = step.path("changed");
        for (int i = 0; i < changed.size(); i++) {
            out.println((i == 0 ? "    changed " : "            ") + change(changed.get(i)));
        }
    }

    /** Those of an earlier event of the same command stand there; here it is only said where. */
    private static void printDecisions(JsonNode step, long position, PrintWriter out) {
        if (!step.hasNonNull("decidedAt")) {
            return;
        }
        long decidedAt = step.path("decidedAt").asLong();
        String elsewhere = decidedAt == position ? "" : "position " + decidedAt;
        long beganAt = step.path("beganAt").asLong();
        out.println("    decided " + (elsewhere.isEmpty() ? "here" : "with " + elsewhere)
                + (beganAt == decidedAt ? "" : ", the command as a whole with position " + beganAt));
        step.path("decisions").forEach(decision -> out.println("            " + decision(decision)));
    }

    private static String decision(JsonNode decision) {
        JsonNode limit = decision.path("limit");
        JsonNode used = decision.path("used");
        JsonNode asked = decision.path("asked");
        // A decision states amounts, and nothing else, as whole numbers.
        boolean amounts = limit.isIntegralNumber() && used.isIntegralNumber() && asked.isIntegralNumber();
        long times = decision.path("times").asLong(1);
        return decision.path("rule").asString("") + " "
                + decision.path("about").asString("")
                + (decision.path("allowed").asBoolean() ? ": passed" : ": FAILED")
                + " (limit " + value(amounts, limit) + ", used " + value(amounts, used) + ", asked "
                + value(amounts, asked) + ")" + (times == 1 ? "" : ", " + times + " times");
    }

    private static String change(JsonNode change) {
        String member = change.path("member").asString("");
        StringJoiner moved = new StringJoiner(" -> ");
        for (String side : new String[] {"before", "after"}) {
            moved.add(value(isMoney(member), change.path(side)));
        }
        return member + ": " + moved;
    }

    private static String value(boolean money, JsonNode value) {
        if (value.isNull() || value.isMissingNode()) {
            return "-";
        }
        return money && value.isIntegralNumber() ? yuan(value.longValue()) : value.asString(value.toString());
    }

    /** Amounts stand under names that end in {@code Fen}, alone or as {@code partsFen[1]} and {@code budgetsFen.B1}. */
    private static boolean isMoney(String member) {
        return member.matches("(.*\\.)?\\w*Fen([.\\[].*)?");
    }

    private static String prefixed(String prefix, String text) {
        return text.isEmpty() ? "" : prefix + text;
    }

    private static String time(String instant) {
        return instant.isEmpty() ? "" : CLOCK.format(Instant.parse(instant).atZone(Shanghai.ZONE));
    }

    private static String yuan(long fen) {
        return String.format(Locale.ROOT, "¥%,d.%02d", fen / 100, fen % 100);
    }
}
