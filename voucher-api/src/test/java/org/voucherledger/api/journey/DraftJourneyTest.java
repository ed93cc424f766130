package org.voucherledger.api.journey;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.voucherledger.api.commandline.VoucherCommandLine;
import org.voucherledger.api.journey.Rehearsal.Reply;
import org.voucherledger.domain.command.Actor;
import org.voucherledger.domain.command.Role;
import org.voucherledger.domain.party.CreditCode;
import tools.jackson.databind.json.JsonMapper;

/** ALL-01: a clerk's way with a draft: checked, published, a batch run, the next draft compared and tried on the batch. */
class DraftJourneyTest {

    private static final Actor BUREAU = Rehearsal.staff(Role.BUREAU);
    private static final Actor OPERATOR = Rehearsal.staff(Role.OPERATOR);
    private static final Actor AUDITOR = Rehearsal.staff(Role.AUDITOR);

    @TempDir
    private static Path data;

    @TempDir
    private static Path drafts;

    private static Rehearsal ledger;
    private static String example;

    private record Said(int code, String out, String err) {}

    @BeforeAll
    static void start() throws IOException {
        try (InputStream in = DraftJourneyTest.class.getResourceAsStream("/schemes/qinglan-2020.yaml")) {
            example = new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
        ledger = new Rehearsal(data, "2020-03-30T01:00:00Z");
        assertThat(check(draft("first.yaml", example)).out())
                .contains("该方案尚未发布；发布后为第 1 版。")
                .contains("it would be version 1");
        assertThat(ledger.sendFile(BUREAU, "/schemes", example).status()).isEqualTo(200);
        done(BUREAU, "/batches", """
                {"batchId":"B1","schemeId":"QL-2020","city":"青岚市","budgetFen":2000000,
                 "applyFrom":"2020-04-01T02:00:00Z","applyUntil":"2020-04-10T09:00:00Z","validUntil":null,
                 "redemptionFrom":null,"redemptionUntil":null,"noticeNumber":"n-1"}""");
        for (int i = 0; i < 3; i++) {
            done(enterprise(i), "/enterprises", """
                    {"enterpriseId":"%s","declaration":{"name":"示范企业%d","city":"青岚市","district":"南区",
                     "industry":"INDUSTRY","employees":50,"revenueWan":1200,"assetsWan":800,"declaredSize":"SMALL",
                     "legalPerson":true,"establishedOn":"2012-06-01","handlerRef":"h-%d","trustLevel":2}}""".formatted(code(i), i, i));
            done(OPERATOR, "/enterprises/" + code(i) + "/verification", """
                    {"year":2020,"declarationSignedOn":"2020-01-02","operatesProperly":true,"fitsPolicy":true,"priorityTags":[%s],"documents":[%s]}""".formatted(
                            i == 2 ? "\"MONITORED\"" : "", papers(i)));
        }
        ledger.at("2020-04-01T02:00:00Z");
        for (int i = 0; i < 3; i++) {
            done(enterprise(i), "/batches/B1/applications", """
                    {"enterpriseId":"%s","amountFen":1200000,"partsFen":[1200000]}""".formatted(code(i)));
        }
    }

    @AfterAll
    static void stop() {
        ledger.close();
    }

    private static String code(int i) {
        String digits = "91440101M%08d".formatted(i + 1);
        return digits + CreditCode.checkCharacter(digits);
    }

    private static Actor enterprise(int i) {
        return Rehearsal.party(Role.ENTERPRISE, code(i));
    }

    private static String papers(int i) {
        return ledger.paper("LICENCE", i) + "," + ledger.paper("TAX_CERTIFICATE", 40 + i) + ","
                + ledger.paper("DECLARATION", 70 + i);
    }

    private static void done(Actor who, String path, String body) {
        Reply reply = ledger.send(who, path, body);
        assertThat(reply.status()).as("%s: %s", path, reply.body()).isEqualTo(200);
    }

    private static Path draft(String name, String text) throws IOException {
        return Files.writeString(drafts.resolve(name), text);
    }

    private static Said check(Path file, String... more) {
        return run(java.util.stream.Stream.concat(
                        List.of("scheme", "check", file.toString()).stream(), List.of(more).stream())
                .toArray(String[]::new));
    }

    /** As from the shell, against the ledger that runs here. */
    private static Said run(String... arguments) {
        PrintStream out = System.out;
        PrintStream err = System.err;
        var said = new ByteArrayOutputStream();
        var complained = new ByteArrayOutputStream();
        System.setOut(new PrintStream(said, true, StandardCharsets.UTF_8));
        System.setErr(new PrintStream(complained, true, StandardCharsets.UTF_8));
        try {
            String[] all = java.util.stream.Stream.concat(
                            List.of(arguments).stream(),
                            List.of("--url", ledger.url().toString(), "--data", data.toString()).stream())
                    .toArray(String[]::new);
            int code = VoucherCommandLine.run(all);
            return new Said(code, said.toString(StandardCharsets.UTF_8), complained.toString(StandardCharsets.UTF_8));
        } finally {
            System.setOut(out);
            System.setErr(err);
        }
    }

    private static long events() {
        return ledger.ask(AUDITOR, "/projections").body().path("head").asLong(-1);
    }

    @Test
    @DisplayName(
            "ALL-01: the check compares with the version in force, item by item, and names the batches that keep theirs")
    void checked() throws IOException {
        Path same = draft("same.yaml", example);
        Said unchanged = check(same, "--lang", "en");
        assertThat(unchanged.code()).as(unchanged.err()).isZero();
        assertThat(unchanged.out())
                .contains("0 faults", "2 remarks", "Compared with QL-2020@1: 0 differences", "B1 (@1)")
                .doesNotContainPattern("[\\u4e00-\\u9fff]{12}");

        Path other = draft("other.yaml", example.replace("noticeDays: 5", "noticeDays: 10"));
        Said changed = check(other, "--lang", "zh");
        assertThat(changed.code()).isZero();
        assertThat(changed.out())
                .contains("与 QL-2020@1 相比，不同之处 1 项", "/redemption/noticeDays")
                .contains("原：公示 5 日，至公布后第 5 日 24:00。", "改为：公示 10 日，至公布后第 10 日 24:00。")
                .contains("进行中的批次按其开放时的版本执行到底");
        assertThat(check(other, "--against", same.toString(), "--lang", "en").out())
                .contains("same.yaml: 1 difference")
                .contains("was: The list is published until 24:00 of day 5 after publication.");
    }

    @Test
    @DisplayName(
            "ALL-01: a draft that could not be published as the next version says which rule would refuse it, and ends with 1")
    void notPublishable() throws IOException {
        Said fund = check(draft("fund.yaml", example.replace("amountFen: 200000000", "amountFen: 200000001")));
        assertThat(fund.code()).isEqualTo(1);
        assertThat(fund.out()).contains("ALL-06").contains("would be refused").contains("将被拒绝");

        String another = example.replace("schemeId: QL-2020", "schemeId: QL-2021");
        String least = another.replace("minimumFen: 100000000", "minimumFen: 200000000");
        assertThat(least).isNotEqualTo(another);
        Said enough = check(draft("enough.yaml", least), "--lang", "en");
        assertThat(enough.out()).contains("would be version 1").doesNotContain("would be refused");
        assertThat(enough.code()).isZero();
        Said first = check(draft("first.yaml", least.replace("minimumFen: 200000000", "minimumFen: 200000001")));
        assertThat(first.code())
                .as("GZ-15: of a scheme that was never published, too")
                .isEqualTo(1);
        assertThat(first.out()).contains("Publishing it would be refused: ", "发布将被拒绝：", "GZ-15");

        Said faulty = check(draft("faulty.yaml", example.replace("ceilingFen: 1500000", "ceilingFen: 2000001")));
        assertThat(faulty.code()).isEqualTo(1);
        assertThat(faulty.out())
                .contains("1 fault", "/tariff/2/ceilingFen", "is above annualCapFen")
                .contains("错误 1 处", "高于年度上限 annualCapFen");

        Said unreadable = check(draft("unreadable.yaml", "schemeId: [\n"));
        assertThat(unreadable.code()).isEqualTo(1);
        assertThat(unreadable.out()).contains("not YAML").contains("不是有效的 YAML");

        Said missing = check(drafts.resolve("nowhere.yaml"));
        assertThat(missing.code()).isEqualTo(1);
        assertThat(missing.err()).contains("There is no file");
    }

    @Test
    @DisplayName("ALL-01: a past batch is re-decided under a draft, by staff only, and the log stays as it is")
    void whatIf() throws IOException {
        Path draft = draft(
                "draft.yaml",
                example.replace("- [MONITORED]", "- [KEY_BELOW_SCALE]")
                        .replace("whenItNoLongerFits: PARTIAL", "whenItNoLongerFits: STOP"));
        Said early = run("whatif", "--scheme", draft.toString(), "--batch", "B1");
        assertThat(early.code()).isEqualTo(1);
        assertThat(early.err()).contains("applications have not ended");
        ledger.at("2020-04-10T09:00:00Z");
        done(OPERATOR, "/batches/B1/applications-end", "{}");
        done(OPERATOR, "/batches/B1/grant?whole=true", "{}");
        done(OPERATOR, "/batches/B1/publication?whole=true", "{}");

        long before = events();
        assertThat(before).isPositive();
        Said page = run("whatif", "--scheme", draft.toString(), "--batch", "B1");
        assertThat(page.code()).as(page.err()).isZero();
        // Then the monitored one went first; under the draft the first two to come share the money, the second not in
        // part.
        assertThat(page.out())
                .contains("then   granted ¥20,000.00, left ¥0.00")
                .contains("draft  granted ¥12,000.00, left ¥8,000.00")
                .contains("MORE 1", "LOST 1")
                .contains("Nothing was written to the ledger.");
        Said json = run("whatif", "--scheme", draft.toString(), "--batch", "B1", "--json");
        var answer = JsonMapper.builder().build().readTree(json.out());
        assertThat(answer.path("applications").size()).isEqualTo(3);
        assertThat(answer.path("after").path("grantedFen").asLong()).isEqualTo(1_200_000);
        assertThat(events()).as("nothing was written").isEqualTo(before);

        String path = "/batches/B1/what-if";
        assertThat(ledger.sendFile(enterprise(0), path, example).status()).isEqualTo(403);
        assertThat(ledger.sendFile(OPERATOR, path, example).status()).isEqualTo(200);
        assertThat(ledger.sendFile(OPERATOR, "/batches/B9/what-if", example).status())
                .isEqualTo(404);
        Reply faulty = ledger.sendFile(OPERATOR, path, example.replace("noticeDays: 5", "noticeDays: -5"));
        assertThat(faulty.status()).isEqualTo(400);
        assertThat(faulty.body().path("errors").get(0).path("reasonZh").asString())
                .isNotBlank();
        Said draftFaulty = run(
                "whatif",
                "--scheme",
                draft("bad.yaml", example.replace("noticeDays: 5", "noticeDays: -5"))
                        .toString(),
                "--batch",
                "B1");
        assertThat(draftFaulty.code()).isEqualTo(1);
        assertThat(draftFaulty.err()).contains("/redemption/noticeDays");
        assertThat(events()).isEqualTo(before);
    }
}
