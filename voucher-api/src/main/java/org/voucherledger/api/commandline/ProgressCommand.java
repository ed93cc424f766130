package org.voucherledger.api.commandline;

import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;
import tools.jackson.databind.JsonNode;

/** {@code ./voucher progress}: how far every granting, publication, sweep and import is, until none is under way. */
@Command(
        name = "progress",
        description = "Shows how far every granting, publication, sweep and import is, until none is under way.",
        mixinStandardHelpOptions = true)
final class ProgressCommand implements Callable<Integer> {

    static final String PATH = "/api/v1/progress";

    private static final Duration PATIENCE = Duration.ofSeconds(30);

    @Spec
    private CommandSpec spec;

    @Mixin
    private LedgerToAsk ledger;

    @Option(
            names = "--once",
            description = "Look once; a pace is known only from the second time on that anybody looks.")
    private boolean once;

    @Override
    public Integer call() {
        var page = new ProgressPage(spec.commandLine().getOut(), Boolean.getBoolean("voucher.terminal"));
        return ledger.ask(PATIENCE, asking -> {
            while (true) {
                JsonNode underWay = asking.get(PATH).insistOnSuccess().json();
                page.show(underWay);
                if (underWay.get("items").isEmpty()) {
                    spec.commandLine().getOut().println("Nothing is under way.");
                    return 0;
                }
                if (once) {
                    return 0;
                }
                pause();
            }
        });
    }

    private static void pause() {
        try {
            TimeUnit.SECONDS.sleep(1);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw new CannotRun("interrupted");
        }
    }
}
