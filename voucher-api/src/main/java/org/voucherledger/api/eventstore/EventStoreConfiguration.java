package org.voucherledger.api.eventstore;

import java.sql.Connection;
import java.sql.SQLException;
import javax.sql.DataSource;
import org.axonframework.common.transaction.TransactionManager;
import org.axonframework.eventhandling.tokenstore.TokenStore;
import org.axonframework.eventhandling.tokenstore.jdbc.JdbcTokenStore;
import org.axonframework.eventhandling.tokenstore.jdbc.TokenSchema;
import org.axonframework.eventsourcing.eventstore.EventStore;
import org.axonframework.serialization.Serializer;
import org.axonframework.spring.jdbc.SpringDataSourceConnectionProvider;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.transaction.PlatformTransactionManager;
import org.voucherledger.api.postgres.Durability;
import org.voucherledger.domain.ledger.Ledger;

/** The log and the positions of its readers, on the one data source and transaction manager of the program. */
@Configuration(proxyBeanMethods = false)
class EventStoreConfiguration {

    /** An outside database, too, must keep what it acknowledges. */
    @Bean
    LedgerStore ledgerStore(DataSource dataSource, PlatformTransactionManager transactions) throws SQLException {
        try (Connection connection = dataSource.getConnection()) {
            Durability.require(connection);
        }
        return LedgerStore.over(dataSource, transactions, Ledger.AGGREGATES);
    }

    @Bean(destroyMethod = "shutDown")
    EventStore eventStore(LedgerStore store) {
        return store.events();
    }

    @Bean
    Serializer eventSerializer(LedgerStore store) {
        return store.serializer();
    }

    @Bean
    TransactionManager axonTransactionManager(LedgerStore store) {
        return store.transactions();
    }

    /** The database's, never the one in memory: a reader that forgot its position would start again from nothing. */
    @Bean
    TokenStore tokenStore(DataSource dataSource, LedgerStore store) {
        return JdbcTokenStore.builder()
                .connectionProvider(new SpringDataSourceConnectionProvider(dataSource))
                .serializer(store.serializer())
                .contentType(byte[].class)
                .schema(TokenSchema.builder()
                        .setTokenTable("ledger.token_entry")
                        .setProcessorNameColumn("processor_name")
                        .setSegmentColumn("segment")
                        .setTokenColumn("token")
                        .setTokenTypeColumn("token_type")
                        .setTimestampColumn("timestamp")
                        .setOwnerColumn("owner")
                        .build())
                .build();
    }
}
