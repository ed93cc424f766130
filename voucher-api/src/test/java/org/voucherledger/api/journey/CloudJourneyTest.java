package org.voucherledger.api.journey;

import static org.assertj.core.api.Assertions.assertThat;

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

/** The cloud vouchers of Guangdong over HTTP, from the scheme's file to the closed batch, against the real program. */
@TestMethodOrder(OrderAnnotation.class)
class CloudJourneyTest {

    private static final Actor BUREAU = Rehearsal.staff(Role.BUREAU);
    private static final Actor OPERATOR = Rehearsal.staff(Role.OPERATOR);
    private static final Actor SYSTEM = Rehearsal.staff(Role.SYSTEM);
    private static final Actor AUDITOR = Rehearsal.staff(Role.AUDITOR);
    private static final String PROVIDER_ID = code(99);
    private static final Actor PROVIDER = Rehearsal.party(Role.PROVIDER, PROVIDER_ID);

    @TempDir
    private static Path data;

    private static Rehearsal ledger;

    @BeforeAll
    static void start() {
        ledger = new Rehearsal(data, "2020-05-20T01:00:00Z");
    }

    @AfterAll
    static void stop() {
        ledger.close();
    }

    @Test
    @Order(1)
    @DisplayName("CL-04, CL-07: the scheme's file, the fund, one batch a city, the catalogue")
    void opened() throws IOException {
        try (InputStream in = CloudJourneyTest.class.getResourceAsStream("/schemes/guangdong-cloud-2020.yaml")) {
            String scheme = new String(in.readAllBytes(), StandardCharsets.UTF_8);
            assertThat(ledger.sendFile(BUREAU, "/schemes", scheme).status()).isEqualTo(200);
        }
        refused("GZ-15", ledger.send(BUREAU, "/batches", batch("GZ", "广州市", 1)));
        done(BUREAU, "/schemes/GD-CLOUD-2020/fund", "{\"fundFen\":10000000,\"noticeNumber\":\"1号\",\"reason\":\"下达\"}");
        done(BUREAU, "/batches", batch("GZ", "广州市", 2_000_000));
        done(BUREAU, "/batches", batch("MZ", "梅州市", 100_000));
        refused("CL-03", ledger.send(BUREAU, "/batches", batch("GZ2", "广州市", 1)));
        refused("ALL-01", ledger.send(BUREAU, "/batches", batch("SZ", "深圳市", 1)));

        done(OPERATOR, "/recognitions", """
                {"providerId":"%s","name":"云平台","level":"PROVINCIAL","city":"广州市","serviceTypes":["INFORMATION"],
                 "supplierClass":"TELECOM_OPERATOR","validFrom":"2019-01-01","validTo":"2021-12-31"}""".formatted(PROVIDER_ID));
        done(
                PROVIDER,
                "/providers",
                "{\"providerId\":\"%s\",\"name\":\"云平台\",\"city\":\"广州市\",\"documents\":[%s]}"
                        .formatted(PROVIDER_ID, paper("LICENCE", 1)));
        done(OPERATOR, "/providers/" + PROVIDER_ID + "/verification", "{}");
        String entry = "/providers/" + PROVIDER_ID + "/catalogue/ERP";
        done(OPERATOR, entry, "{\"year\":2019,\"name\":\"云系统\",\"productClass\":\"A1\"}");
        done(PROVIDER, entry + "/changes", """
                {"requestId":"R1","year":2020,"change":"AGENT","value":"某代理","reason":"调整","evidence":[%s]}""".formatted(paper("PROOF", 2)));
        JsonNode open = ledger.ask(AUDITOR, "/catalogue/requests?open=true&atLeast=" + position())
                .body()
                .path("items");
        assertThat(open.findValuesAsString("requestId")).containsExactly("R1");
        assertThat(open.get(0).path("evidence").get(0).path("kind").asString()).isEqualTo("PROOF");
        done(BUREAU, entry + "/changes/R1/approval", "{\"reason\":\"属实\"}");
        String asOf = "&atLeast=" + position();
        assertThat(ledger.ask(AUDITOR, "/catalogue/requests?open=true" + asOf)
                        .body()
                        .path("items"))
                .isEmpty();
        assertThat(agents("/catalogue?year=2019&productClass=A1" + asOf)).containsExactly("");
        assertThat(agents("/catalogue?year=2020&listed=true" + asOf)).containsExactly("某代理");
        assertThat(agents("/catalogue?year=2018" + asOf)).isEmpty();
        assertThat(ledger.ask(enterprise(1), entry).body().path("versions").findValuesAsString("agent"))
                .containsExactly("", "某代理");
        assertThat(ledger.ask(AUDITOR, "/providers/" + PROVIDER_ID + "/catalogue/NONE")
                        .status())
                .isEqualTo(404);
        assertThat(ledger.ask(AUDITOR, "/catalogue?cursor=x").status()).isEqualTo(400);
        for (int i = 1; i <= 4; i++) {
            done(enterprise(i), "/enterprises", """
                    {"enterpriseId":"%s","declaration":{"name":"工业企业%d","city":"%s","district":"某区",
                     "industry":"INDUSTRY","employees":50,"revenueWan":1200,"assetsWan":800,"declaredSize":"SMALL",
                     "legalPerson":true,"establishedOn":"2012-06-01","handlerRef":"h-%d","trustLevel":1}}""".formatted(code(i), i, i == 4 ? "梅州市" : "广州市", i));
            done(OPERATOR, "/enterprises/" + code(i) + "/verification", """
                    {"year":2020,"declarationSignedOn":"2020-01-02","operatesProperly":true,"fitsPolicy":true,"priorityTags":[%s],"documents":[%s]}""".formatted(
                            i == 3 ? "\"CLUSTER_PILOT\"" : "",
                            paper("LICENCE", 10 + i) + "," + paper("TAX_CERTIFICATE", 40 + i) + ","
                                    + paper("DECLARATION", 70 + i)));
        }
    }

