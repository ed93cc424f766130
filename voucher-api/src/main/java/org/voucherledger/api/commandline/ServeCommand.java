package org.voucherledger.api.commandline;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.OffsetDateTime;
import java.util.LinkedHashMap;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code ./voucher serve}: runs the ledger until it is stopped. */
@Command(
        name = "serve",
        description = "Runs the ledger until it is stopped.",
        mixinStandardHelpOptions = true,
        footer = {
            "",
            "Spring's own settings count too, e.g. SPRING_DATASOURCE_URL, SPRING_DATASOURCE_USERNAME and",
            "SPRING_DATASOURCE_PASSWORD in the environment for a PostgreSQL of your own."
        })
final class ServeCommand implements Runnable {

    @Spec
    private CommandSpec spec;

    @Option(names = "--port", paramLabel = "PORT", description = "Where to listen (8080 unless SERVER_PORT says else).")
    private Integer port;

    @Option(
            names = "--data",
            paramLabel = "DIR",
            description = "Where the data stay (LEDGER_DATA, or ${DEFAULT-VALUE}).",
            defaultValue = "${env:LEDGER_DATA:-voucher-data}")
    private Path data;

    @Option(
            names = "--database-url",
            paramLabel = "URL",
            description = "An outside PostgreSQL instead of the embedded one: jdbc:postgresql://host:5432/name.")
    private String databaseUrl;

    @Option(
            names = "--issuer-url",
            paramLabel = "URL",
            description = "Believe the tokens of this issuer (OpenID Connect) and no development tokens.")
    private String issuerUrl;

    @Option(
            names = "--rehearsal",
            paramLabel = "INSTANT",
            description = "Rehearse: the ledger's clock starts here and is moved by PUT /api/v1/rehearsal/clock."
                    + " Only for a ledger of its own, e.g. 2020-03-01T00:00:00+08:00.")
    private String rehearsal;

    @Override
    public void run() {
        LocalLedger ledger = LocalLedger.start(settings());
        PrintWriter out = spec.commandLine().getOut();
        out.println();
        out.println("The ledger is ready at " + ledger.url());
        out.println("  Its interface:  " + ledger.url() + "/swagger-ui.html");
        out.println("  Its data:       " + where(ledger));
        out.println("  A token:        " + token(ledger));
        if (!ledger.setting("ledger.rehearsal").isBlank()) {
            out.println("  A rehearsal:    its clock is moved by PUT /api/v1/rehearsal/clock");
        }
        out.println("  To stop it:     Ctrl-C");
        out.flush();
    }

    Map<String, String> settings() {
        Map<String, String> settings = new LinkedHashMap<>();
        settings.put("ledger.data", data.toString());
        if (port != null) {
            settings.put("server.port", port.toString());
        }
        if (databaseUrl != null) {
            settings.putAll(new DatabaseUrl(spec, databaseUrl).settings());
        }
        if (issuerUrl != null) {
            settings.put("spring.security.oauth2.resourceserver.jwt.issuer-uri", issuerUrl);
        }
        if (rehearsal != null) {
            settings.put("ledger.rehearsal", instant());
        }
        return settings;
    }

    private String instant() {
        try {
            return OffsetDateTime.parse(rehearsal).toInstant().toString();
        } catch (DateTimeException wrong) {
            throw new ParameterException(
                    spec.commandLine(),
                    "--rehearsal needs an instant with its offset, e.g. 2020-03-01T00:00:00+08:00, not: " + rehearsal);
        }
    }

    private String where(LocalLedger ledger) {
        String url = ledger.setting("spring.datasource.url");
        boolean embedded = url.isBlank() || url.equals("embedded");
        return embedded ? data.toAbsolutePath().normalize().toString() : DatabaseUrl.withoutSecrets(url);
    }

    private String token(LocalLedger ledger) {
        String issuer = ledger.setting("spring.security.oauth2.resourceserver.jwt.issuer-uri");
        if (!issuer.isBlank()) {
            return "ask " + issuer;
        }
        return "./voucher token BUREAU" + (data.toString().equals("voucher-data") ? "" : " --data " + data);
    }
}
