package org.voucherledger.api.commandline;

import java.io.PrintWriter;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.voucherledger.api.json.StrictJson;
import org.voucherledger.api.schemecheck.InForce;
import org.voucherledger.api.schemecheck.InForce.RunningBatch;
import org.voucherledger.api.schemefile.SchemeFile.Examined;
import org.voucherledger.domain.scheme.SchemeTerms;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import tools.jackson.databind.JsonNode;

/**
 * {@code ./voucher scheme check}: explains a scheme file in plain words, lists its faults and what is worth knowing, and says
 * in what it differs from the version in force (ALL-01). Publishes nothing.
 */
@Command(
        name = "check",
        description = {
            "Explains a scheme file in plain words, lists its faults and remarks, and shows what differs from the",
            "version in force. Ends with 1 if the file has faults."
        },
        mixinStandardHelpOptions = true)
final class SchemeCheckCommand implements Callable<Integer> {

    private static final Duration PATIENCE = Duration.ofSeconds(30);

    /** In which words. */
    @Spec
    private CommandSpec spec;

    @Parameters(index = "0", paramLabel = "FILE", description = "The scheme file; .json is read as JSON, else as YAML.")
    private Path file;

    @Mixin
    private Languages languages;

    @Option(
            names = "--against",
            paramLabel = "FILE",
            description = "Compare with this file instead of the version in force.")
    private Path against;

    @Mixin
    private LedgerToAsk ledger;

    @Override
    public Integer call() {
        Examined examined = SchemeFileArgument.read(file).examined();
        InForce inForce = examined.file() == null
                ? InForce.UNKNOWN
                : inForce(examined.file().terms());
        SchemeCheckPage page = new SchemeCheckPage(file.toString(), examined, inForce);
        PrintWriter out = spec.commandLine().getOut();
        languages.print(out, page::inChinese, page::inEnglish);
        out.flush();
        return examined.faults().isEmpty() && page.refusal() == null ? 0 : 1;
    }

    private InForce inForce(SchemeTerms terms) {
        if (against != null) {
            Examined other = SchemeFileArgument.read(against).examined();
            if (other.file() == null) {
                throw new CannotRun("The file " + against + " is no scheme file: check it first.");
            }
            return InForce.of(against.toString(), other.file().terms());
        }
        return ledger.askIfThereIsOne(PATIENCE, asking -> inForce(terms.schemeId(), asking))
                .orElse(InForce.UNKNOWN);
    }

    private static InForce inForce(String schemeId, LedgerToAsk.Asking asking) {
        String id = URLEncoder.encode(schemeId, StandardCharsets.UTF_8);
        var answer = asking.get("/api/v1/schemes/" + id);
        if (answer.status() == 404) {
            return InForce.NOTHING;
        }
        JsonNode version = answer.insistOnSuccess().json();
        long fundFen = fundInForce(schemeId, asking);
        return InForce.of(
                schemeId + "@" + version.path("version").asInt(),
                StrictJson.value(version.path("terms"), SchemeTerms.class),
                fundFen,
                running(id, asking));
    }

    private static long fundInForce(String schemeId, LedgerToAsk.Asking asking) {
        String cursor = "";
        while (true) {
            JsonNode page = asking.get("/api/v1/schemes?limit=500&cursor=" + cursor)
                    .insistOnSuccess()
                    .json();
            for (JsonNode scheme : page.path("items")) {
                if (scheme.path("id").asString().equals(schemeId)) {
                    return scheme.path("fundFen").asLong();
                }
            }
            cursor = URLEncoder.encode(page.path("next").asString(""), StandardCharsets.UTF_8);
            if (cursor.isEmpty()) {
                throw new CannotRun("The ledger knows the versions of " + schemeId + " but not the scheme.");
            }
        }
    }

    private static List<RunningBatch> running(String id, LedgerToAsk.Asking asking) {
        List<RunningBatch> running = new ArrayList<>();
        String cursor = "";
        do {
            JsonNode page = asking.get("/api/v1/batches?limit=500&scheme=" + id + "&cursor=" + cursor)
                    .insistOnSuccess()
                    .json();
            for (JsonNode batch : page.path("items")) {
                if (!batch.path("phase").asString().equals("CLOSED")) {
                    running.add(new RunningBatch(
                            batch.path("id").asString(),
                            batch.path("schemeVersion").asInt()));
                }
            }
            cursor = URLEncoder.encode(page.path("next").asString(""), StandardCharsets.UTF_8);
        } while (!cursor.isEmpty());
        return running;
    }
}
