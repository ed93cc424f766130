package org.voucherledger.api.commandline;

import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;

/** Where an outside PostgreSQL is, as JDBC writes it or as {@code psql} does. */
final class DatabaseUrl {

    private static final String JDBC = "jdbc:postgresql:";

    private final CommandSpec spec;
    private final String text;

    DatabaseUrl(CommandSpec spec, String text) {
        this.spec = spec;
        this.text = text;
    }

    /** As Spring's settings. */
    Map<String, String> settings() {
        Map<String, String> settings = new LinkedHashMap<>();
        if (text.startsWith(JDBC)) {
            settings.put("spring.datasource.url", text);
            return settings;
        }
        URI url = uri();
        if (url.getRawUserInfo() != null) {
            String[] user = url.getRawUserInfo().split(":", 2);
            settings.put("spring.datasource.username", decoded(user[0]));
            if (user.length == 2) {
                settings.put("spring.datasource.password", decoded(user[1]));
            }
        }
        String port = url.getPort() < 0 ? "" : ":" + url.getPort();
        String query = url.getRawQuery() == null ? "" : "?" + url.getRawQuery();
        settings.put("spring.datasource.url", JDBC + "//" + url.getHost() + port + url.getRawPath() + query);
        return settings;
    }

    private URI uri() {
        try {
            URI url = URI.create(text);
            if (("postgres".equals(url.getScheme()) || "postgresql".equals(url.getScheme()))
                    && url.getHost() != null
                    && url.getRawPath().length() > 1) {
                return url;
            }
        } catch (IllegalArgumentException notAUrl) {
            // Told below, as for every other text that is no such address.
        }
        throw new ParameterException(
                spec.commandLine(),
                "--database-url needs jdbc:postgresql://host:5432/name or postgresql://user:password@host:5432/name.");
    }

    private static String decoded(String text) {
        return URLDecoder.decode(text.replace("+", "%2B"), StandardCharsets.UTF_8);
    }

    /** For the console: a JDBC address may carry a password among its parameters. */
    static String withoutSecrets(String jdbcUrl) {
        int parameters = jdbcUrl.indexOf('?');
        return parameters < 0 ? jdbcUrl : jdbcUrl.substring(0, parameters);
    }
}
