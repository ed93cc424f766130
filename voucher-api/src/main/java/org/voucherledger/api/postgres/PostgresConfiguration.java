package org.voucherledger.api.postgres;

import java.nio.file.Path;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.flyway.autoconfigure.FlywayConnectionDetails;
import org.springframework.boot.jdbc.autoconfigure.JdbcConnectionDetails;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Gives the ledger its own PostgreSQL where no {@code spring.datasource.url} names an outside one. */
@Configuration(proxyBeanMethods = false)
@ConditionalOnProperty(name = "spring.datasource.url", havingValue = "embedded", matchIfMissing = true)
class PostgresConfiguration {

    @Bean
    LedgerPostgres ledgerPostgres(@Value("${ledger.data}") Path directory) {
        return LedgerPostgres.start(directory);
    }

    @Bean
    JdbcConnectionDetails ledgerPostgresConnection(LedgerPostgres postgres) {
        return new JdbcConnectionDetails() {
            @Override
            public String getUsername() {
                return postgres.program().user();
            }

            @Override
            public String getPassword() {
                return postgres.program().password();
            }

            @Override
            public String getJdbcUrl() {
                return postgres.jdbcUrl();
            }
        };
    }

    /** The tables belong to another role than the program's. */
    @Bean
    FlywayConnectionDetails ledgerPostgresOwner(LedgerPostgres postgres) {
        return new FlywayConnectionDetails() {
            @Override
            public String getUsername() {
                return postgres.owner().user();
            }

            @Override
            public String getPassword() {
                return postgres.owner().password();
            }

            @Override
            public String getJdbcUrl() {
                return postgres.jdbcUrl();
            }
        };
    }
}
