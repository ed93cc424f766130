package org.voucherledger.api.documents;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.SpringApplication;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.jdbc.core.JdbcTemplate;
import org.voucherledger.api.VoucherLedger;
import org.voucherledger.api.security.DevelopmentKey;
import org.voucherledger.api.security.DevelopmentTokens;
import org.voucherledger.domain.command.Actor;
import org.voucherledger.domain.command.AllowedTo;
import org.voucherledger.domain.command.Command;
import org.voucherledger.domain.command.Role;
import org.voucherledger.domain.party.CreditCode;
import org.voucherledger.domain.party.DocumentsOf;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** GZ-45, ALL-05: documents as the program serves them, from the upload to the erasure. */
class DocumentsTest {

    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final HttpClient CLIENT = HttpClient.newHttpClient();
    private static final String P = "91440101MA5A00001H";
    private static final String Q = "91440101MA5B00001" + CreditCode.checkCharacter("91440101MA5B00001");

    private static final String E = "91440101MA5E00001" + CreditCode.checkCharacter("91440101MA5E00001");

    private static final Actor OPERATOR = Actor.of("operator-1", Role.OPERATOR);
    private static final Actor BUREAU = Actor.of("bureau-1", Role.BUREAU);
    private static final Actor PROVIDER = new Actor("clerk-1", Role.PROVIDER, P);
    private static final Actor OTHER = new Actor("clerk-2", Role.PROVIDER, Q);

    @TempDir
    private static Path data;

    private static ConfigurableApplicationContext program;
    private static DevelopmentTokens tokens;
    private static int keys;

    @BeforeAll
    static void start() {
        program = new SpringApplication(VoucherLedger.class)
                .run(
                        "--ledger.data=" + data,
                        "--ledger.rehearsal=2020-03-01T00:00:00Z",
                        "--server.port=0",
                        "--server.address=127.0.0.1",
                        "--logging.level.root=WARN");
        tokens = new DevelopmentTokens(DevelopmentKey.of(data));
        recognised(P);
    }

    @AfterAll
    static void stop() {
        program.close();
    }

    private static HttpRequest.Builder request(Actor who, String path) {
        String port = program.getEnvironment().getRequiredProperty("local.server.port");
        return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/api/v1" + path))
                .timeout(Duration.ofMinutes(1))
                .header("Authorization", "Bearer " + tokens.sign(who, Instant.now(), Duration.ofMinutes(10)));
    }

