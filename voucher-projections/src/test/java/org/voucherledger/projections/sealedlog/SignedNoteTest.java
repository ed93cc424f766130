package org.voucherledger.projections.sealedlog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Signed notes, checkpoints, cosignatures and proofs against what others have published. */
class SignedNoteTest {

    private static final String PETER = "PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW";
    private static final String PETERS_SECRET =
            "PRIVATE+KEY+PeterNeumann+c74f20a3+AYEKFALVFGyNhPJEMzD1QIDr+Y7hfZx09iUvxdXHKDFz";
    private static final String ENOCH = "EnochRoot+af0cfe78+ATtqJ7zOtqQtYqOo0CpvDXNlMhV3HeJDpjrASKGLWdop";

    private static final String TEXT = """
            If you think cryptography is the answer to your problem,
            then you don't know what your problem is.
            """;
    private static final String PETERS_LINE =
            "— PeterNeumann x08go/ZJkuBS9UG/SffcvIAQxVBtiFupLLr8pAcElZInNIuGUgYN1FFYC2pZSNXgKvqfqdngotpRZb6KE6RyyBwJnAM=\n";
    private static final String ENOCHS_LINE =
            "— EnochRoot rwz+eBzmZa0SO3NbfRGzPCpDckykFXSdeX+MNtCOXm2/5n2tiOHp+vAF1aGrQ5ovTG01oOTGwnWLox33WWd1RvMc+QQ=\n";

    /** The checkpoint with a cosignature that the specification shows. */
    private static final String PUBLISHED_CHECKPOINT = """
            example.com/behind-the-sofa
            20852163
            CsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=

            — example.com/behind-the-sofa Az3grlgtzPICa5OS8npVmf1Myq/5IZniMp+ZJurmRDeOoRDe4URYN7u5/Zhcyv2q1gGzGku9nTo+zyWE+xeMcTOAYQ8=
            — witness.example.com/w1 jWbPPwAAAABkGFDLEZMHwSRaJNiIDoe9DYn/zXcrtPHeolMI5OWXEhZCB9dlrDJsX3b2oyin1nPZqhf5nNo0xUe+mbIUBkBIfZ+qnA==
            """;

    @Test
    @DisplayName("signed-note: the published key signs the published text with the published signature")
    void signsAsPublished() {
        SigningKey peter = SigningKey.parse(PETERS_SECRET);
        assertThat(peter.publicKey().text()).isEqualTo(PETER);
        assertThat(peter.secretText()).isEqualTo(PETERS_SECRET);
        assertThat(peter.toString()).doesNotContain("AYEKFAL");
        SignedNote note = peter.sign(SignedNote.unsigned(TEXT));
        assertThat(note.written()).isEqualTo(TEXT + "\n" + PETERS_LINE);
        assertThat(peter.sign(note)).as("signed again").isEqualTo(note);
    }

    @Test
    @DisplayName("signed-note: the published note of two signatures verifies under both keys, and under no other")
    void verifiesAsPublished() {
        SignedNote note = SignedNote.parse(bytes(TEXT + "\n" + PETERS_LINE + ENOCHS_LINE));
        assertThat(note.text()).isEqualTo(TEXT);
        assertThat(note.written()).isEqualTo(TEXT + "\n" + PETERS_LINE + ENOCHS_LINE);
        assertThat(note.isSignedBy(NoteKey.parse(PETER))).isTrue();
        assertThat(note.isSignedBy(NoteKey.parse(ENOCH))).isTrue();
        SigningKey other = SigningKey.generate("PeterNeumann", KeyType.NOTE, new SecureRandom());
        assertThat(note.isSignedBy(other.publicKey())).isFalse();
    }

    @Test
    @DisplayName("signed-note: a signature under a known name and id that is false condemns the whole note")
    void falseSignature() {
        String changed = TEXT.replace("answer", "Answer");
        NoteKey peter = NoteKey.parse(PETER);
        assertThatThrownBy(() -> SignedNote.parse(changed + "\n" + PETERS_LINE).isSignedBy(peter))
                .isInstanceOf(Unreadable.class);
        String twisted = PETERS_LINE.replace("x08go/ZJ", "x08go/ZK");
        assertThatThrownBy(() ->
                        SignedNote.parse(TEXT + "\n" + PETERS_LINE + twisted).isSignedBy(peter))
                .as("although another one is right")
                .isInstanceOf(Unreadable.class);
    }

