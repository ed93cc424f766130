package org.voucherledger.api.seal;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.springframework.http.CacheControl;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.security.access.prepost.PreAuthorize;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import org.voucherledger.api.query.NotThere;
import org.voucherledger.api.query.Readers;
import org.voucherledger.domain.command.Field;
import org.voucherledger.domain.command.Malformed;
import org.voucherledger.projections.sealedlog.Hash;

/**
 * The sealed log, as C2SP {@code tlog-tiles}, {@code tlog-checkpoint} and {@code tlog-proof} have it. The newest checkpoint is for
 * everybody: the more keep it, the less can be rewritten.
 */
@RestController
@Tag(name = "Sealed log")
class LogEndpoint {

    private static final String TEXT = "text/plain;charset=utf-8";
    private static final int USUAL = 50;
    private static final int MOST = 500;
    /** A year: what is complete never changes. */
    private static final Duration FOR_EVER = Duration.ofDays(365);

    private final SealedLog log;

    LogEndpoint(SealedLog log) {
        this.log = log;
    }

    /** @param next the cursor of the following page, or {@code null} */
    record Checkpoints(List<SealedLog.Listed> items, String next) {}

    @Operation(summary = "The newest checkpoint, signed")
    @GetMapping(value = "/log/checkpoint", produces = TEXT)
    String checkpoint() {
        return log.newest().orElseThrow(NotThere.of("Checkpoint", "newest"));
    }

    /** @param items signed notes, in their order */
    record Breaks(List<String> items) {}

    @Operation(
            summary = "How the log was begun anew, each time that it was",
            description =
                    "Which checkpoint of the log before still holds, what is given up and why, signed with both keys.")
    @GetMapping("/log/breaks")
    Breaks breaks() {
        return new Breaks(log.breaks());
    }

    @Operation(summary = "Every checkpoint, newest first")
    @GetMapping("/log/checkpoints")
    @PreAuthorize(Readers.STAFF)
    Checkpoints checkpoints(
            @Parameter(description = "At most how many, 1 to 500; 50 unless given") @RequestParam(required = false)
                    Integer limit,
            @Parameter(description = "From where on: next of the page before") @RequestParam(required = false)
                    Long cursor) {
        int most = limit == null ? USUAL : Field.between("limit", limit, 1, MOST);
        List<SealedLog.Listed> found = log.before(cursor == null ? Long.MAX_VALUE : cursor, most + 1);
        boolean more = found.size() > most;
        List<SealedLog.Listed> items = more ? found.subList(0, most) : found;
        return new Checkpoints(items, more ? String.valueOf(items.getLast().size()) : null);
    }

    @Operation(
            summary = "The proof that an event or a refusal is in the log",
            description = "As C2SP tlog-proof, against the newest checkpoint or the one of the size that is given.")
    @GetMapping(value = "/log/proof", produces = TEXT)
    @PreAuthorize(Readers.STAFF)
    String proof(
            @Parameter(description = "Of the event at this position") @RequestParam(required = false) Long position,
            @Parameter(description = "Of the refusal with this number") @RequestParam(required = false) Long refusal,
            @Parameter(description = "Of the refused upload with this number") @RequestParam(required = false)
                    Long upload,
            @Parameter(description = "Of the leaf with this index") @RequestParam(required = false) Long leaf,
            @Parameter(description = "In the tree of the checkpoint with so many leaves")
                    @RequestParam(required = false)
                    Long size) {
        if (Stream.of(position, refusal, upload, leaf).filter(Objects::nonNull).count() != 1) {
            throw new Malformed("leaf", "must be given, or position, refusal or upload: one of the four");
        }
        SealedLog.Listed checkpoint = size == null ? newest() : checkpointOf(size);
        long index = leaf != null ? leaf : leafOf(position, refusal, upload);
        if (index < 0 || index >= checkpoint.size()) {
            throw NotThere.of("Leaf", "leaf " + index + " of " + checkpoint.size())
                    .get();
        }
        return log.inclusion(index, checkpoint).written();
    }

    @Operation(
            summary = "The proof that one checkpoint continues another",
            description = "One hash of RFC 6962's consistency proof in a line, as base64.")
    @GetMapping(value = "/log/consistency", produces = TEXT)
    @PreAuthorize(Readers.STAFF)
    String consistency(
            @Parameter(description = "The size of the older checkpoint") @RequestParam long from,
            @Parameter(description = "The size of the newer; the newest if not given") @RequestParam(required = false)
                    Long to) {
        long newer = to == null ? newest().size() : to;
        if (from > newer) {
            throw new Malformed("from", "must not be above to");
        }
        checkpointOf(from);
        checkpointOf(newer);
        return log.consistency(from, newer).stream()
                .map(Hash::base64)
                .map(line -> line + "\n")
                .collect(Collectors.joining());
    }

    @Operation(
            summary = "A tile of the tree",
            description =
                    "As C2SP tlog-tiles: level, index in groups of three digits, and .p/ with the width of a partial tile.")
    @GetMapping(value = "/log/tile/{level}/{*path}", produces = MediaType.APPLICATION_OCTET_STREAM_VALUE)
    @PreAuthorize(Readers.STAFF)
    ResponseEntity<byte[]> tile(@PathVariable int level, @PathVariable String path) {
        TilePath asked = TilePath.of(level, path).orElseThrow(NotThere.of("Tile", level + path));
        return bytes(
                asked, log.tile(level, asked.index(), asked.width()).orElseThrow(NotThere.of("Tile", level + path)));
    }

    @Operation(
            summary = "The leaves of a tile of the tree",
            description =
                    "As C2SP tlog-tiles: an entry bundle, in which each leaf stands behind its length in two bytes. A bundle in"
                            + " which a leaf is longer than 65,535 bytes cannot be had, nor one in which a leaf is not what was sealed.")
    @GetMapping(value = "/log/tile/entries/{*path}", produces = MediaType.APPLICATION_OCTET_STREAM_VALUE)
    @PreAuthorize(Readers.STAFF)
    ResponseEntity<byte[]> entries(@PathVariable String path) {
        var none = NotThere.of("Tile", "entries" + path);
        TilePath asked = TilePath.of(0, path).orElseThrow(none);
        return bytes(asked, log.entries(asked.index(), asked.width()).orElseThrow(none));
    }

    private static ResponseEntity<byte[]> bytes(TilePath asked, byte[] bytes) {
        return ResponseEntity.ok()
                .contentType(MediaType.APPLICATION_OCTET_STREAM)
                .cacheControl(
                        asked.isComplete()
                                ? CacheControl.maxAge(FOR_EVER).cachePrivate().immutable()
                                : CacheControl.noStore())
                .body(bytes);
    }

    private SealedLog.Listed newest() {
        return log.before(Long.MAX_VALUE, 1).stream().findFirst().orElseThrow(NotThere.of("Checkpoint", "newest"));
    }

    private SealedLog.Listed checkpointOf(long size) {
        return log.checkpoint(size).orElseThrow(NotThere.of("Checkpoint", String.valueOf(size)));
    }

    private long leafOf(Long position, Long refusal, Long upload) {
        if (position != null) {
            return log.leafOfEvent(position).orElseThrow(NotThere.of("Leaf", "position " + position));
        }
        return refusal != null
                ? log.leafOfRefusal(refusal).orElseThrow(NotThere.of("Leaf", "refusal " + refusal))
                : log.leafOfUpload(upload).orElseThrow(NotThere.of("Leaf", "upload " + upload));
    }
}
