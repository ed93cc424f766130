package org.voucherledger.api.commandline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.voucherledger.api.postgres.TestPostgres;

class SeasonLedgerTest {

    private static final URI NOBODY = URI.create("http://127.0.0.1:1");

    @TempDir
    private Path data;

    @Test
    @DisplayName("A second season beside a running one is refused in a plain sentence, and the first one's data stay")
    void a_second_season() throws IOException {
        Path own = data.resolve("season");
        try (var running = TestPostgres.startIn(own)) {
            Files.createFile(own.resolve("made-by-season"));

            assertThatThrownBy(() -> SeasonLedger.find(NOBODY, data, own, line -> {}))
                    .isInstanceOf(CannotRun.class)
                    .hasMessageContaining("Another ledger is running");

            assertThat(own.resolve("postgres")).isDirectory();
            assertThat(own.resolve("ledger.lock")).exists();
            assertThat(running.port()).isPositive();
        }
    }

    @Test
    @DisplayName("A directory that no season has made is not emptied")
    void somebody_elses_directory() throws IOException {
        Files.createFile(data.resolve("letter"));

        assertThatThrownBy(() -> SeasonLedger.find(NOBODY, data.resolve("nowhere"), data, line -> {}))
                .isInstanceOf(CannotRun.class)
                .hasMessageContaining("was not made by a season");

        assertThat(data.toFile().list()).containsExactly("letter");
    }
}