    private static HttpResponse<byte[]> send(HttpRequest.Builder request) {
        try {
            return CLIENT.send(request.build(), BodyHandlers.ofByteArray());
        } catch (IOException e) {
            throw new IllegalStateException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private static JsonNode json(HttpResponse<byte[]> answer) {
        return JSON.readTree(answer.body());
    }

    private static HttpResponse<byte[]> upload(Actor who, String name, String type, byte[] content) {
        return send(request(who, "/documents?name=" + URLEncoder.encode(name, UTF_8))
                .header("Content-Type", type)
                .POST(BodyPublishers.ofByteArray(content)));
    }

    private static HttpResponse<byte[]> upload(Actor who, byte[] content) {
        return upload(who, "营业执照.pdf", "application/pdf", content);
    }

    private static HttpResponse<byte[]> download(Actor who, String sha256) {
        return send(request(who, "/documents/" + sha256).GET());
    }

    private static HttpResponse<byte[]> erase(Actor who, String sha256, String reason) {
        return send(request(who, "/documents/" + sha256 + "?reason=" + URLEncoder.encode(reason, UTF_8))
                .DELETE());
    }

    private static HttpResponse<byte[]> command(Actor who, String path, String body, String key) {
        return send(request(who, path)
                .header("Content-Type", "application/json")
                .header("Idempotency-Key", key)
                .POST(BodyPublishers.ofString(body)));
    }

    private static void recognised(String code) {
        var answer = command(OPERATOR, "/recognitions", """
                {"providerId":"%s","name":"平台","level":"CITY","city":"广州市","serviceTypes":["TRAINING"],
                 "validFrom":"2019-01-01","validTo":"2020-12-31"}""".formatted(code), "recognised-" + code);
        assertThat(answer.statusCode()).isEqualTo(200);
    }

    private static String registration(String code, byte[] licence, long size, String type) {
        return """
                {"providerId":"%s","name":"平台","city":"广州市","documents":[
                 {"kind":"LICENCE","sha256":"%s","mediaType":"%s","sizeBytes":%d}]}""".formatted(code, TestPapers.sha256(licence), type, size);
    }

    private static HttpResponse<byte[]> register(byte[] licence, long size, String type) {
        return command(OPERATOR, "/providers", registration(Q, licence, size, type), "register-" + ++keys);
    }

    @Test
    @DisplayName("GZ-45: an upload is answered with what a command has to say of it, and comes back as it was")
    void round_trip() {
        byte[] content = TestPapers.pdf("round trip");

        var stored = upload(PROVIDER, content);
        assertThat(stored.statusCode()).isEqualTo(200);
        assertThat(json(stored).path("sha256").asString()).isEqualTo(TestPapers.sha256(content));
        assertThat(json(stored).path("mediaType").asString()).isEqualTo("application/pdf");
        assertThat(json(stored).path("sizeBytes").asInt()).isEqualTo(content.length);

        var back = download(PROVIDER, TestPapers.sha256(content));
        assertThat(back.statusCode()).isEqualTo(200);
        assertThat(back.body()).isEqualTo(content);
        assertThat(back.headers().firstValue("Content-Type")).hasValue("application/pdf");
        assertThat(back.headers().firstValue("X-Content-Type-Options")).hasValue("nosniff");
        assertThat(back.headers().firstValue("Content-Disposition").orElse(""))
                .startsWith("attachment;")
                .contains("filename*=UTF-8''%E8%90%A5");
        assertThat(upload(PROVIDER, content).body()).as("again").isEqualTo(stored.body());
    }

    @Test
    @DisplayName("GZ-45: what is acknowledged lies on the disk under its hash, and nothing is left beside it")
    void on_disk() throws IOException {
        byte[] content = TestPapers.image("png");
        String sha256 = TestPapers.sha256(content);
        assertThat(upload(PROVIDER, "a.png", "image/png", content).statusCode()).isEqualTo(200);

        assertThat(data.resolve("documents").resolve(sha256.substring(0, 2)).resolve(sha256))
                .hasBinaryContent(content);
        assertThat(upload(PROVIDER, "a.png", "image/png", Arrays.copyOf(content, 100))
                        .statusCode())
                .isEqualTo(422);
        try (Stream<Path> aside = Files.list(data.resolve("documents").resolve("incoming"))) {
            assertThat(aside).isEmpty();
        }
    }

    @Test
    @DisplayName("GZ-45: refusals of an upload name rule, clause, limit, used and asked, in both languages")
    void refusals() {
        byte[] most = Arrays.copyOf(TestPapers.pdf("most"), 5_242_881);
        var tooLarge = upload(PROVIDER, "大.pdf", "application/pdf", most);
        assertThat(tooLarge.statusCode()).isEqualTo(422);
        assertThat(json(tooLarge).path("rule").asString()).isEqualTo("GZ-45");
        assertThat(json(tooLarge).path("about").asString()).isEqualTo("TooLarge");
        assertThat(json(tooLarge).path("limit").asString()).isEqualTo("5242880 bytes");
        assertThat(json(tooLarge).path("used").asString()).isEqualTo("5242881 bytes");
        assertThat(json(tooLarge).path("asked").asString()).isEqualTo("大.pdf");
        assertThat(json(tooLarge).path("titleZh").asString()).isEqualTo("上传资料格式与大小");
        // As large as may be: read to its end, and refused for what it is.
        var padded = upload(PROVIDER, "大.pdf", "application/pdf", Arrays.copyOf(most, 5_242_880));
        assertThat(json(padded).path("about").asString()).isEqualTo("DocumentDamaged");

        assertThat(json(upload(PROVIDER, "a.pdf", "application/octet-stream", "text".getBytes(UTF_8)))
                        .path("about")
                        .asString())
                .isEqualTo("TypeNotAdmitted");
        assertThat(upload(PROVIDER, "a.pdf", "multipart/form-data; boundary=x", new byte[9])
                        .statusCode())
                .isEqualTo(415);
        assertThat(upload(PROVIDER, "a.pdf", "application/x-www-form-urlencoded", "a=b".getBytes(UTF_8))
                        .statusCode())
                .isEqualTo(415);
        assertThat(json(upload(PROVIDER, "../a.pdf", "application/pdf", most))
                        .path("field")
                        .asString())
                .isEqualTo("name");
        for (Role role : List.of(Role.HOLDER, Role.SYSTEM)) {
            assertThat(upload(Actor.of("x", role), TestPapers.pdf("x")).statusCode())
                    .isEqualTo(403);
        }
    }

    @Test
    @DisplayName("GZ-45: a refused upload is kept and can be found: who, what and which rule, without bytes and name")
    void refusals_are_kept() {
        Actor clerk = new Actor("clerk-of-refusals", Role.PROVIDER, P);
        byte[] text = "wangwu".getBytes(UTF_8);
        byte[] locked = TestPapers.encrypted();
        byte[] active = TestPapers.active();
        assertThat(upload(clerk, "wangwu.pdf", "application/pdf", text).statusCode())
                .isEqualTo(422);
        assertThat(upload(clerk, "wangwu.pdf", "application/pdf", locked).statusCode())
                .isEqualTo(422);
        assertThat(upload(clerk, "wangwu.pdf", "application/octet-stream", active)
                        .statusCode())
                .isEqualTo(422);
        assertThat(upload(clerk, "wangwu.pdf", "application/pdf", new byte[5_242_881])
                        .statusCode())
                .isEqualTo(422);

        var found = json(send(request(BUREAU, "/refusals/uploads?rule=GZ-45&actor=clerk-of-refusals")
                        .GET()))
                .path("items");
        assertThat(found.findValuesAsString("about"))
                .as("newest first")
                .containsExactly("TooLarge", "ActiveContent", "DocumentEncrypted", "TypeNotAdmitted");
        assertThat(found.findValuesAsString("sha256"))
                .containsExactly("", TestPapers.sha256(active), TestPapers.sha256(locked), TestPapers.sha256(text));
        JsonNode first = found.get(3);
        assertThat(first.path("role").asString()).isEqualTo("PROVIDER");
        assertThat(first.path("onBehalfOf").asString()).isEqualTo(P);
        assertThat(first.path("receivedAt").asString()).isEqualTo("2020-03-01T00:00:00Z");
        assertThat(first.path("declared").asString()).isEqualTo("application/pdf");
        assertThat(first.path("sizeBytes").asInt()).isEqualTo(text.length);
        assertThat(first.path("limit").asString()).contains("application/pdf");
        assertThat(first.path("used").asString()).startsWith("text/plain");
        assertThat(found.get(0).path("used").asString()).isEqualTo("5242881 bytes");
        assertThat(tablesThatTell("wangwu")).isEmpty();
        assertThat(json(send(request(BUREAU, "/refusals/uploads?rule=ALL-05&actor=clerk-of-refusals")
                                .GET()))
                        .path("items"))
                .isEmpty();
    }

    @Test
    @DisplayName("GZ-45: a body without a length is counted while it comes and given up at the limit")
    void without_length() {
        byte[] chunk = new byte[64 * 1024];
        var chunks = new ArrayList<byte[]>();
        for (int i = 0; i < 81; i++) {
            chunks.add(chunk);
        }
        var answer = send(request(PROVIDER, "/documents?name=a.pdf")
                .header("Content-Type", "application/pdf")
                .POST(BodyPublishers.ofByteArrays(chunks)));
        assertThat(json(answer).path("about").asString()).isEqualTo("TooLarge");
        assertThat(json(answer).path("used").asString()).isEqualTo("more than 5242880 bytes");
    }

    @Test
    @DisplayName("GZ-45: many uploads of the same content at once are one document")
    void at_once() throws Exception {
        byte[] content = TestPapers.pdf("at once");
        var tasks = new ArrayList<Callable<Integer>>();
        for (int i = 0; i < 16; i++) {
            Actor who = new Actor("clerk-" + i % 4, Role.PROVIDER, P);
            tasks.add(() -> upload(who, content).statusCode());
        }
        try (var threads = Executors.newFixedThreadPool(8)) {
            for (var status : threads.invokeAll(tasks)) {
                assertThat(status.get()).isEqualTo(200);
            }
        }
        var sql = program.getBean(JdbcTemplate.class);
        String sha256 = TestPapers.sha256(content);
        assertThat(sql.queryForObject("select count(*) from ledger.document where sha256 = ?", Long.class, sha256))
                .isEqualTo(1);
        assertThat(sql.queryForObject(
                        "select count(*) from ledger.document_upload where sha256 = ?", Long.class, sha256))
                .isEqualTo(4);
    }

    @Test
    @DisplayName(
            "GZ-45: a document is for staff and for who brought it; that an event about a party names it opens it to nobody")
    void entitled() {
        byte[] licence = TestPapers.pdf("entitled");
        String sha256 = TestPapers.sha256(licence);
        upload(OPERATOR, licence);
        byte[] own = TestPapers.pdf("of the party's own");
        upload(PROVIDER, own);
        Actor sameParty = new Actor("clerk-9", Role.PROVIDER, P);
        assertThat(download(sameParty, TestPapers.sha256(own)).statusCode()).isEqualTo(200);
        assertThat(download(OTHER, TestPapers.sha256(own)).statusCode()).isEqualTo(404);

        var registered = command(
                OPERATOR, "/providers", registration(P, licence, licence.length, "application/pdf"), "register-p");
        assertThat(registered.statusCode())
                .as(new String(registered.body(), UTF_8))
                .isEqualTo(200);
        assertThat(seen(sameParty, sha256, json(registered).path("position").asLong()))
                .isEqualTo(404);

        for (Role role : List.of(Role.OPERATOR, Role.EXPERT, Role.BUREAU, Role.SYSTEM, Role.AUDITOR)) {
            assertThat(download(Actor.of("anybody", role), sha256).statusCode())
                    .as(role.name())
                    .isEqualTo(200);
        }
        for (Actor stranger : List.of(
                OTHER,
                Actor.of("p", Role.PUBLIC),
                Actor.of("e", Role.ENTERPRISE),
                new Actor("e", Role.ENTERPRISE, Q))) {
            var answer = download(stranger, sha256);
            assertThat(answer.statusCode()).as(stranger.toString()).isEqualTo(404);
            assertThat(json(answer).path("about").asString()).isEqualTo("DocumentUnknown");
        }
        assertThat(download(OPERATOR, "0".repeat(64)).statusCode()).isEqualTo(404);
        assertThat(download(OPERATOR, "x").statusCode()).isEqualTo(404);
    }

    @Test
    @DisplayName("GZ-45: nobody names what somebody else uploaded, so a hash that was seen opens no document")
    void named_by_others() {
        String code = "91440101MA5D00001" + CreditCode.checkCharacter("91440101MA5D00001");
        Actor curious = new Actor("clerk-3", Role.PROVIDER, code);
        recognised(code);
        byte[] licence = TestPapers.pdf("registers the curious");
        upload(OPERATOR, licence);
        var registered = command(
                OPERATOR, "/providers", registration(code, licence, licence.length, "application/pdf"), "curious");
        assertThat(registered.statusCode())
                .as(new String(registered.body(), UTF_8))
                .isEqualTo(200);

        byte[] secret = TestPapers.pdf("secret of P");
        upload(PROVIDER, secret);
        var complaint = complain(curious, code, secret, "F-1");
        assertThat(complaint.statusCode()).isEqualTo(422);
        assertThat(json(complaint).path("rule").asString()).isEqualTo("GZ-45");
        assertThat(json(complaint).path("about").asString()).isEqualTo("DocumentNotUploaded");
        assertThat(json(complaint).path("used").asString())
                .as("as of what nobody has uploaded")
                .isEqualTo(json(complain(curious, code, TestPapers.pdf("of nobody"), "F-2"))
                        .path("used")
                        .asString());
        assertThat(download(curious, TestPapers.sha256(secret)).statusCode()).isEqualTo(404);

        assertThat(complain(OPERATOR, code, secret, "F-3").statusCode())
                .as("staff neither: naming hands it to others")
                .isEqualTo(422);
        Actor neighbour = Actor.of("neighbour-1", Role.PUBLIC);
        upload(neighbour, TestPapers.pdf("complaint"));
        assertThat(complain(Actor.of("neighbour-2", Role.PUBLIC), code, TestPapers.pdf("complaint"), "F-4")
                        .statusCode())
                .isEqualTo(422);
        var heard = complain(neighbour, code, TestPapers.pdf("complaint"), "F-5");
        assertThat(heard.statusCode()).as(new String(heard.body(), UTF_8)).isEqualTo(200);
        assertThat(seen(
                        curious,
                        TestPapers.sha256(TestPapers.pdf("complaint")),
                        json(heard).path("position").asLong()))
                .as("whom a complaint is about does not get it")
                .isEqualTo(404);
        upload(Actor.of("operator-2", Role.OPERATOR), TestPapers.pdf("of the office"));
        assertThat(complain(OPERATOR, code, TestPapers.pdf("of the office"), "F-6")
                        .statusCode())
                .as("what one of the office brought, another may name")
                .isEqualTo(200);
    }

    @Test
    @DisplayName(
            "GZ-02, GZ-45: an enterprise uploads its papers and the operator verifies it by them, and by nobody else's")
    void verified() {
        Actor enterprise = new Actor("handler-1", Role.ENTERPRISE, E);
        assertThat(command(enterprise, "/enterprises", """
                        {"enterpriseId":"%s","declaration":{"name":"示范制造企业","city":"广州市","district":"天河区",
                         "industry":"INDUSTRY","employees":50,"revenueWan":1200,"assetsWan":800,"declaredSize":"SMALL",
                         "legalPerson":true,"establishedOn":"2012-06-01","handlerRef":"handler-1","trustLevel":1}}
                        """.formatted(E), "register-e")
                        .statusCode())
                .isEqualTo(200);
        List<String> kinds = List.of("LICENCE", "TAX_CERTIFICATE", "DECLARATION");
        kinds.forEach(kind -> upload(enterprise, TestPapers.pdf(kind + " of E")));
        upload(PROVIDER, TestPapers.pdf("LICENCE of P"));
        upload(new Actor("handler-2", Role.ENTERPRISE, Q), TestPapers.pdf("TAX_CERTIFICATE of Q"));

        for (String others : List.of("LICENCE of P", "TAX_CERTIFICATE of Q")) {
            List<String> papers = kinds.stream()
                    .map(kind -> others.startsWith(kind) ? others : kind + " of E")
                    .toList();
            var refused = verify(papers, "verify-" + others.replace(' ', '-'));
            assertThat(json(refused).path("about").asString()).as(others).isEqualTo("DocumentNotUploaded");
        }
        var verified = verify(kinds.stream().map(kind -> kind + " of E").toList(), "verify");
        assertThat(verified.statusCode()).as(new String(verified.body(), UTF_8)).isEqualTo(200);
    }

    private static HttpResponse<byte[]> verify(List<String> papers, String key) {
        String documents = papers.stream()
                .map(paper -> "{\"kind\":\"%s\",\"sha256\":\"%s\",\"mediaType\":\"application/pdf\",\"sizeBytes\":%d}"
                        .formatted(
                                paper.substring(0, paper.indexOf(' ')),
                                TestPapers.sha256(TestPapers.pdf(paper)),
                                TestPapers.pdf(paper).length))
                .collect(Collectors.joining(","));
        return command(OPERATOR, "/enterprises/" + E + "/verification", """
                {"year":2020,"declarationSignedOn":"2020-02-03","operatesProperly":true,"fitsPolicy":true,
                 "documents":[%s]}""".formatted(documents), key);
    }

    private static HttpResponse<byte[]> complain(Actor who, String about, byte[] document, String id) {
        return command(
                who,
                "/findings/complaints",
                """
                {"findingId":"%s","subject":"PROVIDER","subjectId":"%s","matter":"PRICE","complainantRef":"c-1",
                 "documents":[{"kind":"COMPLAINT","sha256":"%s","mediaType":"application/pdf","sizeBytes":%d}]}""".formatted(id, about, TestPapers.sha256(document), document.length),
                "complaint-" + id);
    }

    /** What a download is answered once the trail has reached the position. */
    private static int seen(Actor who, String sha256, long position) {
        send(request(OPERATOR, "/audit-trail?limit=1&atLeast=" + position).GET());
        return download(who, sha256).statusCode();
    }

    @Test
    @DisplayName("GZ-45: a command that names what was not uploaded, or something else, is refused and recorded")
    void named() {
        byte[] licence = TestPapers.pdf("named");
        var unknown = register(licence, licence.length, "application/pdf");
        assertThat(json(unknown).path("about").asString())
                .as("the domain's earlier stages go first")
                .isEqualTo("NotOnTheList");
        recognised(Q);

        var missing = register(licence, licence.length, "application/pdf");
        assertThat(missing.statusCode()).isEqualTo(422);
        assertThat(json(missing).path("rule").asString()).isEqualTo("GZ-45");
        assertThat(json(missing).path("about").asString()).isEqualTo("DocumentNotUploaded");
        upload(OPERATOR, licence);
        for (HttpResponse<byte[]> differing : List.of(
                register(licence, licence.length - 1, "application/pdf"),
                register(licence, licence.length, "image/png"))) {
            assertThat(differing.statusCode()).isEqualTo(422);
            assertThat(json(differing).path("about").asString()).isEqualTo("DocumentDiffers");
            assertThat(json(differing).path("limit").asString())
                    .isEqualTo("application/pdf, " + licence.length + " bytes");
        }
        assertThat(json(send(request(OPERATOR, "/refusals?rule=GZ-45").GET()))
                        .path("items")
                        .findValuesAsString("about"))
                .contains("DocumentNotUploaded", "DocumentDiffers");

        String bulk = "{\"commands\":[{\"key\":\"bulk-1\",\"type\":\"RegisterProvider\",\"body\":%s}]}"
                .formatted(registration(Q, TestPapers.pdf("never uploaded"), 9, "application/pdf"));
        assertThat(json(command(OPERATOR, "/commands", bulk, "unused"))
                        .path("answers")
                        .path(0)
                        .path("problem")
                        .path("about")
                        .asString())
                .isEqualTo("DocumentNotUploaded");
        assertThat(register(licence, licence.length, "application/pdf").statusCode())
                .isEqualTo(200);
    }

    @Test
    @DisplayName(
            "ALL-05: erased is gone with its name, says when and why, does not come back, and the ledger stays as it was")
    void erased() {
        byte[] licence = TestPapers.pdf("erased");
        String sha256 = TestPapers.sha256(licence);
        upload(OPERATOR, "zhangsan-张三.pdf", "application/pdf", licence);
        String code = "91440101MA5C00001" + CreditCode.checkCharacter("91440101MA5C00001");
        recognised(code);
        String registration = registration(code, licence, licence.length, "application/pdf");
        var done = command(OPERATOR, "/providers", registration, "kept");
        assertThat(done.statusCode()).isEqualTo(200);

        assertThat(tablesThatTell("zhangsan")).containsExactly("ledger.document_upload");
        assertThat(erase(OPERATOR, sha256, "x").statusCode())
                .as("only the bureau")
                .isEqualTo(403);
        assertThat(send(request(BUREAU, "/documents/" + sha256).DELETE()).statusCode())
                .as("a reason is needed")
                .isEqualTo(400);
        assertThat(erase(BUREAU, "0".repeat(64), "x").statusCode()).isEqualTo(404);
        var erased = erase(BUREAU, sha256, "申请人要求删除");
        assertThat(erased.statusCode()).as(new String(erased.body(), UTF_8)).isEqualTo(200);
        assertThat(erase(BUREAU, sha256, "another reason").body()).as("again").isEqualTo(erased.body());

        var gone = download(OPERATOR, sha256);
        assertThat(gone.statusCode()).isEqualTo(410);
        assertThat(json(gone).path("erasedAt").asString()).isEqualTo("2020-03-01T00:00:00Z");
        assertThat(json(gone).path("reason").asString()).isEqualTo("申请人要求删除");
        assertThat(download(OTHER, sha256).statusCode()).isEqualTo(404);
        assertThat(data.resolve("documents").resolve(sha256.substring(0, 2)).resolve(sha256))
                .doesNotExist();
        assertThat(tablesThatTell("zhangsan")).isEmpty();

        var again = upload(OPERATOR, "zhangsan-张三.pdf", "application/pdf", licence);
        assertThat(again.statusCode()).isEqualTo(409);
        assertThat(json(again).path("about").asString()).isEqualTo("DocumentErased");
        assertThat(data.resolve("documents").resolve(sha256.substring(0, 2)).resolve(sha256))
                .doesNotExist();
        assertThat(command(OPERATOR, "/providers", registration, "kept").body())
                .as("what was done keeps its answer")
                .isEqualTo(done.body());
        String proof =
                "{\"name\":\"新平台\",\"from\":\"2020-02-01\",\"proof\":{\"kind\":\"PROOF\",\"sha256\":\"%s\",\"mediaType\":\"application/pdf\",\"sizeBytes\":%d}}"
                        .formatted(sha256, licence.length);
        var renamed = command(OPERATOR, "/providers/" + code + "/names", proof, "renamed");
        assertThat(json(renamed).path("about").asString()).isEqualTo("DocumentNotUploaded");
        assertThat(json(renamed).path("used").asString()).isEqualTo("erased 2020-03-01T00:00:00Z");
        assertThat(json(send(request(BUREAU, "/refusals/uploads?rule=ALL-05").GET()))
                        .path("items")
                        .findValuesAsString("sha256"))
                .containsExactly(sha256);
        assertThat(tablesThatTell("zhangsan"))
                .as("nor does a refusal bring it back")
                .isEmpty();
    }

    @Test
    @DisplayName("ALL-05: a command has no place for what a document is called, so no event can keep it")
    void no_name_in_a_command() {
        byte[] licence = TestPapers.pdf("no name");
        upload(OPERATOR, licence);
        String named = registration(Q, licence, licence.length, "application/pdf")
                .replace("\"kind\"", "\"name\":\"lisi.pdf\",\"kind\"");

        assertThat(command(OPERATOR, "/providers", named, "with-a-name").statusCode())
                .isEqualTo(400);
        assertThat(tablesThatTell("lisi")).isEmpty();
    }

    /** Every table of the database in which the word stands, as text or as the bytes of one. */
    private static List<String> tablesThatTell(String word) {
        var sql = program.getBean(JdbcTemplate.class);
        String bytes = HexFormat.of().formatHex(word.getBytes(UTF_8));
        return sql.queryForList("""
                        select format('%I.%I', table_schema, table_name) from information_schema.tables
                        where table_type = 'BASE TABLE' and table_schema not in ('pg_catalog', 'information_schema')
                        order by 1
                        """, String.class).stream()
                .filter(table -> sql.queryForObject(
                        "select exists (select from " + table + " t where t::text like ? or t::text like ?)",
                        Boolean.class,
                        "%" + word + "%",
                        "%" + bytes + "%"))
                .toList();
    }

    @Test
    @DisplayName("ALL-05: an erasure that was interrupted is finished at the next start")
    void interrupted() throws IOException {
        byte[] content = TestPapers.pdf("interrupted");
        String sha256 = TestPapers.sha256(content);
        upload(OPERATOR, content);
        Path file = data.resolve("documents").resolve(sha256.substring(0, 2)).resolve(sha256);
        program.getBean(DocumentRegister.class).erase(sha256, BUREAU, "x", Instant.now());
        assertThat(file).exists();

        program.getBean(Documents.class).tidy();

        assertThat(file).doesNotExist();
        assertThat(program.getBean(DocumentRegister.class).toBeRemoved()).isEmpty();
    }

    @Test
    @DisplayName("GZ-45: a document that has changed in the store is a fault, not an answer")
    void damaged_store() throws IOException {
        byte[] content = TestPapers.pdf("damaged");
        String sha256 = TestPapers.sha256(content);
        upload(OPERATOR, content);
        Files.write(data.resolve("documents").resolve(sha256.substring(0, 2)).resolve(sha256), new byte[] {1});

        assertThat(download(OPERATOR, sha256).statusCode()).isEqualTo(500);
    }

    @Test
    @DisplayName("GZ-45: whoever may issue a command that names documents may upload them")
    void who_may_upload() {
        var roles = new java.util.TreeSet<Role>();
        commands()
                .filter(DocumentsOf::canBeNamedBy)
                .forEach(type ->
                        roles.addAll(List.of(type.getAnnotation(AllowedTo.class).value())));

        assertThat(roles).isNotEmpty();
        for (Role role : roles) {
            Actor who =
                    role == Role.PROVIDER || role == Role.ENTERPRISE ? new Actor("x", role, P) : Actor.of("x", role);
            assertThat(upload(who, TestPapers.pdf("by " + role)).statusCode())
                    .as(role.name())
                    .isEqualTo(200);
        }
    }

    private static Stream<Class<?>> commands() {
        return new ClassFileImporter()
                .importPackages("org.voucherledger.domain").stream()
                        .filter(type -> type.isAssignableTo(Command.class) && type.isAnnotatedWith(AllowedTo.class))
                        .map(JavaClass::reflect);
    }
}
