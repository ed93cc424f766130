package org.voucherledger.api.commandline;

import java.io.PrintWriter;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.StringJoiner;
import org.voucherledger.domain.time.Shanghai;
import tools.jackson.databind.JsonNode;

/** A voucher's audit trail as a person reads it: one step a paragraph, times in Beijing, amounts in yuan. */
final class HistoryPage {

    private static final DateTimeFormatter CLOCK = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss", Locale.ROOT);

    private final String voucher;
    private final JsonNode history;

    HistoryPage(String voucher, JsonNode history) {
        this.voucher = voucher;
        this.history = history;
    }

    void print(PrintWriter out) {
        List<JsonNode> steps = new ArrayList<>();
        history.path("items").forEach(steps::add);
        out.println("Voucher " + voucher + ": " + steps.size() + (steps.size() == 1 ? " event" : " events"));
        for (JsonNode step : steps) {
            out.println();
            print(step, out);
        }
        out.println();
        out.println("As of position " + history.path("position").asString("?") + ", "
                + time(history.path("asOf").asString("")) + ".");
    }

    private static void print(JsonNode step, PrintWriter out) {
        JsonNode event = step.path("event");
        out.println(
                time(event.path("at").asString("")) + "  " + event.path("type").asString("") + "  (position "
                        + event.path("position").asString("") + ", "
                        + event.path("schemeVersion").asString("") + ")");
        out.println("    by     " + event.path("role").asString("") + " "
                + event.path("actor").asString("")
                + prefixed(" for ", event.path("onBehalfOf").asString(""))
                + prefixed(", because: ", event.path("reason").asString("")));
        out.println("    what   " + facts(event.path("payload")));
        out.println("    after  " + step.path("statusAfter").asString("")
                + (step.path("frozenAfter").asBoolean(false) ? ", frozen" : "")
                + prefixed("; ", balances(step.path("balancesAfter"))));
    }

    private static String facts(JsonNode payload) {
        StringJoiner facts = new StringJoiner(", ");
        payload.properties().forEach(fact -> {
            String name = fact.getKey();
            JsonNode value = fact.getValue();
            facts.add(
                    name.endsWith("Fen") && value.isIntegralNumber()
                            ? name.substring(0, name.length() - 3) + " " + yuan(value.longValue())
                            : name + " " + (value.isString() ? value.stringValue() : value.toString()));
        });
        return facts.toString();
    }

    /** Only what is not zero: a voucher's money is in few places at a time. */
    private static String balances(JsonNode balances) {
        StringJoiner places = new StringJoiner(", ");
        balances.properties().forEach(place -> {
            if (place.getKey().endsWith("Fen") && place.getValue().asLong(0) != 0) {
                String name = place.getKey().substring(0, place.getKey().length() - 3);
                places.add(name + " " + yuan(place.getValue().longValue()));
            }
        });
        return places.toString();
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
