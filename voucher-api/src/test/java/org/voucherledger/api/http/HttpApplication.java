package org.voucherledger.api.http;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.ComponentScan;
import org.voucherledger.api.pipeline.DryRun;
import org.voucherledger.domain.command.Actor;
import org.voucherledger.domain.command.Command;
import org.voucherledger.domain.rule.Decision;

/**
 * The HTTP side of the ledger alone, in front of a pipeline that a test speaks for. Not a component, or the whole program would
 * find it when a test starts that.
 */
@EnableAutoConfiguration(
        excludeName = {
            "org.springframework.boot.jdbc.autoconfigure.DataSourceAutoConfiguration",
            "org.springframework.boot.hibernate.autoconfigure.HibernateJpaAutoConfiguration",
            "org.springframework.boot.data.jpa.autoconfigure.DataJpaRepositoriesAutoConfiguration",
            "org.springframework.boot.flyway.autoconfigure.FlywayAutoConfiguration"
        })
@ComponentScan({"org.voucherledger.api.http", "org.voucherledger.api.problem", "org.voucherledger.api.security"})
class HttpApplication {

    static final Instant RECEIVED_AT = Instant.parse("2020-04-01T01:00:00Z");

    @Bean
    RecordingPipeline pipeline() {
        return new RecordingPipeline();
    }

    @Bean
    Consequences consequences() {
        return (explanation, cursor, limit) -> List.of();
    }

    /** Whatever is only asked would be done, and is explained by nothing. */
    @Bean
    DryRun dryRun() {
        return new DryRun() {
            @Override
            public Explanation of(Actor actor, String mandate, Command command) {
                return new Explanation(RECEIVED_AT, 0, List.of(), null, null, List.of());
            }

            @Override
            public List<Optional<Decision>> refusals(Actor actor, String mandate, List<? extends Command> commands) {
                return commands.stream()
                        .map(command -> Optional.<Decision>empty())
                        .toList();
            }
        };
    }
}
