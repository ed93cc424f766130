package org.voucherledger.api.documents;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.voucherledger.api.disk.Disk;

/** What both stores do alike: a directory, and a service that speaks S3. */
class DocumentStoreTest {

    @TempDir
    private static Path directory;

    private static FakeS3 s3;

    @BeforeAll
    static void start() throws IOException {
        s3 = new FakeS3("papers", "ledger", "very-secret");
    }

    @AfterAll
    static void stop() {
        s3.close();
    }

    static Stream<DocumentStore> stores() throws IOException {
        return Stream.of(
                new DirectoryStore(directory.resolve("store"), new Disk()),
                S3Store.at(s3.url(), "", "papers", "ledger", "very-secret"));
    }

    private static Path file(byte[] content) throws IOException {
        return Files.write(Files.createTempFile(directory, "in-", ".part"), content);
    }

    @ParameterizedTest
    @MethodSource("stores")
    @DisplayName("What was kept is read as it was, again and again, until it is removed")
    void round_trip(DocumentStore store) throws IOException {
        byte[] content = new byte[300_000];
        new Random(1).nextBytes(content);
        String sha256 = TestPapers.sha256(content);

        store.keep(sha256, file(content));
        store.keep(sha256, file(content));

        assertThat(store.read(sha256)).isEqualTo(content);
        assertThat(store.read(sha256)).isEqualTo(content);
        store.remove(sha256);
        store.remove(sha256);
        assertThatThrownBy(() -> store.read(sha256)).isInstanceOf(IOException.class);
        store.keep(sha256, file(content));
        assertThat(store.read(sha256)).isEqualTo(content);
    }

    @ParameterizedTest
    @MethodSource("stores")
    @DisplayName("Many who keep the same content at once all keep it")
    void at_once(DocumentStore store) throws Exception {
        byte[] content = "the same".getBytes(UTF_8);
        String sha256 = TestPapers.sha256(content);
        var tasks = new ArrayList<Callable<Void>>();
        for (int i = 0; i < 32; i++) {
            tasks.add(() -> {
                store.keep(sha256, file(content));
                assertThat(store.read(sha256)).isEqualTo(content);
                return null;
            });
        }
        try (var threads = Executors.newFixedThreadPool(8)) {
            for (var done : threads.invokeAll(tasks)) {
                done.get();
            }
        }
    }

    @Test
    @DisplayName("A store that cannot be reached, or refuses, keeps nothing and says so")
    void refused() throws IOException {
        Path file = file(new byte[] {1});
        assertThatThrownBy(() ->
                        S3Store.at(s3.url(), "", "papers", "ledger", "wrong").keep("0".repeat(64), file))
                .isInstanceOf(IOException.class);
        assertThatThrownBy(() -> S3Store.at(s3.url(), "", "elsewhere", "ledger", "very-secret")
                        .keep("0".repeat(64), file))
                .isInstanceOf(IOException.class);
        assertThatThrownBy(() -> S3Store.at("http://localhost:1", "", "papers", "ledger", "very-secret")
                        .keep("0".repeat(64), file))
                .isInstanceOf(IOException.class);
        assertThatThrownBy(() -> S3Store.at("", "", "", "", "")).hasMessageContaining("ledger.documents.s3.endpoint");
    }
}
