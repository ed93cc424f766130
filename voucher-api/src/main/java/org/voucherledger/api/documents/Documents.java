package org.voucherledger.api.documents;

import jakarta.annotation.PostConstruct;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.voucherledger.api.pipeline.LedgerClock;
import org.voucherledger.api.reads.RecordedRead;
import org.voucherledger.domain.command.Actor;
import org.voucherledger.domain.rule.Refused;

/**
 * Uploaded documents: taken in, handed out, erased.
 *
 * <p>Invariant: a document that was acknowledged is on the disk, its bytes before its entry. An erased document's entry is a
 * tombstone before its bytes go; an erasure that was interrupted is finished at the next start.
 */
final class Documents {

    private static final Logger LOG = LoggerFactory.getLogger(Documents.class);
    private static final Duration LEFT_BEHIND = Duration.ofDays(1);

    private final DocumentStore store;
    private final DocumentRegister register;
    private final UploadRefusals refusals;
    private final LedgerClock clock;
    private final Path incoming;
    private final long mostBytes;
    private final ContentJudge judge = new ContentJudge();

    /** @param incoming where a document lies until it has been judged */
    Documents(
            DocumentStore store,
            DocumentRegister register,
            UploadRefusals refusals,
            LedgerClock clock,
            Path incoming,
            long mostBytes) {
        this.store = store;
        this.register = register;
        this.refusals = refusals;
        this.clock = clock;
        this.incoming = incoming;
        this.mostBytes = mostBytes;
    }

    /** Finishes what was interrupted: erasures, and uploads nobody waits for any more. */
    @PostConstruct
    void tidy() throws IOException {
        Files.createDirectories(incoming);
        for (String sha256 : register.toBeRemoved()) {
            LOG.info("Finishing the erasure of document {}.", sha256);
            remove(sha256);
        }
        Instant since = Instant.now().minus(LEFT_BEHIND);
        try (Stream<Path> files = Files.list(incoming)) {
            for (Path file : files.toList()) {
                if (Files.getLastModifiedTime(file).toInstant().isBefore(since)) {
                    Files.deleteIfExists(file);
                }
            }
        }
    }

    /**
     * Takes a document in. A refusal is kept before it is told.
     *
     * @param announcedBytes what the sender says it is long, or -1
     * @param declared the media type that the sender gave, or {@code null}
     * @throws Refused if it is not admitted (GZ-45), or has been erased (ALL-05)
     */
    DocumentRegister.Entry take(InputStream body, long announcedBytes, String declared, String name, Actor by)
            throws IOException {
        try (Incoming document = received(body, announcedBytes, declared, name, by)) {
            return taken(document, declared, name, by);
        }
    }

    private Incoming received(InputStream body, long announcedBytes, String declared, String name, Actor by)
            throws IOException {
        try {
            return Incoming.receive(body, announcedBytes, name, incoming, mostBytes);
        } catch (Refused tooLarge) {
            refusals.keep(tooLarge.decision(), by, declared, null, clock.now());
            throw tooLarge;
        }
    }

    private DocumentRegister.Entry taken(Incoming document, String declared, String name, Actor by) throws IOException {
        try {
            String mediaType = judge.judge(document, declared);
            var entry = new DocumentRegister.Entry(document.sha256(), mediaType, document.sizeBytes(), null);
            store.keep(document.sha256(), document.file());
            try {
                return register.enter(entry, by, name, clock.now());
            } catch (Refused erased) {
                remove(document.sha256());
                throw erased;
            }
        } catch (Refused refused) {
            refusals.keep(refused.decision(), by, declared, document, clock.now());
            throw refused;
        }
    }

    /**
     * The bytes of a document that is entered; what the store holds must still be what was stored.
     *
     * @param read that whoever gets them is recorded
     */
    byte[] content(String sha256, RecordedRead read) throws IOException {
        Objects.requireNonNull(read, "a document is not handed out unrecorded");
        byte[] content = store.read(sha256);
        if (!HexFormat.of().formatHex(Incoming.sha256Digest().digest(content)).equals(sha256)) {
            throw new IOException("the document store holds something else than was stored as " + sha256);
        }
        return content;
    }

    /** Erases a document; again is no error and changes nothing. Empty if there is no such document. */
    Optional<DocumentRegister.Entry> erase(String sha256, Actor by, String reason) throws IOException {
        var erased = register.erase(sha256, by, reason, clock.now());
        if (erased.isPresent()) {
            remove(sha256);
        }
        return erased;
    }

    private void remove(String sha256) throws IOException {
        store.remove(sha256);
        register.removed(sha256, clock.now());
    }
}
