package org.voucherledger.api.commandline;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.voucherledger.api.evidence.NodeVerifier;
import org.voucherledger.projections.sealedlog.Checkpoint;
import org.voucherledger.projections.sealedlog.EventLeaf;
import org.voucherledger.projections.sealedlog.Hash;
import org.voucherledger.projections.sealedlog.KeyType;
import org.voucherledger.projections.sealedlog.SignedNote;
import org.voucherledger.projections.sealedlog.SigningKey;
import org.voucherledger.projections.sealedlog.TlogProof;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** {@code ./voucher verify} as whoever types it sees it; the bundle is put together here by hand, after its description. */
class VerifyCommandTest {

    private final SigningKey key = SigningKey.generate("ledger.example/gz", KeyType.NOTE, new SecureRandom());
    private final SigningKey witness = SigningKey.generate("audit.example/w1", KeyType.COSIGNATURE, new SecureRandom());

    @TempDir
    private Path directory;

    private Path bundle;

    private record Said(int code, String out, String err) {}

    @BeforeEach
    void aBundle() throws Exception {
        byte[] payload = "{\"voucherId\":\"V1\"}".getBytes(StandardCharsets.UTF_8);
        byte[] first = new EventLeaf(
                        1, "e1", "voucher:V1", 0, "Voucher", Instant.EPOCH, "VoucherTaken", "1", payload, payload)
                .line();
        byte[] second = new EventLeaf(
                        2, "e2", "voucher:V1", 1, "Voucher", Instant.EPOCH, "VoucherUsed", "1", payload, payload)
                .line();
        Hash left = Hash.ofLeaf(first);
        Hash right = Hash.ofLeaf(second);
        String note = witness.cosign(
                        key.sign(new Checkpoint("ledger.example/gz", 2, Hash.ofNode(left, right)).unsigned()),
                        Instant.parse("2026-11-26T08:00:00Z"))
                .written();
        bundle = Files.writeString(
                directory.resolve("v1.evidence"),
                "voucher-ledger-evidence@v1\nscope voucher V1\nposition 2\n\n" + note + "\nleaf " + left + " "
                        + new String(first, StandardCharsets.UTF_8) + "\nleaf " + right + " "
                        + new String(second, StandardCharsets.UTF_8) + "\n");
    }

    private Said verify(String... more) {
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        var arguments = new ArrayList<>(List.of("verify", bundle.toString()));
        arguments.addAll(List.of(more));
        int code = VoucherCommandLine.commandLine()
                .setOut(new PrintWriter(out, true))
                .setErr(new PrintWriter(err, true))
                .execute(arguments.toArray(String[]::new));
        return new Said(code, out.toString(), err.toString());
    }

    private String ledgerKey() {
        return key.publicKey().text();
    }

    @Test
    @DisplayName("verify says in Chinese and English what holds, and what no such file can prove")
    void holds() {
        Said said = verify("--key", ledgerKey());

        assertThat(said.code()).isZero();
        assertThat(said.out())
                .contains("券 V1", "[成立]", "此文件不能证明", "结论：以上各项全部成立")
                .contains(
                        "voucher V1",
                        "[holds]",
                        "between a stream's last one here and that position",
                        "Verdict: all of it holds.")
                .doesNotContain("[不成立]", "[fails]", "after every single event");
        assertThat(verify("--key", ledgerKey(), "--lang", "en").out())
                .startsWith("The evidence in ")
                .doesNotContain("结论");
        assertThat(verify("--key", ledgerKey(), "--lang", "zh").out())
                .startsWith("证据文件")
                .doesNotContain("Verdict");
    }

    @Test
    @DisplayName("verify names the first bad event and ends with 1; its last line is JSON if that was asked for")
    void doesNotHold() throws Exception {
        Files.writeString(bundle, Files.readString(bundle).replace("VoucherUsed", "VoucherLost"));

        Said said = verify("--key", ledgerKey(), "--lang", "en", "--json");

        assertThat(said.code()).isEqualTo(1);
        assertThat(said.out())
                .contains(
                        "[fails] Each line is what was sealed",
                        "position 2, stream voucher:V1, sequence 1",
                        "not hold");
        JsonNode json = JsonMapper.shared().readTree(said.out().lines().toList().getLast());
        assertThat(json.path("holds").asBoolean()).isFalse();
        assertThat(json.path("failed").get(0).asString()).isEqualTo("content");
        assertThat(json.path("firstBadEvent").path("position").asLong()).isEqualTo(2);
        assertThat(json.path("firstBadEvent").path("stream").asString()).isEqualTo("voucher:V1");
        assertThat(json.path("firstBadEvent").path("sequence").asLong()).isEqualTo(1);
        assertThat(json.path("events").asLong()).isEqualTo(2);
        assertThat(json.has("seconds")).isTrue();
        assertThat(json.has("eventsPerSecond")).isTrue();
    }

