package org.voucherledger.api.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.voucherledger.api.pipeline.Answer;
import org.voucherledger.api.pipeline.CommandRequest;
import org.voucherledger.domain.batch.BatchCommand;
import org.voucherledger.domain.command.Actor;
import org.voucherledger.domain.command.Malformed;
import org.voucherledger.domain.command.Role;
import org.voucherledger.domain.voucher.VoucherCommand.OrderVoucher;

class SingleCommandTest extends HttpTest {

    private static final String ORDER = "/api/v1/vouchers/V-1/order";
    private static final String ORDER_BODY = """
            {"providerId":"P-1","productId":"PR-1","amountFen":500000,"declaredNotFundedOtherwise":true}""";

    @Test
    @DisplayName("a command is made of body and path, submitted for its actor, and answered with position and result")
    void isSubmittedAndAnswered() {
        var told = enterprise(CODE).post(ORDER, ORDER_BODY);

        assertThat(told.status()).isEqualTo(200);
        assertThat(told.json().path("position").longValue()).isEqualTo(7);
        assertThat(told.text("receivedAt")).isEqualTo("2020-04-01T01:00:00Z");
        assertThat(told.json().path("result").path("ok").booleanValue()).isTrue();
        assertThat(pipeline.submitted()).singleElement().satisfies(request -> {
            assertThat(request.command()).isEqualTo(new OrderVoucher("V-1", "P-1", "PR-1", 500_000, true));
            assertThat(request.actor()).isEqualTo(new Actor("handler-1", Role.ENTERPRISE, CODE));
            assertThat(request.idempotencyKey()).isEqualTo("key-1");
            assertThat(request.bodySha256()).matches("[0-9a-f]{64}");
        });
    }

    @Test
    @DisplayName("the same content has the same hash however it is written, other content another")
    void hash() {
        enterprise(CODE).post(ORDER, ORDER_BODY);
        enterprise(CODE).post(ORDER, """
                        { "declaredNotFundedOtherwise" : true, "amountFen":500000,
                          "voucherId":"V-1", "productId":"PR-1", "providerId":"P\\u002d1" }""");
        enterprise(CODE).post(ORDER, ORDER_BODY.replace("500000", "500001"));
        enterprise(CODE).post("/api/v1/vouchers/V-2/order", ORDER_BODY);
        enterprise(CODE).post("/api/v1/vouchers/V-1/order/confirmation", "");
        enterprise(CODE).post("/api/v1/vouchers/V-1/acceptance", "");

        List<String> hashes =
                pipeline.submitted().stream().map(CommandRequest::bodySha256).toList();
        assertThat(hashes).hasSize(6);
        assertThat(hashes.get(0)).isEqualTo(hashes.get(1));
        assertThat(hashes.subList(1, 6)).doesNotHaveDuplicates();
    }

