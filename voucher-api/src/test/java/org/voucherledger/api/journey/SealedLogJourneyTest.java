package org.voucherledger.api.journey;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.voucherledger.api.commandline.VoucherCommandLine;
import org.voucherledger.api.journey.Rehearsal.Reply;
import org.voucherledger.api.seal.LeafRows;
import org.voucherledger.api.seal.SealKey;
import org.voucherledger.api.security.DevelopmentKey;
import org.voucherledger.api.security.DevelopmentTokens;
import org.voucherledger.domain.command.Actor;
import org.voucherledger.domain.command.Role;
import org.voucherledger.domain.party.CreditCode;
import org.voucherledger.projections.sealedlog.Checkpoint;
import org.voucherledger.projections.sealedlog.Hash;
import org.voucherledger.projections.sealedlog.MerkleProof;
import org.voucherledger.projections.sealedlog.NoteKey;
import org.voucherledger.projections.sealedlog.SignedNote;
import org.voucherledger.projections.sealedlog.TlogProof;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The real program seals what it is told, proves it over HTTP, and is held against it from the command line. */
@ExtendWith(OutputCaptureExtension.class)
class SealedLogJourneyTest {

    private static final Actor AUDITOR = Rehearsal.staff(Role.AUDITOR);
    private static final int ENTERPRISES = 4;

    @TempDir
    private static Path data;

    private static Rehearsal ledger;
    private static List<Long> sizes;

    @BeforeAll
    static void sealedLedger() throws IOException, InterruptedException {
        ledger = new Rehearsal(data, "2020-03-30T01:00:00Z");
        register(0);
        awaitSealed(1);
        register(1);
        register(2);
        register(3);
        // The same again, under another key: refused.
        register(3);
        awaitSealed(ENTERPRISES + 1);
        sizes = json("/log/checkpoints")
                .path("items")
                .valueStream()
                .map(item -> item.path("size").asLong())
                .toList();
    }

    @AfterAll
    static void stop() {
        ledger.close();
    }

    private static String code(int number) {
        String first = "914401010000%05d".formatted(number);
        return first + CreditCode.checkCharacter(first);
    }

    private static void register(int number) {
        String code = code(number);
        Reply reply = ledger.send(
                Rehearsal.party(Role.ENTERPRISE, code), "/enterprises", """
                {"enterpriseId":"%s","declaration":{"name":"示范企业%d","city":"青岚市","district":"南区",
                 "industry":"INDUSTRY","employees":50,"revenueWan":1200,"assetsWan":800,"declaredSize":"SMALL",
                 "legalPerson":true,"establishedOn":"2012-06-01","handlerRef":"h-%d","trustLevel":2}}""".formatted(code, number, number));
        assertThat(reply.status()).as("%s", reply.body()).isIn(200, 201, 409);
    }

    private static void awaitSealed(long leaves) throws IOException, InterruptedException {
        long until = System.nanoTime() + Duration.ofSeconds(60).toNanos();
        while (true) {
            HttpResponse<byte[]> answer = get(null, "/log/checkpoint");
            if (answer.statusCode() == 200 && note(answer).size() >= leaves) {
                return;
            }
            assertThat(System.nanoTime()).as("sealed in time").isLessThan(until);
            LockSupport.parkNanos(50_000_000);
        }
    }

    private static Checkpoint note(HttpResponse<byte[]> answer) {
        SignedNote note = SignedNote.parse(answer.body());
        assertThat(note.isSignedBy(key())).isTrue();
        return Checkpoint.of(note);
    }

    private static NoteKey key() {
        return SealKey.read(SealKey.in(data)).orElseThrow().publicKey();
    }

    private static HttpResponse<byte[]> get(Actor who, String path) throws IOException, InterruptedException {
        HttpRequest.Builder request = HttpRequest.newBuilder(ledger.url().resolve(path));
        if (who != null) {
            request.header(
                    "Authorization",
                    "Bearer "
                            + new DevelopmentTokens(DevelopmentKey.of(data))
                                    .sign(who, Instant.now(), Duration.ofMinutes(10)));
        }
        try (HttpClient client = HttpClient.newHttpClient()) {
            return client.send(request.build(), HttpResponse.BodyHandlers.ofByteArray());
        }
    }

    private static String text(String path) throws IOException, InterruptedException {
        HttpResponse<byte[]> answer = get(AUDITOR, path);
        String text = new String(answer.body(), StandardCharsets.UTF_8);
        assertThat(answer.statusCode()).as(text).isEqualTo(200);
        return text;
    }

    private static JsonNode json(String path) throws IOException, InterruptedException {
        return JsonMapper.shared().readTree(text(path));
    }

    private static Connection database() throws IOException, SQLException {
        String port = Files.readString(data.resolve("postgres.port")).strip();
        return DriverManager.getConnection(
                "jdbc:postgresql://127.0.0.1:" + port + "/ledger",
                "voucher",
                Files.readString(data.resolve("postgres.password")).strip());
    }

