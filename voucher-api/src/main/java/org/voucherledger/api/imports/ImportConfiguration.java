package org.voucherledger.api.imports;

import java.time.Duration;
import java.util.concurrent.TimeoutException;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.JdbcTemplate;
import org.voucherledger.projections.projection.Projections;
import org.voucherledger.projections.register.RegisterProjection;

/** Who is on the blacklist is asked from the register, once it shows everything that was recorded. */
@Configuration(proxyBeanMethods = false)
class ImportConfiguration {

    private static final Duration PATIENCE = Duration.ofMinutes(5);

    @Bean
    OnTheBlacklist onTheBlacklist(JdbcTemplate sql, Projections projections) {
        return () -> {
            try {
                long head = projections.positions().head();
                if (head >= 0) {
                    projections.positions().awaitAtLeast(RegisterProjection.NAME, head, PATIENCE);
                }
            } catch (TimeoutException behind) {
                throw new IllegalStateException("the register is behind", behind);
            }
            return sql.queryForList("select id from view.blacklist order by id", String.class);
        };
    }
}
