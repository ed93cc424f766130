package org.voucherledger.api.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;
import org.voucherledger.domain.command.Role;

/** A ledger whose issuer of tokens cannot be reached. */
@SpringBootTest(classes = HttpApplication.class, webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT)
@ExtendWith(OutputCaptureExtension.class)
class IssuerAwayTest {

    @TempDir
    private static Path data;

    @LocalServerPort
    private int port;

    @DynamicPropertySource
    static void settings(DynamicPropertyRegistry registry) {
        registry.add("ledger.data", () -> data.toString());
        registry.add("spring.security.oauth2.resourceserver.jwt.issuer-uri", IssuerAwayTest::nobody);
    }

    /** Where nobody listens any more. */
    private static String nobody() {
        try (var closed = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return "http://localhost:" + closed.getLocalPort();
        } catch (java.io.IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    @Test
    @DisplayName("nobody is believed and nobody turned away for good: ask again, and nothing of the inside is shown")
    void askAgain(@TempDir Path elsewhere, CapturedOutput log) {
        var told = Caller.anonymous(port)
                .as(elsewhere, Role.PROVIDER)
                .withKey("k")
                .post("/api/v1/vouchers/V-1/acceptance", "");

        assertThat(told.status()).as(told.text()).isEqualTo(503);
        assertThat(told.header("Retry-After")).isEqualTo("5");
        assertThat(told.header("Content-Type")).isEqualTo("application/problem+json");
        assertThat(told.text("about")).isEqualTo("IssuerUnavailable");
        assertThat(told.text()).doesNotContain("localhost");
        assertThat(log.getAll()).contains("A token could not be judged").doesNotContain("\tat ");
    }
}
