package org.voucherledger.api.commandline;

import java.io.PrintWriter;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * {@code ./voucher recompute}: makes every view anew from the log and compares it, bit for bit, with the one that serves; 0 only
 * if all are equal. Nothing is changed.
 */
@Command(
        name = "recompute",
        description = {
            "Makes every view anew from the log, beside the one that serves and at the same position, and compares all tables bit",
            "for bit. Changes nothing. Ends with 0 only if all are equal."
        },
        mixinStandardHelpOptions = true)
final class RecomputeCommand implements Callable<Integer> {

    /** A log of ten million events is told to each view from its first one. */
    private static final Duration PATIENCE = Duration.ofHours(24);

    private static final JsonMapper JSON = JsonMapper.builder().build();

    @Spec
    private CommandSpec spec;

    @Option(names = "--view", paramLabel = "NAME", description = "Only this view, e.g. books; all unless said.")
    private String view;

    @Option(names = "--json", description = "Print one object: equal, and each view as the ledger answers it.")
    private boolean json;

    @Mixin
    private LedgerToAsk ledger;

    @Override
    public Integer call() {
        PrintWriter out = spec.commandLine().getOut();
        List<JsonNode> views = ledger.ask(PATIENCE, this::recomputed);
        boolean equal = views.stream().allMatch(answer -> answer.path("equal").asBoolean(false));
        if (json) {
            var all = JSON.createObjectNode().put("equal", equal);
            views.forEach(all.putArray("views")::add);
            out.println(JSON.writeValueAsString(all));
        } else {
            views.forEach(answer -> print(answer, out));
            out.println(
                    equal
                            ? "Every view is what the log makes it, bit for bit."
                            : "NOT EVERY VIEW IS WHAT THE LOG MAKES IT.");
        }
        out.flush();
        return equal ? 0 : 1;
    }

    private List<JsonNode> recomputed(LedgerToAsk.Asking asking) {
        var names = new ArrayList<String>();
        if (view == null) {
            asking.get("/api/v1/projections")
                    .insistOnSuccess()
                    .json()
                    .path("items")
                    .forEach(item -> names.add(item.path("name").asString("")));
        } else {
            names.add(URLEncoder.encode(view, StandardCharsets.UTF_8).replace("+", "%20"));
        }
        return names.stream()
                .map(name -> asking.post(
                                "/api/v1/projections/" + name + "/recomputation", "application/json", new byte[0])
                        .insistOnSuccess()
                        .json())
                .toList();
    }

    private static void print(JsonNode answer, PrintWriter out) {
        long rows = 0;
        long differing = 0;
        for (JsonNode table : answer.path("tables")) {
            rows += table.path("rows").asLong(0);
            differing += table.path("differing").asLong(0);
        }
        boolean equal = answer.path("equal").asBoolean(false);
        out.printf(
                Locale.ROOT,
                "%-14s %s: %,d rows in %d tables from %,d events, at position %s%n",
                answer.path("view").asString("?"),
                equal ? "equal" : "DIFFERS in " + differing + " rows",
                rows,
                answer.path("tables").size(),
                answer.path("events").asLong(0),
                answer.path("position").asString("?"));
        JsonNode first = answer.path("first");
        if (first.isObject()) {
            out.println("    first in table " + first.path("table").asString("") + ", key "
                    + first.path("key").asString("") + ":");
            out.println("      serving:    " + first.path("serving").asString("no such row"));
            out.println("      recomputed: " + first.path("recomputed").asString("no such row"));
        }
    }
}
