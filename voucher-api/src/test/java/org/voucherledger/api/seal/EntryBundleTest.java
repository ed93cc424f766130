package org.voucherledger.api.seal;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.voucherledger.projections.sealedlog.EventLeaf;
import org.voucherledger.projections.sealedlog.Hash;
import org.voucherledger.projections.sealedlog.Leaf;
import org.voucherledger.projections.sealedlog.Tiles;

/** Entry bundles of a sealed database, read as C2SP tlog-tiles writes them. */
class EntryBundleTest {

    @TempDir
    private Path directory;

    private SealedDatabase database;
    private SealedLog log;

    @BeforeEach
    void database() {
        database = new SealedDatabase(directory);
        log = new SealedLog(database.program, new JdbcTransactionManager(database.program));
    }

    @AfterEach
    void close() {
        database.close();
    }

    private static List<byte[]> entries(byte[] bundle) throws IOException {
        var entries = new ArrayList<byte[]>();
        var in = new DataInputStream(new ByteArrayInputStream(bundle));
        while (in.available() > 0) {
            entries.add(in.readNBytes(in.readUnsignedShort()));
        }
        return entries;
    }

    @Test
    @DisplayName(
            "every leaf stands in its bundle, whatever it is of and however it was sealed, and hashes to what the tile says")
    void everyLeaf() throws SQLException, IOException {
        for (int i = 0; i < 4; i++) {
            database.append("V" + i, 130);
            for (int refused = 0; refused < 20; refused++) {
                database.refuse();
                database.accept();
                database.refuseUpload();
            }
            database.seal(i % 2 == 0 ? 10_000 : 7);
        }
        List<Hash> leaves = database.leavesOfTheRuns();
        assertThat(leaves).hasSize(680);
        for (int index = 0; index < 3; index++) {
            for (int width : List.of(1, 2, 100, 167, 168, 255, 256)) {
                boolean isThere = index * Tiles.WIDTH + width <= leaves.size();
                assertThat(log.entries(index, width).isPresent()).isEqualTo(isThere);
                if (isThere) {
                    assertThat(entries(log.entries(index, width).orElseThrow()))
                            .extracting(Hash::ofLeaf)
                            .isEqualTo(leaves.subList(index * Tiles.WIDTH, index * Tiles.WIDTH + width));
                }
            }
        }
        assertThat(log.entries(1L << 40, 1)).isEmpty();
    }

    @ParameterizedTest(name = "{0} bytes")
    @DisplayName("a leaf of 65,535 bytes fits, one of 65,536 does not, and is still in the log")
    @CsvSource({"65535, true", "65536, false"})
    void longest(int bytes, boolean fits) throws SQLException, IOException {
        database.append("V1", 2);
        EventLeaf leaf = database.sql.queryForObject(
                "select " + LeafRows.EVENT_COLUMNS + " from ledger.domain_event where global_index = 1",
                (row, n) -> LeafRows.event(row));
        int more = bytes - leaf.line().length - ",\"x\":\"\"".length();
        database.sql.update(
                "update ledger.domain_event set meta_data = ? where global_index = 1",
                new String(leaf.metadata(), StandardCharsets.UTF_8)
                        .replaceFirst("}$", ",\"x\":\"" + "y".repeat(more) + "\"}")
                        .getBytes(StandardCharsets.UTF_8));
        database.seal(100);

        assertThat(log.entries(0, 2).isPresent()).isEqualTo(fits);
        if (fits) {
            List<byte[]> entries = entries(log.entries(0, 2).orElseThrow());
            assertThat(entries.getFirst()).hasSize(bytes);
            assertThat(((EventLeaf) Leaf.parse(entries.getLast())).position()).isEqualTo(2);
        }
    }

    @Test
    @DisplayName("a row that is not what was sealed, or is gone, is never given out in the place of what was")
    void changed() throws SQLException {
        database.append("V1", 10);
        database.seal(100);
        database.sql.update("update ledger.domain_event set recorded_at = now() where global_index = 7");
        assertThat(log.entries(0, 6)).isPresent();
        assertThat(log.entries(0, 7)).isEmpty();
        database.sql.update("delete from ledger.domain_event where global_index = 3");
        assertThat(log.entries(0, 2)).isPresent();
        assertThat(log.entries(0, 3)).isEmpty();
    }
}
