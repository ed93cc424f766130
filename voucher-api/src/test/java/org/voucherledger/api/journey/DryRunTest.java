package org.voucherledger.api.journey;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
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
import org.voucherledger.domain.party.CreditCode;
import tools.jackson.databind.JsonNode;

/** What the ledger would say is asked of the real program, and nothing happens by it. */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class DryRunTest {

    private static final Actor BUREAU = Rehearsal.staff(Role.BUREAU);
    private static final Actor AUDITOR = Rehearsal.staff(Role.AUDITOR);
    private static final String CODE = "91440101000000000" + CreditCode.checkCharacter("91440101000000000");
    private static final Actor ENTERPRISE = Rehearsal.party(Role.ENTERPRISE, CODE);
    private static final String APPLICATION = "{\"enterpriseId\":\"%s\",\"amountFen\":%d,\"partsFen\":[%d]}";

    @TempDir
    static Path data;

    private static Rehearsal ledger;

    @BeforeAll
    static void start() throws IOException {
        ledger = new Rehearsal(data, "2020-03-27T02:00:00Z");
        try (InputStream scheme = DryRunTest.class.getResourceAsStream("/schemes/guangzhou-2020.yaml")) {
            String file = new String(scheme.readAllBytes(), StandardCharsets.UTF_8);
            Reply would = ledger.sendFile(BUREAU, "/schemes?dryRun=true", file);
            assertThat(would.body().path("accepted").asBoolean()).isTrue();
            assertThat(head()).as("publishing was only asked").isNegative();
            assertThat(ledger.sendFile(BUREAU, "/schemes", file).status()).isEqualTo(200);
        }
        done(BUREAU, "/batches", """
                {"batchId":"B1","schemeId":"GZ-2020","budgetFen":6000000,"applyFrom":"2020-04-01T10:00:00+08:00",
                 "applyUntil":"2020-04-30T17:00:00+08:00","noticeNumber":"1号"}""");
        done(ENTERPRISE, "/enterprises", """
                {"enterpriseId":"%s","declaration":{"name":"示范企业","city":"广州市","district":"天河区",
                 "industry":"INDUSTRY","employees":50,"revenueWan":1200,"assetsWan":800,"declaredSize":"SMALL",
                 "legalPerson":true,"establishedOn":"2012-06-01","handlerRef":"h-1","trustLevel":1}}""".formatted(CODE));
        done(Rehearsal.staff(Role.OPERATOR), "/enterprises/" + CODE + "/verification", """
                {"year":2020,"declarationSignedOn":"2020-01-02","operatesProperly":true,"fitsPolicy":true,"priorityTags":[],
                 "documents":[%s]}""".formatted(
                        ledger.paper("LICENCE", 1) + "," + ledger.paper("TAX_CERTIFICATE", 2) + ","
                                + ledger.paper("DECLARATION", 3)));
    }

    @AfterAll
    static void stop() {
        ledger.close();
    }

    @Test
    @Order(1)
    @DisplayName(
            "ALL-02: what would be refused is explained by every rule up to the one that refuses, and leaves no trace")
    void refused() {
        long before = head();

        Reply would = apply(2_000_000);

        assertThat(would.status()).isEqualTo(200);
        assertThat(would.body().path("accepted").asBoolean()).isFalse();
        List<JsonNode> decisions = decisions(would);
        assertThat(decisions.getLast().path("rule").asString()).isEqualTo("GZ-10");
        assertThat(decisions.getLast().path("about").asString()).isEqualTo("WindowNotOpen");
        assertThat(decisions.getLast().path("allowed").asBoolean()).isFalse();
        assertThat(decisions.subList(0, decisions.size() - 1))
                .hasSizeGreaterThan(4)
                .allMatch(decision -> decision.path("allowed").asBoolean());
        assertThat(decisions.getFirst().path("rule").asString()).isEqualTo("ALL-04");
        assertThat(would.body().path("problem").path("rule").asString()).isEqualTo("GZ-10");
        assertThat(would.body().path("problem").path("titleZh").asString()).isNotEmpty();
        assertThat(would.body().path("events").size()).isZero();
        assertThat(head()).isEqualTo(before);
        assertThat(ledger.ask(AUDITOR, "/refusals").body().path("items").size())
                .as("what was only asked is no refusal")
                .isZero();
    }

    @Test
    @Order(2)
    @DisplayName("ALL-02: what would be done is explained with its figures and events, and then done alike")
    void accepted() {
        ledger.at("2020-04-01T02:00:00Z");
        long before = head();

        Reply would = apply(2_000_000);

        assertThat(would.body().path("accepted").asBoolean()).isTrue();
        assertThat(decisions(would)).anySatisfy(decision -> {
            assertThat(decision.path("about").asString()).isEqualTo("AnnualCapExceeded");
            assertThat(decision.path("rule").asString()).isEqualTo("GZ-11");
            assertThat(decision.path("clause").asString()).isNotEmpty();
            assertThat(decision.path("limit").asLong()).isEqualTo(2_000_000);
            assertThat(decision.path("used").asLong()).isZero();
            assertThat(decision.path("asked").asLong()).isEqualTo(2_000_000);
        });
        assertThat(would.body()
                        .path("events")
                        .valueStream()
                        .map(event -> event.path("type").asString()))
                .containsExactly("QuotaPended", "ApplicationQueued");
        assertThat(head()).isEqualTo(before);

        Reply done =
                ledger.send(ENTERPRISE, "/batches/B1/applications", APPLICATION.formatted(CODE, 2_000_000, 2_000_000));
        assertThat(done.body().path("result")).isEqualTo(would.body().path("result"));
        assertThat(decisions(apply(1)).getLast().path("about").asString()).isEqualTo("ApplicationAlreadyLive");

        JsonNode step = ledger.ask(
                        AUDITOR,
                        "/history/enterprisequota:GZ-2020:" + CODE + ":2020?atLeast="
                                + done.body().path("position").asLong())
                .body()
                .at("/items/0");
        assertThat(step.path("decisions").valueStream().map(DryRunTest::figures))
                .as("what was foretold is what is kept with the first event, what is alike once")
                .containsExactlyElementsOf(decisions(would).stream()
                        .map(DryRunTest::figures)
                        .distinct()
                        .toList());
        assertThat(step.path("decidedAt").asLong())
                .isEqualTo(step.at("/event/position").asLong());
    }

    /** All of a decision but its stage, which its place in the order tells. */
    private static List<String> figures(JsonNode decision) {
        return Stream.of("rule", "clause", "about", "allowed", "limit", "used", "asked")
                .map(member -> decision.path(member).asString())
                .toList();
    }

    @Test
    @Order(3)
    @DisplayName("ALL-04: who may not ask is told so first; what is malformed stays malformed")
    void actors() {
        Reply foreign =
                ledger.send(BUREAU, "/batches/B1/applications?dryRun=true", APPLICATION.formatted(CODE, 100, 100));
        assertThat(decisions(foreign)).hasSize(1);
        assertThat(decisions(foreign).getFirst().path("about").asString()).isEqualTo("RoleNotAllowed");
        assertThat(apply(-1).status()).isEqualTo(400);
    }

    private static Reply apply(long fen) {
        return ledger.send(ENTERPRISE, "/batches/B1/applications?dryRun=true", APPLICATION.formatted(CODE, fen, fen));
    }

    private static List<JsonNode> decisions(Reply reply) {
        return StreamSupport.stream(reply.body().path("decisions").spliterator(), false)
                .toList();
    }

    private static long head() {
        return ledger.ask(AUDITOR, "/projections").body().path("head").asLong();
    }

    private static void done(Actor who, String path, String body) {
        Reply reply = ledger.send(who, path, body);
        assertThat(reply.status()).as("%s: %s", path, reply.body()).isEqualTo(200);
    }
}
