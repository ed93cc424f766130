package org.voucherledger.api.seal;

import com.zaxxer.hikari.HikariDataSource;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.InstantSource;
import java.util.Objects;
import java.util.Optional;
import java.util.Properties;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;
import javax.sql.DataSource;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.sql.init.dependency.DependsOnDatabaseInitialization;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.transaction.PlatformTransactionManager;
import org.voucherledger.api.pipeline.LedgerClock;
import org.voucherledger.projections.books.BooksWatch;

/** The sealed log, kept beside the log by a thread of its own. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(SealSettings.class)
class SealConfiguration {

    @Bean
    BooksGuard booksGuard(BooksWatch watch) {
        return () -> {
            var standing = watch.standing();
            return new BooksGuard.Balance(standing.balancedUpTo(), standing.violation());
        };
    }

    @Bean
    @DependsOnDatabaseInitialization
    Sealer sealer(
            DataSource dataSource,
            BooksGuard books,
            SealSettings settings,
            LedgerClock clock,
            Witnesses witnesses,
            @Value("${ledger.data}") Path data)
            throws SQLException {
        var outside = new Seat.Outside(
                settings.keyFile(data), settings.origin(), new LastCheckpoint(data.resolve(SealKey.LAST_CHECKPOINT)));
        var connections = beside(dataSource.unwrap(HikariDataSource.class));
        var sealer = new Sealer(connections, outside, books, settings, clock::now, witnesses);
        sealer.start();
        return sealer;
    }

    /** To the same database and as the same user as everybody else, but never in the way of anybody else. */
    private static Sealer.Connections beside(HikariDataSource readers) {
        return () -> {
            var properties = new Properties();
            properties.putAll(readers.getDataSourceProperties());
            // An address may say who we are by itself.
            Optional.ofNullable(readers.getUsername()).ifPresent(user -> properties.setProperty("user", user));
            Optional.ofNullable(readers.getPassword()).ifPresent(secret -> properties.setProperty("password", secret));
            properties.setProperty("ApplicationName", "voucher-ledger-sealer");
            var connection = DriverManager.getConnection(readers.getJdbcUrl(), properties);
            try (var statement = connection.createStatement()) {
                statement.execute(Objects.requireNonNullElse(readers.getConnectionInitSql(), "select 1"));
            }
            return connection;
        };
    }

    @Bean
    SealedLog sealedLog(DataSource dataSource, PlatformTransactionManager transactions) {
        return new SealedLog(dataSource, transactions);
    }

    @Bean
    Attestor attestor(DataSource dataSource, Sealer sealer, SealSettings settings, @Value("${ledger.data}") Path data) {
        return new Attestor(new JdbcTemplate(dataSource), sealer, settings.keyFile(data));
    }

    /** What witnesses say is received when it is received, also in a rehearsal. */
    @Bean
    Witnesses witnesses(SealSettings settings, SealedLog log) {
        return new Witnesses(settings.witnesses(), log, InstantSource.system());
    }

    @Bean
    SealHealth sealHealthIndicator(Sealer sealer, Witnesses witnesses) {
        return new SealHealth(sealer, witnesses);
    }

    /** How far each witness has cosigned, and whether it is away or refuses. */
    @Bean
    MeterBinder witnessed(Witnesses witnesses) {
        return registry -> IntStream.range(0, witnesses.standings().size()).forEach(i -> {
            witness(registry, witnesses, i, "ledger.witness.leaves", "leaves it has cosigned", s -> s.leaves());
            witness(registry, witnesses, i, "ledger.witness.away", "1 while it does not answer", s -> s.away() ? 1 : 0);
            witness(registry, witnesses, i, "ledger.witness.refuses", "1 while it refuses", s -> s.refuses() ? 1 : 0);
        });
    }

    private static void witness(
            MeterRegistry registry,
            Witnesses witnesses,
            int number,
            String name,
            String words,
            ToDoubleFunction<Witnesses.Standing> of) {
        Gauge.builder(name, witnesses, w -> of.applyAsDouble(w.standings().get(number)))
                .description(words)
                .tag("witness", witnesses.standings().get(number).key())
                .register(registry);
    }

    /** How far sealing is, how far it is behind, and whether it has been halted. */
    @Bean
    MeterBinder seals(Sealer sealer) {
        return registry -> {
            gauge(registry, sealer, "ledger.seal.leaves", "leaves that are sealed", status -> status.leaves());
            gauge(
                    registry,
                    sealer,
                    "ledger.seal.lag",
                    "events and refusals not sealed yet",
                    status -> status.waiting());
            gauge(
                    registry,
                    sealer,
                    "ledger.seal.lag.seconds",
                    "the age of the oldest of them, by the ledger's clock",
                    status -> sealer.behind().toMillis() / 1000.0);
            gauge(
                    registry,
                    sealer,
                    "ledger.seal.halted",
                    "1 when the log may not be sealed any further",
                    status -> status.phase() == SealStatus.Phase.HALTED ? 1 : 0);
        };
    }

    private static void gauge(
            MeterRegistry registry, Sealer sealer, String name, String words, ToDoubleFunction<SealStatus> of) {
        Gauge.builder(name, sealer, s -> of.applyAsDouble(s.status()))
                .description(words)
                .register(registry);
    }
}
