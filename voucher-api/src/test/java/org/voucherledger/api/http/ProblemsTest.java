package org.voucherledger.api.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.voucherledger.api.pipeline.Answer;
import org.voucherledger.api.pipeline.OutcomeUnknown;
import org.voucherledger.api.security.DevelopmentKey;
import org.voucherledger.api.security.DevelopmentTokens;
import org.voucherledger.domain.command.Actor;
import org.voucherledger.domain.command.Role;
import org.voucherledger.domain.money.Fen;
import org.voucherledger.domain.rule.Check;
import org.voucherledger.domain.rule.Decision;
import org.voucherledger.domain.rule.Rule;

@ExtendWith(OutputCaptureExtension.class)
class ProblemsTest extends HttpTest {

    private static final String ACCEPT = "/api/v1/vouchers/V-1/acceptance";

    private Caller.Told refusedBy(Decision decision, String language) {
        pipeline.answerWith(request -> new Answer.Denied(decision, 42, HttpApplication.RECEIVED_AT));
        return as(Role.PROVIDER).speaking(language).post(ACCEPT, "");
    }

    private static Decision overTheCap() {
        return Rule.GZ_21.fits(
                Check.CAPS, "ProviderCapExceeded", Fen.of(50_000_000), Fen.of(49_600_000), Fen.of(500_001));
    }

    @Test
    @DisplayName("ALL-02: a refusal names rule, clause, limit, used and asked, for people and for programs")
    void refusal() {
        var told = refusedBy(overTheCap(), "en");

        assertThat(told.status()).isEqualTo(409);
        assertThat(told.header("Content-Type")).isEqualTo("application/problem+json");
        assertThat(told.header("Content-Language")).isEqualTo("en");
        var problem = told.json();
        assertThat(problem.path("type").stringValue())
                .isEqualTo("urn:voucher-ledger:problem:GZ-21:ProviderCapExceeded");
        assertThat(problem.path("title").stringValue()).isEqualTo("The provider's cap");
        assertThat(problem.path("titleZh").stringValue()).isEqualTo("服务机构收券上限");
        assertThat(problem.path("detail").stringValue())
                .isEqualTo(
                        "GZ-21 The provider's cap (四(三); GZ-P(三)): above the provider's cap; limit ¥500,000.00, used ¥496,000.00, asked"
                                + " ¥5,000.01.");
        assertThat(problem.path("rule").stringValue()).isEqualTo("GZ-21");
        assertThat(problem.path("clause").stringValue()).isEqualTo("四(三); GZ-P(三)");
        assertThat(problem.path("about").stringValue()).isEqualTo("ProviderCapExceeded");
        assertThat(problem.path("stage").stringValue()).isEqualTo("CAPS");
        assertThat(problem.path("limit").longValue()).isEqualTo(50_000_000);
        assertThat(problem.path("used").longValue()).isEqualTo(49_600_000);
        assertThat(problem.path("asked").longValue()).isEqualTo(500_001);
        assertThat(problem.path("position").longValue()).isEqualTo(42);
    }

    @ParameterizedTest(name = "{0}: {1}")
    @CsvSource({
        "zh-CN, zh-CN",
        "'zh-TW,en;q=0.5', zh-CN",
        "'fr,en;q=0.9,zh;q=0.8', en",
        "'en;q=0.1,zh;q=0.9', zh-CN",
        ", en",
        "'%%%', en",
        "'-', en",
        "'zh;q=0', en"
    })
    @DisplayName("the language is the one the caller prefers")
    void language(String accepted, String spoken) {
        var told = refusedBy(overTheCap(), accepted);

        assertThat(told.header("Content-Language")).isEqualTo(spoken);
        assertThat(told.text("detail"))
                .isEqualTo(
                        spoken.equals("en")
                                ? "GZ-21 The provider's cap (四(三); GZ-P(三)): above the provider's cap; limit ¥500,000.00, used ¥496,000.00,"
                                        + " asked ¥5,000.01."
                                : "GZ-21 服务机构收券上限（四(三); GZ-P(三)）：超过服务机构收券上限。上限 ¥500,000.00，已用 ¥496,000.00，本次 ¥5,000.01。");
    }

    @ParameterizedTest
    @CsvSource({
        "ACTOR, NotTheParty, 403", "ACTOR, VoucherUnknown, 404", "STATE, BatchUnknown, 404",
                "STATE, VoucherStatus, 409",
        "FREEZE, Frozen, 409", "DEADLINE, OrderDeadline, 409", "CAPS, AnnualCap, 409", "USED_ONCE, InvoiceUsed, 409",
        "PARTY, Eligible, 422", "PRODUCT, Published, 422", "DOCUMENTS, Names, 422", "AMOUNTS, Share, 422"
    })
    @DisplayName("the status says at which stage it was refused")
    void status(Check stage, String about, int status) {
        var told = refusedBy(Rule.GZ_20.holds(stage, about, false, "this", "that", "other"), "en");

        assertThat(told.status()).isEqualTo(status);
        assertThat(told.json().path("status").intValue()).isEqualTo(status);
        assertThat(told.text("detail")).contains("required: this; found: that; asked: other");
    }

