package org.voucherledger.api.commandline;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code ./voucher books}: what can be done with the books (ALL-03). */
@Command(
        name = "books",
        description = "What can be done with the books.",
        mixinStandardHelpOptions = true,
        synopsisSubcommandLabel = "COMMAND",
        subcommands = VerifyBooksCommand.class)
final class BooksCommand implements Runnable {

    @Spec
    private CommandSpec spec;

    @Override
    public void run() {
        throw new ParameterException(
                spec.commandLine(),
                "Say what to do with the books.\n" + spec.commandLine().getUsageMessage());
    }
}
