package org.voucherledger.api.commandline;

import java.net.URI;
import java.nio.file.Path;
import java.util.function.Consumer;
import picocli.CommandLine.Option;

/** The options by which what is played finds its ledger: a rehearsal that runs and has not begun, or one that is started. */
final class RehearsalToPlayAt {

    @Option(
            names = "--url",
            paramLabel = "URL",
            defaultValue = "http://localhost:8080",
            description =
                    "Where a rehearsal ledger may be running (${DEFAULT-VALUE}). Where none does, one is started.")
    private URI url;

    @Option(
            names = "--data",
            paramLabel = "DIR",
            defaultValue = "${env:LEDGER_DATA:-voucher-data}",
            description = "The data directory of the ledger at URL (LEDGER_DATA, or ${DEFAULT-VALUE}). A ledger that is"
                    + " started keeps its data in a directory of its own in DIR.")
    private Path data;

    /**
     * @param name of the directory in the data directory, which is emptied
     * @param say told why, where a ledger that answers cannot be used
     */
    SeasonLedger find(String name, Consumer<String> say) {
        return SeasonLedger.find(url, data, data.resolve(name), say);
    }
}
