package org.voucherledger.api.commandline;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code ./voucher seal}: what can be done about the sealed log from the command line. */
@Command(
        name = "seal",
        description = "Works with the sealed log of a ledger.",
        mixinStandardHelpOptions = true,
        synopsisSubcommandLabel = "COMMAND",
        subcommands = {SealVerifyCommand.class, SealBeginAnewCommand.class})
final class SealCommand implements Runnable {

    @Spec
    private CommandSpec spec;

    @Override
    public void run() {
        throw new ParameterException(
                spec.commandLine(), "Say what to do: ./voucher seal verify, or ./voucher seal begin-anew.");
    }
}
