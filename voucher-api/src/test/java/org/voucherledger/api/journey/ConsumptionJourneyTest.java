package org.voucherledger.api.journey;

import static org.assertj.core.api.Assertions.assertThat;
import static org.voucherledger.api.journey.Rehearsal.party;
import static org.voucherledger.api.journey.Rehearsal.staff;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.dhatim.fastexcel.reader.ReadableWorkbook;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.MethodOrderer.OrderAnnotation;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;
import org.voucherledger.api.journey.Rehearsal.Reply;
import org.voucherledger.domain.command.Actor;
import org.voucherledger.domain.command.Role;
import org.voucherledger.domain.party.CreditCode;
import tools.jackson.databind.JsonNode;

/** A cycle of consumption vouchers over HTTP, from the scheme's file to its closing (CV-01). */
@TestMethodOrder(OrderAnnotation.class)
class ConsumptionJourneyTest {

    private static final Actor BUREAU = staff(Role.BUREAU);
    private static final Actor OPERATOR = staff(Role.OPERATOR);
    private static final Actor AUDITOR = staff(Role.AUDITOR);
    private static final String SHOP = code("91440101P00000071");
    private static final Actor MERCHANT = party(Role.PROVIDER, SHOP);

    @TempDir
    static Path data;

    private static Rehearsal ledger;
    private static long position;

    private static String code(String digits) {
        return digits + CreditCode.checkCharacter(digits);
    }

    private static Actor holder(String ref) {
        return party(Role.HOLDER, ref);
    }

    @BeforeAll
    static void start() {
        ledger = new Rehearsal(data, "2022-06-01T01:00:00Z");
    }

    @AfterAll
    static void stop() {
        ledger.close();
    }

    private static JsonNode done(Actor who, String path, String body) {
        Reply reply = ledger.send(who, path, body);
        assertThat(reply.status()).as(path + " " + reply.body()).isEqualTo(200);
        position = Math.max(position, reply.position());
        return reply.body();
    }

    private static JsonNode see(String path) {
        Reply reply = ledger.ask(AUDITOR, path + (path.contains("?") ? "&" : "?") + "atLeast=" + position);
        assertThat(reply.status()).as(path + " " + reply.body()).isEqualTo(200);
        return reply.body();
    }

    private static JsonNode sweep() {
        Reply reply = ledger.post(staff(Role.SYSTEM), "/sweeps");
        assertThat(reply.status()).as("sweep " + reply.body()).isEqualTo(200);
        position = Math.max(position, reply.position());
        return reply.body().path("recorded");
    }

    private static String paper(String kind, int number) {
        return ledger.paper(kind, number);
    }

    private static String taking(String ref, String category, long faceFen) {
        return "{\"holderRef\":\"%s\",\"category\":\"%s\",\"faceFen\":%d}".formatted(ref, category, faceFen);
    }

    private static String purchase(String reference, long fen) {
        return "{\"providerId\":\"%s\",\"purchaseReference\":\"%s\",\"purchaseFen\":%d}"
                .formatted(SHOP, reference, fen);
    }

