package org.voucherledger.api.commandline;

import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import org.voucherledger.api.security.DevelopmentKey;
import org.voucherledger.api.security.DevelopmentTokens;
import org.voucherledger.domain.command.Actor;
import org.voucherledger.domain.command.Role;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code ./voucher token}: signs a token with the program's own key and prints nothing else. */
@Command(
        name = "token",
        description = "Prints a development token. A ledger with an issuer of its own does not believe it.",
        mixinStandardHelpOptions = true)
final class TokenCommand implements Runnable {

    @Spec
    private CommandSpec spec;

    @Parameters(index = "0", paramLabel = "ROLE", description = "One of ${COMPLETION-CANDIDATES}.")
    private Role role;

    @Parameters(
            index = "1",
            paramLabel = "ID",
            arity = "0..1",
            description = "Whose account it is: an opaque reference, never a person's name or number"
                    + " (the role in small letters).")
    private String id;

    @Option(
            names = "--party",
            paramLabel = "CODE",
            description =
                    "The credit code of the enterprise or provider, or the reference of the holder, acted for; * for a platform that names it"
                            + " with each request.")
    private String party;

    @Mixin
    private DataDirectory data;

    @Option(
            names = "--hours",
            paramLabel = "N",
            description = "Valid for so long (${DEFAULT-VALUE}).",
            defaultValue = "12")
    private int hours;

    @Override
    public void run() {
        if (party == null && (role == Role.ENTERPRISE || role == Role.PROVIDER || role == Role.HOLDER)) {
            throw new ParameterException(
                    spec.commandLine(),
                    "--party is needed: for which " + role.name().toLowerCase(Locale.ROOT) + "?");
        }
        if (hours < 1) {
            throw new ParameterException(spec.commandLine(), "--hours must be at least 1");
        }
        String account = id == null ? role.name().toLowerCase(Locale.ROOT) : id;
        Actor actor = new Actor(account, role, party == null ? "" : party);
        spec.commandLine()
                .getOut()
                .println(new DevelopmentTokens(DevelopmentKey.of(data.path()))
                        .sign(actor, Instant.now(), Duration.ofHours(hours)));
    }
}