    @Test
    @Order(2)
    @DisplayName(
            "CL-03 to CL-06: applied with the contract in the window, reserved, moved between cities, vetted in order")
    void applied() {
        refused("GZ-10", apply("GZ", 1, 1, 1_000_001));
        ledger.at("2020-05-25T02:00:00Z");
        Reply first = apply("GZ", 1, 1, 1_000_001);
        assertThat(first.status()).as("%s", first.body()).isEqualTo(200);
        assertThat(first.body().findValue("faceFen").asLong()).isEqualTo(700_000);
        accepted(apply("GZ", 2, 2, 100_000));
        accepted(apply("GZ", 3, 3, 100_000));
        refused("CL-03", apply("MZ", 4, 4, 200_000));
        String move = """
                {"toBatchId":"MZ","amountFen":60000,"noticeNumber":"2号","reason":"进展"}""";
        JsonNode affected = ledger.send(BUREAU, "/batches/GZ/quota-moves?dryRun=true", move)
                .body()
                .path("affected");
        assertThat(affected.findValuesAsString("batchId")).as("ALL-06").containsExactly("GZ", "MZ");
        assertThat(affected.get(0).path("losing").asInt()).isEqualTo(1);
        assertThat(affected.get(1).path("gaining").asInt()).isEqualTo(1);
        done(BUREAU, "/batches/GZ/quota-moves", move);
        accepted(apply("MZ", 4, 4, 200_000));

        Reply notNext = ledger.send(OPERATOR, "/vouchers/GZ-A1-V1/approval", "{}");
        refused("CL-03", notNext);
        assertThat(notNext.body().path("limit").asString())
                .as("the pilot comes first")
                .isEqualTo("GZ-A3-V1");
        for (String voucher : new String[] {"GZ-A3-V1", "GZ-A1-V1", "GZ-A2-V1"}) {
            done(OPERATOR, "/vouchers/" + voucher + "/approval", "{}");
        }
        done(OPERATOR, "/vouchers/MZ-A1-V1/rejection", "{\"reason\":\"材料不符\"}");
        assertThat(batchOf("MZ").path("availableFen").asLong()).isEqualTo(160_000);
        assertThat(batchOf("GZ").path("heldFen").asLong()).isEqualTo(850_000);
    }

