package org.voucherledger.api.commandline;

import java.io.PrintWriter;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/**
 * {@code ./voucher history}: prints the audit trail of a voucher (ALL-04), asked from the running ledger, or from one that is
 * started for the moment where none answers.
 */
@Command(
        name = "history",
        description = "Prints every event of a voucher: who, when, for whom, why, and what the voucher was after it.",
        mixinStandardHelpOptions = true)
final class HistoryCommand implements Runnable {

    private static final Duration PATIENCE = Duration.ofSeconds(30);

    @Spec
    private CommandSpec spec;

    @Parameters(index = "0", paramLabel = "VOUCHER", description = "The voucher's id.")
    private String voucher;

    @Mixin
    private LedgerToAsk ledger;

    @Option(names = "--json", description = "Print it as the ledger answers it.")
    private boolean json;

    @Override
    public void run() {
        String id = URLEncoder.encode(voucher, StandardCharsets.UTF_8).replace("+", "%20");
        var answer = ledger.ask(PATIENCE, asking -> asking.get("/api/v1/vouchers/" + id + "/history"))
                .insistOnSuccess();
        PrintWriter out = spec.commandLine().getOut();
        if (json) {
            out.println(answer.text());
        } else {
            new HistoryPage(voucher, answer.json()).print(out);
        }
        out.flush();
    }
}