    @ParameterizedTest(name = "{1}")
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
                    "amountFen":500000,"extra":1            | extra       | unknown field
                    "amountFen":500000,"amountFen":600000   | amountFen   | twice
                    "amountFen":500000.5                    | amountFen   | whole
                    "amountFen":5e5                         | amountFen   | whole
                    "amountFen":"500000"                    | amountFen   | whole
                    "amountFen":9223372036854775808         | amountFen   | whole
                    "amountFen":null                        | amountFen   | whole
                    "amountFen":0                           | amountFen   | above zero
                    "amountFen":-1                          | amountFen   | above zero
                    "amountFen":1,"voucherId":"V-2"         | voucherId   | same as in the path
                    "amountFen":1,"voucherId":1             | voucherId   | same as in the path
                    """)
    @DisplayName("what is not to the letter is refused with the field's name")
    void malformed(String members, String field, String reason) {
        var told = enterprise(CODE)
                .post(
                        ORDER,
                        "{\"providerId\":\"P-1\",\"productId\":\"PR-1\",\"declaredNotFundedOtherwise\":true," + members
                                + "}");

        assertThat(told.status()).as(told.text()).isEqualTo(400);
        assertThat(told.header("Content-Type")).isEqualTo("application/problem+json");
        assertThat(told.text("field")).as(told.text()).isEqualTo(field);
        assertThat(told.text("detail")).contains(reason);
        assertThat(pipeline.submitted()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"amountFen", "declaredNotFundedOtherwise", "providerId"})
    @DisplayName("what is left out is not taken for zero, for no, or for nothing")
    void missing(String field) {
        String body = ORDER_BODY.replaceFirst("\"" + field + "\":[^,}]+,?", "").replace(",}", "}");
        var told = enterprise(CODE).post(ORDER, body);

        assertThat(told.status()).isEqualTo(400);
        assertThat(told.text("field")).isEqualTo(field);
    }

    @Test
    @DisplayName("inside a list the field is named with its place")
    void placeInList() {
        var told = as(Role.OPERATOR).post("/api/v1/claims/C-1/first-review", """
                        {"items":[{"voucherId":"V-1","approvedFen":1,"reason":""},{"voucherId":"V-2","approvedFen":-1}]}""");

        assertThat(told.status()).isEqualTo(400);
        assertThat(told.text("field")).isEqualTo("items[1].approvedFen");
    }

    @Test
    @DisplayName("an instant and a date are texts in one form")
    void dates() {
        String body = """
                {"batchId":"B-1","schemeId":"S-1","budgetFen":1,"applyFrom":%s,"applyUntil":"2020-04-30T17:00:00+08:00",
                 "noticeNumber":"N 1"}""";
        assertThat(as(Role.BUREAU)
                        .post("/api/v1/batches", body.formatted("1585702800"))
                        .text("field"))
                .isEqualTo("applyFrom");
        assertThat(as(Role.BUREAU)
                        .post("/api/v1/batches", body.formatted("\"2020-04-01T09:00:00\""))
                        .text("field"))
                .isEqualTo("applyFrom");

        var told = as(Role.BUREAU).post("/api/v1/batches", body.formatted("\"2020-04-01T09:00:00+08:00\""));

        assertThat(told.status()).as(told.text()).isEqualTo(200);
        assertThat(pipeline.submitted())
                .singleElement()
                .satisfies(request -> assertThat(((BatchCommand.OpenBatch) request.command()).applyFrom())
                        .isEqualTo("2020-04-01T01:00:00Z"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"{", "[1,2]", "{\"amountFen\":1} {}", "{\"amountFen\":01}", "nonsense", "deep"})
    @DisplayName("what is not one JSON object is a 400, never a fault")
    void notJson(String text) {
        String body = text.equals("deep") ? "{\"a\":" + "[".repeat(100_000) : text;
        var told = enterprise(CODE).post(ORDER, body);

        assertThat(told.status()).as(told.text()).isEqualTo(400);
        assertThat(told.header("Content-Type")).isEqualTo("application/problem+json");
        assertThat(pipeline.submitted()).isEmpty();
    }

    @Test
    @DisplayName("a body beyond the limit, or of another type, is turned away unread")
    void sizeAndType() {
        String large = "{\"providerId\":\"" + "x".repeat(RequestBody.MOST_BYTES_OF_A_COMMAND) + "\"}";
        assertThat(enterprise(CODE).post(ORDER, large).status()).isEqualTo(413);
        assertThat(enterprise(CODE)
                        .send("POST", ORDER, "text/plain", ORDER_BODY)
                        .status())
                .isEqualTo(415);
        assertThat(enterprise(CODE).send("POST", ORDER, "nonsense", ORDER_BODY).status())
                .isEqualTo(415);
        assertThat(enterprise(CODE)
                        .send("POST", ORDER, "application/json;charset=UTF-8", ORDER_BODY)
                        .status())
                .isEqualTo(200);
        assertThat(pipeline.submitted()).hasSize(1);
    }

    @ParameterizedTest
    @CsvSource({"'',400", "'a b',400", "'k',200"})
    @DisplayName("every command has a key of visible characters")
    void key(String key, int status) {
        var told = enterprise(CODE).withKey(key.isEmpty() ? null : key).post(ORDER, ORDER_BODY);

        assertThat(told.status()).isEqualTo(status);
        assertThat(told.text("field")).isEqualTo(status == 400 ? "Idempotency-Key" : "");
    }

    @Test
    @DisplayName("a key has at most 200 characters, all of them visible")
    void longestKey() {
        assertThatThrownBy(() -> IdempotencyKey.check("key", "schl\u00fcssel")).isInstanceOf(Malformed.class);

        assertThat(enterprise(CODE)
                        .withKey("k".repeat(200))
                        .post(ORDER, ORDER_BODY)
                        .status())
                .isEqualTo(200);
        assertThat(enterprise(CODE)
                        .withKey("k".repeat(201))
                        .post(ORDER, ORDER_BODY)
                        .status())
                .isEqualTo(400);
    }

    @Test
    @DisplayName("asked for as a whole, a grant is repeated under derived keys until it is done, and sums what it did")
    void whole() {
        pipeline.answerWith(request -> new Answer.Accepted(
                "{\"done\":" + (pipeline.submitted().size() == 3) + ",\"granted\":100}",
                pipeline.submitted().size(),
                HttpApplication.RECEIVED_AT));

        var told = as(Role.OPERATOR).post("/api/v1/batches/B-1/grant?whole=true", "");

        assertThat(told.status()).as(told.text()).isEqualTo(200);
        assertThat(told.json().path("position").longValue()).isEqualTo(3);
        assertThat(told.json().path("result").toString()).isEqualTo("{\"done\":true,\"granted\":300,\"steps\":3}");
        assertThat(pipeline.submitted().stream().map(CommandRequest::idempotencyKey))
                .containsExactly("key-1", "key-1 #2", "key-1 #3");
        assertThat(pipeline.submitted().stream().map(CommandRequest::command))
                .containsOnly(new BatchCommand.GrantApplications("B-1", 300));
    }

    @Test
    @DisplayName("a whole run that is stopped half way says so and is taken up again under the same key")
    void wholeIsResumed() {
        pipeline.answerWith(request -> request.idempotencyKey().endsWith("#2")
                ? new Answer.Overloaded(3)
                : new Answer.Accepted("{\"done\":false}", 1, HttpApplication.RECEIVED_AT));

        var told = as(Role.OPERATOR).post("/api/v1/batches/B-1/publication?whole=true", "{\"atMost\":50}");

        assertThat(told.status()).isEqualTo(503);
        assertThat(told.header("Retry-After")).isEqualTo("3");
        assertThat(told.json().path("stepsDone").intValue()).isEqualTo(1);

        pipeline.answerWith(request -> new Answer.Accepted(
                "{\"done\":" + request.idempotencyKey().endsWith("#3") + "}", 1, HttpApplication.RECEIVED_AT));
        assertThat(as(Role.OPERATOR)
                        .post("/api/v1/batches/B-1/publication?whole=true", "{\"atMost\":50}")
                        .json()
                        .path("result")
                        .path("steps")
                        .intValue())
                .isEqualTo(3);
    }

    @Test
    @DisplayName("while the next step is not the last, it and the one behind it are under way at once")
    void wholeWithTwoUnderWay() {
        var second = new CompletableFuture<Answer>();
        pipeline.promise(request -> switch (pipeline.submitted().size()) {
            case 1 -> CompletableFuture.completedFuture(step("{\"done\":false,\"decided\":5,\"beyondNext\":true}"));
            case 2 -> second;
            default -> {
                second.complete(step("{\"done\":false,\"decided\":5,\"beyondNext\":false}"));
                yield CompletableFuture.completedFuture(step("{\"done\":true,\"decided\":1,\"beyondNext\":false}"));
            }
        });

        var told = as(Role.OPERATOR).post("/api/v1/batches/B-1/grant?whole=true", "");

        assertThat(told.status()).as(told.text()).isEqualTo(200);
        assertThat(told.json().path("result").toString()).isEqualTo("{\"decided\":11,\"done\":true,\"steps\":3}");
        assertThat(pipeline.submitted()).hasSize(3);
    }

    @Test
    @DisplayName("what was done behind a step that failed counts, and the run is over where it said so")
    void wholeWithAStepThatFails() {
        pipeline.promise(request -> switch (pipeline.submitted().size()) {
            case 1 -> CompletableFuture.completedFuture(step("{\"done\":false,\"decided\":5,\"beyondNext\":true}"));
            case 2 -> CompletableFuture.failedFuture(new IllegalStateException("planted"));
            default -> CompletableFuture.completedFuture(step("{\"done\":false,\"decided\":5,\"beyondNext\":true}"));
        });
        var failed = as(Role.OPERATOR).post("/api/v1/batches/B-1/grant?whole=true", "");
        assertThat(failed.status()).isEqualTo(500);
        assertThat(failed.json().path("stepsDone").intValue()).isEqualTo(2);

        pipeline.answerWith(request -> step(
                request.idempotencyKey().endsWith("#2")
                        ? "{\"done\":true,\"decided\":1,\"beyondNext\":false}"
                        : "{\"done\":false,\"decided\":5,\"beyondNext\":true}"));
        var resumed = as(Role.OPERATOR).post("/api/v1/batches/B-1/grant?whole=true", "");
        assertThat(resumed.json().path("result").toString()).isEqualTo("{\"decided\":11,\"done\":true,\"steps\":3}");
    }

    @Test
    @DisplayName("behind a step for which there was no room no other one is asked for")
    void wholeWithNoRoomForTheSecond() {
        pipeline.answerWith(request -> pipeline.submitted().size() == 1
                ? step("{\"done\":false,\"decided\":5,\"beyondNext\":true}")
                : new Answer.Overloaded(3));

        var told = as(Role.OPERATOR).post("/api/v1/batches/B-1/grant?whole=true", "");

        assertThat(told.status()).isEqualTo(503);
        assertThat(told.json().path("stepsDone").intValue()).isEqualTo(1);
        assertThat(pipeline.submitted()).hasSize(2);
    }

    private static Answer step(String result) {
        return new Answer.Accepted(result, 1, HttpApplication.RECEIVED_AT);
    }

    @Test
    @DisplayName("only what decides so many at a time can be asked for as a whole")
    void wholeOfOne() {
        var told = enterprise(CODE).post(ORDER + "?whole=true", ORDER_BODY);

        assertThat(told.status()).isEqualTo(400);
        assertThat(told.text("field")).isEqualTo("whole");
    }

    @Test
    @DisplayName("thirty callers at once are all answered")
    void together() {
        List<Integer> statuses = IntStream.range(0, 30)
                .parallel()
                .mapToObj(n -> enterprise(CODE)
                        .withKey("k" + n)
                        .post(ORDER, ORDER_BODY)
                        .status())
                .toList();

        assertThat(statuses).hasSize(30).containsOnly(200);
        assertThat(pipeline.submitted()).hasSize(30);
    }
}
