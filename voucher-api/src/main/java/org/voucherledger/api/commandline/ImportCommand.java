package org.voucherledger.api.commandline;

import java.io.IOException;
import java.io.PrintWriter;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import tools.jackson.databind.JsonNode;

/**
 * {@code ./voucher import}: hands a list in as a file and shows how far it is, at the running ledger or at one that is started
 * for the moment. Ends with status 1 if a row was refused.
 */
@Command(
        name = "import",
        description = "Imports a list from a CSV or XLSX file and shows how far it is.",
        mixinStandardHelpOptions = true)
final class ImportCommand implements Callable<Integer> {

    private static final Duration PATIENCE = Duration.ofMinutes(5);
    private static final Duration LOOK_AGAIN = Duration.ofMillis(500);
    private static final int ROWS_SHOWN = 20;

    enum ListName {
        RECOGNITIONS,
        BLACKLIST,
        ENTERPRISES;

        String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    @Spec
    private CommandSpec spec;

    @Parameters(index = "0", paramLabel = "LIST", description = "Which list it is: ${COMPLETION-CANDIDATES}.")
    private ListName list;

    @Parameters(index = "1", paramLabel = "FILE", arity = "0..1", description = "The CSV or XLSX file.")
    private Path file;

    @Option(names = "--all-or-nothing", description = "Do nothing if a single row is not good.")
    private boolean allOrNothing;

    @Option(names = "--complete", description = "The blacklist only: clear who is not in the file (all or nothing).")
    private boolean complete;

    @Option(names = "--dry-run", description = "Look and tell, and do nothing.")
    private boolean dryRun;

    @Option(names = "--report", paramLabel = "CSV", description = "Write what was wrong with which row to this file.")
    private Path report;

    @Option(
            names = "--invented",
            paramLabel = "N",
            description = "Instead of a FILE, measure with N invented enterprises at a rehearsal ledger of its own.")
    private Integer invented;

    @Mixin
    private LedgerToAsk ledger;

    private PrintWriter out;

    /** Since when rows are being done, and how many were when that was seen first. */
    private long working;

    private long doneBefore;

    @Override
    public Integer call() throws IOException {
        out = spec.commandLine().getOut();
        if (invented != null) {
            return measure();
        }
        if (file == null) {
            throw new ParameterException(spec.commandLine(), "Which FILE?");
        }
        if (!Files.isReadable(file)) {
            throw new CannotRun("There is no file " + file + " that can be read.");
        }
        return ledger.handIn(PATIENCE, this::hand);
    }

    /** An invented city never gets into a real ledger: it has one of its own, which is made anew. */
    private int measure() throws IOException {
        if (file != null || list != ListName.ENTERPRISES || invented < 1 || invented > 999_999) {
            throw new ParameterException(
                    spec.commandLine(), "--invented is for enterprises without a FILE, from 1 to 999999.");
        }
        Path own = ledger.data().resolve("import-" + UUID.randomUUID());
        Files.createDirectories(own);
        file = own.resolve("enterprises.csv");
        InventedEnterprises.write(file, invented);
        say("%,d invented enterprises, %,d bytes; starting a rehearsal ledger on %s ..."
                .formatted(invented, Files.size(file), own));
        try (LocalLedger rehearsal = LocalLedger.startQuietly(Map.of(
                "ledger.data", own.toString(),
                "ledger.rehearsal", "2020-03-01T00:00:00Z",
                // Invented papers were never uploaded.
                "ledger.documents.required", "false"))) {
            return ledger.handInAt(rehearsal, own, PATIENCE, this::hand);
        }
    }

    private int hand(LedgerToAsk.Asking asking) {
        long begun = System.nanoTime();
        JsonNode now = asking.post(address(), file).insistOn(202).json();
        String itself = "/api/v1/imports/" + now.get("id").asString();
        try {
            while (now.get("finishedAt").isNull()) {
                show(now, begun);
                TimeUnit.NANOSECONDS.sleep(LOOK_AGAIN.toNanos());
                now = asking.get(itself).insistOnSuccess().json();
            }
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw new CannotRun("interrupted; the import goes on at the ledger");
        }
        show(now, begun);
        return tell(asking, itself, now, begun);
    }

    private String address() {
        String name = URLEncoder.encode(file.getFileName().toString(), StandardCharsets.UTF_8);
        return "/api/v1/imports/" + list.word() + "?mode="
                + (allOrNothing || complete ? "all-or-nothing" : "good-rows") + "&dryRun=" + dryRun + "&complete="
                + complete + "&fileName=" + name;
    }

    private void show(JsonNode now, long begun) {
        String line = String.format(
                Locale.ROOT,
                "%-9s %,9d read  %,9d done  %,9d unchanged  %,7d refused  %,9d left  %6.1f s%s",
                now.get("state").asString().toLowerCase(Locale.ROOT),
                now.get("rowsRead").asLong(),
                now.get("rowsDone").asLong(),
                now.get("rowsUnchanged").asLong(),
                now.get("rowsRefused").asLong(),
                now.get("rowsLeft").asLong(),
                seconds(begun),
                pace(now));
        boolean over = !now.get("finishedAt").isNull();
        if (Boolean.getBoolean("voucher.terminal")) {
            out.print("\r" + line + (over ? "\n" : ""));
            out.flush();
        } else {
            say(line);
        }
    }

    /** How many rows a second are being done since the first of them was seen to be, and how long the rest takes. */
    private String pace(JsonNode now) {
        long doneNow = now.get("rowsDone").asLong()
                + now.get("rowsUnchanged").asLong()
                + now.get("rowsRefused").asLong();
        if (!now.get("state").asString().equals("WORKING")) {
            return "";
        }
        if (working == 0) {
            working = System.nanoTime();
            doneBefore = doneNow;
            return "";
        }
        double perSecond = (doneNow - doneBefore) / seconds(working);
        return perSecond == 0
                ? ""
                : String.format(
                        Locale.ROOT,
                        "  %,6.0f a second  %,5.0f s to go",
                        perSecond,
                        now.get("rowsLeft").asLong() / perSecond);
    }

    private int tell(LedgerToAsk.Asking asking, String itself, JsonNode over, long begun) {
        long rows = over.get("rowsDone").asLong() + over.get("rowsUnchanged").asLong();
        long refused = over.get("rowsRefused").asLong();
        say(String.format(
                Locale.ROOT, "%,d rows in %.1f s, %,.0f a second.", rows, seconds(begun), rows / seconds(begun)));
        if (over.get("cleared").asLong() > 0) {
            say(over.get("cleared").asLong() + " cleared, because the complete list does not name them.");
        }
        if (!over.get("problem").isNull()) {
            say(over.get("problem").asString());
        }
        JsonNode rowsTold = asking.get(itself + "/report?limit=" + ROWS_SHOWN)
                .insistOnSuccess()
                .json();
        rowsTold.get("items")
                .forEach(row -> say("  line " + row.get("line").asLong() + "  "
                        + row.get("column").asString() + "  "
                        + row.get("reasonZh").asString() + "  "
                        + row.get("reasonEn").asString()));
        if (!rowsTold.get("next").isNull()) {
            say("  ... and more; --report FILE writes them all.");
        }
        if (report != null) {
            asking.download(itself + "/report.csv", report);
        }
        return over.get("state").asString().equals("DONE") && refused == 0 ? 0 : 1;
    }

    private static double seconds(long begun) {
        return Math.max(1, System.nanoTime() - begun) / 1e9;
    }

    private void say(String line) {
        out.println(line);
        out.flush();
    }
}
