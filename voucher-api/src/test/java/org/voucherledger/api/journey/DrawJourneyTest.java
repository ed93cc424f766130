package org.voucherledger.api.journey;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.dhatim.fastexcel.reader.ReadableWorkbook;
import org.dhatim.fastexcel.reader.Row;
import org.dhatim.fastexcel.reader.Sheet;
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

/** SV-04: an auditor draws a sample, anybody draws it again, and what is wrong with it is followed up. */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class DrawJourneyTest {

    private static final Actor BUREAU = Rehearsal.staff(Role.BUREAU);
    private static final Actor OPERATOR = Rehearsal.staff(Role.OPERATOR);
    private static final Actor AUDITOR = Rehearsal.staff(Role.AUDITOR);
    private static final int ENTERPRISES = 6;
    private static final int SMALL = 4;
    private static final String SEED = "SSQ-2020051";

    @TempDir
    static Path data;

    private static Rehearsal ledger;
    private static long frame;

    /** Four with 1,000 fen each and two with 5,000, all granted and published. */
    @BeforeAll
    static void start() throws IOException {
        ledger = new Rehearsal(data, "2020-03-27T02:00:00Z");
        ledger.publishGuangzhou();
        ledger.done(BUREAU, "/batches", """
                {"batchId":"B1","schemeId":"GZ-2020","budgetFen":14000,"applyFrom":"2020-04-01T10:00:00+08:00",
                 "applyUntil":"2020-04-30T17:00:00+08:00","noticeNumber":"1号"}""");
        for (int i = 0; i < ENTERPRISES; i++) {
            ledger.admit(i);
        }
        ledger.at("2020-04-01T02:00:00Z");
        for (int i = 0; i < ENTERPRISES; i++) {
            int fen = i < SMALL ? 1_000 : 5_000;
            ledger.done(
                    Rehearsal.enterprise(i),
                    "/batches/B1/applications",
                    "{\"enterpriseId\":\"%s\",\"amountFen\":%d,\"partsFen\":[%d]}"
                            .formatted(Rehearsal.code(i), fen, fen));
        }
        ledger.at("2020-04-30T09:00:00Z");
        assertThat(ledger.post(Rehearsal.staff(Role.SYSTEM), "/sweeps").status())
                .isEqualTo(200);
        ledger.done(OPERATOR, "/batches/B1/grant?whole=true", "{}");
        ledger.done(OPERATOR, "/batches/B1/publication?whole=true", "{}");
        frame = reached();
    }

    @AfterAll
    static void stop() {
        ledger.close();
    }

    private static String announcement(String id, long position, int small, int large, String seed) {
        return """
                {"drawId":"%s","schemeId":"GZ-2020","batchId":"B1","items":"VOUCHERS","framePosition":%d,"seed":"%s",
                 "strata":[{"stratumId":"small","belowFen":5000,"size":%d},{"stratumId":"large","fromFen":5000,"size":%d}],
                 "reason":"年度审计，种子为当期开奖号码"}""".formatted(id, position, seed, small, large);
    }

    @Test
    @Order(1)
    @DisplayName("SV-04: what cannot be drawn is not announced, and only the auditor announces")
    void refused() {
        Reply tooMany = ledger.send(AUDITOR, "/draws", announcement("D0", frame, SMALL + 1, 1, SEED));
        assertThat(tooMany.status()).isEqualTo(409);
        assertThat(tooMany.rule()).as("%s", tooMany.body()).isEqualTo("SV-04");
        assertThat(Stream.of("limit", "used", "asked")
                        .map(figure -> tooMany.body().path(figure).asString()))
                .as("%s", tooMany.body())
                .containsExactly("≤ " + SMALL, String.valueOf(SMALL), String.valueOf(SMALL + 1));
        assertThat(tooMany.body().path("detail").asString())
                .as("counts are no amounts")
                .doesNotContain("¥");
        Reply ahead = ledger.send(AUDITOR, "/draws", announcement("D0", reached() + 1, 1, 1, SEED));
        assertThat(ahead.body().path("about").asString()).isEqualTo("FramePositionAhead");
        assertThat(ahead.body().path("detailZh").asString()
                        + ahead.body().path("titleZh").asString())
                .containsPattern("\\p{IsHan}");
        for (Actor other : List.of(OPERATOR, BUREAU)) {
            assertThat(ledger.send(other, "/draws", announcement("D0", frame, 1, 1, SEED))
                            .status())
                    .isEqualTo(403);
        }
        assertThat(ledger.ask(AUDITOR, "/draws/D0").status()).isEqualTo(404);
    }

    @Test
    @Order(2)
    @DisplayName(
            "SV-04: a draw is tried, announced and made; its frame is there to be taken home, with the hash announced")
    void drawn() throws NoSuchAlgorithmException {
        Reply tried = ledger.send(AUDITOR, "/draws?dryRun=true", announcement("D1", frame, 2, 1, SEED));
        assertThat(tried.status()).as("%s", tried.body()).isEqualTo(200);
        assertThat(tried.body().toString()).contains("StratumTooSmall");
        ledger.done(AUDITOR, "/draws", announcement("D1", frame, 2, 1, SEED));
        JsonNode announced = draw("D1");
        assertThat(announced.path("drawnAt").isNull()).isTrue();
        assertThat(announced.path("frameSha256").asString()).isEqualTo(sha256(frameText("D1")));

        ledger.done(AUDITOR, "/draws/D1/sample", "{}");

        JsonNode made = draw("D1");
        assertThat(made.path("announcedPosition").asLong())
                .as("announced before it was made")
                .isLessThan(made.path("drawnPosition").asLong());
        assertThat(made.path("sampleSize").asInt()).isEqualTo(3);
        assertThat(made.path("frameSize").asInt()).isEqualTo(ENTERPRISES);
        assertThat(made.path("strata").findValuesAsString("outOf")).containsExactly("4", "2");
        assertThat(ledger.send(AUDITOR, "/draws/D1/sample", "{}")
                        .body()
                        .path("about")
                        .asString())
                .isEqualTo("SampleDrawnAlready");
    }

    @Test
    @Order(3)
    @DisplayName("SV-04: whoever has the frame and the seed draws the same, reckoned here without the ledger")
    void drawnAgain() throws NoSuchAlgorithmException {
        var lots = new TreeMap<String, TreeMap<String, String>>();
        for (String line : frameText("D1").split("\n")) {
            String[] cells = line.split("\t", -1);
            lots.computeIfAbsent(cells[1], stratum -> new TreeMap<>()).put(sha256(SEED + "|" + cells[0]), cells[0]);
        }
        var again = Stream.concat(
                        lots.get("small").values().stream().limit(2),
                        lots.get("large").values().stream().limit(1))
                .sorted()
                .toList();
        assertThat(items("D1").findValuesAsString("voucherId")).isEqualTo(again);
    }

    @Test
    @Order(4)
    @DisplayName(
            "SV-04: later events change neither the frame nor a draw from it; another seed draws other vouchers somewhere")
    void later() {
        String before = frameText("D1");
        JsonNode items = items("D1");
        ledger.at("2020-05-06T02:00:00Z");
        for (int i = 0; i < ENTERPRISES; i++) {
            ledger.done(Rehearsal.enterprise(i), "/vouchers/" + voucher(i) + "/return", "{\"reason\":\"不再需要\"}");
        }
        assertThat(frameText("D1")).isEqualTo(before);
        ledger.done(AUDITOR, "/draws", announcement("D2", frame, 2, 1, SEED));
        ledger.done(AUDITOR, "/draws/D2/sample", "{}");
        assertThat(frameText("D2")).isEqualTo(before);
        assertThat(items("D2").findValuesAsString("voucherId")).isEqualTo(items.findValuesAsString("voucherId"));
        assertThat(items("D2").findValuesAsString("unusedFen"))
                .as("the figures of then")
                .isEqualTo(items.findValuesAsString("unusedFen"));

        var others = new TreeSet<String>();
        for (int seed = 0; seed < 8; seed++) {
            ledger.done(AUDITOR, "/draws", announcement("S" + seed, frame, 2, 1, "seed-" + seed));
            ledger.done(AUDITOR, "/draws/S" + seed + "/sample", "{}");
            others.add(items("S" + seed).findValuesAsString("voucherId").toString());
        }
        assertThat(others).hasSizeGreaterThan(1);
    }

    @Test
    @Order(5)
    @DisplayName("SV-04: a finding is recorded with its papers, answered by the audited and closed by the auditor")
    void findings() {
        String drawn = items("D1").get(0).path("voucherId").asString();
        String finding = """
                {"auditFindingId":"F1","voucherId":"%s","matter":"PAPERS","questionedFen":1,"statement":"合同缺页","documents":[%s]}""".formatted(drawn, ledger.paper("PROOF", 1));
        assertThat(ledger.send(OPERATOR, "/draws/D1/findings", finding).status())
                .isEqualTo(403);
        ledger.done(AUDITOR, "/draws/D1/findings", finding);
        ledger.done(AUDITOR, "/draws/D1/findings", finding.replace("\"F1\"", "\"F2\""));
        String closing = "{\"outcome\":\"REMEDIED\",\"statement\":\"已核对\"}";
        assertThat(ledger.send(AUDITOR, "/draws/D1/findings/F1/closure", closing)
                        .body()
                        .path("about")
                        .asString())
                .isEqualTo("AuditFindingUnanswered");
        ledger.done(OPERATOR, "/draws/D1/findings/F1/answers", """
                {"statement":"已补齐","documents":[%s]}""".formatted(ledger.paper("PROOF", 2)));
        assertThat(ledger.send(OPERATOR, "/draws/D1/findings/F1/closure", closing)
                        .status())
                .isEqualTo(403);
        ledger.done(AUDITOR, "/draws/D1/findings/F1/closure", closing);

        JsonNode open = ledger.ask(AUDITOR, "/audit-findings?open=true&draw=D1&atLeast=" + head())
                .body()
                .path("items");
        assertThat(open.findValuesAsString("id")).containsExactly("F2");
        JsonNode closed = ledger.ask(AUDITOR, "/draws/D1/findings/F1").body();
        assertThat(closed.path("outcome").asString()).isEqualTo("REMEDIED");
        assertThat(closed.path("steps").findValuesAsString("statement")).containsExactly("合同缺页", "已补齐", "已核对");
        assertThat(ledger.ask(AUDITOR, "/draws/D1/findings/F9").status()).isEqualTo(404);
        assertThat(ledger.ask(Rehearsal.enterprise(0), "/draws/D1").status()).isEqualTo(403);

        JsonNode history =
                ledger.ask(AUDITOR, "/history/draw:D1?atLeast=" + head()).body().path("items");
        assertThat(history.valueStream().map(step -> step.at("/event/type").asString()))
                .containsExactly(
                        "DrawAnnounced",
                        "StratumDrawn",
                        "StratumDrawn",
                        "SampleDrawn",
                        "AuditFindingRecorded",
                        "AuditFindingRecorded",
                        "AuditFindingAnswered",
                        "AuditFindingClosed");
    }

    @Test
    @Order(6)
    @DisplayName(
            "SV-04: the work papers hold the draw, every drawn voucher with its figures, and every step of every finding")
    void papers() throws IOException {
        byte[] xlsx = ledger.download(AUDITOR, "/draws/D1/papers.xlsx?atLeast=" + head());
        try (var book = new ReadableWorkbook(new ByteArrayInputStream(xlsx))) {
            List<Sheet> sheets = book.getSheets().toList();
            assertThat(sheets).extracting(Sheet::getName).containsExactly("抽样 Draw", "样本 Sample", "审计发现 Findings");
            List<Row> draw = sheets.get(0).read();
            assertThat(draw.stream().filter(row -> row.getCellCount() > 1).map(row -> row.getCellText(1)))
                    .contains("GZ-2020", "B1", SEED, Long.toString(frame));
            List<Row> sample = sheets.get(1).read();
            JsonNode items = items("D1");
            assertThat(sample.stream().skip(3).map(row -> row.getCellText(2)))
                    .isEqualTo(items.findValuesAsString("voucherId"));
            for (int i = 0; i < items.size(); i++) {
                assertThat(sample.get(3 + i)
                                .getCellAsNumber(7)
                                .orElseThrow()
                                .movePointRight(2)
                                .longValueExact())
                        .as("face, in yuan")
                        .isEqualTo(items.get(i).path("faceFen").asLong());
            }
            assertThat(sheets.get(2).read().stream().skip(3).map(row -> row.getCellText(0) + " " + row.getCellText(8)))
                    .containsExactly("F1 合同缺页", "F1 已补齐", "F1 已核对", "F2 合同缺页");
        }
    }

    private static JsonNode draw(String id) {
        return ledger.ask(AUDITOR, "/draws/" + id + "?atLeast=" + head()).body();
    }

    private static JsonNode items(String id) {
        return ledger.ask(AUDITOR, "/draws/" + id + "/items?atLeast=" + head())
                .body()
                .path("items");
    }

    private static String frameText(String id) {
        return new String(
                ledger.download(AUDITOR, "/draws/" + id + "/frame.tsv?atLeast=" + head()), StandardCharsets.UTF_8);
    }

    private static long head() {
        return ledger.ask(AUDITOR, "/projections").body().path("head").asLong();
    }

    /** A position that draws can be made from, as the list of draws says it. */
    private static long reached() {
        return ledger.ask(AUDITOR, "/draws?atLeast=" + head()).position();
    }

    private static String sha256(String text) throws NoSuchAlgorithmException {
        return HexFormat.of()
                .formatHex(MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8)));
    }

    private static String voucher(int i) {
        return "B1-A" + (i + 1) + "-V1";
    }
}
