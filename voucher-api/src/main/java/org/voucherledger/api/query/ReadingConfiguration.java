package org.voucherledger.api.query;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import java.time.Duration;
import java.util.List;
import java.util.function.ToDoubleFunction;
import javax.sql.DataSource;
import org.axonframework.eventsourcing.eventstore.EventStore;
import org.axonframework.serialization.Serializer;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.sql.init.dependency.DependsOnDatabaseInitialization;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.Environment;
import org.springframework.transaction.PlatformTransactionManager;
import org.voucherledger.api.pipeline.LedgerClock;
import org.voucherledger.domain.audit.Frames;
import org.voucherledger.projections.AllProjections;
import org.voucherledger.projections.affected.AffectedPages;
import org.voucherledger.projections.audit.Audits;
import org.voucherledger.projections.audit.FramesOfViews;
import org.voucherledger.projections.audittrail.AuditTrail;
import org.voucherledger.projections.audittrail.TrailVerification;
import org.voucherledger.projections.books.Books;
import org.voucherledger.projections.books.BooksVerification;
import org.voucherledger.projections.books.BooksWatch;
import org.voucherledger.projections.catalogue.Catalogue;
import org.voucherledger.projections.decisions.Foretelling;
import org.voucherledger.projections.findings.Findings;
import org.voucherledger.projections.history.Histories;
import org.voucherledger.projections.performance.Performance;
import org.voucherledger.projections.projection.EventLog;
import org.voucherledger.projections.projection.Projections;
import org.voucherledger.projections.projection.Views;
import org.voucherledger.projections.risk.RiskSource;
import org.voucherledger.projections.risk.RiskThresholds;
import org.voucherledger.projections.risk.Risks;
import org.voucherledger.projections.risk.RisksOfTheLog;

/** The views over the ledger's log and their readers. */
@Configuration(proxyBeanMethods = false)
class ReadingConfiguration {

    private static final double MILLIS_OF_A_SECOND = 1e3;

    @Bean(initMethod = "start")
    @DependsOnDatabaseInitialization
    Projections projections(
            DataSource dataSource, PlatformTransactionManager transactions, EventStore events, Serializer serializer) {
        return new Projections(AllProjections.of(serializer), dataSource, transactions, events, serializer);
    }

    /** @param patience how long a reader waits for {@code atLeast} before it is told to ask again */
    @Bean
    Views views(
            Projections projections,
            DataSource dataSource,
            PlatformTransactionManager transactions,
            @Value("${ledger.views.patience:10s}") Duration patience) {
        return new Views(projections, dataSource, transactions, patience);
    }

    @Bean
    Books books(DataSource dataSource) {
        return new Books(dataSource);
    }

    @Bean
    Audits audits(DataSource dataSource) {
        return new Audits(dataSource);
    }

    @Bean
    Frames frames(DataSource dataSource) {
        return new FramesOfViews(dataSource);
    }

    @Bean
    Findings findings(DataSource dataSource) {
        return new Findings(dataSource);
    }

    @Bean
    Foretelling foretelling(DataSource dataSource) {
        return new Foretelling(dataSource);
    }

    @Bean
    AffectedPages affectedPages(DataSource dataSource) {
        return new AffectedPages(dataSource);
    }

    @Bean
    Catalogue catalogue(DataSource dataSource) {
        return new Catalogue(dataSource);
    }

    @Bean
    Performance performance(DataSource dataSource) {
        return new Performance(dataSource);
    }

    @Bean
    RiskThresholds riskThresholds(Environment settings) {
        return Binder.get(settings).bind("ledger.risk", RiskThresholds.class).orElse(RiskThresholds.USUAL);
    }

    @Bean
    RisksOfTheLog risksOfTheLog(DataSource dataSource, RiskThresholds thresholds) {
        return new RisksOfTheLog(dataSource, thresholds);
    }

    @Bean
    Risks risks(List<RiskSource> sources) {
        return new Risks(sources);
    }

    @Bean
    BooksVerification booksVerification(
            Views views, Projections projections, Books books, EventStore events, Serializer serializer) {
        return new BooksVerification(views, projections, books, new EventLog(events, serializer));
    }

    @Bean
    BooksWatch booksWatch(Views views, Projections projections, Books books) {
        return new BooksWatch(views, projections, books);
    }

    /** DOWN as soon as an event has been posted after which ALL-03 does not hold. */
    @Bean
    BooksHealth booksHealthIndicator(BooksWatch watch) {
        return new BooksHealth(watch);
    }

    /** 1 while ALL-03 holds at every prefix that the books have been told, else 0. */
    @Bean
    MeterBinder balanceOfBooks(BooksWatch watch) {
        ToDoubleFunction<BooksWatch> balanced = w -> w.standing().violation().isEmpty() ? 1 : 0;
        return registry -> Gauge.builder("ledger.books.balanced", watch, balanced)
                .description("1 while ALL-03 holds at every prefix of the log that the books have posted, else 0")
                .register(registry);
    }

    @Bean
    AuditTrail auditTrail(DataSource dataSource, Serializer serializer) {
        return new AuditTrail(dataSource, serializer);
    }

    @Bean
    Histories histories(DataSource dataSource, Serializer serializer) {
        return new Histories(dataSource, serializer);
    }

    @Bean
    TrailVerification trailVerification(
            Views views, Projections projections, AuditTrail trail, EventStore events, Serializer serializer) {
        return new TrailVerification(views, projections, trail, new EventLog(events, serializer));
    }

    /** How far each view is behind the log: in positions, and for how long what it does not show has been recorded. */
    @Bean
    MeterBinder lagOfViews(Projections projections, LedgerClock clock) {
        return registry -> projections.names().forEach(name -> lag(registry, projections, clock, name));
    }

    private static void lag(MeterRegistry registry, Projections projections, LedgerClock clock, String name) {
        ToDoubleFunction<Projections> positions = p -> p.lag(name, clock.now()).positions();
        Gauge.builder("ledger.view.lag", projections, positions)
                .description("positions the view is behind the log")
                .tag("view", name)
                .register(registry);
        ToDoubleFunction<Projections> seconds =
                p -> p.lag(name, clock.now()).time().toMillis() / MILLIS_OF_A_SECOND;
        Gauge.builder("ledger.view.lag.time", projections, seconds)
                .description("for how long the first event that the view has not been told has been recorded")
                .baseUnit("seconds")
                .tag("view", name)
                .register(registry);
        ToDoubleFunction<Projections> standing = p -> p.standstill(name).isPresent() ? 1 : 0;
        Gauge.builder("ledger.view.standstill", projections, standing)
                .description("1 while the view cannot be told more, else 0; /api/v1/projections says why")
                .tag("view", name)
                .register(registry);
    }
}
