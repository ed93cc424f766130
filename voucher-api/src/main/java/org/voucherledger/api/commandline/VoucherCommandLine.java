package org.voucherledger.api.commandline;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.LoggerContext;
import org.slf4j.LoggerFactory;
import org.voucherledger.api.postgres.PostgresUnavailable;
import org.voucherledger.api.seal.SealAlarm;
import org.voucherledger.api.security.DevelopmentKeyUnavailable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** What {@code ./voucher} understands. A further subcommand is a class with {@link Command}, named in the list here. */
@Command(
        name = "voucher",
        description = "The ledger of a city's service vouchers.",
        mixinStandardHelpOptions = true,
        version = "voucher-ledger 0.1.0",
        synopsisSubcommandLabel = "COMMAND",
        subcommands = {
            ServeCommand.class,
            TokenCommand.class,
            HistoryCommand.class,
            ExportCommand.class,
            CertificateCommand.class,
            VerifyCommand.class,
            SchemeCommand.class,
            WhatIfCommand.class,
            SeasonCommand.class,
            RushCommand.class,
            ImportCommand.class,
            GrantCommand.class,
            ProgressCommand.class,
            RulesCommand.class,
            KeyCommand.class,
            SealCommand.class,
            TamperTestCommand.class,
            WitnessCommand.class,
            BooksCommand.class,
            RecomputeCommand.class
        })
public final class VoucherCommandLine implements Runnable {

    private static final int USAGE = 2;

    @Spec
    private CommandSpec spec;

    private VoucherCommandLine() {}

    /** Without a subcommand there is nothing to do but to say what there is. */
    @Override
    public void run() {
        throw new ParameterException(
                spec.commandLine(), "Say what to do.\n" + spec.commandLine().getUsageMessage());
    }

    /** Runs what the arguments say; 0 if it went well, 2 if they cannot be understood, 1 otherwise. */
    public static int run(String... arguments) {
        return commandLine().execute(arguments);
    }

    /** A database that a command starts says where its programs come from, in the middle of what other programs read. */
    private static void quietTheDatabase() {
        if (LoggerFactory.getILoggerFactory() instanceof LoggerContext logs) {
            logs.getLogger("io.zonky").setLevel(Level.WARN);
        }
    }

    static CommandLine commandLine() {
        quietTheDatabase();
        return new CommandLine(new VoucherCommandLine())
                .setCaseInsensitiveEnumValuesAllowed(true)
                .setUsageHelpAutoWidth(true)
                .setParameterExceptionHandler(VoucherCommandLine::explain)
                .setExecutionExceptionHandler((fault, command, parsed) -> {
                    if (fault instanceof CannotRun
                            || fault instanceof DevelopmentKeyUnavailable
                            || fault instanceof SealAlarm
                            || fault instanceof PostgresUnavailable) {
                        command.getErr().println(fault.getMessage());
                        return 1;
                    }
                    throw fault;
                });
    }

    private static int explain(ParameterException wrong, String[] arguments) {
        CommandLine command = wrong.getCommandLine();
        command.getErr().println(wrong.getMessage());
        command.getErr().println("See: ./" + command.getCommandSpec().qualifiedName() + " --help");
        return USAGE;
    }
}