    @Test
    @Order(3)
    @DisplayName(
            "CL-02, CL-08: the enterprise claims; the pilot is paid first; what nobody claims is recovered and the batch closes")
    void claimedAndPaid() throws IOException {
        refused("CL-02", claim(1, "C1", 900_000));
        ledger.at("2020-10-08T02:00:00Z");
        assertThat(sweep().path("EndApplications").asInt()).isEqualTo(2);
        accepted(claim(1, "C1", 900_000));
        accepted(claim(3, "C3", 100_000));
        papers();
        assertThat(ledger.ask(AUDITOR, "/claims?claimant=" + code(1) + "&atLeast=" + position())
                        .body()
                        .path("items")
                        .get(0)
                        .path("claimedFen")
                        .asLong())
                .isEqualTo(630_000);
        for (int i : new int[] {1, 3}) {
            String review = "{\"items\":[{\"voucherId\":\"GZ-A%d-V1\",\"approvedFen\":%d,\"reason\":\"\"}]}"
                    .formatted(i, i == 1 ? 630_000 : 80_000);
            done(OPERATOR, "/claims/C" + i + "/first-review", review);
            done(BUREAU, "/claims/C" + i + "/final-review", review);
            done(OPERATOR, "/claims/C" + i + "/publication", "{}");
        }
        ledger.at("2020-10-15T16:00:00Z");
        refused("CL-03", settle(1));
        accepted(settle(3));
        accepted(settle(1));

        ledger.at("2021-02-08T08:59:59Z");
        assertThat(sweep().path("RecoverVoucher").asInt()).isZero();
        ledger.at("2021-02-08T09:00:00Z");
        // Recovered first, closed when the views have heard of it.
        int recovered = 0;
        int closed = 0;
        for (int look = 0; look < 5 && closed < 2; look++) {
            position();
            JsonNode recorded = sweep();
            recovered += recorded.path("RecoverVoucher").asInt();
            closed += recorded.path("CloseBatch").asInt();
        }
        assertThat(recovered).isEqualTo(1);
        assertThat(closed).isEqualTo(2);
        JsonNode board = batchOf("GZ");
        assertThat(board.path("phase").asString()).isEqualTo("CLOSED");
        assertThat(board.path("redeemedFen").asLong()).isEqualTo(710_000);
        assertThat(board.path("lapsedFen").asLong()).isEqualTo(2_000_000 - 60_000 - 710_000);
        assertThat(ledger.post(AUDITOR, "/books/verification")
                        .body()
                        .path("balanced")
                        .asBoolean())
                .isTrue();
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

    /** GZ-40, CL-08: of what the enterprise contracted, paid and had accepted, with the product as the catalogue calls it. */
    private static void papers() throws IOException {
        String asOf = "?atLeast=" + position();
        var summary = rows(ledger.download(enterprise(1), "/claims/C1/summary.xlsx" + asOf));
        assertThat(summary)
                .anySatisfy(row -> assertThat(row)
                        .containsSubsequence(
                                "GZ-A1-V1", "工业企业1", "某区", "云系统", "A1", "H-1", "44 1", "银行 S1", "2020-09-30", "70%"));
        var form = rows(ledger.download(enterprise(1), "/claims/C1/form.xlsx" + asOf));
        assertThat(form)
                .contains(List.of("申请单位", "工业企业1"), List.of("供应商", "云平台"))
                .anySatisfy(row -> assertThat(row).contains("人民币陆仟叁佰元整"))
                .anySatisfy(row -> assertThat(row.toString()).contains("广东省工业和信息化厅审定意见"));
        for (String made : List.of("form.pdf", "summary.pdf")) {
            assertThat(ledger.download(OPERATOR, "/claims/C1/" + made + asOf))
                    .as(made)
                    .hasSizeGreaterThan(2_000);
        }
        Reply draft = ledger.ask(enterprise(2), "/claim-drafts/form.pdf?voucherId=GZ-A2-V1&atLeast=" + position());
        assertThat(draft.status()).isEqualTo(400);
        assertThat(draft.body().toString()).contains("once it is claimed");
    }

    @Test
    @Order(4)
    @DisplayName("ALL-04: the history of a cloud voucher is its whole life")
    void history() {
        JsonNode history = ledger.ask(AUDITOR, "/vouchers/GZ-A1-V1/history?atLeast=" + position())
                .body();
        assertThat(history.findValuesAsString("type"))
                .contains("VoucherReserved", "VoucherAdmitted", "VoucherClaimed", "ItemSettled");
    }

    private static String batch(String id, String city, long budgetFen) {
        return """
                {"batchId":"%s","schemeId":"GD-CLOUD-2020","city":"%s","budgetFen":%d,
                 "applyFrom":"2020-05-25T10:00:00+08:00","applyUntil":"2020-09-30T17:00:00+08:00",
                 "noticeNumber":"37号"}""".formatted(id, city, budgetFen);
    }

    private static Reply apply(String batch, int i, int contract, long amountFen) {
        return ledger.send(enterprise(i), "/batches/" + batch + "/contract-applications", """
                {"enterpriseId":"%s","providerId":"%s","productId":"ERP",
                 "contract":{"number":"H-%d","item":"1","enterpriseName":"工业企业%d","providerName":"云平台",
                  "signedOn":"2020-05-20","serviceFrom":"2020-06-01","serviceUntil":"2020-09-30","amountFen":%d,"unrelatedFen":0},
                 "declaredNoFiscalViolation":true,"declaredNotFundedOtherwise":true,"documents":[%s]}""".formatted(
                        code(i), PROVIDER_ID, contract, i, amountFen, paper("CONTRACT", 20 + contract)));
    }

    private static Reply claim(int i, String claimId, long paidFen) {
        return ledger.send(enterprise(i), "/vouchers/GZ-A" + i + "-V1/claim", """
                {"claimId":"%s","acceptedOn":"2020-09-30",
                 "invoices":[{"kind":"VAT_SPECIAL","code":"44","number":"%d","date":"2020-09-30","sellerName":"云平台",
                   "buyerName":"工业企业%d","amountFen":%d,"unrelatedFen":0}],
                 "transfers":[{"payerBank":"银行","date":"2020-09-30","serial":"S%d","payerName":"工业企业%d",
                   "payeeName":"云平台","amountFen":%d,"unrelatedFen":0}],
                 "declaredNotFundedOtherwise":true,"documents":[%s,%s,%s]}""".formatted(
                        claimId,
                        i,
                        i,
                        paidFen,
                        i,
                        i,
                        paidFen,
                        paper("INVOICE", 40 + i),
                        paper("BANK_TRANSFER", 50 + i),
                        paper("ACCEPTANCE_REPORT", 60 + i)));
    }

    private static Reply settle(int i) {
        return ledger.send(
                OPERATOR,
                "/claims/C" + i + "/settlement",
                "{\"voucherIds\":[\"GZ-A%d-V1\"],\"bankReference\":\"bank-%d\"}".formatted(i, i));
    }

    private static void done(Actor who, String path, String body) {
        accepted(ledger.send(who, path, body));
    }

    private static void accepted(Reply reply) {
        assertThat(reply.status()).as("%s", reply.body()).isEqualTo(200);
    }

    private static void refused(String rule, Reply reply) {
        assertThat(reply.rule()).as("%s", reply.body()).isEqualTo(rule);
    }

    private static JsonNode sweep() {
        Reply swept = ledger.post(SYSTEM, "/sweeps");
        accepted(swept);
        return swept.body().path("recorded");
    }

    private static long position() {
        return ledger.ask(AUDITOR, "/projections").body().path("head").asLong();
    }

    private static List<String> agents(String path) {
        return ledger.ask(AUDITOR, path).body().path("items").findValuesAsString("agent");
    }

    private static JsonNode batchOf(String id) {
        return ledger.ask(AUDITOR, "/batches/" + id + "?atLeast=" + position()).body();
    }

    private static Actor enterprise(int i) {
        return Rehearsal.party(Role.ENTERPRISE, code(i));
    }

    private static String code(int i) {
        String first = "914401010000%05d".formatted(i);
        return first + CreditCode.checkCharacter(first);
    }

    private static String paper(String kind, int number) {
        return ledger.paper(kind, number);
    }
}