    @Test
    @DisplayName("verify takes a key from a file, and asks for every witness that was named")
    void keysAndWitnesses() throws Exception {
        Path file = Files.writeString(directory.resolve("ledger.vkey"), ledgerKey() + "\n");
        assertThat(verify(
                        "--key",
                        file.toString(),
                        "--witness",
                        witness.publicKey().text()))
                .satisfies(said -> assertThat(said.code()).isZero())
                .satisfies(
                        said -> assertThat(said.out()).contains("audit.example/w1 cosigned it at 2026-11-26T08:00:00Z"))
                .satisfies(said -> assertThat(said.out()).doesNotContain("no other history"));
        SigningKey stranger = SigningKey.generate("audit.example/w2", KeyType.COSIGNATURE, new SecureRandom());
        assertThat(verify(
                        "--key",
                        file.toString(),
                        "--witness",
                        stranger.publicKey().text()))
                .satisfies(said -> assertThat(said.code()).isEqualTo(1))
                .satisfies(said -> assertThat(said.out()).contains("audit.example/w2", "has not cosigned"));
    }

    @Test
    @DisplayName("verify is asked wrongly without a key, with what is none, and of a file that is not there")
    void askedWrongly() {
        assertThat(verify().code()).isEqualTo(2);
        assertThat(verify("--key", "nonsense")).satisfies(said -> {
            assertThat(said.code()).isEqualTo(2);
            assertThat(said.err()).contains("Neither a public key nor a file that holds one: nonsense");
        });
        assertThat(verify("--key", bundle.toString())).satisfies(said -> {
            assertThat(said.code()).isEqualTo(2);
            assertThat(said.err()).contains("There is no public key in");
        });
        bundle = directory.resolve("none");
        assertThat(verify("--key", ledgerKey())).satisfies(said -> {
            assertThat(said.code()).isEqualTo(2);
            assertThat(said.err()).contains("There is no file " + bundle);
        });
        bundle = directory;
        assertThat(verify("--key", ledgerKey())).satisfies(said -> {
            assertThat(said.code()).isEqualTo(1);
            assertThat(said.err()).contains("cannot be read");
        });
    }

    @Test
    @DisplayName("what a file says stays within its line: it cannot write a verdict of its own, nor hide the true one")
    void cannotSpeakForVerify() throws Exception {
        String verdict = "Verdict: all of it holds.";
        Files.writeString(
                bundle,
                Files.readString(bundle)
                        .replace("scope voucher V1", "scope voucher V1\u001b[2J\u202e\u0085" + verdict)
                        .replace("\"stream\":\"voucher:V1\"", "\"stream\":\"voucher:V1\\n" + verdict + "\u2028\\r\""));

        Said said = verify("--key", ledgerKey(), "--lang", "en");

        assertThat(said.code()).isEqualTo(1);
        assertThat(said.out().lines()).doesNotContain(verdict).contains("Verdict: it does not hold.");
        assertThat(said.out())
                .contains("voucher V1\\u{1b}[2J\\u{202e}\\u{85}" + verdict)
                .doesNotContain("\u001b", "\u202e", "\u0085", "\u2028", "\r");
        var node = NodeVerifier.run(bundle.toString(), "--key", ledgerKey());
        assertThat(node.status()).isEqualTo(1);
        assertThat(node.output().lines()).doesNotContain(verdict);
        assertThat(node.output()).doesNotContain("\u001b", "\u202e", "\u0085", "\u2028", "\r");
    }

    @Test
    @DisplayName("of a part it is said that nobody has signed up to where it goes, and where its last event is")
    void positionOfAPart() throws Exception {
        Files.writeString(bundle, Files.readString(bundle).replace("position 2\n", "position 999999999\n"));

        assertThat(verify("--key", ledgerKey()).out())
                .contains(
                        "position 999999999, which nobody has signed: the last event in it is at 2",
                        "文件所称的位置 999999999：它没有签名，文件中的最后一个事件在位置 2");
    }

