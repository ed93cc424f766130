package org.voucherledger.api.journey;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;
import org.voucherledger.api.journey.Rehearsal.Reply;
import org.voucherledger.domain.command.Actor;
import org.voucherledger.domain.command.Role;
import tools.jackson.databind.JsonNode;

/** ALL-06: the bureau asks who gains or loses before it decides, and finds it again behind the decision. */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class DecisionsJourneyTest {

    private static final Actor BUREAU = Rehearsal.staff(Role.BUREAU);
    private static final Actor OPERATOR = Rehearsal.staff(Role.OPERATOR);
    private static final Actor AUDITOR = Rehearsal.staff(Role.AUDITOR);
    private static final int ENTERPRISES = 3;
    private static final String RAISE = "{\"amountFen\":1000,\"noticeNumber\":\"2号\",\"reason\":\"追加\"}";
    private static final String PROVIDER_ID = Rehearsal.code(8);

    @TempDir
    static Path data;

    private static Rehearsal ledger;

    /** Three ask for 1,000 fen each, of 1,000. */
    @BeforeAll
    static void start() throws IOException {
        ledger = new Rehearsal(data, "2020-03-27T02:00:00Z");
        ledger.publishGuangzhou();
        ledger.done(BUREAU, "/batches", """
                {"batchId":"B1","schemeId":"GZ-2020","budgetFen":1000,"applyFrom":"2020-04-01T10:00:00+08:00",
                 "applyUntil":"2020-04-30T17:00:00+08:00","noticeNumber":"1号"}""");
        ledger.done(OPERATOR, "/recognitions", """
                {"providerId":"%s","name":"示范平台","level":"CITY","city":"广州市","serviceTypes":["TECHNOLOGY"],
                 "validFrom":"2019-01-01","validTo":"2021-12-31"}""".formatted(PROVIDER_ID));
        for (int i = 0; i < ENTERPRISES; i++) {
            ledger.admit(i);
        }
        ledger.at("2020-04-01T02:00:00Z");
        for (int i = 0; i < ENTERPRISES; i++) {
            ledger.done(
                    Rehearsal.enterprise(i),
                    "/batches/B1/applications",
                    "{\"enterpriseId\":\"%s\",\"amountFen\":1000,\"partsFen\":[1000]}".formatted(Rehearsal.code(i)));
        }
    }

    @AfterAll
    static void stop() {
        ledger.close();
    }

    @Test
    @Order(1)
    @DisplayName("ALL-06: a raise names whom it would be granted to, and records the same")
    void raise() {
        long before = head();
        Reply asked = ledger.send(BUREAU, "/batches/B1/budget-raises?dryRun=true", RAISE);
        JsonNode foretold = asked.body().path("affected").get(0);
        assertThat(foretold.path("type").asString()).isEqualTo("BudgetRaised");
        assertThat(foretold.path("affected").asInt()).isEqualTo(2);
        assertThat(foretold.path("gaining").asInt()).isEqualTo(2);
        assertThat(foretold.path("position").asLong()).isGreaterThanOrEqualTo(asked.position());
        JsonNode second = foretold.path("items").get(1);
        assertThat(second.path("enterpriseId").asString()).isEqualTo(Rehearsal.code(1));
        assertThat(second.path("rule").asString()).isEqualTo("GZ-12");
        assertThat(second.path("fromFen").asLong()).isZero();
        assertThat(second.path("toFen").asLong()).isEqualTo(1_000);
        assertThat(head()).as("it was only asked").isEqualTo(before);

        ledger.done(BUREAU, "/batches/B1/budget-raises", RAISE);

        JsonNode decision = decisions("?subject=batch:B1").getLast();
        assertThat(decision.path("type").asString()).isEqualTo("BudgetRaised");
        assertThat(decision.path("actor").asString()).isEqualTo(BUREAU.id());
        assertThat(decision.path("payload").path("noticeNumber").asString()).isEqualTo("2号");
        JsonNode recorded = affected(decision, "");
        assertThat(recorded.path("items")).isEqualTo(foretold.path("items"));
        assertThat(recorded.path("affected").asInt()).isEqualTo(2);
        assertThat(recorded.path("decision").path("position").asLong())
                .isEqualTo(decision.path("position").asLong());
    }

    @Test
    @Order(2)
    @DisplayName("ALL-06: a moved date is asked and found again page by page")
    void date() {
        String move = "{\"date\":\"APPLY_UNTIL\",\"to\":\"2020-05-08T17:00:00+08:00\",\"noticeNumber\":\"3号\","
                + "\"reason\":\"疫情\"}";
        String asking = "/batches/B1/dates?dryRun=true&limit=2";
        JsonNode first =
                ledger.send(BUREAU, asking, move).body().path("affected").get(0);
        assertThat(first.path("affected").asInt()).isEqualTo(3);
        assertThat(first.path("items").size()).isEqualTo(2);
        JsonNode rest = ledger.send(
                        BUREAU, asking + "&cursor=" + first.path("next").asString(), move)
                .body()
                .path("affected")
                .get(0);
        assertThat(rest.path("items").size()).isEqualTo(1);
        assertThat(rest.path("next").isNull()).isTrue();
        assertThat(ledger.send(BUREAU, "/batches/B1/dates?dryRun=true&limit=501", move)
                        .status())
                .isEqualTo(400);

        ledger.done(BUREAU, "/batches/B1/dates", move);

        JsonNode decision = decisions("?subject=batch:B1").getLast();
        var found = new ArrayList<JsonNode>();
        String cursor = "";
        do {
            JsonNode page = affected(decision, "?limit=1&cursor=" + cursor);
            page.path("items").forEach(found::add);
            cursor = page.path("next").asString("");
        } while (!cursor.isEmpty());
        var foretold = new ArrayList<JsonNode>();
        first.path("items").forEach(foretold::add);
        rest.path("items").forEach(foretold::add);
        assertThat(found).isEqualTo(foretold);
        assertThat(found.getFirst().path("matter").asString()).isEqualTo("WITHDRAW_UNTIL");
    }

    @Test
    @Order(3)
    @DisplayName("ALL-06: the fund and a provider's limit concern the providers; what moves no date names nobody")
    void caps() {
        String limit = "{\"limitFen\":5000,\"noticeNumber\":\"4号\",\"reason\":\"抽查\"}";
        String path = "/schemes/GZ-2020/provider-limits/" + PROVIDER_ID;
        JsonNode foretold = ledger.send(BUREAU, path + "?dryRun=true", limit)
                .body()
                .path("affected")
                .get(0);
        assertThat(foretold.path("losing").asInt()).isEqualTo(1);
        assertThat(foretold.path("items").get(0).path("fromFen").asLong()).isEqualTo(50_000_000);
        assertThat(foretold.path("items").get(0).path("toFen").asLong()).isEqualTo(5_000);
        ledger.done(BUREAU, path, limit);
        assertThat(affected(decisions("?subject=provider:" + PROVIDER_ID).getLast(), "")
                        .path("items"))
                .isEqualTo(foretold.path("items"));

        String fund = "{\"fundFen\":700000000,\"noticeNumber\":\"5号\",\"reason\":\"追加\"}";
        assertThat(ledger.send(BUREAU, "/schemes/GZ-2020/fund?dryRun=true", fund)
                        .body()
                        .path("affected")
                        .get(0)
                        .path("affected")
                        .asInt())
                .as("its own limit is below its share of either fund")
                .isZero();
        Reply other = ledger.send(
                Rehearsal.enterprise(0),
                "/batches/B1/applications/" + Rehearsal.code(0) + "/withdrawal?dryRun=true",
                "{}");
        assertThat(other.body().path("affected").size()).isZero();
        Reply refused =
                ledger.send(BUREAU, "/batches/B1/budget-raises?dryRun=true", RAISE.replace("1000", "999999999"));
        assertThat(refused.body().path("accepted").asBoolean()).isFalse();
        assertThat(refused.body().path("affected").size()).isZero();
    }

    @Test
    @Order(4)
    @DisplayName("ALL-06: decisions are for staff; what is none is not found")
    void questions() {
        assertThat(decisions("")).hasSize(3);
        assertThat(decisions("?limit=2")).hasSize(2);
        assertThat(ledger.ask(Rehearsal.enterprise(0), "/decisions").status()).isEqualTo(403);
        assertThat(ledger.ask(AUDITOR, "/decisions?subject=B1").status()).isEqualTo(400);
        Reply none = ledger.ask(AUDITOR, "/decisions/1/affected");
        assertThat(none.status()).isEqualTo(404);
        assertThat(none.body().path("about").asString()).isEqualTo("DecisionUnknown");
        assertThat(ledger.ask(AUDITOR, "/decisions/x/affected").status()).isEqualTo(404);
    }

    private static List<JsonNode> decisions(String query) {
        String separator = query.isEmpty() ? "?" : "&";
        Reply reply = ledger.ask(AUDITOR, "/decisions" + query + separator + "atLeast=" + head());
        assertThat(reply.status()).as("%s", reply.body()).isEqualTo(200);
        return StreamSupport.stream(reply.body().path("items").spliterator(), false)
                .toList();
    }

    private static JsonNode affected(JsonNode decision, String query) {
        Reply reply =
                ledger.ask(AUDITOR, "/decisions/" + decision.path("position").asLong() + "/affected" + query);
        assertThat(reply.status()).as("%s", reply.body()).isEqualTo(200);
        return reply.body();
    }

    private static long head() {
        return ledger.ask(AUDITOR, "/projections").body().path("head").asLong();
    }
}
