package org.voucherledger.api.documents;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.voucherledger.api.disk.PowerCut;
import org.voucherledger.domain.command.Actor;
import org.voucherledger.domain.command.Role;

/** GZ-45, ALL-05: at whatever moment the power fails, an entered document is there and a forgotten one is not. */
class PowerCutTest {

    private static final Actor BUREAU = Actor.of("bureau-1", Role.BUREAU);
    private static final Instant NOW = Instant.parse("2020-03-01T00:00:00Z");

    @TempDir
    private Path base;

    private PowerCut disk;
    private Documents documents;
    private final List<String> told = new ArrayList<>();

    @BeforeEach
    void open() throws IOException {
        disk = new PowerCut(base);
        // Neither of them is there yet.
        var store = new DirectoryStore(base.resolve("data").resolve("documents"), disk);
        Path incoming = base.resolve("data").resolve("documents").resolve("incoming");
        Files.createDirectories(incoming);
        documents = new Documents(store, register(), new UploadRefusals(null), () -> NOW, incoming, 1_000_000);
    }

    private Path place(String sha256) {
        return base.resolve("data")
                .resolve("documents")
                .resolve(sha256.substring(0, 2))
                .resolve(sha256);
    }

    /** A register that asks at each of its entries what the disk holds. */
    private DocumentRegister register() {
        return new DocumentRegister(null) {
            @Override
            public Entry enter(Entry document, Actor by, String name, Instant at) {
                assertKept(document.sha256());
                told.add("entered");
                return document;
            }

            @Override
            public Optional<Entry> erase(String sha256, Actor by, String reason, Instant at) {
                assertThat(place(sha256)).as("the tombstone comes first").exists();
                told.add("tombstone");
                return Optional.of(new Entry(sha256, "application/pdf", 1, new Erased(at, by.id(), reason)));
            }

            @Override
            void removed(String sha256, Instant at) {
                disk.assertGone(place(sha256));
                told.add("gone");
            }
        };
    }

    private void assertKept(String sha256) {
        try {
            disk.assertKept(place(sha256));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private String take(byte[] content) throws IOException {
        return documents
                .take(new ByteArrayInputStream(content), content.length, "application/pdf", "a.pdf", BUREAU)
                .sha256();
    }

    @Test
    @DisplayName("GZ-45: bytes, name and directories of a document are on the disk before it is entered")
    void kept() throws IOException {
        byte[] content = TestPapers.pdf("power");

        take(content);
        take(content);
        take(TestPapers.pdf("power again"));

        assertThat(told).containsExactly("entered", "entered", "entered");
    }

    @Test
    @DisplayName(
            "GZ-45: what somebody else has stored, whose name may not be on the disk yet, is there before it is entered")
    void named_by_another() throws IOException {
        byte[] content = TestPapers.pdf("of another");
        String sha256 = TestPapers.sha256(content);
        Files.createDirectories(place(sha256).getParent());
        Path theirs = Files.write(base.resolve("theirs"), content);
        disk.sync(theirs);
        disk.rename(theirs, place(sha256));

        take(content);

        assertThat(told).containsExactly("entered");
    }

    @Test
    @DisplayName("ALL-05: the tombstone stands before the bytes go, and they are gone for good before that is noted")
    void erased() throws IOException {
        String sha256 = take(TestPapers.pdf("to be erased"));

        documents.erase(sha256, BUREAU, "asked for");

        assertThat(told).containsExactly("entered", "tombstone", "gone");
    }
}
