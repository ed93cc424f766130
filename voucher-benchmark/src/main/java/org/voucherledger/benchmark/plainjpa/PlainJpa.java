package org.voucherledger.benchmark.plainjpa;

import com.zaxxer.hikari.HikariDataSource;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.BiConsumer;
import javax.sql.DataSource;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.voucherledger.benchmark.load.Callers;
import org.voucherledger.benchmark.load.Connections;

/** The program: with a port it answers over HTTP, without one it is called in this process. */
public final class PlainJpa implements AutoCloseable {

    /** Beside whose package the rest is looked for. */
    @SpringBootApplication
    static class Program {}

    private final ConfigurableApplicationContext context;

    private PlainJpa(ConfigurableApplicationContext context) {
        this.context = context;
    }

    /** @param settings over those of {@code plain-jpa.yml}, as {@code --name=value} */
    public static void main(String... settings) {
        program(WebApplicationType.SERVLET).run(settings);
    }

    /** In this process, over the database of these connections and with connections of its own. */
    public static PlainJpa over(HikariDataSource database) {
        Map<String, String> settings = new LinkedHashMap<>();
        settings.put("spring.datasource.url", database.getJdbcUrl());
        settings.put("spring.datasource.username", database.getUsername());
        settings.put("spring.datasource.password", database.getPassword());
        return new PlainJpa(program(WebApplicationType.NONE)
                .run(settings.entrySet().stream()
                        .map(setting -> "--" + setting.getKey() + "=" + setting.getValue())
                        .toArray(String[]::new)));
    }

    private static SpringApplicationBuilder program(WebApplicationType type) {
        // Settings of its own: those of the ledger lie on the same class path.
        return new SpringApplicationBuilder(Program.class).web(type).properties("spring.config.name=plain-jpa");
    }

    /** Calls the service for each of them; commands a second, as {@link Callers#call} tells. */
    public <T> double rate(int threads, Iterable<T> all, int seconds, BiConsumer<VoucherService, T> call) {
        var pool = (HikariDataSource) context.getBean(DataSource.class);
        var service = context.getBean(VoucherService.class);
        Connections.open(pool);
        try {
            return Callers.call(threads, all, seconds, one -> call.accept(service, one))
                    .perSecond();
        } finally {
            Connections.giveBack(pool);
        }
    }

    @Override
    public void close() {
        context.close();
    }
}
