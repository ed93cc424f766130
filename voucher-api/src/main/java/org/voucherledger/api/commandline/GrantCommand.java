package org.voucherledger.api.commandline;

import java.time.Duration;
import java.util.Locale;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import tools.jackson.databind.JsonNode;

/**
 * {@code ./voucher grant}: grants a batch whose applications have ended, and with {@code --publish} publishes the grant, and
 * shows how far it is. However it is interrupted, the same again goes on where the ledger stands: a batch knows who of its
 * order has been decided, and nobody is decided twice.
 */
@Command(
        name = "grant",
        description = {
            "Grants a batch whose applications have ended, and shows how far it is. Interrupted, at either end, it goes on",
            "where it was when it is asked again."
        },
        mixinStandardHelpOptions = true)
final class GrantCommand implements Callable<Integer> {

    /** A queue of half a million is decided well within. */
    private static final Duration PATIENCE = Duration.ofHours(2);

    @Spec
    private CommandSpec spec;

    @Mixin
    private LedgerToAsk ledger;

    @Parameters(paramLabel = "BATCH", description = "Which batch.")
    private String batch;

    @Option(
            names = "--publish",
            description =
                    "Publish the grant, too: from then on the vouchers can be used (GZ-12). Alone with --granted.")
    private boolean publish;

    @Option(names = "--granted", description = "The batch has been granted before; only publish.")
    private boolean granted;

    @Override
    public Integer call() {
        return ledger.handIn(PATIENCE, asking -> {
            if (!granted) {
                run(asking, "grant", "decided");
            }
            if (publish || granted) {
                run(asking, "publication", "told");
            }
            return 0;
        });
    }

    private void run(LedgerToAsk.Asking asking, String step, String did) {
        var out = spec.commandLine().getOut();
        var page = new ProgressPage(out, Boolean.getBoolean("voucher.terminal"));
        long begun = System.nanoTime();
        var whole = CompletableFuture.supplyAsync(() -> asking.command(
                "/api/v1/batches/" + batch + "/" + step + "?whole=true", step + "-" + UUID.randomUUID(), "{}"));
        LedgerToAsk.Answer answer = null;
        while (answer == null) {
            try {
                answer = whole.get(1, TimeUnit.SECONDS);
            } catch (TimeoutException notYet) {
                page.show(asking.get(ProgressCommand.PATH).insistOnSuccess().json());
            } catch (ExecutionException fault) {
                throw fault.getCause() instanceof RuntimeException asIs
                        ? asIs
                        : new IllegalStateException(fault.getCause());
            } catch (InterruptedException stopped) {
                Thread.currentThread().interrupt();
                throw new CannotRun("interrupted; the ledger goes on with it");
            }
        }
        JsonNode result = answer.insistOnSuccess().json().path("result");
        double seconds = (System.nanoTime() - begun) / 1e9;
        long decided = result.path("decided").asLong();
        out.printf(
                Locale.ROOT,
                "%s: %,d applications %s in %,d steps, %.1f s, %,.0f a second.%n",
                step,
                decided,
                did,
                result.path("steps").asLong(),
                seconds,
                decided / seconds);
        out.flush();
    }
}
