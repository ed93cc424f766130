package org.voucherledger.api.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.voucherledger.api.pipeline.Answer;
import org.voucherledger.api.pipeline.CommandRequest;
import org.voucherledger.api.security.DevelopmentKey;
import org.voucherledger.api.security.DevelopmentTokens;
import org.voucherledger.domain.command.Actor;
import org.voucherledger.domain.command.Role;
import org.voucherledger.domain.rule.Check;
import org.voucherledger.domain.rule.Rule;
import tools.jackson.databind.JsonNode;

class BulkTest extends HttpTest {

    private static final String BULK = "/api/v1/commands";

    private static String accept(int n) {
        return "{\"key\":\"k%d\",\"type\":\"AcceptVoucher\",\"body\":{\"voucherId\":\"V-%d\"}}".formatted(n, n);
    }

    private static String list(String... entries) {
        return "{\"commands\":[" + String.join(",", entries) + "]}";
    }

    @Test
    @DisplayName("a thousand commands are submitted and answered in the order of the list")
    void order() {
        pipeline.answerWith(
                request -> new Answer.Accepted("null", pipeline.submitted().size(), HttpApplication.RECEIVED_AT));
        String entries = IntStream.range(0, 1000).mapToObj(BulkTest::accept).collect(Collectors.joining(","));

        var told = as(Role.PROVIDER).withKey(null).post(BULK, list(entries));

        assertThat(told.status()).isEqualTo(200);
        JsonNode answers = told.json().path("answers");
        assertThat(answers.size()).isEqualTo(1000);
        for (int n = 0; n < 1000; n++) {
            assertThat(answers.get(n).path("key").stringValue()).isEqualTo("k" + n);
            assertThat(answers.get(n).path("status").intValue()).isEqualTo(200);
            assertThat(answers.get(n).path("position").intValue()).isEqualTo(n + 1);
        }
        assertThat(pipeline.submitted().stream().map(CommandRequest::idempotencyKey))
                .containsExactlyElementsOf(
                        IntStream.range(0, 1000).mapToObj(n -> "k" + n).toList());
    }

    @Test
    @DisplayName("an entry that is malformed, refused or of another role answers for itself and harms no other")
    void eachForItself() {
        pipeline.answerWith(request -> request.idempotencyKey().equals("k2")
                ? new Answer.Denied(
                        Rule.GZ_28.holds(Check.STATE, "VoucherStatus", false, "PAID", "ISSUED", "AcceptVoucher"),
                        5,
                        HttpApplication.RECEIVED_AT)
                : new Answer.Accepted("{\"n\":1}", 6, HttpApplication.RECEIVED_AT));

        var told = as(Role.PROVIDER)
                .post(
                        BULK,
                        list(
                                accept(1),
                                accept(2),
                                "{\"key\":\"k3\",\"type\":\"AcceptVoucher\",\"body\":{\"voucherId\":\"V-3\",\"x\":1}}",
                                "{\"key\":\"k4\",\"type\":\"Nonsense\",\"body\":{}}",
                                "{\"key\":\"k5\",\"type\":\"PublishScheme\",\"body\":{}}",
                                "{\"type\":\"AcceptVoucher\",\"body\":{\"voucherId\":\"V-6\"}}",
                                "{\"key\":\"k7\",\"type\":\"AcceptVoucher\",\"body\":{\"voucherId\":\"V-7\"},\"y\":1}",
                                "17",
                                accept(9)));

        assertThat(told.status()).isEqualTo(200);
        JsonNode answers = told.json().path("answers");
        assertThat(IntStream.range(0, 9)
                        .mapToObj(n -> answers.get(n).path("status").intValue()))
                .containsExactly(200, 409, 400, 400, 400, 400, 400, 400, 200);
        assertThat(answers.get(1).path("problem").path("rule").stringValue()).isEqualTo("GZ-28");
        assertThat(answers.get(1).path("position").intValue()).isEqualTo(5);
        assertThat(answers.get(2).path("problem").path("field").stringValue()).isEqualTo("x");
        assertThat(answers.get(3).path("problem").path("field").stringValue()).isEqualTo("type");
        assertThat(answers.get(5).path("key").isNull()).isTrue();
        assertThat(answers.get(6).path("problem").path("field").stringValue()).isEqualTo("y");
        assertThat(answers.get(8).path("result").path("n").intValue()).isEqualTo(1);
        assertThat(pipeline.submitted().stream().map(CommandRequest::idempotencyKey))
                .containsExactly("k1", "k2", "k9");
    }

