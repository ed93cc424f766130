package org.voucherledger.api.journey;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.MethodOrderer.OrderAnnotation;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.voucherledger.api.journey.Rehearsal.Reply;
import org.voucherledger.domain.command.Actor;
import org.voucherledger.domain.command.Role;
import org.voucherledger.domain.party.CreditCode;
import tools.jackson.databind.JsonNode;

/** An auditor looks for risks, over HTTP: what is found, what it rests on, and that nothing has followed from it. */
@TestMethodOrder(OrderAnnotation.class)
class RisksJourneyTest {

    private static final Actor BUREAU = Rehearsal.staff(Role.BUREAU);
    private static final Actor OPERATOR = Rehearsal.staff(Role.OPERATOR);
    private static final Actor AUDITOR = Rehearsal.staff(Role.AUDITOR);
    private static final String E1 = code(1);
    private static final String E2 = code(2);
    private static final String P1 = code(99);
    private static final String ACCOUNT = "6222021200005550001";
    private static final String PHONE = "13800005550";

    @TempDir
    private static Path data;

    private static Rehearsal ledger;
    private static long beforeTheThird;

    @BeforeAll
    static void start() {
        ledger = new Rehearsal(data, "2020-03-30T01:00:00Z");
    }

    @AfterAll
    static void stop() {
        ledger.close();
    }

    @Test
    @Order(1)
    @DisplayName("GZ-31: an enterprise returns three vouchers on the last day, which no rule forbids")
    void returns() throws IOException {
        try (InputStream in = RisksJourneyTest.class.getResourceAsStream("/schemes/guangzhou-2020.yaml")) {
            ledger.sendFile(BUREAU, "/schemes", new String(in.readAllBytes(), StandardCharsets.UTF_8));
        }
        done(BUREAU, "/batches", """
                {"batchId":"B1","schemeId":"GZ-2020","budgetFen":2000000,"applyFrom":"2020-04-01T10:00:00+08:00",
                 "applyUntil":"2020-04-30T17:00:00+08:00","noticeNumber":"1号"}""");
        done(Rehearsal.party(Role.ENTERPRISE, E1), "/enterprises", """
                {"enterpriseId":"%s","declaration":{"name":"示范企业","city":"广州市","district":"天河区",
                 "industry":"INDUSTRY","employees":50,"revenueWan":1200,"assetsWan":800,"declaredSize":"SMALL",
                 "legalPerson":true,"establishedOn":"2012-06-01","handlerRef":"handler-1","trustLevel":1}}""".formatted(E1));
        done(OPERATOR, "/enterprises/" + E1 + "/verification", """
                {"year":2020,"declarationSignedOn":"2020-01-02","operatesProperly":true,"fitsPolicy":true,"priorityTags":[],
                 "documents":[%s,%s,%s]}""".formatted(
                ledger.paper("LICENCE", 1), ledger.paper("TAX_CERTIFICATE", 2), ledger.paper("DECLARATION", 3)));
        ledger.at("2020-04-01T02:00:00Z");
        done(Rehearsal.party(Role.ENTERPRISE, E1), "/batches/B1/applications", """
                {"enterpriseId":"%s","amountFen":2000000,"partsFen":[500000,500000,1000000]}""".formatted(E1));
        ledger.at("2020-04-30T09:00:00Z");
        ledger.post(Rehearsal.staff(Role.SYSTEM), "/sweeps");
        done(OPERATOR, "/batches/B1/grant?whole=true", "{}");
        done(OPERATOR, "/batches/B1/publication?whole=true", "{}");

        ledger.at("2020-05-30T02:00:00Z");
        for (int i = 1; i <= 3; i++) {
            beforeTheThird = head();
            done(Rehearsal.party(Role.ENTERPRISE, E1), "/vouchers/B1-A1-V" + i + "/return", "{\"reason\":\"不再需要\"}");
        }
    }

    @Test
    @Order(2)
    @DisplayName("SV-04: the flag says whom, which figures and which events, and the position for which it is true")
    void found() {
        Reply reply = ledger.ask(AUDITOR, "/risks?kind=RETURNED_AT_THE_END&atLeast=" + head());
        assertThat(reply.status()).as("%s", reply.body()).isEqualTo(200);
        JsonNode flag = reply.body().path("items").get(0);
        assertThat(flag.path("key").asString()).isEqualTo(E1);
        assertThat(flag.path("figures").path("returns").asLong()).isEqualTo(3);
        assertThat(flag.path("subjects").findValuesAsString("id")).contains(E1, "B1-A1-V3");
        assertThat(flag.path("positions").size()).isEqualTo(3);
        assertThat(flag.path("position").asLong()).isEqualTo(reply.position()).isEqualTo(head());
        assertThat(reply.body().path("thresholds").path("returns").asInt()).isEqualTo(3);

        assertThat(risks(OPERATOR, "enterprise=" + E1 + "&atLeast=" + head()).size())
                .isEqualTo(1);
        assertThat(risks(BUREAU, "enterprise=" + E2).size()).isZero();
        Reply before = ledger.ask(AUDITOR, "/risks?at=" + beforeTheThird);
        assertThat(before.body().path("items").size()).as("as of then").isZero();
        assertThat(before.position()).isEqualTo(beforeTheThird);
    }

