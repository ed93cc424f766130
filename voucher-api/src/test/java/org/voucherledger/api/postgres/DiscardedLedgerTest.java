package org.voucherledger.api.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DiscardedLedgerTest {

    @TempDir
    private Path data;

    private void discard() {
        DiscardedLedger.empty(data, Set.of("keep-me"), Optional.of(TestPostgres.BINARIES));
    }

    @Test
    @DisplayName("The data of a ledger that runs are not touched")
    void one_that_runs() {
        try (LedgerPostgres running = TestPostgres.startIn(data)) {
            assertThatThrownBy(this::discard)
                    .isInstanceOf(PostgresUnavailable.class)
                    .hasMessageContaining("Another ledger is running on the data directory");

            assertThat(data.resolve("postgres")).isDirectory();
            assertThat(running.port()).isPositive();
        }
    }

    @Test
    @DisplayName("A server that a killed ledger left is stopped; all is deleted but the lock and what is to be kept")
    void one_that_was_killed() throws IOException {
        TestPostgres.startIn(data).abandon();
        Path cluster = data.toRealPath().resolve("postgres");
        assertThat(RunningServer.of(cluster)).isPresent();
        Files.createFile(data.resolve("keep-me"));

        discard();

        assertThat(RunningServer.anyProcessWorksIn(cluster)).isFalse();
        assertThat(data.toFile().list()).containsExactlyInAnyOrder(DataDirectory.LOCK_FILE, "keep-me");
    }
}
