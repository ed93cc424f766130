package org.voucherledger.api.evidence;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import org.axonframework.eventhandling.DomainEventMessage;
import org.axonframework.eventhandling.TrackedEventMessage;
import org.voucherledger.api.eventstore.EventNames;
import org.voucherledger.api.eventstore.EventSerializer;
import org.voucherledger.domain.command.Stamp;
import org.voucherledger.domain.ledger.Ledger;
import org.voucherledger.projections.evidence.BundleWriter;
import org.voucherledger.projections.evidence.Scope;
import org.voucherledger.projections.evidence.SealedMoment;
import org.voucherledger.projections.sealedlog.Checkpoint;
import org.voucherledger.projections.sealedlog.EventLeaf;
import org.voucherledger.projections.sealedlog.Hash;
import org.voucherledger.projections.sealedlog.Leaf;
import org.voucherledger.projections.sealedlog.MerkleTree;
import org.voucherledger.projections.sealedlog.RefusalLeaf;
import org.voucherledger.projections.sealedlog.SignedNote;
import org.voucherledger.projections.sealedlog.SigningKey;
import org.voucherledger.projections.sealedlog.SubtreeHashes;
import org.voucherledger.projections.sealedlog.UploadRefusalLeaf;
import tools.jackson.databind.json.JsonMapper;

/** A log that was written by the domain and sealed in memory, at one of its moments. */
public final class SealedInMemory implements SealedMoment {

    /** Between so many events a refusal is invented. */
    private static final int REFUSED_EVERY = 13;
    /** A transaction that was rolled back leaves a hole in the positions. */
    private static final int HOLE_EVERY = 7;

    private final List<byte[]> lines;
    private final int until;
    private final SubtreeHashes hashes;
    private final SignedNote checkpoint;

    SealedInMemory(List<byte[]> lines, int until, String origin, UnaryOperator<SignedNote> signed) {
        this.lines = List.copyOf(lines);
        this.until = until;
        List<Hash> leaves = lines.stream().map(Hash::ofLeaf).toList();
        this.hashes = new Hashes(leaves);
        var tree = new Checkpoint(origin, lines.size(), new MerkleTree(hashes).root(lines.size()));
        this.checkpoint = signed.apply(tree.unsigned());
    }

    SealedInMemory(List<byte[]> lines, SigningKey key) {
        this(lines, lines.size(), key.publicKey().name(), key::sign);
    }

    private record Hashes(List<Hash> leaves) implements SubtreeHashes {
        @Override
        public Hash hash(int level, long index) {
            return level == 0
                    ? leaves.get((int) index)
                    : Hash.ofNode(hash(level - 1, 2 * index), hash(level - 1, 2 * index + 1));
        }
    }

    /** The leaves of what the domain recorded, with refusals between. */
    public static List<Leaf> leavesOf(List<TrackedEventMessage<?>> events) {
        var serializer = EventSerializer.of(EventNames.of(Ledger.AGGREGATES));
        var leaves = new ArrayList<Leaf>();
        long position = 0;
        long refusal = 0;
        for (TrackedEventMessage<?> tracked : events) {
            position += position % HOLE_EVERY == 0 ? 2 : 1;
            var event = (DomainEventMessage<?>) tracked;
            var payload = serializer.serialize(event.getPayload(), byte[].class);
            Instant at = Instant.parse((String) event.getMetaData().get(Stamp.RECEIVED_AT));
            leaves.add(new EventLeaf(
                    position,
                    event.getIdentifier(),
                    event.getAggregateIdentifier(),
                    event.getSequenceNumber(),
                    event.getType(),
                    at,
                    payload.getType().getName(),
                    payload.getType().getRevision(),
                    payload.getData(),
                    serializer.serialize(event.getMetaData(), byte[].class).getData()));
            if (leaves.size() % REFUSED_EVERY == 0) {
                refusal += 3;
                leaves.add(refusal(refusal, at, position));
                leaves.add(upload(refusal, at));
            }
        }
        return leaves;
    }

