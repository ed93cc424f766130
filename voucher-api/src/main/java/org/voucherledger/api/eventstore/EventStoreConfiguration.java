package org.voucherledger.api.eventstore;

import com.zaxxer.hikari.HikariDataSource;
import java.sql.Connection;
import java.sql.SQLException;
import javax.sql.DataSource;
import org.axonframework.common.transaction.TransactionManager;
import org.axonframework.eventsourcing.eventstore.EventStore;
import org.axonframework.serialization.Serializer;
import org.axonframework.spring.jdbc.SpringDataSourceConnectionProvider;
import org.axonframework.spring.messaging.unitofwork.SpringTransactionManager;
import org.springframework.boot.sql.init.dependency.DependsOnDatabaseInitialization;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.transaction.PlatformTransactionManager;
import org.voucherledger.api.postgres.Durability;
import org.voucherledger.api.postgres.ProgramRole;
import org.voucherledger.domain.ledger.Ledger;

/**
 * The log. The lane writes over connections of its own; all readers share the program's one data source and transaction
 * manager.
 */
@Configuration(proxyBeanMethods = false)
class EventStoreConfiguration {

    @Bean
    LanePool lanePool(DataSource readers) throws SQLException {
        return LanePool.beside(readers.unwrap(HikariDataSource.class));
    }

    /** An outside database, too, must keep what it acknowledges, and must not let us change what has happened. */
    @Bean
    @DependsOnDatabaseInitialization
    LedgerStore ledgerStore(LanePool lane) throws SQLException {
        try (Connection connection = lane.dataSource().getConnection()) {
            Durability.require(connection);
            ProgramRole.require(connection);
        }
        return LedgerStore.over(lane.dataSource(), Ledger.AGGREGATES);
    }

    /** The readers' end of the log. */
    @Bean(destroyMethod = "shutDown")
    EventStore eventStore(LedgerStore lane, DataSource dataSource, TransactionManager axonTransactionManager) {
        var storage = PostgresEventStorage.over(
                new SpringDataSourceConnectionProvider(dataSource), axonTransactionManager, lane.serializer());
        var readers = LedgerEventStore.over(storage, new Snapshots(dataSource));
        lane.events().wakes(readers);
        return readers;
    }

    @Bean
    Serializer eventSerializer(LedgerStore store) {
        return store.serializer();
    }

    @Bean
    TransactionManager axonTransactionManager(PlatformTransactionManager transactions) {
        return new SpringTransactionManager(transactions);
    }
}
