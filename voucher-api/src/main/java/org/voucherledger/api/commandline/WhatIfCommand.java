package org.voucherledger.api.commandline;

import java.io.PrintWriter;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.Callable;
import org.voucherledger.api.schemefile.Finding;
import org.voucherledger.api.schemefile.SchemeFile.Examined;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code ./voucher whatif}: what a past batch would have become under a draft. Nothing is written to the ledger. */
@Command(
        name = "whatif",
        description = {
            "Re-decides the applications of a past batch under a draft of a scheme and shows who would have been granted,",
            "refused or moved, and the sums. Writes nothing to the ledger."
        },
        mixinStandardHelpOptions = true)
final class WhatIfCommand implements Callable<Integer> {

    /** A batch of a hundred thousand is decided anew while one waits. */
    private static final Duration PATIENCE = Duration.ofMinutes(15);

    @Spec
    private CommandSpec spec;

    @Option(names = "--scheme", paramLabel = "FILE", required = true, description = "The draft, a scheme file.")
    private Path scheme;

    @Option(names = "--batch", paramLabel = "ID", required = true, description = "The batch, whose window has closed.")
    private String batch;

    @Option(names = "--all", description = "List the applications for which nothing would have changed, too.")
    private boolean all;

    @Option(names = "--json", description = "Print it as the ledger answers it.")
    private boolean json;

    @Mixin
    private LedgerToAsk ledger;

    @Override
    public Integer call() {
        SchemeFileArgument draft = SchemeFileArgument.read(scheme);
        Examined examined = draft.examined();
        if (!examined.faults().isEmpty()) {
            PrintWriter err = spec.commandLine().getErr();
            err.println("The draft " + scheme + " has faults; nothing was re-decided.");
            for (Finding fault : examined.faults()) {
                err.println("  line " + fault.line() + ", column " + fault.column() + " " + fault.path() + ": "
                        + fault.reason() + " / " + fault.reasonZh());
            }
            return 1;
        }
        String id = URLEncoder.encode(batch, StandardCharsets.UTF_8).replace("+", "%20");
        var answer = ledger.ask(
                        PATIENCE,
                        asking -> asking.post("/api/v1/batches/" + id + "/what-if", draft.mediaType(), draft.bytes()))
                .insistOnSuccess();
        PrintWriter out = spec.commandLine().getOut();
        if (json) {
            out.println(answer.text());
        } else {
            new WhatIfPage(answer.json()).print(out, all);
        }
        out.flush();
        return 0;
    }
}