    @Test
    @DisplayName("a deadline is told in Beijing time")
    void time() {
        Decision late = Rule.GZ_20.before(
                Check.DEADLINE,
                "OrderDeadline",
                java.time.Instant.parse("2020-05-30T16:00:00Z"),
                java.time.Instant.parse("2020-05-30T16:00:00.5Z"));

        assertThat(refusedBy(late, "en").text("detail"))
                .endsWith("required: 2020-05-31 00:00:00; found: 2020-05-31 00:00:00.");
        assertThat(refusedBy(late, "en").text("limit")).isEqualTo("2020-05-30T16:00:00Z");
    }

    @Test
    @DisplayName("a key that stands for another request is refused")
    void keyReused() {
        pipeline.answerWith(request -> new Answer.KeyReused(request.idempotencyKey()));

        var told = as(Role.PROVIDER).post(ACCEPT, "");

        assertThat(told.status()).isEqualTo(422);
        assertThat(told.text("about")).isEqualTo("IdempotencyKeyReused");
    }

    @Test
    @DisplayName("GZ-10: overload is visible, and says when to come back")
    void overloaded() {
        pipeline.answerWith(request -> new Answer.Overloaded(2));

        var told = as(Role.PROVIDER).post(ACCEPT, "");

        assertThat(told.status()).isEqualTo(503);
        assertThat(told.header("Retry-After")).isEqualTo("2");
        assertThat(told.text("detail")).contains("same key");
    }

    @Test
    @DisplayName("an outage or a stop leaves the outcome unknown: ask again; it is no incident")
    void outcomeUnknown(CapturedOutput log) {
        pipeline.failWith(new OutcomeUnknown("the database cannot be reached"));

        var told = as(Role.PROVIDER).post(ACCEPT, "");

        assertThat(told.status()).isEqualTo(503);
        assertThat(told.header("Retry-After")).isEqualTo("5");
        assertThat(told.text("about")).isEqualTo("OutcomeUnknown");
        assertThat(log.getAll()).doesNotContain("incident");
    }

    @Test
    @DisplayName("a fault has an incident number that stands in the log, and shows nothing else")
    void fault(CapturedOutput log) {
        pipeline.failWith(new IllegalStateException("secret of the house"));

        var told = as(Role.PROVIDER).post(ACCEPT, "");

        assertThat(told.status()).isEqualTo(500);
        assertThat(told.text()).doesNotContain("secret").doesNotContain("Exception");
        assertThat(told.text("incident")).isNotBlank();
        assertThat(log.getAll()).contains("incident " + told.text("incident")).contains("secret of the house");
    }

    @Test
    @DisplayName("404, 405 and 415 are problem documents too")
    void springsOwn() {
        var missing = as(Role.AUDITOR).get("/api/v1/nothing-here");
        var method = as(Role.AUDITOR).get(ACCEPT);
        var both = as(Role.AUDITOR).send("DELETE", "/api/v1/commands", null, "");

        assertThat(missing.status()).isEqualTo(404);
        assertThat(method.status()).isEqualTo(405);
        assertThat(method.header("Allow")).isEqualTo("POST");
        assertThat(both.status()).isEqualTo(405);
        for (Caller.Told told : new Caller.Told[] {missing, method, both}) {
            assertThat(told.header("Content-Type")).isEqualTo("application/problem+json");
            assertThat(told.json().path("titleZh").stringValue()).isNotBlank();
        }
    }

    @ParameterizedTest(name = "{0}: {1}")
    @CsvSource({
        "Idempotency-Key, 申领一号, 400, Idempotency-Key",
        "On-Behalf-Of, 广州某某科技, 400, onBehalfOf",
        "Accept-Language, 中文, 200, ''",
        "X-Anything, 中文, 200, ''"
    })
    @DisplayName("a header in Chinese is malformed where it must be something else, and never a fault")
    void headersInChinese(String header, String value, int status, String field) throws IOException {
        String token = new DevelopmentTokens(DevelopmentKey.of(dataDirectory()))
                .sign(new Actor("platform", Role.PROVIDER, "*"), Instant.now(), Duration.ofMinutes(1));
        String key = header.equals("Idempotency-Key") ? "" : "Idempotency-Key: k\r\n";

        String told =
                raw("POST " + ACCEPT + " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\nContent-Length: 0\r\n"
                        + "Authorization: Bearer " + token + "\r\n" + key + header + ": " + value + "\r\n\r\n");

        assertThat(told).startsWith("HTTP/1.1 " + status);
        assertThat(told).contains(field.isEmpty() ? "\"result\"" : "\"field\":\"" + field + "\"");
    }

    /** As it is, byte for byte: a well-behaved client sends no such header. */
    private String raw(String request) throws IOException {
        try (var socket = new Socket("localhost", port)) {
            socket.getOutputStream().write(request.getBytes(StandardCharsets.UTF_8));
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    @Test
    @DisplayName("a path that the firewall refuses is a problem document without a trace")
    void firewall() {
        var told = as(Role.AUDITOR).get("/api/v1//nothing;x=1");

        assertThat(told.status()).isEqualTo(400);
        assertThat(told.text()).doesNotContain("Exception").doesNotContain("\tat ");
    }
}
