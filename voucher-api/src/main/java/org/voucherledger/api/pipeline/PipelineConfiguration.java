package org.voucherledger.api.pipeline;

import java.time.Instant;
import java.util.Optional;
import javax.sql.DataSource;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.sql.init.dependency.DependsOnDatabaseInitialization;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.transaction.PlatformTransactionManager;
import org.voucherledger.api.eventstore.LanePool;
import org.voucherledger.api.eventstore.LedgerStore;
import org.voucherledger.domain.LedgerDomain;
import org.voucherledger.projections.audit.FramesOfViews;

/** The ledger's clock and the one way a command reaches the domain. */
@Configuration(proxyBeanMethods = false)
class PipelineConfiguration {

    /** @param rehearseFrom an instant, for a ledger that rehearses; empty for a real one */
    @Bean
    @DependsOnDatabaseInitialization
    LedgerClock ledgerClock(JdbcTemplate sql, @Value("${ledger.rehearsal:}") String rehearseFrom) {
        return LedgerClocks.of(
                sql, Optional.of(rehearseFrom).filter(text -> !text.isBlank()).map(Instant::parse));
    }

    @Bean
    DryRun dryRun(
            DataSource dataSource,
            PlatformTransactionManager transactions,
            NamedDocuments documents,
            LedgerClock clock) {
        return new LogDryRun(dataSource, transactions, documents, new FramesOfViews(dataSource), clock);
    }

    @Bean
    CommandPipeline commandPipeline(
            LedgerStore store,
            LanePool lane,
            NamedDocuments documents,
            LedgerClock clock,
            @Value("${ledger.pipeline.queue}") int capacity) {
        var frames = new FramesOfViews(lane.dataSource());
        var handlers = LedgerDomain.commandHandlers(store.ledger(), store.events(), frames);
        var sql = new JdbcTemplate(lane.dataSource());
        return GroupCommitPipeline.over(store, sql, handlers, documents, clock, capacity, Runtime.getRuntime()::halt);
    }
}