    @Test
    @Order(3)
    @DisplayName("ALL-05: the same account and telephone of several parties are shown as references, and never shown")
    void shared() {
        keep(OPERATOR, "handler-1/BANK_ACCOUNT?party=" + E1, "HANDLER", ACCOUNT);
        keep(OPERATOR, "handler-1b/BANK_ACCOUNT?party=" + E1, "HANDLER", ACCOUNT);
        keep(OPERATOR, "who-1/BANK_ACCOUNT", "COMPLAINANT", ACCOUNT);
        keep(OPERATOR, "handler-1/PHONE?party=" + E1, "HANDLER", PHONE);
        assertThat(risks(AUDITOR, "kind=SAME_BANK_ACCOUNT").size())
                .as("one party, whatever its references, and who complains")
                .isZero();
        keep(OPERATOR, "own/BANK_ACCOUNT?party=" + P1, "PROVIDER", "6222 0212-00005550001");
        keep(Rehearsal.party(Role.ENTERPRISE, E2), "handler-2/PHONE", "HANDLER", "+86 " + PHONE);

        JsonNode account = risks(AUDITOR, "kind=SAME_BANK_ACCOUNT").get(0);
        assertThat(account.path("references").valueStream().map(JsonNode::asString))
                .containsExactlyInAnyOrder(E1 + "/handler-1", E1 + "/handler-1b", P1 + "/own");
        assertThat(account.path("subjects").findValuesAsString("kind")).containsExactly("ENTERPRISE", "PROVIDER");
        assertThat(account.path("figures").path("parties").asLong()).isEqualTo(2);
        assertThat(account.path("positions").size())
                .as("the registration of the one that is registered")
                .isOne();
        Reply all = ledger.ask(AUDITOR, "/risks");
        assertThat(all.body().path("items").findValuesAsString("key")).hasSize(3);
        assertThat(all.body().toString()).doesNotContain(ACCOUNT).doesNotContain(PHONE);
        assertThat(risks(AUDITOR, "provider=" + P1).size()).isEqualTo(1);
        assertThat(risks(AUDITOR, "enterprise=" + E2).size()).isEqualTo(1);
        assertThat(ledger.ask(AUDITOR, "/reads?kind=PERSONAL_DATUM")
                        .body()
                        .path("items")
                        .size())
                .as("nobody has read a number")
                .isZero();

        assertThat(ledger.delete(BUREAU, "/personal-data/own/BANK_ACCOUNT?party=" + P1 + "&reason=x")
                        .status())
                .isEqualTo(200);
        assertThat(risks(AUDITOR, "kind=SAME_BANK_ACCOUNT").size())
                .as("what was erased is compared no more")
                .isZero();
    }

    @Test
    @Order(4)
    @DisplayName("SV-04: pages of flags, kind by kind, leave out none and repeat none")
    void pages() {
        Reply first = ledger.ask(AUDITOR, "/risks?limit=1");
        Reply second = ledger.ask(
                AUDITOR, "/risks?limit=1&cursor=" + first.body().path("next").asString());
        assertThat(List.of(
                        first.body().path("items").get(0).path("kind").asString(),
                        second.body().path("items").get(0).path("kind").asString()))
                .containsExactly("RETURNED_AT_THE_END", "SAME_PHONE");
        assertThat(second.body().path("next").isNull()).isTrue();
    }

    @Test
    @Order(5)
    @DisplayName("GZ-32: nothing has followed from any of it")
    void no_punishment() {
        JsonNode enterprise =
                ledger.ask(AUDITOR, "/enterprises/" + E1 + "?atLeast=" + head()).body();
        assertThat(enterprise.path("frozen").asBoolean(true)).isFalse();
        assertThat(enterprise.path("disqualified").asBoolean(true)).isFalse();
    }

    @ParameterizedTest
    @EnumSource(Role.class)
    @DisplayName("ALL-04: the auditor, the operator and the bureau look for risks, and nobody else")
    void readers(Role role) {
        boolean party = role == Role.ENTERPRISE || role == Role.PROVIDER;
        Actor who = party ? Rehearsal.party(role, E1) : Rehearsal.staff(role);
        boolean may = role == Role.AUDITOR || role == Role.OPERATOR || role == Role.BUREAU;
        assertThat(ledger.ask(who, "/risks").status()).isEqualTo(may ? 200 : 403);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "kind=BAD_LUCK",
                "at=-1",
                "at=1&kind=SAME_PHONE",
                "voucher=V&enterprise=E",
                "cursor=nonsense",
                "limit=0",
                "at=x"
            })
    @DisplayName("What is asked wrongly is told so")
    void asked_wrongly(String question) {
        Reply reply = ledger.ask(AUDITOR, "/risks?" + question);
        assertThat(reply.status()).as("%s", reply.body()).isEqualTo(400);
        assertThat(reply.body().path("titleZh").asString()).isNotBlank();
    }

    @Test
    @DisplayName("A moment that has not come is not foretold, nor is anybody told to wait for it")
    void future() {
        Reply reply = ledger.ask(AUDITOR, "/risks?at=999999999");
        assertThat(reply.status()).as("%s", reply.body()).isEqualTo(400);
        assertThat(reply.body().path("detail").asString()).contains("is in the future: the log ends at position ");
    }

    private static JsonNode risks(Actor who, String question) {
        Reply reply = ledger.ask(who, "/risks?" + question);
        assertThat(reply.status()).as("%s", reply.body()).isEqualTo(200);
        return reply.body().path("items");
    }

    private static void keep(Actor who, String where, String whose, String value) {
        Reply reply = ledger.put(
                who, "/personal-data/" + where, "{\"whose\":\"%s\",\"value\":\"%s\"}".formatted(whose, value));
        assertThat(reply.status()).as("%s", reply.body()).isEqualTo(200);
    }

    private static void done(Actor who, String path, String body) {
        Reply reply = ledger.send(who, path, body);
        assertThat(reply.status())
                .as("%s %s: %s", who.role(), path, reply.body())
                .isEqualTo(200);
    }

    private static long head() {
        return ledger.ask(AUDITOR, "/projections").body().path("head").asLong();
    }

    private static String code(int i) {
        String first = "914401010000%05d".formatted(i);
        return first + CreditCode.checkCharacter(first);
    }
}