    @Test
    @DisplayName("ALL-04: a platform's account names the party of each entry; another account's own goes with each")
    void onBehalfOf() {
        String other = "91440101MA5B00001X";
        String entry = "{\"key\":\"k1\",\"onBehalfOf\":%s,\"type\":\"AcceptVoucher\",\"body\":{\"voucherId\":\"V-1\"}}";
        Caller platform = anonymous().as(dataDirectory(), new Actor("platform", Role.PROVIDER, "*"));
        Caller provider = anonymous().as(dataDirectory(), new Actor("provider-1", Role.PROVIDER, CODE));

        var named = platform.post(
                BULK,
                list(
                        entry.formatted("\"" + CODE + "\""),
                        entry.formatted("\"" + other + "\""),
                        entry.formatted("\"*\""),
                        entry.formatted("7"),
                        accept(2)));
        var foreign = provider.post(
                BULK, list(entry.formatted("\"" + CODE + "\""), entry.formatted("\"" + other + "\""), accept(2)));

        assertThat(statuses(named, 5)).containsExactly(200, 200, 400, 400, 200);
        assertThat(statuses(foreign, 3)).containsExactly(200, 200, 200);
        assertThat(pipeline.submitted().stream().map(request -> request.actor().onBehalfOf()))
                .containsExactly(CODE, other, "", CODE, other, CODE);
        assertThat(pipeline.submitted().stream().map(CommandRequest::mandate))
                .containsExactly(CODE, other, "", CODE, CODE, CODE);
    }

    private static List<Integer> statuses(Caller.Told told, int count) {
        JsonNode answers = told.json().path("answers");
        return IntStream.range(0, count)
                .mapToObj(n -> answers.get(n).path("status").intValue())
                .toList();
    }

    @Test
    @DisplayName("once one entry is turned away, none behind it overtakes it")
    void overload() {
        pipeline.answerWith(request -> request.idempotencyKey().equals("k2")
                ? new Answer.Overloaded(3)
                : new Answer.Accepted("null", 1, HttpApplication.RECEIVED_AT));

        var told = as(Role.PROVIDER).post(BULK, list(accept(1), accept(2), accept(3), "{}"));

        assertThat(IntStream.range(0, 4)
                        .mapToObj(n -> told.json()
                                .path("answers")
                                .get(n)
                                .path("status")
                                .intValue()))
                .containsExactly(200, 503, 503, 400);
        assertThat(IntStream.range(0, 4)
                        .mapToObj(n -> told.json()
                                .path("answers")
                                .get(n)
                                .path("retryAfterSeconds")
                                .asInt(0)))
                .containsExactly(0, 3, 3, 0);
        assertThat(pipeline.submitted()).hasSize(2);
    }

