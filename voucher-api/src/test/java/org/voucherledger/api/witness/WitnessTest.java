package org.voucherledger.api.witness;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.voucherledger.api.disk.PowerCut;
import org.voucherledger.projections.sealedlog.Break;
import org.voucherledger.projections.sealedlog.Checkpoint;
import org.voucherledger.projections.sealedlog.Frontier;
import org.voucherledger.projections.sealedlog.Hash;
import org.voucherledger.projections.sealedlog.KeyType;
import org.voucherledger.projections.sealedlog.MerkleTree;
import org.voucherledger.projections.sealedlog.SignedNote;
import org.voucherledger.projections.sealedlog.SigningKey;

/** A witness on a port of its own, asked as C2SP tlog-witness says. */
class WitnessTest {

    private static final Instant NOW = Instant.parse("2020-04-01T01:00:00Z");
    private static final SigningKey LOG = SigningKey.generate("ledger.example/gz", KeyType.NOTE, new SecureRandom());
    private static final SigningKey ANEW =
            SigningKey.generate("ledger.example/gz/anew-0a1b2c3d", KeyType.NOTE, new SecureRandom());
    private static final SigningKey AGAIN =
            SigningKey.generate("ledger.example/gz/anew-4e5f6071", KeyType.NOTE, new SecureRandom());
    private static final SigningKey KEY =
            SigningKey.generate("audit.example/w1", KeyType.COSIGNATURE, new SecureRandom());

    @TempDir
    private Path directory;

    private WitnessServer server;

    /** A log of numbered leaves, or one that differs from it from some leaf on. */
    private record TestLog(int differsFrom) {

        static final TestLog TRUE = new TestLog(Integer.MAX_VALUE);

        MerkleTree tree() {
            return new MerkleTree((level, index) -> {
                var frontier = new Frontier();
                for (long i = index << level; i < (index + 1) << level; i++) {
                    frontier.append(
                            Hash.ofLeaf((i + (i >= differsFrom ? " other" : "")).getBytes(StandardCharsets.UTF_8)));
                }
                return frontier.root();
            });
        }

        SignedNote checkpoint(long size) {
            return LOG.sign(new Checkpoint("ledger.example/gz", size, tree().root(size)).unsigned());
        }

        String request(long old, long size) {
            return new AddCheckpoint(old, tree().consistency(old, size), checkpoint(size)).written();
        }

        /** The same tree under the name and key of the log that was begun anew. */
        String anew(long old, long size, Break begun) {
            return as(ANEW, old, size, begun);
        }

        /** The same tree under the name and key of a log that was begun so, and those before it so. */
        String as(SigningKey log, long old, long size, Break... begun) {
            var checkpoint =
                    new Checkpoint(log.publicKey().name(), size, tree().root(size), Break.lines(List.of(begun)));
            return new AddCheckpoint(old, tree().consistency(old, size), log.sign(checkpoint.unsigned())).written();
        }

        Break begun(long holds, long givenUp) {
            return begun(LOG, holds, givenUp);
        }

        Break begun(SigningKey ended, long holds, long givenUp) {
            return new Break(ended.publicKey(), holds, tree().root(holds), givenUp, tree().root(givenUp), "lost");
        }
    }