    private static byte[] leafOfTheEventAt(long position) throws IOException, SQLException {
        try (Connection connection = database();
                var statement = connection.createStatement();
                var row = statement.executeQuery("select " + LeafRows.EVENT_COLUMNS
                        + " from ledger.domain_event where global_index = " + position)) {
            assertThat(row.next()).isTrue();
            return LeafRows.event(row).line();
        }
    }

    @Test
    @DisplayName(
            "every event has a proof that everybody can check with the key alone, against any checkpoint that has it")
    void inclusion() throws Exception {
        for (long position = 1; position <= ENTERPRISES; position++) {
            TlogProof proof = TlogProof.parse(text("/log/proof?position=" + position));

            assertThat(proof.checkpoint().isSignedBy(key())).isTrue();
            assertThat(proof.proves(leafOfTheEventAt(position))).isTrue();
            assertThat(proof.proves(leafOfTheEventAt(position % ENTERPRISES + 1)))
                    .isFalse();
        }
        TlogProof early = TlogProof.parse(text("/log/proof?position=1&size=" + sizes.getLast()));
        assertThat(Checkpoint.of(early.checkpoint()).size()).isEqualTo(sizes.getLast());
        assertThat(early.proves(leafOfTheEventAt(1))).isTrue();
    }

    @Test
    @DisplayName("a refusal has a proof too, under its number, which is that of its leaf")
    void refusal() throws Exception {
        long id = ledger.ask(AUDITOR, "/refusals")
                .body()
                .path("items")
                .path(0)
                .path("id")
                .asLong();
        TlogProof proof = TlogProof.parse(text("/log/proof?refusal=" + id));
        byte[] leaf;
        try (Connection connection = database();
                var statement = connection.createStatement();
                var row = statement.executeQuery(
                        "select " + LeafRows.REFUSAL_COLUMNS + " from ledger.command_answer where id = " + id)) {
            assertThat(row.next()).isTrue();
            leaf = LeafRows.refusal(row).line();
        }

        assertThat(proof.proves(leaf)).isTrue();
        assertThat(text("/log/proof?leaf=" + proof.index())).isEqualTo(proof.written());
    }

    @Test
    @DisplayName("each checkpoint continues each older one, and can be shown to")
    void consistency() throws Exception {
        assertThat(sizes).hasSizeGreaterThanOrEqualTo(2).isSortedAccordingTo((a, b) -> Long.compare(b, a));
        JsonNode items = json("/log/checkpoints").path("items");
        JsonNode newest = items.path(0);
        for (JsonNode older : items) {
            List<Hash> proof = text("/log/consistency?from="
                            + older.path("size").asLong())
                    .lines()
                    .map(Hash::ofBase64)
                    .toList();
            assertThat(MerkleProof.continues(
                            older.path("size").asLong(),
                            Hash.ofBase64(older.path("root").asString()),
                            newest.path("size").asLong(),
                            Hash.ofBase64(newest.path("root").asString()),
                            proof))
                    .isTrue();
        }
        JsonNode page = json("/log/checkpoints?limit=1");
        assertThat(page.path("items")).hasSize(1);
        assertThat(json("/log/checkpoints?limit=1&cursor=" + page.path("next").asString())
                        .path("items")
                        .path(0)
                        .path("size")
                        .asLong())
                .isEqualTo(sizes.get(1));
    }

    @Test
    @DisplayName("the tiles give the leaves' hashes, and are those of the tree")
    void tiles() throws Exception {
        long size = sizes.getFirst();
        byte[] tile = get(AUDITOR, "/log/tile/0/000.p/" + size).body();

        assertThat(tile).hasSize((int) size * Hash.BYTES);
        assertThat(Hash.of(Arrays.copyOf(tile, Hash.BYTES))).isEqualTo(Hash.ofLeaf(leafOfTheEventAt(1)));
        var entries =
                ByteBuffer.wrap(get(AUDITOR, "/log/tile/entries/000.p/" + size).body());
        for (int leaf = 0; leaf < size; leaf++) {
            byte[] entry = new byte[Short.toUnsignedInt(entries.getShort())];
            entries.get(entry);
            assertThat(Hash.ofLeaf(entry).bytes())
                    .isEqualTo(Arrays.copyOfRange(tile, leaf * Hash.BYTES, (leaf + 1) * Hash.BYTES));
        }
        assertThat(entries.hasRemaining()).isFalse();
    }

