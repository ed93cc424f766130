package org.voucherledger.api.seal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.voucherledger.api.commandline.VoucherCommandLine;
import org.voucherledger.api.disk.PowerCut;
import org.voucherledger.projections.sealedlog.Checkpoint;
import org.voucherledger.projections.sealedlog.Hash;
import org.voucherledger.projections.sealedlog.KeyType;
import org.voucherledger.projections.sealedlog.SigningKey;

/** What is kept outside the database is still there when the machine has lost its power. */
@ExtendWith(OutputCaptureExtension.class)
class KeptOutsideTest {

    @TempDir
    private Path base;

    private PowerCut disk;

    @BeforeEach
    void disk() throws IOException {
        disk = new PowerCut(base);
    }

    @Test
    @DisplayName("a key is on the disk, with the directories it lies in, before anything is signed with it")
    void key() throws IOException {
        Path file = base.resolve("data").resolve("keys").resolve("seal.key");

        SigningKey made = SealKey.make(file, "ledger.example/gz", KeyType.NOTE, disk);

        disk.assertKept(file);
        assertThat(SealKey.make(file, "ledger.example/gz", KeyType.NOTE, disk).publicKey())
                .isEqualTo(made.publicKey());
        disk.assertKept(file);
    }

    @ParameterizedTest(name = "{0}")
    @DisplayName("a damaged last checkpoint is said to be one: which file, what is wrong with it, and what to do")
    @CsvSource({
        "nothing, a note is a text",
        "cut off, a note is a text",
        "a digit, is false",
        "no number, not a number",
    })
    void damagedLastCheckpoint(String damage, String why, CapturedOutput output) throws IOException {
        var key = SealKey.make(base.resolve("keys").resolve("seal.key"), "ledger.example/gz", KeyType.NOTE);
        Path file = base.resolve(SealKey.LAST_CHECKPOINT);
        String good = key.sign(new Checkpoint("ledger.example/gz", 7, Hash.ofLeaf(new byte[1])).unsigned())
                .written();
        Files.writeString(
                file,
                switch (damage) {
                    case "nothing" -> "";
                    case "cut off" -> good.substring(0, good.length() - 3);
                    case "a digit" -> good.replace("\n7\n", "\n8\n");
                    default -> good.replace("\n7\n", "\nx\n");
                });

        assertThatThrownBy(() -> new LastCheckpoint(file).read(key.publicKey()))
                .isInstanceOf(SealAlarm.class)
                .hasMessageContainingAll(file.toAbsolutePath().toString(), why, "from a backup", "--checkpoint KEPT");
        if (!damage.equals("a digit")) {
            assertThat(VoucherCommandLine.run("seal", "verify", "--data", base.toString()))
                    .isEqualTo(1);
            assertThat(output.getErr()).contains(file.toAbsolutePath().toString(), why, "from a backup");
        }
    }

    @Test
    @DisplayName("the last checkpoint is on the disk whenever one has been written, the first and every later one")
    void lastCheckpoint() throws IOException {
        var key = SealKey.make(base.resolve("seal.key"), "ledger.example/gz", KeyType.NOTE);
        Path file = base.resolve("data").resolve(SealKey.LAST_CHECKPOINT);
        var last = new LastCheckpoint(file, disk);

        for (long size = 1; size <= 3; size++) {
            var checkpoint = new Checkpoint("ledger.example/gz", size, Hash.ofLeaf(new byte[] {(byte) size}));
            last.write(key.sign(checkpoint.unsigned()).written());
            disk.assertKept(file);
            assertThat(last.read(key.publicKey())).hasValue(checkpoint);
        }
    }
}
