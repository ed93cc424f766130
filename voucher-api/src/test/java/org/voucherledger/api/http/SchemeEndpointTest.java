package org.voucherledger.api.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.voucherledger.api.json.CanonicalJson;
import org.voucherledger.domain.command.Role;
import org.voucherledger.domain.scenario.GuangzhouTerms;
import org.voucherledger.domain.scheme.SchemeCommand.PublishScheme;

class SchemeEndpointTest extends HttpTest {

    private static final String SCHEMES = "/api/v1/schemes";

    private static String guangzhou() throws IOException {
        try (var file = SchemeEndpointTest.class.getResourceAsStream("/schemes/guangzhou-2020.yaml")) {
            return new String(file.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "application/yaml, 200",
        "application/x-yaml, 200",
        "text/yaml;charset=utf-8, 200",
        "application/json, 400",
        "text/plain, 415",
        "application/x-www-form-urlencoded, 415"
    })
    @DisplayName("ALL-01: a scheme is published from its file, as YAML or JSON")
    void publishes(String mediaType, int status) throws IOException {
        var told = as(Role.BUREAU).send("POST", SCHEMES, mediaType, guangzhou());

        assertThat(told.status()).as(told.text()).isEqualTo(status);
        assertThat(pipeline.submitted())
                .hasSize(status == 200 ? 1 : 0)
                .allSatisfy(request -> assertThat(request.command())
                        .isEqualTo(new PublishScheme(GuangzhouTerms.asPublished(), fileHash())));
    }

    private static String fileHash() {
        try {
            return CanonicalJson.sha256(guangzhou().getBytes(StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    @DisplayName("with a fault in the file nothing is published, and the line and the reason are told")
    void faulty() throws IOException {
        String text =
                guangzhou().replace("  noticeDays: 7", "  noticeDays: seven").replace("year: 2020", "jear: 2020");

        var told = as(Role.BUREAU).speaking("zh-CN").send("POST", SCHEMES, "application/yaml", text);

        assertThat(told.status()).isEqualTo(400);
        assertThat(told.header("Content-Type")).isEqualTo("application/problem+json");
        assertThat(told.text("title")).isEqualTo("工作方案文件有误，未发布");
        var errors = told.json().path("errors");
        assertThat(errors.size()).isEqualTo(3);
        int line = text.lines().toList().indexOf("  noticeDays: seven") + 1;
        assertThat(errors.get(2).path("line").intValue()).isEqualTo(line);
        assertThat(errors.get(2).path("column").intValue()).isEqualTo(3);
        assertThat(errors.get(2).path("path").stringValue()).isEqualTo("/redemption/noticeDays");
        assertThat(errors.get(2).path("reason").stringValue()).contains("integer");
        assertThat(pipeline.submitted()).isEmpty();
    }

    @Test
    @DisplayName("a scheme needs a key like every command")
    void key() throws IOException {
        assertThat(as(Role.BUREAU)
                        .withKey(null)
                        .send("POST", SCHEMES, "application/yaml", guangzhou())
                        .status())
                .isEqualTo(400);
    }
}
