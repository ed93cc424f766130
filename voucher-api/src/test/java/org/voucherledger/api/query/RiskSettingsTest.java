package org.voucherledger.api.query;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.env.YamlPropertySourceLoader;
import org.springframework.core.env.MapPropertySource;
import org.springframework.core.env.StandardEnvironment;
import org.springframework.core.io.ClassPathResource;
import org.voucherledger.projections.risk.RiskThresholds;

class RiskSettingsTest {

    private static RiskThresholds settings(String name, Object value) throws IOException {
        var environment = new StandardEnvironment();
        new YamlPropertySourceLoader()
                .load("application", new ClassPathResource("application.yml"))
                .forEach(environment.getPropertySources()::addLast);
        if (name != null) {
            environment
                    .getPropertySources()
                    .addFirst(new MapPropertySource("given", java.util.Map.of("ledger.risk." + name, value)));
        }
        return Binder.get(environment).bind("ledger.risk", RiskThresholds.class).get();
    }

    @Test
    @DisplayName("the thresholds that are shipped are the usual ones, and each can be set")
    void shipped() throws IOException {
        assertThat(settings(null, null)).isEqualTo(RiskThresholds.USUAL);
        assertThat(settings("returns", 7).returns()).isEqualTo(7);
        assertThat(settings("return-within", "36h").returnWithin()).hasHours(36);
    }

    @Test
    @DisplayName("a threshold that everything reaches is refused at the start")
    void too_low() throws IOException {
        assertThat(settings("run-invoices", 2).runInvoices()).isEqualTo(2);
        assertThatThrownBy(() -> settings("run-invoices", 1))
                .rootCause()
                .hasMessageContaining("ledger.risk.run-invoices");
        assertThatThrownBy(() -> settings("sharing", 1)).rootCause().hasMessageContaining("ledger.risk.sharing");
        assertThatThrownBy(() -> settings("return-within", "0s"))
                .rootCause()
                .hasMessageContaining("ledger.risk.return-within");
    }
}