    @Test
    @DisplayName("signed-note: no part of the published key, and no key with a changed letter, is a key")
    void mangledKeys() {
        for (String key : List.of(PETER, PETERS_SECRET)) {
            for (int from = 0; from <= key.length(); from++) {
                for (int to = from + 1; to <= key.length(); to++) {
                    if (from != 0 || to != key.length()) {
                        insistThatNoKeyIs(key.substring(from, to));
                    }
                }
            }
            for (int i = 0; i < key.length(); i++) {
                var changed = new StringBuilder(key);
                changed.setCharAt(i, (char) (key.charAt(i) + 1));
                insistThatNoKeyIs(changed.toString());
            }
        }
        insistThatNoKeyIs("PeterNeumann+cc469956+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TWBADKEY==");
        insistThatNoKeyIs("PeterNeumann+173116ae+ZRpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW");
    }

    private static void insistThatNoKeyIs(String text) {
        assertThatThrownBy(() -> NoteKey.parse(text)).as(text).isInstanceOf(Unreadable.class);
        assertThatThrownBy(() -> SigningKey.parse(text)).as(text).isInstanceOf(Unreadable.class);
    }

    @ParameterizedTest
    @DisplayName("signed-note: what is not of its form is no note")
    @ValueSource(
            strings = {
                TEXT,
                TEXT + "\n",
                "\u0001" + TEXT + "\n" + PETERS_LINE,
                TEXT + "\n" + PETERS_LINE + "Unexpected line.\n",
                TEXT + "\n" + PETERS_LINE + "\r\n",
                TEXT + "\n— Bad Name x08go/ZJkuBS9UG/SffcvIAQxVBtiFupLLr8pAcElZI=\n",
                TEXT + "\n—  x08go/ZJkuBS9UG/SffcvIAQxVBtiFupLLr8pAcElZI=\n",
                TEXT + "\n— a+b x08go/ZJkuBS9UG/SffcvIAQxVBtiFupLLr8pAcElZI=\n",
                TEXT + "\n— short x08gow==\n",
                TEXT + "\n— unpadded x08go/ZJkuBS9UG/SffcvIAQxVBtiFupLLr8pAcElZI\n",
                TEXT + "\n— spare x08go/ZJkuBS9UG/SffcvIAQxVBtiFupLLr8pAcElZJ=\n",
            })
    void noNotes(String text) {
        assertThatThrownBy(() -> SignedNote.parse(text)).isInstanceOf(Unreadable.class);
    }

    @Test
    @DisplayName("signed-note: neither cut short, nor in another encoding, nor with a hundred and one signatures")
    void noNoteEither() {
        String whole = TEXT + "\n" + PETERS_LINE;
        assertThatThrownBy(() -> SignedNote.parse(whole.substring(0, whole.length() - 1)))
                .isInstanceOf(Unreadable.class);
        assertThatThrownBy(() -> SignedNote.parse(whole.getBytes(StandardCharsets.ISO_8859_1)))
                .isInstanceOf(Unreadable.class);
        assertThat(SignedNote.parse(TEXT + "\n" + ENOCHS_LINE.repeat(100)).signatures())
                .hasSize(100);
        assertThatThrownBy(() -> SignedNote.parse(TEXT + "\n" + ENOCHS_LINE.repeat(101)))
                .isInstanceOf(Unreadable.class);
    }

    @Test
    @DisplayName("tlog-checkpoint: the published checkpoint is read and written to the letter")
    void publishedCheckpoint() {
        SignedNote note = SignedNote.parse(PUBLISHED_CHECKPOINT);
        Checkpoint checkpoint = Checkpoint.of(note);
        assertThat(checkpoint.origin()).isEqualTo("example.com/behind-the-sofa");
        assertThat(checkpoint.size()).isEqualTo(20852163);
        assertThat(checkpoint.root().base64()).isEqualTo("CsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=");
        assertThat(checkpoint.unsigned().text()).isEqualTo(note.text());
        assertThat(note.written()).isEqualTo(PUBLISHED_CHECKPOINT);
        assertThat(new Checkpoint("go.sum database tree", 123456789012L, Hash.ofLeaf(bytes("hello world")))
                        .unsigned()
                        .text())
                .as("as the Go checksum database writes it")
                .isEqualTo("go.sum database tree\n123456789012\nTszzRgjTG6xce+z2AG31kAXYKBgQVtCSCE40HmuwBb0=\n");
    }

