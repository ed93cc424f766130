package org.voucherledger.api.journey;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.MethodOrderer.OrderAnnotation;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;
import org.voucherledger.api.documents.TestPapers;
import org.voucherledger.api.journey.Rehearsal.Reply;
import org.voucherledger.domain.command.Actor;
import org.voucherledger.domain.command.Role;
import org.voucherledger.domain.party.CreditCode;
import tools.jackson.databind.JsonNode;

/** One season of a handful of enterprises over HTTP, each actor's journey in turn, against the real program. */
@TestMethodOrder(OrderAnnotation.class)
class JourneyTest {

    private static final Actor BUREAU = Rehearsal.staff(Role.BUREAU);
    private static final Actor OPERATOR = Rehearsal.staff(Role.OPERATOR);
    private static final Actor SYSTEM = Rehearsal.staff(Role.SYSTEM);
    private static final Actor AUDITOR = Rehearsal.staff(Role.AUDITOR);
    private static final String PROVIDER_ID = code(99);
    private static final Actor PROVIDER = Rehearsal.party(Role.PROVIDER, PROVIDER_ID);
    private static final int ENTERPRISES = 5;

    @TempDir
    private static Path data;

    private static Rehearsal ledger;

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
    @DisplayName("GZ-15: the bureau publishes a scheme from its file and opens batches, never beyond the fund")
    void bureau() throws IOException {
        String scheme;
        try (InputStream in = JourneyTest.class.getResourceAsStream("/schemes/guangzhou-2020.yaml")) {
            scheme = new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
        Reply broken = ledger.sendFile(BUREAU, "/schemes", scheme.replace("capFen: 50000000", "capFen: lots"));
        assertThat(broken.status()).isEqualTo(400);
        assertThat(broken.body().path("errors").get(0).path("line").asInt()).isPositive();
        assertThat(ledger.send(BUREAU, "/batches", batch("B0", 1)).status()).isEqualTo(404);

        assertThat(ledger.sendFile(BUREAU, "/schemes", scheme).status()).isEqualTo(200);
        assertThat(ledger.send(BUREAU, "/batches", batch("B1", 6_000_000)).status())
                .isEqualTo(200);
        Reply tooMuch = ledger.send(BUREAU, "/batches", batch("B2", 594_000_001));
        assertThat(tooMuch.status()).isEqualTo(422);
        assertThat(tooMuch.rule()).isEqualTo("GZ-15");
        assertThat(tooMuch.body().path("limit").asLong()).isEqualTo(600_000_000);
        assertThat(tooMuch.body().path("used").asLong()).isEqualTo(6_000_000);
        assertThat(ledger.send(OPERATOR, "/batches", batch("B2", 1)).status()).isEqualTo(403);
    }

    @Test
    @Order(2)
    @DisplayName("GZ-04, GZ-07: a provider is recognised, registers and has a product published")
    void provider() {
        String registration = "{\"providerId\":\"%s\",\"name\":\"示范平台\",\"city\":\"广州市\",\"documents\":[%s]}"
                .formatted(PROVIDER_ID, paper("LICENCE", 1));
        assertThat(ledger.send(PROVIDER, "/providers", registration).rule()).isEqualTo("GZ-04");
        done(OPERATOR, "/recognitions", """
                {"providerId":"%s","name":"示范平台","level":"CITY","city":"广州市","serviceTypes":["TECHNOLOGY"],
                 "validFrom":"2019-01-01","validTo":"2021-12-31"}""".formatted(PROVIDER_ID));
        done(PROVIDER, "/providers", registration);
        done(OPERATOR, "/providers/" + PROVIDER_ID + "/verification", "{}");
        done(PROVIDER, "/providers/" + PROVIDER_ID + "/products", """
                {"productId":"T1","name":"检测","serviceType":"TECHNOLOGY",
                 "description":{"cities":["广州市"],"target":"中小微企业","overview":"检测","process":"送样、检测、报告",
                  "cycle":"十日","deliverable":"检测报告","acceptanceStandard":"报告盖章"},
                 "priceFromFen":1,"priceToFen":9000000,"chargingBasis":"市场比价","documents":[%s,%s]}""".formatted(
                        paper("QUALIFICATION_PROOF", 7), paper("PAST_CONTRACT", 8)));
        done(OPERATOR, "/providers/" + PROVIDER_ID + "/products/T1/publication", "{\"version\":1}");
        JsonNode products = ledger.ask(
                        AUDITOR,
                        "/products?serviceType=TECHNOLOGY&city=%E5%B9%BF%E5%B7%9E%E5%B8%82&orderable=true&atLeast="
                                + position())
                .body()
                .path("items");
        assertThat(products.findValuesAsString("acceptanceStandard")).containsExactly("报告盖章");
        assertThat(products.get(0).path("documents").findValuesAsString("kind"))
                .containsExactly("QUALIFICATION_PROOF", "PAST_CONTRACT");
        JsonNode product = ledger.ask(AUDITOR, "/providers/" + PROVIDER_ID + "/products/T1")
                .body();
        assertThat(product.path("versions").get(0).path("publishedBy").asString())
                .isEqualTo(OPERATOR.id());
        assertThat(ledger.ask(AUDITOR, "/providers/" + PROVIDER_ID + "/products/T2")
                        .status())
                .isEqualTo(404);
        assertThat(rating("/providers/" + PROVIDER_ID).path("ratings").asInt()).isZero();
        assertThat(rating("/providers/" + PROVIDER_ID).path("meanHundredths").isNull())
                .isTrue();
    }

    @Test
    @Order(3)
    @DisplayName("GZ-10, GZ-12: enterprises apply in order and are granted as far as the money goes")
    void enterprises() {
        for (int i = 0; i < ENTERPRISES; i++) {
            done(enterprise(i), "/enterprises", """
                    {"enterpriseId":"%s","declaration":{"name":"示范企业%d","city":"广州市","district":"天河区",
                     "industry":"INDUSTRY","employees":50,"revenueWan":1200,"assetsWan":800,"declaredSize":"SMALL",
                     "legalPerson":true,"establishedOn":"2012-06-01","handlerRef":"h-%d","trustLevel":1}}""".formatted(code(i), i, i));
            done(OPERATOR, "/enterprises/" + code(i) + "/verification", """
                    {"year":2020,"declarationSignedOn":"2020-01-02","operatesProperly":true,"fitsPolicy":true,"priorityTags":[%s],"documents":[%s]}""".formatted(
                            i == 4 ? "\"MONITORED\"" : "",
                            paper("LICENCE", 10 + i) + "," + paper("TAX_CERTIFICATE", 40 + i) + ","
                                    + paper("DECLARATION", 70 + i)));
        }
        assertThat(apply(0, "early").rule()).isEqualTo("GZ-10");
        ledger.at("2020-04-01T02:00:00Z");
        Reply first = apply(0, "same");
        assertThat(first.status()).isEqualTo(200);
        assertThat(apply(0, "same"))
                .as("same key and body, same answer, done once")
                .isEqualTo(first);
        Reply reused = ledger.send(
                enterprise(0), "/batches/B1/applications", application(0).replace("2000000", "1"), "same");
        assertThat(reused.status()).isEqualTo(422);
        assertThat(reused.body().path("about").asString()).isEqualTo("IdempotencyKeyReused");
        IntStream.range(1, ENTERPRISES)
                .forEach(i -> assertThat(apply(i, "a" + i).status()).isEqualTo(200));
        Reply other = ledger.send(enterprise(1), "/batches/B1/applications", application(2));
        assertThat(other.status()).as("nobody applies for somebody else").isEqualTo(403);

        ledger.at("2020-04-30T09:00:00Z");
        assertThat(sweep().path("EndApplications").asInt()).isEqualTo(1);
        done(OPERATOR, "/batches/B1/grant?whole=true", "{}");
        assertThat(order(4).rule())
                .as("nobody uses a voucher before publication")
                .isEqualTo("GZ-12");
        done(OPERATOR, "/batches/B1/publication?whole=true", "{}");

        Reply board = ledger.ask(AUDITOR, "/batches/B1?atLeast=" + position());
        assertThat(board.body().path("granted").asInt()).isEqualTo(3);
        assertThat(board.body().path("notGranted").asInt()).isEqualTo(2);
        assertThat(outcome(4)).as("priority first").isEqualTo("GRANTED");
        assertThat(outcome(2)).as("the money had gone").isEqualTo("NOT_GRANTED");
    }

    @Test
    @Order(4)
    @DisplayName(
            "GZ-20 to GZ-31, SV-02: vouchers are paid with a rating, returned, or recovered when their time is over")
    void vouchers() {
        ledger.at("2020-05-06T02:00:00Z");
        assertThat(order(4).status()).isEqualTo(200);
        done(enterprise(4), "/vouchers/" + voucher(4) + "/contract", """
                {"contract":{"number":"HT-4","item":"检测","enterpriseName":"示范企业4","providerName":"示范平台",
                  "serviceType":"TECHNOLOGY","signedOn":"2020-05-06","serviceFrom":"2020-05-07","serviceUntil":"2020-06-30",
                  "amountFen":4000000,"unrelatedFen":0},"declaredUnrelated":true,"documents":[%s]}""".formatted(paper("CONTRACT", 30)));
        done(PROVIDER, "/vouchers/" + voucher(4) + "/contract/confirmation", "{\"declaredUnrelated\":true}");
        String contract = "/documents/" + TestPapers.sha256(TestPapers.pdf("CONTRACT 30"));
        ledger.ask(AUDITOR, "/audit-trail?limit=1&atLeast=" + position());
        assertThat(ledger.download(PROVIDER, contract))
                .as("GZ-45: what the enterprise handed to its voucher is for the voucher's provider")
                .isEqualTo(TestPapers.pdf("CONTRACT 30"));
        assertThat(ledger.ask(enterprise(0), contract).status()).isEqualTo(404);
        done(enterprise(0), "/vouchers/" + voucher(0) + "/return", "{\"reason\":\"不再需要\"}");
        ledger.at("2020-05-30T16:00:00Z");
        assertThat(sweep().path("RecoverVoucher").asInt()).isEqualTo(1);

        ledger.at("2020-07-01T02:00:00Z");
        Reply unread = ledger.send(
                enterprise(4),
                "/vouchers/" + voucher(4) + "/payment",
                payment(4_000_000).replaceFirst("\\{", "{\"x\":2,"));
        assertThat(unread.status()).isEqualTo(400);
        assertThat(unread.body().path("field").asString()).isEqualTo("x");
        Reply above = ledger.send(enterprise(4), "/vouchers/" + voucher(4) + "/payment", payment(3_999_998));
        assertThat(above.rule()).as("V × 10000 ≤ B × 5000").isEqualTo("GZ-24");
        done(enterprise(4), "/vouchers/" + voucher(4) + "/payment", payment(4_000_000));
        done(PROVIDER, "/vouchers/" + voucher(4) + "/acceptance", "{}");

        String asOf = "?atLeast=" + position();
        for (JsonNode rating : new JsonNode[] {
            rating("/providers/" + PROVIDER_ID + asOf),
            ledger.ask(AUDITOR, "/providers" + asOf).body().path("items").get(0).path("rating"),
            ledger.ask(AUDITOR, "/providers/" + PROVIDER_ID + "/account" + asOf)
                    .body()
                    .path("items")
                    .get(0)
                    .path("rating")
        }) {
            assertThat(rating.path("ratings").asInt()).as("SV-02").isEqualTo(1);
            assertThat(rating.path("meanHundredths").asInt()).isEqualTo(500);
        }
    }

    @Test
    @Order(5)
    @DisplayName("GZ-40 to GZ-43: a claim is reviewed by two, published, objected to, answered and settled")
    void claim() {
        String draft = "/claim-drafts/form.pdf?voucherId=" + voucher(4) + "&atLeast=" + position();
        assertThat(ledger.ask(enterprise(4), draft).status())
                .as("the form is the claimant's")
                .isEqualTo(403);
        byte[] form = ledger.download(PROVIDER, draft);
        // Printed, stamped, scanned: here it comes back as it went.
        done(PROVIDER, "/claims", """
                {"claimId":"C1","batchId":"B1","providerId":"%s","voucherIds":["%s"],"documents":[%s]}""".formatted(PROVIDER_ID, voucher(4), paper("CLAIM_FORM", form)));
        for (String made : new String[] {"form.xlsx", "form.pdf", "summary.xlsx", "summary.pdf"}) {
            assertThat(ledger.download(PROVIDER, "/claims/C1/" + made + "?atLeast=" + position()))
                    .as(made)
                    .hasSizeGreaterThan(2_000);
        }
        String review =
                "{\"items\":[{\"voucherId\":\"%s\",\"approvedFen\":1500000,\"reason\":\"核减\"}]}".formatted(voucher(4));
        done(OPERATOR, "/claims/C1/first-review", review);
        Actor sameInTheBureau = Actor.of(OPERATOR.id(), Role.BUREAU);
        assertThat(ledger.send(sameInTheBureau, "/claims/C1/final-review", review)
                        .rule())
                .isEqualTo("GZ-41");
        done(BUREAU, "/claims/C1/final-review", review);
        done(OPERATOR, "/claims/C1/publication", "{}");
        Actor neighbour = Rehearsal.staff(Role.PUBLIC);
        assertThat(ledger.send(neighbour, "/claims/C1/objections", """
                {"voucherId":"%s","objectionId":"O1","matter":"OTHER","text":"张三说没有服务"}""".formatted(voucher(4)))
                        .body()
                        .path("field")
                        .asString())
                .as("ALL-05: a command has no place for words of the public")
                .isEqualTo("text");
        done(neighbour, "/claims/C1/objections", """
                {"voucherId":"%s","objectionId":"O1","matter":"AMOUNT_TOO_LOW","documents":[%s]}""".formatted(voucher(4), paper("OBJECTION", 40)));
        String words = TestPapers.sha256(TestPapers.pdf("OBJECTION 40"));
        JsonNode objection = ledger.ask(PROVIDER, "/claims/C1?atLeast=" + position())
                .body()
                .path("objections")
                .path(0);
        assertThat(objection.path("matter").asString()).isEqualTo("AMOUNT_TOO_LOW");
        assertThat(objection.path("documents").path(0).asString()).isEqualTo(words);
        assertThat(ledger.ask(PROVIDER, "/documents/" + words).status())
                .as("its words are for the bureau and for who objects")
                .isEqualTo(404);
        assertThat(ledger.download(BUREAU, "/documents/" + words)).isEqualTo(TestPapers.pdf("OBJECTION 40"));
        assertThat(ledger.download(neighbour, "/documents/" + words)).isEqualTo(TestPapers.pdf("OBJECTION 40"));
        String settlement = "{\"voucherIds\":[\"%s\"],\"bankReference\":\"YH-1\"}".formatted(voucher(4));
        ledger.at("2020-07-08T16:00:00Z");
        assertThat(ledger.send(OPERATOR, "/claims/C1/settlement", settlement).rule())
                .as("held until the bureau replies")
                .isEqualTo("GZ-42");
        done(BUREAU, "/claims/C1/objections/O1/reply", """
                {"outcome":"RAISED","approvedFen":2000000,"reason":"材料齐全"}""");
        assertThat(ledger.send(OPERATOR, "/claims/C1/settlement", settlement).rule())
                .as("raised and published anew")
                .isEqualTo("GZ-42");
        ledger.at("2020-07-16T16:00:00Z");
        done(OPERATOR, "/claims/C1/settlement", settlement);
        Reply settled = ledger.ask(AUDITOR, "/vouchers/" + voucher(4) + "?atLeast=" + position());
        assertThat(settled.body().path("status").asString()).isEqualTo("REDEEMED");
        assertThat(settled.body().path("redeemedFen").asLong()).isEqualTo(2_000_000);
    }

    @Test
    @Order(6)
    @DisplayName("ALL-02 to ALL-04: the auditor finds every step, every refusal and books that balance")
    void auditor() {
        Reply history = ledger.ask(AUDITOR, "/vouchers/" + voucher(4) + "/history?atLeast=" + position());
        assertThat(history.body()
                        .path("items")
                        .valueStream()
                        .map(step -> step.at("/stateAfter/status").asString()))
                .startsWith(
                        "ISSUED", "ORDERED", "CONTRACT_UPLOADED", "CONTRACT_CONFIRMED", "PAID", "ACCEPTED", "CLAIMED")
                .endsWith("REDEEMED");
        Reply refusals = ledger.ask(AUDITOR, "/refusals?rule=GZ-42");
        assertThat(refusals.body().path("items").size()).isEqualTo(2);
        assertThat(ledger.ask(enterprise(0), "/refusals").status()).isEqualTo(403);
        assertThat(ledger.ask(null, "/vouchers").status()).isEqualTo(401);

        var seen = new ArrayList<String>();
        String cursor = "";
        do {
            Reply page = ledger.ask(AUDITOR, "/enterprises?limit=2&cursor=" + cursor);
            seen.addAll(page.body().path("items").findValuesAsString("id"));
            cursor = page.body().path("next").asString("");
        } while (!cursor.isEmpty());
        assertThat(seen).hasSize(ENTERPRISES).isSorted().doesNotHaveDuplicates();

        ledger.at("2021-01-02T00:00:00Z");
        assertThat(sweep().path("CloseBatch").asInt()).isEqualTo(1);
        Reply verified = ledger.post(AUDITOR, "/books/verification");
        assertThat(verified.body().path("balanced").asBoolean()).isTrue();
        assertThat(verified.body().path("budgetFen").asLong()).isEqualTo(6_000_000);
    }

    @Test
    @Order(7)
    @DisplayName("ALL-04: whatever has a stream is told again, as of any moment, with what it was decided by")
    void replay() {
        String code = code(4);
        for (String stream : new String[] {
            "voucher:" + voucher(4),
            "batch:B1",
            "queue:B1",
            "enterprise:" + code,
            "provider:" + PROVIDER_ID,
            "claim:C1",
            "enterprisequota:GZ-2020:" + code + ":2020",
            "providerquota:GZ-2020:" + PROVIDER_ID + ":2020",
            "scheme:GZ-2020"
        }) {
            JsonNode steps = told(stream, "").path("items");
            assertThat(steps.size()).as(stream).isPositive();
            assertThat(steps.valueStream()
                            .allMatch(step -> step.path("decisions").size() > 0))
                    .as("%s: each step tells what it was decided by", stream)
                    .isTrue();
        }
        // GZ-21 has reserved what was asked for, and GZ-24 has allowed what the papers prove.
        JsonNode order =
                told("providerquota:GZ-2020:" + PROVIDER_ID + ":2020", "").at("/items/0");
        assertThat(order.path("decisions").valueStream().map(d -> d.path("rule").asString()))
                .contains("GZ-20", "GZ-21", "GZ-26");

        // The instant of the order itself is in; a microsecond before it the voucher was only issued.
        assertThat(lastState("voucher:" + voucher(4), "&asOf=2020-05-06T02:00:00Z")
                        .path("status")
                        .asString())
                .isEqualTo("CONTRACT_CONFIRMED");
        assertThat(lastState("voucher:" + voucher(4), "&asOf=2020-05-06T01:59:59.999999Z")
                        .path("status")
                        .asString())
                .isEqualTo("ISSUED");
        JsonNode difference = ledger.ask(
                        AUDITOR,
                        "/history/voucher:" + voucher(4)
                                + "/diff?from=2020-05-06T10:00:00%2B08:00&to=2020-07-01T02:00:00Z")
                .body();
        assertThat(difference.path("steps").asInt())
                .as("paid, accepted, claimed, reviewed and published, all by that instant")
                .isEqualTo(5);
        assertThat(difference.path("changed").findValuesAsString("member"))
                .contains("status", "balances.claimedFen", "payment.paidFen");
        assertThat(ledger.ask(AUDITOR, "/history/batch:B1?asOf=2021-01-02T00:00:00.000001Z")
                        .status())
                .as("a microsecond ahead of the ledger's clock")
                .isEqualTo(400);
        assertThat(ledger.ask(enterprise(4), "/history/batch:B1").status()).isEqualTo(403);
    }

    @Test
    @Order(9)
    @DisplayName("SV-04: who brought a complaint reads it and its answer, and nobody else but staff does")
    void complaints() {
        Actor neighbour = Rehearsal.staff(Role.PUBLIC);
        for (Actor complainant : List.of(enterprise(1), neighbour)) {
            String id = "F-" + complainant.role();
            done(complainant, "/findings/complaints", """
                    {"findingId":"%s","subject":"PROVIDER","subjectId":"%s","matter":"PRICE","complainantRef":"c-1"}""".formatted(id, PROVIDER_ID));
            assertThat(ledger.ask(complainant, "/findings?open=true&atLeast=" + position())
                            .body()
                            .path("items")
                            .findValuesAsString("id"))
                    .containsExactly(id);
            done(OPERATOR, "/findings/" + id + "/answer", "{\"outcome\":\"UNFOUNDED\",\"reason\":\"价格与公布一致\"}");

            String finding = "/findings/" + id + "?atLeast=" + position();
            assertThat(ledger.ask(complainant, finding).body().path("answer").asString())
                    .isEqualTo("价格与公布一致");
            assertThat(ledger.ask(AUDITOR, finding).status()).isEqualTo(200);
            for (Actor other : List.of(
                    enterprise(2),
                    PROVIDER,
                    Rehearsal.party(Role.PROVIDER, enterprise(1).onBehalfOf()),
                    Actor.of("neighbour-2", Role.PUBLIC))) {
                assertThat(ledger.ask(other, "/findings").body().path("items")).isEmpty();
                Reply refused = ledger.ask(other, finding);
                assertThat(refused.status()).as("%s", other).isEqualTo(403);
                assertThat(refused.body().path("about").asString()).isEqualTo("ConcernsOthers");
            }
        }
    }

    @Test
    @Order(8)
    @DisplayName("GZ-09: a change of name tells when it was recorded and since when it is true")
    void what_was_known_when() {
        long before = position();
        done(OPERATOR, "/enterprises/" + code(4) + "/names", """
                {"name":"新名企业","from":"2020-05-01","proof":%s}""".formatted(paper("NAME_CHANGE", 90)));
        JsonNode renamed = told("enterprise:" + code(4), "&cursor=" + before).at("/items/0");
        assertThat(renamed.at("/event/at").asString()).isEqualTo("2021-01-02T00:00:00Z");
        assertThat(renamed.path("trueSince").asString()).isEqualTo("2020-05-01");
        assertThat(renamed.at("/stateAfter/names/dated/0/name").asString()).isEqualTo("新名企业");
        JsonNode then = lastState("enterprise:" + code(4), "&asOf=" + before);
        assertThat(then.at("/names/dated").size()).isEqualTo(1);
        assertThat(then.at("/names/dated/0/name").asString()).isEqualTo("示范企业4");
    }

    private static JsonNode told(String stream, String parameters) {
        Reply told = ledger.ask(AUDITOR, "/history/" + stream + "?limit=500&atLeast=" + position() + parameters);
        assertThat(told.status()).as("%s: %s", stream, told.body()).isEqualTo(200);
        return told.body();
    }

    private static JsonNode lastState(String stream, String parameters) {
        JsonNode steps = told(stream, parameters).path("items");
        return steps.get(steps.size() - 1).path("stateAfter");
    }

    private static String batch(String id, long budgetFen) {
        return """
                {"batchId":"%s","schemeId":"GZ-2020","budgetFen":%d,"applyFrom":"2020-04-01T10:00:00+08:00",
                 "applyUntil":"2020-04-30T17:00:00+08:00","noticeNumber":"1号"}""".formatted(id, budgetFen);
    }

    private static Reply apply(int i, String key) {
        return ledger.send(enterprise(i), "/batches/B1/applications", application(i), key);
    }

    private static String application(int i) {
        return "{\"enterpriseId\":\"%s\",\"amountFen\":2000000,\"partsFen\":[2000000]}".formatted(code(i));
    }

    private static Reply order(int i) {
        return ledger.send(enterprise(i), "/vouchers/" + voucher(i) + "/order", """
                {"providerId":"%s","productId":"T1","amountFen":2000000,"declaredNotFundedOtherwise":true}""".formatted(PROVIDER_ID));
    }

    private static String payment(long invoicedFen) {
        return """
                {"amountFen":2000000,"completedOn":"2020-06-30","rating":5,
                 "invoices":[{"kind":"VAT_SPECIAL","code":"44","number":"1","date":"2020-06-30","sellerName":"示范平台",
                   "buyerName":"示范企业4","amountFen":%d,"unrelatedFen":0}],
                 "transfers":[{"payerBank":"银行","date":"2020-06-30","serial":"S1","payerName":"示范企业4",
                   "payeeName":"示范平台","amountFen":2000000,"unrelatedFen":0}],
                 "declaredNotFundedOtherwise":true,"documents":[%s,%s]}""".formatted(invoicedFen, paper("INVOICE", 40), paper("BANK_TRANSFER", 41));
    }

    private static void done(Actor who, String path, String body) {
        Reply reply = ledger.send(who, path, body);
        assertThat(reply.status())
                .as("%s %s: %s", who.role(), path, reply.body())
                .isEqualTo(200);
    }

    private static JsonNode sweep() {
        Reply swept = ledger.post(SYSTEM, "/sweeps");
        assertThat(swept.status()).isEqualTo(200);
        return swept.body().path("recorded");
    }

    private static long position() {
        return ledger.ask(AUDITOR, "/projections").body().path("head").asLong();
    }

    private static JsonNode rating(String path) {
        return ledger.ask(AUDITOR, path).body().path("rating");
    }

    private static String outcome(int i) {
        return ledger.ask(AUDITOR, "/enterprises/" + code(i) + "/applications?atLeast=" + position())
                .body()
                .path("items")
                .get(0)
                .path("outcome")
                .asString();
    }

    private static Actor enterprise(int i) {
        return Rehearsal.party(Role.ENTERPRISE, code(i));
    }

    /** The queue's places follow the order of application. */
    private static String voucher(int i) {
        return "B1-A" + (i + 1) + "-V1";
    }

    private static String code(int i) {
        String first = "914401010000%05d".formatted(i);
        return first + CreditCode.checkCharacter(first);
    }

    private static String paper(String kind, int number) {
        return ledger.paper(kind, number);
    }

    private static String paper(String kind, byte[] file) {
        return ledger.paper(kind, file);
    }
}