    @BeforeEach
    void start() throws IOException {
        server = WitnessServer.start(
                new Witness(directory, KEY, List.of(LOG.publicKey(), ANEW.publicKey(), AGAIN.publicKey()), () -> NOW),
                new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
    }

    @AfterEach
    void stop() {
        server.close();
    }

    private HttpResponse<String> post(String body) throws IOException, InterruptedException {
        try (HttpClient client = HttpClient.newHttpClient()) {
            return client.send(
                    HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + server.port() + "/add-checkpoint"))
                            .POST(HttpRequest.BodyPublishers.ofString(body))
                            .build(),
                    HttpResponse.BodyHandlers.ofString());
        }
    }

    private void cosigns(long old, long size) throws IOException, InterruptedException {
        String cosignature = accepts(TestLog.TRUE.request(old, size));
        SignedNote cosigned = SignedNote.parse(TestLog.TRUE.checkpoint(size).text() + "\n" + cosignature);
        assertThat(cosigned.cosignedBy(KEY.publicKey()))
                .hasValueSatisfying(said -> assertThat(said.at()).isEqualTo(NOW));
    }

    private String accepts(String request) throws IOException, InterruptedException {
        HttpResponse<String> answer = post(request);
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        return answer.body();
    }

    private void conflicts(String request, long seen) throws IOException, InterruptedException {
        HttpResponse<String> answer = post(request);
        assertThat(answer.statusCode()).isEqualTo(409);
        assertThat(answer.body()).isEqualTo(seen + "\n");
        assertThat(answer.headers().firstValue("Content-Type")).hasValue("text/x.tlog.size");
    }

    @Test
    @DisplayName("it cosigns the first checkpoint, every one that continues it, and the same again")
    void continues() throws IOException, InterruptedException {
        cosigns(0, 1);
        cosigns(1, 7);
        cosigns(7, 7);
        cosigns(7, 300);
    }

    @Test
    @DisplayName("it says what it has seen to one who believes something else")
    void conflict() throws IOException, InterruptedException {
        cosigns(0, 7);
        conflicts(TestLog.TRUE.request(0, 9), 7);
        conflicts(TestLog.TRUE.request(5, 9), 7);
        conflicts(TestLog.TRUE.request(8, 9), 7);
        cosigns(7, 9);
    }

    @Test
    @DisplayName("it never cosigns a fork: neither a larger one, nor one of the same size, nor the old one again")
    void fork() throws IOException, InterruptedException {
        cosigns(0, 7);
        var fork = new TestLog(6);

        assertThat(post(fork.request(7, 9)).statusCode()).isEqualTo(422);
        conflicts(fork.request(7, 7), 7);
        conflicts(fork.request(3, 5), 7);
        assertThat(post(new AddCheckpoint(7, List.of(), fork.checkpoint(9)).written())
                        .statusCode())
                .isEqualTo(422);
        cosigns(7, 9);
    }

    @ParameterizedTest
    @ValueSource(longs = {7, 8})
    @DisplayName("a log that was begun anew over what was seen of the one before must continue that")
    void begunAnew(long holds) throws IOException, InterruptedException {
        cosigns(0, 7);
        Break begun = TestLog.TRUE.begun(holds, 12);
        var fork = new TestLog(6);

        conflicts(TestLog.TRUE.anew(0, 9, begun), 7);
        assertThat(post(fork.anew(7, 9, fork.begun(holds, 12))).statusCode()).isEqualTo(422);
        accepts(TestLog.TRUE.anew(7, 9, begun));
        conflicts(TestLog.TRUE.anew(0, 10, begun), 9);
    }

    @Test
    @DisplayName(
            "what was seen beyond it is let go only as far as it was declared, and then what holds must be continued")
    void givenUp() throws IOException, InterruptedException {
        cosigns(0, 7);
        var fork = new TestLog(6);
        var forger = SigningKey.generate("ledger.example/gz", KeyType.NOTE, new SecureRandom());
        Break anothers = new Break(
                forger.publicKey(),
                6,
                TestLog.TRUE.tree().root(6),
                8,
                TestLog.TRUE.tree().root(8),
                "lost");

        for (Break undeclared : List.of(TestLog.TRUE.begun(5, 6), fork.begun(6, 7), anothers)) {
            for (long old : List.of(0L, undeclared.holds())) {
                HttpResponse<String> answer = post(TestLog.TRUE.anew(old, 9, undeclared));
                assertThat(answer.statusCode())
                        .as("%s after %d", undeclared, old)
                        .isEqualTo(422);
            }
        }
        conflicts(TestLog.TRUE.anew(0, 9, TestLog.TRUE.begun(6, 8)), 6);
        conflicts(TestLog.TRUE.anew(0, 9, fork.begun(6, 8)), 6);
        assertThat(post(new TestLog(5).anew(6, 9, TestLog.TRUE.begun(6, 7))).statusCode())
                .isEqualTo(422);
        accepts(TestLog.TRUE.anew(6, 9, TestLog.TRUE.begun(6, 7)));
    }

    @Test
    @DisplayName(
            "of a log that was begun anew twice, the first time unseen, what was seen of the first must be continued")
    void begunAnewTwice() throws IOException, InterruptedException {
        cosigns(0, 7);
        Break first = TestLog.TRUE.begun(8, 12);
        Break second = TestLog.TRUE.begun(ANEW, 9, 11);
        var fork = new TestLog(6);

        conflicts(TestLog.TRUE.as(AGAIN, 0, 10, second, first), 7);
        refuses(fork.as(AGAIN, 7, 10, fork.begun(ANEW, 9, 11), fork.begun(8, 12)), "does not continue");
        accepts(TestLog.TRUE.as(AGAIN, 7, 10, second, first));
        conflicts(TestLog.TRUE.as(AGAIN, 0, 13, second, first), 10);
        refuses(TestLog.TRUE.as(AGAIN, 10, 13, second), "tells otherwise how this log was begun");
        refuses(TestLog.TRUE.as(AGAIN, 10, 13), "tells otherwise how this log was begun");
    }

    @Test
    @DisplayName("what was seen of the first is let go only if that beginning, though it was unseen, declared it")
    void givenUpUnseen() throws IOException, InterruptedException {
        cosigns(0, 7);
        Break second = TestLog.TRUE.begun(ANEW, 9, 11);

        refuses(TestLog.TRUE.as(AGAIN, 0, 10, second, TestLog.TRUE.begun(5, 6)), "not among");
        conflicts(TestLog.TRUE.as(AGAIN, 0, 10, second, TestLog.TRUE.begun(6, 7)), 6);
        refuses(new TestLog(5).as(AGAIN, 6, 10, second, TestLog.TRUE.begun(6, 7)), "does not continue");
        accepts(TestLog.TRUE.as(AGAIN, 6, 10, second, TestLog.TRUE.begun(6, 7)));
    }

    @Test
    @DisplayName("a log that tells of the one before it otherwise than that did is refused")
    void anotherPast() throws IOException, InterruptedException {
        cosigns(0, 7);
        Break first = TestLog.TRUE.begun(7, 12);
        accepts(TestLog.TRUE.anew(7, 9, first));
        Break second = TestLog.TRUE.begun(ANEW, 9, 11);

        refuses(TestLog.TRUE.as(AGAIN, 9, 10, second), "begun otherwise");
        refuses(TestLog.TRUE.as(AGAIN, 9, 10, second, TestLog.TRUE.begun(7, 13)), "begun otherwise");
        accepts(TestLog.TRUE.as(AGAIN, 9, 10, second, first));
    }

    @Test
    @DisplayName(
            "a second log that goes on from the same one is refused, until a person has put aside what was seen of the first")
    void rival() throws IOException, InterruptedException {
        cosigns(0, 7);
        Break begun = TestLog.TRUE.begun(7, 12);
        accepts(TestLog.TRUE.anew(7, 9, begun));
        List<Path> before = memory();

        String rival = TestLog.TRUE.as(AGAIN, 7, 8, begun);
        String words =
                refuses(rival, "goes on from the same one", ANEW.publicKey().name());
        Path ofTheOther = before.stream()
                .filter(file -> words.contains(file.getFileName().toString()))
                .findFirst()
                .orElseThrow();
        Files.move(ofTheOther, directory.resolve("put-aside"));
        accepts(rival);
        refuses(TestLog.TRUE.anew(7, 9, begun), AGAIN.publicKey().name());
    }

    private List<Path> memory() throws IOException {
        try (var files = Files.list(directory)) {
            return files.filter(file -> file.toString().endsWith(".checkpoint")).toList();
        }
    }

    private String refuses(String request, String... words) throws IOException, InterruptedException {
        HttpResponse<String> answer = post(request);
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(422);
        assertThat(answer.body()).contains(words);
        return answer.body();
    }

    @Test
    @DisplayName("it remembers after a restart")
    void remembers() throws IOException, InterruptedException {
        cosigns(0, 7);
        server.close();
        start();
        conflicts(TestLog.TRUE.request(0, 9), 7);
        cosigns(7, 9);
    }

    @Test
    @DisplayName(
            "a memory that was damaged is not believed: it is said which file it is, and with a kept checkpoint it goes on")
    void damagedMemory() throws IOException, InterruptedException {
        cosigns(0, 5);
        cosigns(5, 7);
        Path file = memory().getFirst();
        String kept = Files.readString(file);
        for (String damaged : List.of(kept.replace("\n7\n", "\n5\n"), kept.substring(0, 30), "", "x" + kept)) {
            Files.writeString(file, damaged);
            HttpResponse<String> answer = post(TestLog.TRUE.request(5, 9));
            assertThat(answer.statusCode()).isEqualTo(500);
            assertThat(answer.body()).contains("is damaged");
            server.close();
            assertThatThrownBy(this::start)
                    .isInstanceOf(DamagedMemory.class)
                    .hasMessageContainingAll(file.toAbsolutePath().toString(), "from a backup", "put the file aside");
            Files.writeString(file, kept);
            start();
        }
        cosigns(7, 9);
    }

    @Test
    @DisplayName(
            "a memory of the log that another key has signed is said to be one at the start, and the directory is free again")
    void memoryOfAnotherKey() throws IOException, InterruptedException {
        cosigns(0, 7);
        server.close();
        var another = SigningKey.generate("ledger.example/gz", KeyType.NOTE, new SecureRandom());
        assertThatThrownBy(() -> new Witness(directory, KEY, List.of(another.publicKey()), () -> NOW))
                .isInstanceOf(DamagedMemory.class)
                .hasMessageContainingAll(
                        "not signed with the key", another.publicKey().text());
        start();
        cosigns(7, 9);
    }

    @Test
    @DisplayName("a log that it does not know is not found, and a checkpoint that the log has not signed is forbidden")
    void strangers() throws IOException, InterruptedException {
        var other = SigningKey.generate("ledger.example/sz", KeyType.NOTE, new SecureRandom());
        var forger = SigningKey.generate("ledger.example/gz", KeyType.NOTE, new SecureRandom());
        Hash root = TestLog.TRUE.tree().root(3);
        var theirs = other.sign(new Checkpoint("ledger.example/sz", 3, root).unsigned());
        var forged = forger.sign(new Checkpoint("ledger.example/gz", 3, root).unsigned());

        assertThat(post(new AddCheckpoint(0, List.of(), theirs).written()).statusCode())
                .isEqualTo(404);
        assertThat(post(new AddCheckpoint(0, List.of(), forged).written()).statusCode())
                .isEqualTo(403);
        String good = TestLog.TRUE.request(0, 3);
        assertThat(post(good.replace("\n3\n", "\n4\n")).statusCode()).isEqualTo(403);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "old",
                "old x\n\n",
                "old 01\n\n",
                "old -1\n\n",
                "old 0\nnot base64\n\n",
                "old 0\n\nnothing signed\n",
                "old 0\n\nledger.example/gz\n3\n\n— x AAAAAAAA\n"
            })
    @DisplayName("what is no request is malformed")
    void malformed(String body) throws IOException, InterruptedException {
        assertThat(post(body).statusCode()).isEqualTo(400);
    }

    @Test
    @DisplayName(
            "an old size above the checkpoint's is malformed, as is a proof that no tree needs; too much is too large")
    void limits() throws IOException, InterruptedException {
        assertThat(post(new AddCheckpoint(8, List.of(), TestLog.TRUE.checkpoint(7)).written())
                        .statusCode())
                .isEqualTo(400);
        var proof = new ArrayList<Hash>();
        for (int i = 0; i < 64; i++) {
            proof.add(Hash.ofLeaf(new byte[] {1}));
        }
        assertThat(post(new AddCheckpoint(0, proof, TestLog.TRUE.checkpoint(7)).written())
                        .statusCode())
                .isEqualTo(400);
        assertThat(post(new AddCheckpoint(0, proof.subList(0, 63), TestLog.TRUE.checkpoint(7)).written())
                        .statusCode())
                .isEqualTo(422);
        assertThat(post("x".repeat(65 * 1024)).statusCode()).isEqualTo(413);
    }

    @Test
    @DisplayName("two keys for one log are a mistake")
    void twoKeys() {
        var again = SigningKey.generate("ledger.example/gz", KeyType.NOTE, new SecureRandom());
        assertThatThrownBy(() -> new Witness(directory, KEY, List.of(LOG.publicKey(), again.publicKey()), () -> NOW))
                .isInstanceOf(IllegalStateException.class);
    }

    @Test
    @DisplayName("of two witnesses on one directory the second is refused, and may work there when the first has gone")
    void oneOnADirectory() throws IOException, InterruptedException {
        assertThatThrownBy(() -> new Witness(directory, KEY, List.of(LOG.publicKey()), () -> NOW))
                .isInstanceOf(AnotherWitness.class)
                .hasMessageContaining("Another witness works on");
        cosigns(0, 7);
        server.close();
        start();
        cosigns(7, 8);
    }

    @Test
    @DisplayName("what was cosigned is on the disk before the cosignature is answered")
    void powerCut() throws IOException {
        var disk = new PowerCut(directory);
        Path memory = directory.resolve("memory");
        try (var witness = new Witness(memory, KEY, List.of(LOG.publicKey()), () -> NOW, disk)) {
            assertThat(witness.add(TestLog.TRUE.request(0, 7).getBytes(StandardCharsets.UTF_8)))
                    .isInstanceOf(Witness.Answer.Cosigned.class);
            try (var files = Files.list(memory)) {
                for (Path kept : files.filter(file -> file.toString().endsWith(".checkpoint"))
                        .toList()) {
                    disk.assertKept(kept);
                }
            }
            assertThat(witness.add(TestLog.TRUE.request(0, 7).getBytes(StandardCharsets.UTF_8)))
                    .isEqualTo(new Witness.Answer.Conflict(7));
        }
    }
}
