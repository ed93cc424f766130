package org.voucherledger.api.commandline;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code ./voucher scheme}: what a clerk does with scheme files before they are published. */
@Command(
        name = "scheme",
        description = "Looks at scheme files.",
        mixinStandardHelpOptions = true,
        synopsisSubcommandLabel = "COMMAND",
        subcommands = SchemeCheckCommand.class)
final class SchemeCommand implements Runnable {

    @Spec
    private CommandSpec spec;

    @Override
    public void run() {
        throw new ParameterException(
                spec.commandLine(), "Say what to do.\n" + spec.commandLine().getUsageMessage());
    }
}