    @ParameterizedTest
    @DisplayName("tlog-checkpoint: what is not of its form is no checkpoint")
    @ValueSource(
            strings = {
                "o\n1\n",
                "\n1\nTszzRgjTG6xce+z2AG31kAXYKBgQVtCSCE40HmuwBb0=\n",
                "o\n01\nTszzRgjTG6xce+z2AG31kAXYKBgQVtCSCE40HmuwBb0=\n",
                "o\n-1\nTszzRgjTG6xce+z2AG31kAXYKBgQVtCSCE40HmuwBb0=\n",
                "o\n+1\nTszzRgjTG6xce+z2AG31kAXYKBgQVtCSCE40HmuwBb0=\n",
                "o\n0xabcdef\nTszzRgjTG6xce+z2AG31kAXYKBgQVtCSCE40HmuwBb0=\n",
                "o\n9223372036854775808\nTszzRgjTG6xce+z2AG31kAXYKBgQVtCSCE40HmuwBb0=\n",
                "o\n0\nTszzRgjTG6xce+z2AG31kAXYKBgQVtCSCE40HmuwBb0=\n",
                "o\n1\nTszzRgjTG6xce+z2AG31kAXYKBgQVtCSCE40HmuwBTOOBIG=\n",
                "o\n1\nTszzRgjTG6xce+z2AG31kAXYKBgQVtCSCE40HmuwBb0\n",
                "o\n1\nTszzRgjTG6xce+z2AG31kAXYKBgQVtCSCE40HmuwBb0=\n\nx\n",
            })
    void noCheckpoints(String text) {
        assertThatThrownBy(() -> Checkpoint.of(SignedNote.unsigned(text))).isInstanceOf(Unreadable.class);
    }

    @Test
    @DisplayName("tlog-cosignature: a witness signs the header, its time and the checkpoint, and both can be checked")
    void cosignature() {
        SigningKey log = SigningKey.generate("example.com/log", KeyType.NOTE, new SecureRandom());
        SigningKey witness = SigningKey.generate("audit.example/w1", KeyType.COSIGNATURE, new SecureRandom());
        SigningKey same = SigningKey.parse(witness.secretText());
        Instant at = Instant.parse("2023-03-20T12:25:47Z");
        SignedNote signed = log.sign(new Checkpoint("example.com/log", 1, Hash.ofLeaf(bytes("a"))).unsigned());
        SignedNote cosigned = same.cosign(signed, at);
        assertThat(cosigned.isSignedBy(log.publicKey())).isTrue();
        assertThat(cosigned.cosignedBy(witness.publicKey())).contains(new Cosignature(witness.publicKey(), at));
        assertThat(signed.cosignedBy(witness.publicKey())).isEmpty();
        assertThat(new String(Cosignature.message(at.getEpochSecond(), signed), StandardCharsets.UTF_8))
                .isEqualTo("cosignature/v1\ntime 1679315147\n" + signed.text());
        SignedNote later = witness.cosign(cosigned, at.plusSeconds(1));
        assertThat(later.signatures()).as("the earlier one is replaced").hasSize(2);
        // The eight bytes of the time stand after the key's id; a changed time is a changed message.
        byte[] twisted = cosigned.signatures().get(1).bytes().clone();
        twisted[7]++;
        SignedNote backDated = signed.with(
                new NoteSignature("audit.example/w1", witness.publicKey().id(), twisted));
        assertThatThrownBy(() -> backDated.cosignedBy(witness.publicKey())).isInstanceOf(Unreadable.class);
        assertThatThrownBy(() -> log.cosign(signed, at)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> witness.sign(signed)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    @DisplayName("tlog-proof: what is written is read back and proves its leaf, and no other leaf")
    void proof() {
        SigningKey log = SigningKey.generate("example.com/log", KeyType.NOTE, new SecureRandom());
        List<byte[]> leaves = List.of(bytes("a"), bytes("b"), bytes("c"));
        var tree = new MerkleTree((level, index) -> level == 0
                ? Hash.ofLeaf(leaves.get((int) index))
                : Hash.ofNode(Hash.ofLeaf(leaves.get(0)), Hash.ofLeaf(leaves.get(1))));
        SignedNote checkpoint = log.sign(new Checkpoint("example.com/log", 3, tree.root(3)).unsigned());
        var proof = new TlogProof(1, tree.inclusion(1, 3), checkpoint);
        assertThat(proof.written())
                .isEqualTo("c2sp.org/tlog-proof@v1\nindex 1\n"
                        + Hash.ofLeaf(bytes("a")).base64() + "\n"
                        + Hash.ofLeaf(bytes("c")).base64() + "\n\n"
                        + checkpoint.written());
        TlogProof read = TlogProof.parse(proof.written());
        assertThat(read).isEqualTo(proof);
        assertThat(read.proves(bytes("b"))).isTrue();
        assertThat(read.proves(bytes("a"))).isFalse();
        assertThat(TlogProof.parse(proof.written().replace("index 1", "extra AAAA\nindex 1")))
                .isEqualTo(proof);
        for (String broken : List.of(
                proof.written().replace("@v1", "@v2"),
                proof.written().replace("index 1", "index 01"),
                proof.written().replace("index 1\n", ""),
                proof.written().replace("index 1", "extra A\nindex 1"),
                proof.written().replace("=\n\n", "=\n"),
                "c2sp.org/tlog-proof@v1\nindex 1\n" + (Hash.OF_NOTHING.base64() + "\n").repeat(64) + "\n"
                        + checkpoint.written())) {
            assertThatThrownBy(() -> TlogProof.parse(broken)).as(broken).isInstanceOf(Unreadable.class);
        }
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