    /** Every other one of an upload that was not read to its end. */
    private static UploadRefusalLeaf upload(long id, Instant at) {
        boolean isRead = id % 2 == 0;
        return new UploadRefusalLeaf(
                id,
                "clerk",
                "ENTERPRISE",
                "E1",
                at,
                isRead ? "application/pdf" : null,
                isRead ? "0".repeat(64) : null,
                isRead ? 5_000L : null,
                "GZ-45",
                "DocumentTooLarge",
                "DOCUMENTS",
                "1000",
                "5000");
    }

    static RefusalLeaf refusal(long id, Instant at, long position) {
        return new RefusalLeaf(
                id,
                "经办人\u0001\"甲\"",
                "key-" + id,
                "0".repeat(64),
                "OrderVoucher",
                "ENTERPRISE",
                "E1",
                at,
                "GZ-21",
                "ProviderCapExceeded",
                "CAPS",
                "{\"rule\":\"GZ_21\", \"limit\":100}".getBytes(StandardCharsets.UTF_8),
                position);
    }

    static List<byte[]> linesOf(List<? extends Leaf> leaves) {
        return leaves.stream().map(Leaf::line).toList();
    }

    /** The bundle as text. */
    String bundle(Scope scope) {
        return bundleWithout(scope, event -> false);
    }

    @Override
    public SignedNote checkpoint() {
        return checkpoint;
    }

    @Override
    public long position() {
        return lines.subList(0, until).stream()
                .map(SealedInMemory::event)
                .mapToLong(event -> event == null ? 0 : event.position())
                .max()
                .orElse(0);
    }

    @Override
    public SubtreeHashes hashes() {
        return hashes;
    }

    @Override
    public void tell(Scope scope, Leaves leaves) throws IOException {
        Set<String> streams = scope.isWholeLedger() ? Set.of() : streamsOf(scope);
        for (int i = 0; i < until; i++) {
            EventLeaf event = scope.isWholeLedger() ? null : event(lines.get(i));
            if (scope.isWholeLedger() || event != null && streams.contains(event.stream())) {
                leaves.leaf(i, lines.get(i));
            }
        }
    }

    private Set<String> streamsOf(Scope scope) {
        var streams = new HashSet<>(Set.of(scope.stream()));
        boolean batch = scope.kind() == Scope.Kind.BATCH;
        if (batch) {
            streams.addAll(Set.of("queue:" + scope.id(), "settlement:" + scope.id()));
        }
        lines.stream().map(SealedInMemory::event).filter(e -> e != null).forEach(event -> {
            String stream = event.stream();
            if (scope.kind() == Scope.Kind.CLAIM && stream.equals(scope.stream()) && event.sequence() == 0) {
                JsonMapper.shared()
                        .readTree(event.payload())
                        .path("items")
                        .forEach(item ->
                                streams.add("voucher:" + item.path("voucherId").asString()));
            }
            boolean ofItsOwn = stream.startsWith("voucher:") || stream.startsWith("claim:");
            if (stream.startsWith("scheme:")
                    || batch
                            && ofItsOwn
                            && event.sequence() == 0
                            && new String(event.payload(), StandardCharsets.UTF_8)
                                    .contains("\"batchId\":\"" + scope.id() + "\"")) {
                streams.add(stream);
            }
        });
        return streams;
    }

    /** The bundle as somebody writes it who leaves out of it what the test names. */
    String bundleWithout(Scope scope, Predicate<EventLeaf> leftOut) {
        var all = this;
        var out = new ByteArrayOutputStream();
        var moment = new SealedMoment() {
            @Override
            public SignedNote checkpoint() {
                return checkpoint;
            }

            @Override
            public long position() {
                return all.position();
            }

            @Override
            public SubtreeHashes hashes() {
                return hashes;
            }

            @Override
            public void tell(Scope part, Leaves leaves) throws IOException {
                all.tell(part, (index, line) -> {
                    if (!leftOut.test(event(line))) {
                        leaves.leaf(index, line);
                    }
                });
            }
        };
        try {
            BundleWriter.write(out, scope, moment);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return out.toString(StandardCharsets.ISO_8859_1);
    }

    /** A forged line may be no leaf. */
    private static EventLeaf event(byte[] line) {
        try {
            return Leaf.parse(line) instanceof EventLeaf event ? event : null;
        } catch (RuntimeException forged) {
            return null;
        }
    }
}