    @Test
    @Order(1)
    @DisplayName("CV-01: the scheme is published from its file, a cycle opened, a merchant listed by its categories")
    void opening() throws IOException {
        String scheme;
        try (InputStream in = getClass().getResourceAsStream("/schemes/consumption-example.yaml")) {
            scheme = new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
        assertThat(ledger.sendFile(BUREAU, "/schemes", scheme).status()).isEqualTo(200);
        done(BUREAU, "/batches", """
                {"batchId":"W23","schemeId":"GZ-CV-2022","budgetFen":100000,"applyFrom":"2022-06-06T02:00:00Z",
                 "applyUntil":"2022-06-10T16:00:00Z","noticeNumber":"穗商务〔2022〕1号"}""");
        done(OPERATOR, "/recognitions", """
                {"providerId":"%s","name":"示范酒家","level":"CITY","city":"广州市","merchantCategories":["CATERING"],
                 "validFrom":"2022-01-01","validTo":"2022-12-31"}""".formatted(SHOP));
        done(
                MERCHANT,
                "/providers",
                "{\"providerId\":\"%s\",\"name\":\"示范酒家\",\"city\":\"广州市\",\"documents\":[%s]}"
                        .formatted(SHOP, paper("LICENCE", 1)));
        done(OPERATOR, "/providers/" + SHOP + "/verification", "{}");

        JsonNode cycle = see("/batches/W23");
        assertThat(cycle.path("validUntil").asString()).isEqualTo("2022-06-12T16:00:00Z");
        assertThat(cycle.path("redemptionFrom").asString()).isEqualTo("2022-06-06T16:00:00Z");
        assertThat(cycle.path("redemptionUntil").asString()).isEqualTo("2022-06-26T16:00:00Z");
        assertThat(see("/providers/" + SHOP)
                        .path("provider")
                        .path("merchantCategories")
                        .get(0)
                        .asString())
                .isEqualTo("CATERING");
    }

    @Test
    @Order(2)
    @DisplayName("CV-01: holders take what they may, while there is anything left, each for itself")
    void taking() {
        assertThat(ledger.send(holder("h-1"), "/batches/W23/takings", taking("h-1", "CATERING", 2_000))
                        .rule())
                .isEqualTo("GZ-10");
        ledger.at("2022-06-06T02:00:00Z");
        for (int number = 1; number <= 3; number++) {
            JsonNode taken = done(holder("h-1"), "/batches/W23/takings", taking("h-1", "CATERING", 5_000));
            assertThat(taken.path("result").path("voucherId").asString()).isEqualTo("W23-T" + number);
            assertThat(taken.path("result").path("thresholdFen").asLong()).isEqualTo(20_000);
        }
        Reply fourth = ledger.send(holder("h-1"), "/batches/W23/takings", taking("h-1", "CATERING", 2_000));
        assertThat(fourth.status()).isEqualTo(409);
        assertThat(fourth.rule()).isEqualTo("CV-01");
        assertThat(fourth.body().path("about").asString()).isEqualTo("HolderLimitReached");
        assertThat(ledger.send(holder("h-2"), "/batches/W23/takings", taking("h-1", "RETAIL", 1_500))
                        .status())
                .as("nobody takes for somebody else")
                .isEqualTo(403);
        Reply personal = ledger.send(holder("h-1"), "/batches/W23/takings", taking("13800138000", "RETAIL", 1_500));
        assertThat(personal.status()).as("ALL-05").isEqualTo(400);
        Reply inToken =
                ledger.send(holder("13800138000"), "/batches/W23/takings", taking("13800138000", "RETAIL", 1_500));
        assertThat(inToken.status()).as("ALL-05").isEqualTo(401);
        assertThat(ledger.send(OPERATOR, "/batches/W23/takings", taking("h-1", "RETAIL", 1_500))
                        .status())
                .isEqualTo(403);

        done(holder("h-3"), "/batches/W23/takings", taking("h-3", "APPLIANCES", 30_000));
        done(holder("h-4"), "/batches/W23/takings", taking("h-4", "APPLIANCES", 30_000));
        Reply tooMuch = ledger.send(holder("h-5"), "/batches/W23/takings", taking("h-5", "APPLIANCES", 30_000));
        assertThat(tooMuch.body().path("about").asString()).isEqualTo("NothingLeftToTake");
        assertThat(tooMuch.body().path("limit").asLong()).isEqualTo(25_000);
        done(holder("h-4"), "/vouchers/W23-T5/return", "{\"reason\":\"不买了\"}");
        done(holder("h-5"), "/batches/W23/takings", taking("h-5", "APPLIANCES", 30_000));

        JsonNode account = see("/holders/h-1/account").path("items").get(0);
        assertThat(account.path("taken").asInt()).isEqualTo(3);
        assertThat(account.path("mostPerHolder").asInt()).isEqualTo(3);
        assertThat(see("/vouchers?holder=h-1").path("items").size()).isEqualTo(3);
    }

    @Test
    @Order(3)
    @DisplayName("CV-01: a voucher is used from its threshold on, once a purchase, and the purchase may be undone")
    void using() {
        Reply below = ledger.send(holder("h-1"), "/vouchers/W23-T1/use", purchase("NO-1", 19_999));
        assertThat(below.rule()).isEqualTo("CV-01");
        assertThat(below.body().path("limit").asLong()).isEqualTo(20_000);
        done(holder("h-1"), "/vouchers/W23-T1/use", purchase("NO-1", 20_000));
        assertThat(ledger.send(holder("h-1"), "/vouchers/W23-T2/use", purchase("no-1", 20_000))
                        .rule())
                .isEqualTo("GZ-26");
        done(holder("h-1"), "/vouchers/W23-T2/use", purchase("NO-2", 25_000));
        done(holder("h-1"), "/vouchers/W23-T3/use", purchase("NO-3", 26_000));
        done(MERCHANT, "/vouchers/W23-T3/use/undo", "{\"reason\":\"退餐\"}");
        done(holder("h-1"), "/vouchers/W23-T3/use", purchase("NO-3", 26_000));
        assertThat(ledger.send(holder("h-3"), "/vouchers/W23-T4/use", purchase("NO-4", 200_000))
                        .body()
                        .path("about")
                        .asString())
                .isEqualTo("MerchantNotOfCategory");

        JsonNode used = see("/vouchers/W23-T1");
        assertThat(used.path("status").asString()).isEqualTo("ACCEPTED");
        assertThat(used.path("holderRef").asString()).isEqualTo("h-1");
        assertThat(used.path("enterpriseId").isNull()).isTrue();
        assertThat(used.path("purchaseReference").asString()).isEqualTo("NO-1");
        assertThat(used.path("purchaseFen").asLong()).isEqualTo(20_000);
    }

    @Test
    @Order(4)
    @DisplayName(
            "CV-01: the merchant claims, the operator reconciles item by item, and what is approved is paid at once")
    void redeeming() throws IOException {
        String claim = """
                {"claimId":"C1","batchId":"W23","providerId":"%s","voucherIds":["W23-T1","W23-T2","W23-T3"],
                 "documents":[%s]}""".formatted(SHOP, paper("SETTLEMENT_STATEMENT", 9));
        assertThat(ledger.send(MERCHANT, "/claims", claim).rule()).isEqualTo("GZ-40");
        ledger.at("2022-06-06T16:00:00Z");
        papers("/claim-drafts/", "voucherId=W23-T1&voucherId=W23-T2&voucherId=W23-T3");
        done(MERCHANT, "/claims", claim);
        papers("/claims/C1/", "");
        done(OPERATOR, "/claims/C1/reconciliation", """
                {"items":[{"voucherId":"W23-T1","approvedFen":5000},{"voucherId":"W23-T2","approvedFen":4000,"reason":"部分退款"},
                 {"voucherId":"W23-T3","approvedFen":0,"reason":"交易不存在"}]}""");
        done(OPERATOR, "/claims/C1/settlement", "{\"voucherIds\":[\"W23-T1\",\"W23-T2\"],\"bankReference\":\"B-1\"}");
        assertThat(sweep().path("EndNotice").asInt()).isEqualTo(1);

        assertThat(see("/vouchers/W23-T2").path("redeemedFen").asLong()).isEqualTo(4_000);
        assertThat(see("/vouchers/W23-T3").path("status").asString()).isEqualTo("ACCEPTED");
        assertThat(see("/providers/" + SHOP + "/account")
                        .path("items")
                        .get(0)
                        .path("takenFen")
                        .asLong())
                .isEqualTo(14_000);
    }

    /** Each row's cells, as a person reads them. */
    private static List<List<String>> rows(byte[] xlsx) throws IOException {
        try (ReadableWorkbook book = new ReadableWorkbook(new ByteArrayInputStream(xlsx))) {
            return book.getFirstSheet().read().stream()
                    .map(row -> row.stream()
                            .filter(cell -> cell != null && cell.getRawValue() != null)
                            .map(cell -> cell.getText())
                            .toList())
                    .toList();
        }
    }

    /** GZ-40, CV-01: of the purchases, and of nobody who made them; before the claim and after it. */
    private static void papers(String of, String which) throws IOException {
        String query = "?" + which + "&atLeast=" + position;
        var summary = rows(ledger.download(MERCHANT, of + "summary.xlsx" + query));
        assertThat(summary)
                .anySatisfy(row -> assertThat(row).containsSubsequence("W23-T2", "CATERING", "NO-2", "2022-06-06"));
        assertThat(summary.toString()).doesNotContain("h-1");
        var form = rows(ledger.download(MERCHANT, of + "form.xlsx" + query));
        assertThat(form)
                .contains(List.of("申请单位", "示范酒家"), List.of("商户", "示范酒家"))
                .anySatisfy(row -> assertThat(row).contains("人民币壹佰伍拾元整"))
                .anySatisfy(row -> assertThat(row.toString()).contains("承办单位对账意见"));
        for (String made : List.of("form.pdf", "summary.pdf")) {
            assertThat(ledger.download(OPERATOR, of + made + query)).as(made).hasSizeGreaterThan(2_000);
        }
    }

    @Test
    @Order(5)
    @DisplayName("CV-01, ALL-03: the cycle ends, what is unused goes back, it is closed, and the books balance")
    void ending() {
        ledger.at("2022-06-12T16:00:00Z");
        JsonNode end = sweep();
        assertThat(end.path("EndApplications").asInt()).isEqualTo(1);
        assertThat(end.path("RecoverVoucher").asInt()).as("W23-T4 and W23-T6").isEqualTo(2);
        ledger.at("2022-06-26T16:00:00Z");
        JsonNode over = sweep();
        assertThat(over.path("RecoverVoucher").asInt()).as("W23-T3").isEqualTo(1);
        assertThat(over.path("CloseBatch").asInt()).isEqualTo(1);

        JsonNode cycle = see("/batches/W23");
        assertThat(cycle.path("phase").asString()).isEqualTo("CLOSED");
        assertThat(cycle.path("redeemedFen").asLong()).isEqualTo(9_000);
        assertThat(cycle.path("lapsedFen").asLong()).isEqualTo(91_000);
        JsonNode trial = see("/books");
        assertThat(trial.path("balanced").asBoolean()).as(trial.toString()).isTrue();
        Reply verified = ledger.post(AUDITOR, "/books/verification");
        assertThat(verified.body().path("balanced").asBoolean())
                .as(verified.body().toString())
                .isTrue();
        assertThat(see("/audit-trail?subject=holder:h-1").path("items").size()).isPositive();
    }
}
