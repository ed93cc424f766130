package org.voucherledger.api.postgres;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.Map;
import javax.sql.DataSource;
import org.springframework.boot.flyway.autoconfigure.FlywayConfigurationCustomizer;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Tells the migrations, which the owner of the tables runs, as whom the program works. */
@Configuration(proxyBeanMethods = false)
class MigrationConfiguration {

    @Bean
    FlywayConfigurationCustomizer whoTheProgramIs(DataSource program) {
        return flyway -> {
            try (Connection connection = program.getConnection()) {
                flyway.placeholders(Map.of(ProgramRole.PLACEHOLDER, ProgramRole.of(connection)));
            } catch (SQLException unreachable) {
                throw new IllegalStateException("the database does not say as whom it lets us in", unreachable);
            }
        };
    }
}
