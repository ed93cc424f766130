package org.voucherledger.api.commandline;

import java.io.PrintWriter;
import java.util.Locale;
import java.util.StringJoiner;
import tools.jackson.databind.JsonNode;

/** The answer to what a past batch would have become, as a person reads it: the sums first, then who. */
final class WhatIfPage {

    private static final String ROW = "%-24s %-20s %16s  %-8s %s";

    private final JsonNode answer;

    WhatIfPage(JsonNode answer) {
        this.answer = answer;
    }

    void print(PrintWriter out, boolean all) {
        out.println("Batch " + text("batchId") + " ran under " + text("schemeId") + "@"
                + answer.path("schemeVersion").asInt() + "; re-decided under the draft of " + text("draftSchemeId")
                + " (SHA-256 " + text("draftSha256") + ").");
        out.println("Budget " + yuan(answer.path("budgetFen").asLong()) + ".");
        out.println();
        sums("then", answer.path("before"), out);
        sums("draft", answer.path("after"), out);
        out.println();
        out.println("Changes: " + counts(answer.path("changes")));
        for (JsonNode each : answer.path("hindered")) {
            out.println("Not possible under the draft: "
                    + yuan(each.path("amountFen").asLong())
                    + " were taken from the budget at " + each.path("at").asString() + " ("
                    + each.path("rule").asString() + " " + each.path("about").asString()
                    + "); they are left with the batch.");
        }
        out.println();
        out.println(row("application", "applicant", "asked", "change", "then -> draft"));
        for (JsonNode each : answer.path("applications")) {
            String change = each.path("change").asString();
            if (all || !change.equals("SAME")) {
                out.println(row(
                        each.path("applicationId").asString(),
                        each.path("applicantId").asString(),
                        yuan(each.path("askedFen").asLong()),
                        change,
                        decided(each.path("before")) + " -> " + decided(each.path("after"))));
            }
        }
        out.println();
        out.println("Nothing was written to the ledger.");
    }

    private static void sums(String when, JsonNode sums, PrintWriter out) {
        out.println(String.format(Locale.ROOT, "%-6s", when) + " granted "
                + yuan(sums.path("grantedFen").asLong()) + ", left "
                + yuan(sums.path("leftFen").asLong()) + "; "
                + counts(sums.path("byFate")));
    }

    private static String counts(JsonNode counted) {
        var counts = new StringJoiner(", ");
        counted.properties()
                .forEach(entry ->
                        counts.add(entry.getKey() + " " + entry.getValue().asLong()));
        return counts.length() == 0 ? "none" : counts.toString();
    }

    /** {@code GRANTED ¥20,000.00 (tier 1, place 3, 50%)}; tiers are counted from one, as the scheme's explanation does. */
    private static String decided(JsonNode decided) {
        var where = new StringJoiner(", ", " (", ")").setEmptyValue("");
        if (decided.path("tier").isNumber()) {
            where.add("tier " + (decided.path("tier").asInt() + 1));
        }
        if (decided.path("place").isNumber()) {
            where.add("place " + decided.path("place").asLong());
        }
        if (decided.path("rule").isString()) {
            where.add(decided.path("rule").asString() + " "
                    + decided.path("about").asString());
        }
        String amount = decided.path("amountFen").asLong() == 0
                ? ""
                : " " + yuan(decided.path("amountFen").asLong());
        return decided.path("fate").asString() + amount + where;
    }

    private String text(String member) {
        return answer.path(member).asString("");
    }

    private static String row(String application, String enterprise, String asked, String change, String what) {
        return String.format(Locale.ROOT, ROW, application, enterprise, asked, change, what);
    }

    private static String yuan(long fen) {
        return String.format(Locale.ROOT, "¥%,d.%02d", fen / 100, fen % 100);
    }
}