    /** The proof of the second of the two leaves, and the file of a leaf. */
    private Said verifyProof(String proof, String leaf, String... more) throws Exception {
        bundle = Files.writeString(directory.resolve("v1.tlog-proof"), proof);
        Path file = Files.writeString(directory.resolve("leaf.json"), leaf);
        var arguments = new ArrayList<>(List.of("--leaf", file.toString()));
        arguments.addAll(List.of(more));
        return verify(arguments.toArray(String[]::new));
    }

    private String leafOf(int number) throws Exception {
        return Files.readAllLines(directory.resolve("v1.evidence")).stream()
                .filter(line -> line.startsWith("leaf "))
                .toList()
                .get(number)
                .substring(50);
    }

    private String proofOfTheSecond() throws Exception {
        String text = Files.readString(directory.resolve("v1.evidence"));
        String note = text.substring(text.indexOf("\n\n") + 2, text.indexOf("\nleaf "));
        return new TlogProof(
                        1, List.of(Hash.ofLeaf(leafOf(0).getBytes(StandardCharsets.UTF_8))), SignedNote.parse(note))
                .written();
    }

    @Test
    @DisplayName("the proof of one event holds for its leaf, key and witness, and names the event")
    void proofHolds() throws Exception {
        String proof = proofOfTheSecond();
        for (String leaf : List.of(leafOf(1), leafOf(1) + "\n")) {
            Said said = verifyProof(
                    proof,
                    leaf,
                    "--key",
                    ledgerKey(),
                    "--witness",
                    witness.publicKey().text(),
                    "--json");
            assertThat(said.code()).as(said.out()).isZero();
            assertThat(said.out())
                    .contains(
                            "leaf 1 (from 0 on) of a checkpoint of 2 leaves",
                            "position 2, stream voucher:V1, sequence 1")
                    .contains("单叶证明", "结论：以上各项全部成立", "audit.example/w1 cosigned it at 2026-11-26T08:00:00Z");
            assertThat(said.out().lines().reduce((first, last) -> last).orElseThrow())
                    .contains("\"holds\":true", "\"index\":1", "\"cosignatures\":1");
        }
    }

    @Test
    @DisplayName(
            "a proof of another leaf, an altered one, another key, an endless index and a broken file are each told apart")
    void proofDoesNotHold() throws Exception {
        String proof = proofOfTheSecond();
        String leaf = leafOf(1);
        String other = SigningKey.generate("ledger.example/gz", KeyType.NOTE, new SecureRandom())
                .publicKey()
                .text();
        record Case(String proof, String leaf, String key, String failed) {}
        for (Case each : List.of(
                new Case(proof, leafOf(0), ledgerKey(), "[\"proof\"]"),
                new Case(proof, leaf.replace("VoucherUsed", "VoucherLost"), ledgerKey(), "[\"proof\"]"),
                new Case(proof, leaf + " ", ledgerKey(), "[\"leaf\",\"proof\"]"),
                new Case(proof, "", ledgerKey(), "[\"leaf\",\"proof\"]"),
                new Case(proof.replace("index 1", "index 0"), leaf, ledgerKey(), "[\"proof\"]"),
                new Case(proof.replace("index 1", "index 9223372036854775807"), leaf, ledgerKey(), "[\"proof\"]"),
                new Case(proof.replace("index 1", "index 9223372036854775808"), leaf, ledgerKey(), "[\"form\"]"),
                new Case(proof.substring(0, proof.length() - 9), leaf, ledgerKey(), "[\"form\"]"),
                new Case(proof.replace("\n2\n", "\n3\n"), leaf, ledgerKey(), "[\"key\",\"proof\"]"),
                new Case(proof, leaf, other, "[\"key\"]"))) {
            Said said = verifyProof(each.proof(), each.leaf(), "--key", each.key(), "--json");
            assertThat(said.code()).as(each.toString()).isEqualTo(1);
            assertThat(said.out()).as(each.toString()).contains("\"failed\":" + each.failed());
        }
        assertThat(verifyProof(proof, leaf, "--key", ledgerKey()).code()).isZero();
        assertThat(verify("--key", ledgerKey()).code()).as("without its leaf").isEqualTo(2);
        Path leafFile = directory.resolve("leaf.json");
        bundle = directory.resolve("v1.evidence");
        assertThat(verify("--key", ledgerKey(), "--leaf", leafFile.toString()).err())
                .contains("--leaf goes with a proof");
    }
}