    @ParameterizedTest(name = "{0}: {1} {2}")
    @DisplayName("a question that cannot be answered is told why")
    @CsvSource({
        "/log/proof, 400, Malformed",
        "/log/proof?leaf=1&position=1, 400, Malformed",
        "/log/proof?leaf=x, 400, Malformed",
        "/log/proof?leaf=99, 404, ALL-04:LeafUnknown",
        "/log/proof?leaf=-1, 404, ALL-04:LeafUnknown",
        "/log/proof?position=99, 404, ALL-04:LeafUnknown",
        "/log/proof?position=0, 404, ALL-04:LeafUnknown",
        "/log/proof?refusal=1, 404, ALL-04:LeafUnknown",
        "/log/proof?leaf=0&size=77, 404, ALL-04:CheckpointUnknown",
        "/log/proof?position=4&size=1, 404, ALL-04:LeafUnknown",
        "/log/consistency, 400, BadRequest",
        "/log/consistency?from=2&to=1, 400, Malformed",
        "/log/consistency?from=99, 400, Malformed",
        "/log/consistency?from=0, 404, ALL-04:CheckpointUnknown",
        "/log/consistency?from=1&to=77, 404, ALL-04:CheckpointUnknown",
        "/log/tile/0/000, 404, ALL-04:TileUnknown",
        "/log/tile/0/000.p/77, 404, ALL-04:TileUnknown",
        "/log/tile/0/000.p/256, 404, ALL-04:TileUnknown",
        "/log/tile/0/000.p/0, 404, ALL-04:TileUnknown",
        "/log/tile/0/0, 404, ALL-04:TileUnknown",
        "/log/tile/0/001.p/1, 404, ALL-04:TileUnknown",
        "/log/tile/9/000.p/1, 404, ALL-04:TileUnknown",
        "/log/tile/x/000.p/1, 400, Malformed",
        "/log/tile/entries/000, 404, ALL-04:TileUnknown",
        "/log/tile/entries/000.p/77, 404, ALL-04:TileUnknown",
        "/log/tile/entries/001.p/1, 404, ALL-04:TileUnknown",
        "/log/tile/entries/0, 404, ALL-04:TileUnknown",
        "/log/checkpoints?limit=0, 400, Malformed",
        "/log/checkpoints?limit=501, 400, Malformed",
    })
    void problems(String path, int status, String type) throws Exception {
        HttpResponse<byte[]> answer = get(AUDITOR, path);

        assertThat(answer.statusCode())
                .as(new String(answer.body(), StandardCharsets.UTF_8))
                .isEqualTo(status);
        assertThat(answer.headers().firstValue("Content-Type").orElseThrow()).startsWith("application/problem+json");
        assertThat(JsonMapper.shared().readTree(answer.body()).path("type").asString())
                .endsWith(type);
    }

    @Test
    @DisplayName(
            "ALL-04: the newest checkpoint is for everybody, everything else for those who work for the scheme or audit it")
    void who() throws Exception {
        assertThat(get(null, "/log/checkpoint").statusCode()).isEqualTo(200);
        HttpResponse<byte[]> breaks = get(null, "/log/breaks");
        assertThat(breaks.statusCode()).isEqualTo(200);
        assertThat(JsonMapper.shared().readTree(breaks.body()).path("items")).isEmpty();
        for (String path : List.of(
                "/log/checkpoints",
                "/log/proof?leaf=0",
                "/log/consistency?from=1",
                "/log/tile/0/000.p/1",
                "/log/tile/entries/000.p/1")) {
            assertThat(get(null, path).statusCode()).as(path).isEqualTo(401);
            assertThat(get(Rehearsal.party(Role.ENTERPRISE, code(1)), path).statusCode())
                    .as(path)
                    .isEqualTo(403);
        }
    }

    @Test
    @DisplayName("from the command line: the key, and whether everything is as it was sealed, while the ledger runs")
    void commandLine(CapturedOutput output) throws Exception {
        assertThat(VoucherCommandLine.run("key", "--data", data.toString())).isZero();
        assertThat(output.getOut()).contains(key().text());
        assertThat(VoucherCommandLine.run("seal", "verify", "--data", data.toString()))
                .isZero();
        assertThat(output.getOut()).contains("Everything is as it was sealed.");

        try (Connection owner = database();
                var statement = owner.createStatement()) {
            statement.execute("update ledger.domain_event set recorded_at = recorded_at - interval '1 day'"
                    + " where global_index = 2");
            assertThat(VoucherCommandLine.run("seal", "verify", "--json", "--data", data.toString()))
                    .isEqualTo(1);
            statement.execute("update ledger.domain_event set recorded_at = recorded_at + interval '1 day'"
                    + " where global_index = 2");
        }
        JsonNode report = JsonMapper.shared()
                .readTree(output.getOut()
                        .lines()
                        .filter(line -> line.startsWith("{"))
                        .toList()
                        .getLast());
        assertThat(report.path("holds").asBoolean()).isFalse();
        assertThat(report.path("findings").path(0).path("kind").asString()).isEqualTo("ALTERED");
        assertThat(report.path("findings").path(0).path("row").asLong()).isEqualTo(2);
    }

    @ParameterizedTest(name = "{0}")
    @DisplayName("from the command line: what is not there, or no key and no checkpoint, is said in a sentence")
    @CsvSource({
        "seal verify --data nowhere, 1, There is no ledger in",
        "key --data nowhere, 1, There is no key at",
        "seal, 2, Say what to do",
        "seal verify --key x, 2, --key: a key is written name+id+key",
        "seal verify --checkpoint nowhere, 1, cannot be read",
        "seal verify --checkpoint pom.xml, 1, is no checkpoint",
        "witness, 2, Missing required option: '--log=KEY'",
        "witness --log x, 2, --log: a key is written name+id+key",
    })
    void plainSentences(String arguments, int code, String sentence, CapturedOutput output) {
        assertThat(VoucherCommandLine.run(arguments.split(" "))).isEqualTo(code);
        assertThat(output.getErr()).contains(sentence);
    }
}
