package org.voucherledger.api.seal;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.voucherledger.api.disk.PowerCut;
import org.voucherledger.projections.sealedlog.Checkpoint;
import org.voucherledger.projections.sealedlog.Hash;
import org.voucherledger.projections.sealedlog.KeyType;
import org.voucherledger.projections.sealedlog.SigningKey;

/** What is kept outside the database is still there when the machine has lost its power. */
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
