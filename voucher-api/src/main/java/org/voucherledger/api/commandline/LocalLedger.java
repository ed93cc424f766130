package org.voucherledger.api.commandline;

import java.net.URI;
import java.util.LinkedHashMap;
import java.util.Map;
import org.springframework.boot.SpringApplication;
import org.springframework.context.ConfigurableApplicationContext;
import org.voucherledger.api.VoucherLedger;

/** A ledger that runs in this process, until it is closed or the process ends. */
public final class LocalLedger implements AutoCloseable {

    private final ConfigurableApplicationContext context;

    private LocalLedger(ConfigurableApplicationContext context) {
        this.context = context;
    }

    /**
     * Starts the program with these settings over all others; returns when it takes requests.
     *
     * @throws CannotRun if it does not start; why has been printed
     */
    public static LocalLedger start(Map<String, String> settings) {
        SpringApplication program = new SpringApplication(VoucherLedger.class);
        String[] arguments = settings.entrySet().stream()
                .map(setting -> "--" + setting.getKey() + "=" + setting.getValue())
                .toArray(String[]::new);
        try {
            return new LocalLedger(program.run(arguments));
        } catch (RuntimeException reported) {
            throw new CannotRun("The ledger did not start; the reason stands above.");
        }
    }

    /** Starts it on a port of its own choice with little to read on the console, for one who needs it for a moment. */
    public static LocalLedger startQuietly(Map<String, String> settings) {
        Map<String, String> quiet = new LinkedHashMap<>(settings);
        quiet.put("server.port", "0");
        quiet.put("server.address", "127.0.0.1");
        quiet.put("logging.level.org.voucherledger", "WARN");
        return start(quiet);
    }

    public URI url() {
        return URI.create("http://localhost:" + context.getEnvironment().getRequiredProperty("local.server.port"));
    }

    String setting(String name) {
        return context.getEnvironment().getProperty(name, "");
    }

    @Override
    public void close() {
        context.close();
    }
}
