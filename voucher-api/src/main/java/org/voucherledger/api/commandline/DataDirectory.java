package org.voucherledger.api.commandline;

import java.nio.file.Path;
import picocli.CommandLine.Option;

/** The option by which a command finds what a ledger on this machine keeps. */
final class DataDirectory {

    @Option(
            names = "--data",
            paramLabel = "DIR",
            description = "The data directory of the ledger (LEDGER_DATA, or ${DEFAULT-VALUE}).",
            defaultValue = "${env:LEDGER_DATA:-voucher-data}")
    private Path path;

    Path path() {
        return path;
    }
}
