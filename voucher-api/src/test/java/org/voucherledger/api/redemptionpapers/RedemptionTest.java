package org.voucherledger.api.redemptionpapers;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.voucherledger.domain.scenario.City.Grant.voucher;
import static org.voucherledger.domain.scenario.GuangzhouTerms.yuan;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.math.BigDecimal;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.Charset;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import java.util.zip.ZipInputStream;
import org.dhatim.fastexcel.Workbook;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.SpringApplication;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.jdbc.core.JdbcTemplate;
import org.voucherledger.api.VoucherLedger;
import org.voucherledger.api.documents.TestPapers;
import org.voucherledger.api.eventstore.LedgerStore;
import org.voucherledger.api.eventstore.PlayedBefore;
import org.voucherledger.api.evidence.FileBooks;
import org.voucherledger.api.security.DevelopmentKey;
import org.voucherledger.api.security.DevelopmentTokens;
import org.voucherledger.domain.command.Actor;
import org.voucherledger.domain.command.Role;
import org.voucherledger.domain.party.Document;
import org.voucherledger.domain.redemption.ClaimCommand.ObjectToItem;
import org.voucherledger.domain.redemption.ClaimCommand.ReplyToObjection;
import org.voucherledger.domain.redemption.ClaimCommand.SubmitClaim;
import org.voucherledger.domain.redemption.ObjectionMatter;
import org.voucherledger.domain.redemption.ObjectionOutcome;
import org.voucherledger.domain.redemption.ReviewStage;
import org.voucherledger.domain.scenario.City;
import org.voucherledger.domain.scenario.GuangdongCloudTerms;
import org.voucherledger.domain.scenario.GuangzhouTerms;
import org.voucherledger.domain.scenario.Province;
import org.voucherledger.domain.scheme.SchemeTerms.Claimant;
import org.voucherledger.domain.scheme.SchemeTerms.Redemption;
import org.voucherledger.domain.voucher.VoucherCommand.FreezeVoucher;
import org.voucherledger.projections.evidence.BundleVerification;
import org.voucherledger.projections.evidence.Findings;
import org.voucherledger.projections.evidence.Scope;
import org.voucherledger.projections.sealedlog.NoteKey;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** GZ-42 to GZ-44 as the program serves them: the public list, the bank's file, the archive. One claim's way, in order. */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class RedemptionTest {

    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final HttpClient CLIENT = HttpClient.newHttpClient();
    private static final Actor OPERATOR = Actor.of("cashier-1", Role.OPERATOR);
    private static final Actor BUREAU = Actor.of("bureau-1", Role.BUREAU);
    private static final Actor AUDITOR = Actor.of("auditor-1", Role.AUDITOR);
    private static final byte[] FORM = TestPapers.pdf("stamped form");
    private static final byte[] SLIP = TestPapers.pdf("the bank's slip");
    private static final String HEADINGS = "claimId,voucherId,amount,bankReference\n";

    @TempDir
    private static Path data;

    private static ConfigurableApplicationContext program;
    private static DevelopmentTokens tokens;
    private static final Map<String, String> IDS = new LinkedHashMap<>();
    private static int keys;

    @BeforeAll
    static void start() {
        program = new SpringApplication(VoucherLedger.class)
                .run(
                        "--ledger.data=" + data,
                        "--ledger.rehearsal=2020-06-20T00:00:00Z",
                        "--server.port=0",
                        "--server.address=127.0.0.1",
                        "--logging.level.root=WARN");
        tokens = new DevelopmentTokens(DevelopmentKey.of(data));
        try (City city = city()) {
            PlayedBefore.bring(program.getBean(LedgerStore.class), city.ledger().events());
        }
        try (Province province = province()) {
            PlayedBefore.bring(
                    program.getBean(LedgerStore.class), province.city().ledger().events());
        }
    }

    @AfterAll
    static void stop() {
        program.close();
    }

    /** C1 and C2 have been published long enough, C3 has not, C4 is not published, C5 was rejected, half of C6 is frozen, C7 was raised. */
    private static City city() {
        var city = new City();
        city.at("2020-05-01T09:00");
        city.grants(
                voucher("V1").worth(yuan(2_000)).to("E1"),
                voucher("V2").worth(yuan(2_000)).to("E2"),
                voucher("V3").worth(yuan(2_000)).to("E3"),
                voucher("V4").worth(yuan(2_000)).to("E4"),
                voucher("V5").worth(yuan(2_000)).to("E5"),
                voucher("V6").worth(yuan(2_000)).to("E6"),
                voucher("V7").worth(yuan(2_000)).to("E7"),
                voucher("V8").worth(yuan(2_000)).to("E8"),
                voucher("V9").worth(yuan(2_000)).to("E9"));
        city.at("2020-05-20T09:00");
        for (int i = 1; i <= 9; i++) {
            city.accepts("V" + i, yuan(2_000));
            IDS.put("V" + i, city.id("V" + i));
        }
        city.at("2020-06-01T00:00");
        var form = new Document("CLAIM_FORM", TestPapers.sha256(FORM), "application/pdf", FORM.length);
        city.sends(together(city, form, "C1", "V1", "V2")).wasAccepted();
        city.sends(together(city, form, "C6", "V7", "V8")).wasAccepted();
        city.claims("C2", "V3")
                .claims("C3", "V4")
                .claims("C4", "V5")
                .claims("C5", "V6")
                .wasAccepted();
        city.reviews("C1", yuan(1_500))
                .reviews("C2", yuan(2_000))
                .reviews("C3", yuan(2_000))
                .reviews("C5", 0)
                .reviews("C6", yuan(2_000));
        city.publishes("C1").publishes("C2").publishes("C5").publishes("C6").wasAccepted();
        city.claims("C7", "V9").reviews("C7", yuan(1_500)).publishes("C7").wasAccepted();
        city.sends(new ObjectToItem("C7", city.id("V9"), "O1", ObjectionMatter.OTHER, List.of()))
                .wasAccepted();
        city.sends(new ReplyToObjection("C7", "O1", ObjectionOutcome.RAISED, yuan(1_800), "核增"))
                .wasAccepted();
        city.sends(new FreezeVoucher(city.id("V8"), "疑点")).wasAccepted();
        city.at("2020-06-19T00:00").publishes("C3").wasAccepted();
        return city;
    }

    private static SubmitClaim together(City city, Document form, String claim, String one, String other) {
        var voucher = city.state(city.id(one));
        return new SubmitClaim(
                claim,
                voucher.issue().batchId(),
                voucher.order().providerId(),
                List.of(city.id(one), city.id(other)),
                List.of(form));
    }

    /** Three cloud vouchers of one batch that may be paid: K1 and K2 were claimed first, K3 is a pilot's and goes before. */
    private static Province province() {
        Instant claiming = GuangzhouTerms.shanghai("2020-06-01T09:00");
        var terms = new Redemption(
                Claimant.ENTERPRISE,
                claiming,
                GuangdongCloudTerms.REDEMPTION_UNTIL,
                null,
                null,
                List.of(ReviewStage.FIRST, ReviewStage.FINAL),
                7);
        var province = new Province(GuangdongCloudTerms.with("redemption", terms));
        province.opens("CLOUD", Province.GUANGZHOU, yuan(1_000)).pilot("E73");
        for (int i = 1; i <= 3; i++) {
            province.applies("E7" + i, "CLOUD", "P7", yuan(100)).wasAccepted();
            IDS.put("W" + i, "CLOUD-A" + i + "-V1");
        }
        for (String voucher : List.of("W3", "W1", "W2")) {
            province.approves(IDS.get(voucher)).wasAccepted();
        }
        province.at(claiming);
        for (int i = 1; i <= 3; i++) {
            province.claims(IDS.get("W" + i), "K" + i, yuan(100)).wasAccepted();
            province.publishes("K" + i, yuan(70));
        }
        return province;
    }

    private static HttpResponse<byte[]> send(
            Actor who, String path, java.util.function.Consumer<HttpRequest.Builder> more) {
        String port = program.getEnvironment().getRequiredProperty("local.server.port");
        var request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
                .timeout(Duration.ofMinutes(1));
        if (who != null) {
            request.header("Authorization", "Bearer " + tokens.sign(who, Instant.now(), Duration.ofMinutes(10)));
        }
        more.accept(request);
        try {
            return CLIENT.send(request.build(), BodyHandlers.ofByteArray());
        } catch (IOException e) {
            throw new IllegalStateException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private static HttpResponse<byte[]> get(Actor who, String path) {
        return send(who, path + (path.contains("?") ? "&" : "?") + "atLeast=" + head(), HttpRequest.Builder::GET);
    }

    private static HttpResponse<byte[]> settle(Actor who, byte[] file, String query) {
        return send(
                who,
                "/api/v1/settlement-imports" + query,
                request -> request.header("Content-Type", "application/octet-stream")
                        .header("Idempotency-Key", "attempt-" + ++keys)
                        .POST(BodyPublishers.ofByteArray(file)));
    }

    private static HttpResponse<byte[]> settle(String csv) {
        return settle(OPERATOR, csv.getBytes(UTF_8), "");
    }

    private static JsonNode json(HttpResponse<byte[]> answer) {
        return JSON.readTree(answer.body());
    }

    private static long head() {
        return program.getBean(JdbcTemplate.class)
                .queryForObject("select coalesce(max(position), 0) from ledger.event", Long.class);
    }

    private static String line(String claim, String voucher, String amount, String reference) {
        return claim + "," + IDS.getOrDefault(voucher, voucher) + "," + amount + "," + reference + "\n";
    }

    @Test
    @Order(1)
    @DisplayName("GZ-42: everybody reads the published list, as a page and as the file whose hash is in the ledger")
    void publicList() {
        var page = get(null, "/public/claims/C1");
        String html = new String(page.body(), UTF_8);
        assertThat(page.statusCode()).as(html).isEqualTo(200);
        assertThat(page.headers().firstValue("Content-Type").orElse(""))
                .startsWith("text/html")
                .containsIgnoringCase("utf-8");
        assertThat(html).contains("服务券兑现公示", IDS.get("V1"), IDS.get("V2"), "1,500.00", "2020-06-09 00:00");

        var file = get(null, "/public/claims/C1/list.csv");
        String hash = program.getBean(JdbcTemplate.class)
                .queryForObject(
                        "select payload ->> 'listSha256' from ledger.event where type = 'ClaimPublished' and stream = 'claim:C1'",
                        String.class);
        assertThat(TestPapers.sha256(file.body())).isEqualTo(hash);
        assertThat(html).contains(hash);

        assertThat(get(null, "/public/claims/C4").statusCode())
                .as("not published")
                .isEqualTo(404);
        assertThat(get(null, "/public/claims/none/list.csv").statusCode()).isEqualTo(404);
        assertThat(send(null, "/public/claims/C1", request -> request.POST(BodyPublishers.noBody()))
                        .statusCode())
                .as("only to read")
                .isEqualTo(401);
    }

    @Test
    @Order(1)
    @DisplayName("GZ-42: a raised amount is published anew, in a file of its own whose hash is in the ledger")
    void publishedAnew() {
        var anew = program.getBean(JdbcTemplate.class)
                .queryForMap("select position, payload ->> 'listSha256' as hash from ledger.event"
                        + " where type = 'ItemPublishedAnew' and stream = 'claim:C7'");
        String html = new String(get(null, "/public/claims/C7").body(), UTF_8);
        assertThat(html).contains("1,500.00", "经复核调增为 1,800.00 元", (String) anew.get("hash"));

        String address = "/public/claims/C7/list-" + anew.get("position") + ".csv";
        assertThat(html).contains(address.substring("/public/claims/".length()));
        var file = get(null, address);
        assertThat(file.statusCode()).isEqualTo(200);
        assertThat(TestPapers.sha256(file.body())).isEqualTo(anew.get("hash"));
        assertThat(new String(file.body(), UTF_8))
                .contains(IDS.get("V9"), "1800.00")
                .doesNotContain("1500.00");
        assertThat(new String(get(null, "/public/claims/C7/list.csv").body(), UTF_8))
                .as("what was shown first stays as it was")
                .contains("1500.00")
                .doesNotContain("1800.00");
        for (String none : List.of("/public/claims/C7/list-1.csv", "/public/claims/C7/list-x.csv")) {
            assertThat(get(null, none).statusCode()).as(none).isEqualTo(404);
        }
    }

    @Test
    @Order(1)
    @DisplayName("GZ-42: everybody finds every published list, the latest first, as a page and as data")
    void publicIndex() {
        JsonNode index = json(get(null, "/public/claims.json"));
        assertThat(index.path("items").findValuesAsString("claimId"))
                .hasSize(10)
                .contains("C1", "C2", "C3", "C5", "C6", "C7", "K1", "K2", "K3")
                .doesNotContain("C4");
        assertThat(index.path("items").findValues("position").stream().map(JsonNode::asLong))
                .isSortedAccordingTo(Comparator.reverseOrder());
        String html = new String(get(null, "/public/claims").body(), UTF_8);
        for (JsonNode item : index.path("items")) {
            assertThat(html)
                    .contains(item.path("page").asString(), item.path("file").asString());
            assertThat(TestPapers.sha256(get(null, item.path("file").asString()).body()))
                    .isEqualTo(item.path("sha256").asString());
            assertThat(get(null, item.path("page").asString()).statusCode()).isEqualTo(200);
        }
        var pages = new ArrayList<String>();
        String cursor = "";
        do {
            JsonNode page = json(get(null, "/public/claims.json?limit=4&cursor=" + cursor));
            pages.addAll(page.path("items").findValuesAsString("position"));
            cursor = page.path("next").asString("");
        } while (!cursor.isEmpty());
        assertThat(pages).isEqualTo(index.path("items").findValuesAsString("position"));
        assertThat(new String(get(null, "/public/claims?limit=4").body(), UTF_8))
                .contains("更早的公示");
    }

    @Test
    @Order(2)
    @DisplayName("GZ-43: with one line that is unknown, doubled, of another amount or not payable, nothing is settled")
    void nothingHalfDone() {
        long before = head();
        var answer = settle(HEADINGS
                + line("C2", "V3", "2000.00", "YH-1")
                + line("C9", "V9", "1500", "YH-2")
                + line("C1", "V3", "2000", "YH-3")
                + line("C1", "V1", "1500.01", "YH-4")
                + line("C1", "V2", "1500", "YH-5")
                + line("C1", "V2", "1500", "YH-6")
                + line("C3", "V4", "2000", "YH-7")
                + line("C5", "V6", "1", "YH-8"));

        assertThat(answer.statusCode()).isEqualTo(422);
        assertThat(json(answer).path("type").asString()).endsWith("SettlementFileDiffers");
        var kinds = new ArrayList<String>();
        json(answer)
                .path("errors")
                .forEach(error -> kinds.add(
                        error.path("line").asInt() + " " + error.path("kind").asString()));
        assertThat(kinds)
                .containsExactly(
                        "2 DOUBLED",
                        "3 UNKNOWN",
                        "4 DOUBLED",
                        "5 AMOUNT_DIFFERS",
                        "6 DOUBLED",
                        "7 DOUBLED",
                        "8 NOT_PAYABLE",
                        "9 AMOUNT_DIFFERS");
        assertThat(json(answer).path("errors").get(6).path("found").asString()).startsWith("GZ-42 NoticeRunning");
        assertThat(head()).isEqualTo(before);
    }

    @Test
    @Order(3)
    @DisplayName("GZ-43: a file that cannot be read is told line by line, and nothing is settled")
    void unreadable() throws IOException {
        long before = head();
        for (String amount : List.of("1,500", "\"1,500\"", "1500.005", "-1", "0", "1e3", "", "99999999999999")) {
            var answer = settle(HEADINGS + line("C1", "V1", amount, "YH-1"));
            assertThat(answer.statusCode()).as(amount).isEqualTo(400);
            assertThat(json(answer).path("errors").get(0).path("line").asInt()).isEqualTo(2);
        }
        for (byte[] file : new byte[][] {
            new byte[0],
            HEADINGS.getBytes(UTF_8),
            "claimId,voucherId,amount\nC1,V1,1\n".getBytes(UTF_8),
            "claimId,voucherId,amount,bankReference,amount\nC1,V1,1,x,2\n".getBytes(UTF_8),
            {'P', 'K', 3, 4, 9, 9},
            {(byte) 0xFF, (byte) 0xFF, (byte) 0xFF},
            (HEADINGS + "C1,\"V1,1500,YH").getBytes(UTF_8),
            (HEADINGS + line("C1", "V1", "1", "x").repeat(10_001)).getBytes(UTF_8)
        }) {
            var answer = settle(OPERATOR, file, "");
            assertThat(answer.statusCode()).as(new String(answer.body(), UTF_8)).isEqualTo(400);
            assertThat(json(answer).path("type").asString()).endsWith("SettlementFileFaulty");
        }
        var form = send(
                OPERATOR,
                "/api/v1/settlement-imports",
                request -> request.header("Idempotency-Key", "form")
                        .header("Content-Type", "application/x-www-form-urlencoded")
                        .POST(BodyPublishers.ofString(HEADINGS)));
        assertThat(form.statusCode()).isEqualTo(415);
        assertThat(settle(AUDITOR, HEADINGS.getBytes(UTF_8), "").statusCode()).isEqualTo(403);
        assertThat(head()).isEqualTo(before);
    }

    @Test
    @Order(4)
    @DisplayName(
            "GZ-43: a dry run compares and settles nothing; then the file settles all, and again has the same answer")
    void settled() {
        var uploaded = send(
                OPERATOR,
                "/api/v1/documents?name=slip.pdf",
                request -> request.header("Content-Type", "application/pdf").POST(BodyPublishers.ofByteArray(SLIP)));
        assertThat(uploaded.statusCode()).isEqualTo(200);
        String slip = "BANK_SLIP|" + TestPapers.sha256(SLIP) + "|" + SLIP.length + "|application/pdf";
        String csv = HEADINGS.replace("\n", ",收款人,银行回单\n")
                + line("C1", "V1", "1500", "YH-1").replace("\n", ",P1," + slip + "\n")
                + line("C1", "V2", "1500.00", "YH-1").replace("\n", ",P1," + slip + "\n");
        long before = head();
        var dry = settle(OPERATOR, csv.getBytes(UTF_8), "?dryRun=true");
        assertThat(json(dry).path("findings").findValuesAsString("kind")).containsExactly("PAYABLE", "PAYABLE");
        assertThat(json(dry).path("settled").asInt()).isZero();
        assertThat(head()).isEqualTo(before);

        var done = settle(csv);
        assertThat(done.statusCode()).as(new String(done.body(), UTF_8)).isEqualTo(200);
        assertThat(json(done).path("settled").asInt()).isEqualTo(2);
        assertThat(json(done).path("sumFen").asLong()).isEqualTo(300_000);
        long after = head();
        assertThat(after).isGreaterThan(before);
        assertThat(settle(csv).body()).as("again").isEqualTo(done.body());
        assertThat(head()).isEqualTo(after);

        var otherwise = settle(HEADINGS + line("C1", "V1", "1500", "YH-9"));
        assertThat(json(otherwise).path("errors").get(0).path("found").asString())
                .isEqualTo("settled under YH-1");
    }

    @Test
    @Order(5)
    @DisplayName(
            "GZ-26, GZ-43: a line copied with another claim is refused, whether the first is settled or stands in the file")
    void oneClaimABankPayment() {
        long before = head();
        var copied = settle(HEADINGS + line("C6", "V7", "2000", "yh-1"));
        assertThat(json(copied).path("errors").get(0).path("found").asString())
                .isEqualTo("GZ-43 BankReferenceUsed: C1");
        var both = settle(HEADINGS + line("C6", "V7", "2000", "YH-77") + line("C7", "V9", "1800", "YH-77"));
        assertThat(json(both).path("errors").findValuesAsString("claimId")).containsExactly("C7");
        assertThat(head()).isEqualTo(before);
    }

    @Test
    @Order(5)
    @DisplayName(
            "GZ-43: the bank's file may be a spreadsheet, or a CSV as Chinese spreadsheets save it, with Chinese headings")
    void otherForms() throws IOException {
        byte[] gb = ("兑现申请编号,服务券编号,金额（元）,银行流水号\r\n" + line("C2", "V3", "2000.00", "流水1"))
                .getBytes(Charset.forName("GB18030"));
        var dry = settle(OPERATOR, gb, "?dryRun=true");
        assertThat(dry.statusCode()).as(new String(dry.body(), UTF_8)).isEqualTo(200);
        var out = new ByteArrayOutputStream();
        try (var book = new Workbook(out, "bank", "1.0")) {
            var sheet = book.newWorksheet("1");
            String[] headings = {"银行流水号", "金额（元）", "服务券编号", "兑现申请编号"};
            for (int i = 0; i < headings.length; i++) {
                sheet.value(0, i, headings[i]);
            }
            sheet.value(1, 0, "流水1");
            sheet.value(1, 1, new BigDecimal("2000.00"));
            sheet.value(1, 2, IDS.get("V3"));
            sheet.value(1, 3, "C2");
        }
        var done = settle(OPERATOR, out.toByteArray(), "");
        assertThat(done.statusCode()).as(new String(done.body(), UTF_8)).isEqualTo(200);
        assertThat(json(settle(OPERATOR, gb, "")).path("settled").asInt()).isEqualTo(1);
    }

    @Test
    @Order(6)
    @DisplayName("GZ-44: the archive of a claim that is over holds everything, and the same bytes each time")
    void archive() throws IOException {
        assertThat(get(AUDITOR, "/api/v1/claims/C3/archive.zip").statusCode())
                .as("not over")
                .isEqualTo(409);
        assertThat(json(get(AUDITOR, "/api/v1/claims/C3/archive.zip"))
                        .path("rule")
                        .asString())
                .isEqualTo("GZ-44");
        var upload = send(
                OPERATOR,
                "/api/v1/documents?name=form.pdf",
                request -> request.header("Content-Type", "application/pdf").POST(BodyPublishers.ofByteArray(FORM)));
        assertThat(upload.statusCode()).isEqualTo(200);

        awaitSealed();
        var packed = get(AUDITOR, "/api/v1/claims/C1/archive.zip");
        assertThat(packed.statusCode()).isEqualTo(200);
        assertThat(get(AUDITOR, "/api/v1/claims/C1/archive.zip").body()).isEqualTo(packed.body());
        assertThat(json(get(AUDITOR, "/api/v1/reads?kind=ARCHIVE")).findValuesAsString("subject"))
                .as("ALL-04: both times it was handed out, and no other")
                .containsExactly("C1", "C1");
        Map<String, byte[]> parts = unzipped(packed.body());
        assertThat(parts)
                .containsKeys(
                        "claim/history.json",
                        "claim/history.txt",
                        "claim/list.csv",
                        "claim/bank.csv",
                        "scheme/history.json",
                        "batch/history.json",
                        "vouchers/" + IDS.get("V1") + "/history.json",
                        "vouchers/" + IDS.get("V2") + "/history.txt",
                        "documents/" + TestPapers.sha256(FORM) + ".pdf");
        assertThat(parts.get("documents/" + TestPapers.sha256(FORM) + ".pdf")).isEqualTo(FORM);
        assertThat(parts.get("claim/list.csv"))
                .isEqualTo(get(null, "/public/claims/C1/list.csv").body());
        assertThat(new String(parts.get("claim/bank.csv"), UTF_8))
                .contains(IDS.get("V2") + ",SETTLED,150000,2020-06-20,\"YH-1\",\"\"\r\n");
        assertThat(new String(parts.get("claim/history.txt"), UTF_8)).contains("ClaimReviewed", "ClaimPublished");
        JsonNode manifest = JSON.readTree(parts.get("manifest.json"));
        assertThat(manifest.path("parts")).hasSize(parts.size() - 1);
        manifest.path("parts")
                .forEach(part -> assertThat(
                                TestPapers.sha256(parts.get(part.path("path").asString())))
                        .isEqualTo(part.path("sha256").asString()));
        assertThat(manifest.path("parts").findValuesAsString("name"))
                .as("ALL-05: what it is called comes from its upload")
                .containsExactlyInAnyOrder("form.pdf", "slip.pdf");
        assertThat(manifest.path("absent").findValuesAsString("why"))
                .as("papers that this ledger was never given")
                .isNotEmpty()
                .containsOnly("never uploaded here");
        assertThat(parts.get("documents/" + TestPapers.sha256(SLIP) + ".pdf"))
                .as("the bank's slip, which the bank's file named")
                .isEqualTo(SLIP);
        proofHolds(parts, "C1");
        assertThat(get(Actor.of("p", Role.PUBLIC), "/api/v1/claims/C1/archive.zip")
                        .statusCode())
                .isEqualTo(403);
    }

    private static void awaitSealed() {
        long deadline = System.nanoTime() + Duration.ofMinutes(1).toNanos();
        while (program.getBean(JdbcTemplate.class)
                        .queryForObject("select coalesce(max(last_position), 0) from ledger.checkpoint", Long.class)
                < head()) {
            assertThat(System.nanoTime()).as("sealed in time").isLessThan(deadline);
            LockSupport.parkNanos(20_000_000);
        }
    }

    /** By the key alone, and it speaks of what else is in the package. */
    private static void proofHolds(Map<String, byte[]> parts, String claim) throws IOException {
        byte[] proof = parts.get("proofs/claim-" + claim + ".evidence");
        assertThat(new String(parts.get("proofs/README.md"), UTF_8)).contains("proofs/claim-" + claim + ".evidence");
        Findings findings = BundleVerification.of(
                new ByteArrayInputStream(proof),
                NoteKey.parse(program.getBean(JdbcTemplate.class)
                        .queryForObject("select vkey from ledger.seal_identity", String.class)),
                List.of(),
                new FileBooks());
        assertThat(findings.failures()).isEmpty();
        assertThat(findings.scope()).isEqualTo(Scope.claim(claim));
        for (JsonNode event : JSON.readTree(parts.get("claim/history.json"))) {
            assertThat(new String(proof, UTF_8))
                    .contains("\"leaf\":\"event\",\"position\":" + event.path("position") + ",");
        }
        assertThat(new String(proof, UTF_8))
                .contains(TestPapers.sha256(parts.get("claim/list.csv")), TestPapers.sha256(SLIP));
    }

    private static Map<String, byte[]> unzipped(byte[] archive) throws IOException {
        Map<String, byte[]> parts = new LinkedHashMap<>();
        try (var zip = new ZipInputStream(new ByteArrayInputStream(archive))) {
            for (var entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
                assertThat(entry.getTimeLocal())
                        .as("no time of its making, or the bytes would differ")
                        .isEqualTo(LocalDateTime.of(1980, 1, 1, 0, 0));
                parts.put(entry.getName(), zip.readAllBytes());
            }
        }
        return parts;
    }

    @Test
    @Order(7)
    @DisplayName("GZ-33, GZ-43: a payment that bounced is not settled again by the file that settled it")
    void bounced() throws IOException {
        var bounce = send(
                OPERATOR,
                "/api/v1/claims/C1/items/" + IDS.get("V1") + "/bounce",
                request -> request.header("Content-Type", "application/json")
                        .header("Idempotency-Key", "bounce")
                        .POST(BodyPublishers.ofString("{\"bankReference\":\"TK-1\",\"reason\":\"=1+1 账号有误\"}")));
        assertThat(bounce.statusCode()).as(new String(bounce.body(), UTF_8)).isEqualTo(200);

        var again = settle(HEADINGS + line("C1", "V1", "1500", "YH-1") + line("C1", "V2", "1500.00", "YH-1"));
        assertThat(again.statusCode()).isEqualTo(422);
        assertThat(json(again).path("errors").findValuesAsString("kind")).containsExactly("BOUNCED");
        var anew = settle(HEADINGS + line("C1", "V1", "1500", "YH-10"));
        assertThat(anew.statusCode()).as(new String(anew.body(), UTF_8)).isEqualTo(200);

        Map<String, byte[]> parts =
                unzipped(get(AUDITOR, "/api/v1/claims/C1/archive.zip").body());
        assertThat(JSON.readTree(parts.get("manifest.json")).path("absent").findValuesAsString("what"))
                .as("GZ-44: of what came back there is no slip either, and that is told")
                .contains("the bank's slip of TK-1", "the bank's slip of YH-10");
        assertThat(new String(parts.get("claim/bank.csv"), UTF_8))
                .as("what somebody wrote is no formula where it is opened")
                .contains(",BOUNCED,150000,,\"TK-1\",\"'=1+1 账号有误\"\r\n");
    }

    @Test
    @Order(8)
    @DisplayName(
            "GZ-44: a slip that the bank prints after the settlement is handed in then, and is in the next package")
    void lateSlip() throws IOException {
        byte[] late = TestPapers.pdf("the bank's slip of YH-10");
        var upload = send(
                BUREAU,
                "/api/v1/documents?name=late.pdf",
                request -> request.header("Content-Type", "application/pdf").POST(BodyPublishers.ofByteArray(late)));
        assertThat(upload.statusCode()).isEqualTo(200);
        String slip = """
                {"movement":"PAID","bankReference":"%s","documents":[{"kind":"BANK_SLIP","sha256":"%s",\
                "mediaType":"application/pdf","sizeBytes":%d}]}""";
        String body = slip.formatted("YH-10", TestPapers.sha256(late), late.length);

        var unknown = handIn(BUREAU, slip.formatted("YH-99", TestPapers.sha256(late), late.length));
        assertThat(unknown.statusCode()).isEqualTo(404);
        assertThat(json(unknown).path("rule").asString()).isEqualTo("GZ-44");
        assertThat(handIn(Actor.of("a", Role.AUDITOR), body).statusCode()).isEqualTo(403);
        String named = "BANK_SLIP|" + TestPapers.sha256(late) + "|" + late.length + "|application/pdf";
        String again = HEADINGS.replace("\n", ",银行回单\n")
                + line("C1", "V1", "1500", "YH-10").replace("\n", "," + named + "\n");
        var settledAlready = settle(again);
        assertThat(settledAlready.statusCode()).isEqualTo(422);
        assertThat(json(settledAlready).path("errors").findValuesAsString("kind"))
                .as("a bank's file takes no slip of what it settled before, and says so")
                .containsExactly("SLIP_NOT_HANDED_IN");
        var done = handIn(BUREAU, body);
        assertThat(done.statusCode()).as(new String(done.body(), UTF_8)).isEqualTo(200);
        assertThat(json(handIn(OPERATOR, body)).path("about").asString()).isEqualTo("SlipHandedInAlready");

        assertThat(settle(again).statusCode()).as("it has it now").isEqualTo(200);

        awaitSealed();
        Map<String, byte[]> parts =
                unzipped(get(AUDITOR, "/api/v1/claims/C1/archive.zip").body());
        assertThat(JSON.readTree(parts.get("manifest.json")).path("absent").findValuesAsString("what"))
                .contains("the bank's slip of TK-1")
                .doesNotContain("the bank's slip of YH-10");
        assertThat(parts.get("documents/" + TestPapers.sha256(late) + ".pdf")).isEqualTo(late);
        assertThat(new String(parts.get("claim/history.txt"), UTF_8)).contains("BankSlipsHandedIn");
        assertThat(new String(parts.get("proofs/claim-C1.evidence"), UTF_8))
                .as("the proof reaches as far")
                .contains(TestPapers.sha256(late));
        proofHolds(parts, "C1");
    }

    private static HttpResponse<byte[]> handIn(Actor who, String body) {
        return send(
                who,
                "/api/v1/claims/C1/bank-slips",
                request -> request.header("Content-Type", "application/json")
                        .header("Idempotency-Key", "slip-" + ++keys)
                        .POST(BodyPublishers.ofString(body)));
    }

    @Test
    @Order(9)
    @DisplayName("GZ-43: of items that are paid together only those are told that a rule refuses by themselves")
    void onlyTheRefused() {
        long before = head();
        var answer = settle(HEADINGS + line("C6", "V7", "2000", "YH-31") + line("C6", "V8", "2000", "YH-31"));
        assertThat(answer.statusCode()).isEqualTo(422);
        assertThat(json(answer).path("errors").findValuesAsString("voucherId")).containsExactly(IDS.get("V8"));
        assertThat(json(answer).path("errors").get(0).path("found").asString()).startsWith("GZ-32 VoucherFrozen");
        assertThat(head()).as("nothing is settled").isEqualTo(before);
        assertThat(json(settle(HEADINGS + line("C6", "V7", "2000", "YH-31")))
                        .path("settled")
                        .asInt())
                .isEqualTo(1);
    }

    @Test
    @Order(10)
    @DisplayName("CL-03, GZ-43: a file pays a whole cloud batch, in whichever order the bank wrote its lines")
    void cloudBatch() throws IOException {
        var alone = settle(HEADINGS + line("K2", "W2", "70", "YH-22"));
        assertThat(alone.statusCode()).isEqualTo(422);
        assertThat(json(alone).path("errors").get(0).path("found").asString()).startsWith("CL-03 EarlierTierUnpaid");
        var withoutTheFirst = settle(HEADINGS + line("K2", "W2", "70", "YH-22") + line("K3", "W3", "70", "YH-23"));
        assertThat(json(withoutTheFirst).path("errors").findValuesAsString("claimId"))
                .as("only the line whose turn it is not, and the pilot's is")
                .containsExactly("K2");
        assertThat(json(withoutTheFirst).path("errors").get(0).path("found").asString())
                .startsWith("GZ-43 EarlierClaimUnpaid");

        String more = HEADINGS.strip() + ",paidOn,reason\n"
                + line("K2", "W2", "70", "YH-22").strip();
        var early = settle(more + ",2020-06-08,\n");
        assertThat(json(early).path("errors").get(0).path("found").asString())
                .as("a day before its own notice was over hides nobody")
                .startsWith("CL-03 EarlierTierUnpaid");
        for (String paid : List.of(",2020-06-08,银行已付\n", ",,银行已付\n", ",2020-06-09,银行已付\n")) {
            var asked = settle(OPERATOR, (more + paid).getBytes(UTF_8), "?dryRun=true");
            assertThat(json(asked).path("findings").findValuesAsString("kind"))
                    .as("with the reason why: " + paid)
                    .containsExactly("PAYABLE");
        }
        assertThat(settle(more + ",2020-06-09,\n").statusCode()).isEqualTo(422);
        assertThat(json(settle(more + ",9.6.2020,\n"))
                        .path("errors")
                        .get(0)
                        .path("column")
                        .asString())
                .isEqualTo("paidOn");

        String reversed = HEADINGS
                + line("K2", "W2", "70", "YH-22")
                + line("K1", "W1", "70", "YH-21")
                + line("K3", "W3", "70", "YH-23");
        long before = head();
        var dry = settle(OPERATOR, reversed.getBytes(UTF_8), "?dryRun=true");
        assertThat(json(dry).path("findings").findValuesAsString("kind"))
                .as(new String(dry.body(), UTF_8))
                .containsExactly("PAYABLE", "PAYABLE", "PAYABLE");
        assertThat(head()).as("only asked").isEqualTo(before);

        var done = settle(reversed);
        assertThat(done.statusCode()).as(new String(done.body(), UTF_8)).isEqualTo(200);
        assertThat(json(done).path("settled").asInt()).isEqualTo(3);
        assertThat(program.getBean(JdbcTemplate.class)
                        .queryForList(
                                "select payload ->> 'claimId' from ledger.event where type = 'PaymentMade' order by position",
                                String.class))
                .as("paid in their order")
                .containsExactly("K3", "K1", "K2");
        assertThat(settle(reversed).body()).as("again").isEqualTo(done.body());

        Map<String, byte[]> parts =
                unzipped(get(AUDITOR, "/api/v1/claims/K2/archive.zip").body());
        assertThat(JSON.readTree(parts.get("manifest.json")).path("absent").findValuesAsString("what"))
                .as("GZ-44: what is not in the package is told")
                .contains("the bank's slip of YH-22");
        var turn = JSON.readTree(parts.get("order-of-payment/history.json"));
        assertThat(turn.findValuesAsString("type"))
                .as("GZ-44: the archive has the claim's own turn")
                .containsExactly("ClaimNumbered", "PaymentAwaited", "PaymentMade");
        assertThat(turn.findValuesAsString("claimId")).containsOnly("K2");
    }
}