    @Test
    @DisplayName("the same command has one hash, alone and in bulk")
    void sameHash() {
        as(Role.PROVIDER).post("/api/v1/vouchers/V-1/acceptance", "");
        as(Role.PROVIDER).post(BULK, list(accept(1)));

        assertThat(pipeline.submitted().stream().map(CommandRequest::bodySha256).distinct())
                .hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"{}", "{\"commands\":[]}", "{\"commands\":{}}", "{\"commands\":[{}],\"x\":1}", "[]", ""})
    @DisplayName("a list that is none is refused as a whole")
    void noList(String body) {
        assertThat(as(Role.PROVIDER).post(BULK, body).status()).isEqualTo(400);
        assertThat(pipeline.submitted()).isEmpty();
    }

    @Test
    @DisplayName("more than a thousand are refused as a whole")
    void tooMany() {
        String entries =
                IntStream.rangeClosed(0, 1000).mapToObj(BulkTest::accept).collect(Collectors.joining(","));

        assertThat(as(Role.PROVIDER).post(BULK, list(entries)).status()).isEqualTo(400);
        assertThat(pipeline.submitted()).isEmpty();
    }

    @Test
    @DisplayName("reading stops at the first entry too many: what follows is not looked at")
    void stopsInTime() {
        String entries =
                IntStream.rangeClosed(0, 1000).mapToObj(BulkTest::accept).collect(Collectors.joining(","));

        var told = as(Role.PROVIDER).post(BULK, "{\"commands\":[" + entries + ", no JSON any more");

        assertThat(told.status()).isEqualTo(400);
        assertThat(told.text("field")).isEqualTo("commands");
    }

    @ParameterizedTest(name = "{0}: {1}")
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            {"commands":[{}]} {}              | 400 | urn:voucher-ledger:problem:Unreadable
            {"commands":[{}],"commands":[{}]} | 400 | urn:voucher-ledger:problem:Malformed
            {"commands":[{"key":1,"key":2}]}  | 400 | urn:voucher-ledger:problem:Malformed
            {"commands":[{}                   | 400 | urn:voucher-ledger:problem:Unreadable
            """)
    @DisplayName("what is no bulk request to the letter is refused as a whole")
    void toTheLetter(String body, int status, String type) {
        var told = as(Role.PROVIDER).post(BULK, body);

        assertThat(told.status()).isEqualTo(status);
        assertThat(told.text("type")).isEqualTo(type);
    }

    @Test
    @DisplayName(
            "only so many are read at once; whoever comes then is told to come again, and those who are read are answered")
    void readAtOnce() throws IOException {
        String body = list(accept(1));
        List<Socket> slow = new ArrayList<>();
        for (int i = 0; i < BulkEndpoint.READ_AT_ONCE; i++) {
            slow.add(halfOf(body));
        }

        Caller.Told told = as(Role.PROVIDER).post(BULK, body);
        for (int tries = 0; tries < 100 && told.status() == 200; tries++) {
            told = as(Role.PROVIDER).post(BULK, body);
        }

        assertThat(told.status()).as(told.text()).isEqualTo(503);
        assertThat(told.header("Retry-After")).isEqualTo("2");
        assertThat(told.text("about")).isEqualTo("Overloaded");
        for (Socket socket : slow) {
            socket.getOutputStream().write(body.substring(10).getBytes(StandardCharsets.UTF_8));
            assertThat(new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8))
                    .startsWith("HTTP/1.1 200");
            socket.close();
        }
    }

    private Socket halfOf(String body) throws IOException {
        String token = new DevelopmentTokens(DevelopmentKey.of(dataDirectory()))
                .sign(Actor.of("slow", Role.PROVIDER), Instant.now(), Duration.ofMinutes(1));
        var socket = new Socket("localhost", port);
        socket.getOutputStream()
                .write(("POST " + BULK + " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\nAuthorization: Bearer "
                                + token + "\r\nContent-Type: application/json\r\nContent-Length: " + body.length()
                                + "\r\n\r\n" + body.substring(0, 10))
                        .getBytes(StandardCharsets.UTF_8));
        return socket;
    }

    @Test
    @DisplayName("a body without a length is turned away at the first byte beyond the limit")
    void limit() throws IOException {
        var body = new ByteArrayInputStream(new byte[4]);

        assertThat(new LimitedBody(body, 4).readAllBytes()).hasSize(4);
        body.reset();
        assertThatThrownBy(() -> new LimitedBody(body, 3).readAllBytes()).isInstanceOf(BadRequest.class);
        body.reset();
        assertThatThrownBy(() -> new LimitedBody(body, 0).read()).isInstanceOf(BadRequest.class);
    }
}
