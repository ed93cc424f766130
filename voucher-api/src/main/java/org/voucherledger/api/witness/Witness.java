package org.voucherledger.api.witness;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.InstantSource;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.voucherledger.api.disk.Disk;
import org.voucherledger.api.json.CanonicalJson;
import org.voucherledger.projections.sealedlog.Break;
import org.voucherledger.projections.sealedlog.Checkpoint;
import org.voucherledger.projections.sealedlog.Hash;
import org.voucherledger.projections.sealedlog.MerkleProof;
import org.voucherledger.projections.sealedlog.NoteKey;
import org.voucherledger.projections.sealedlog.SignedNote;
import org.voucherledger.projections.sealedlog.SigningKey;
import org.voucherledger.projections.sealedlog.Unreadable;

/**
 * Remembers the largest checkpoint of each log that it has seen, and cosigns only what continues it (C2SP {@code tlog-witness}).
 * It sees nothing else of a log.
 *
 * <p>A log that was begun anew names all those before it; what was seen of the newest of them that was seen at all is remembered of
 * the new one. So nothing is forgotten where it was away while one of them was begun and ended.
 *
 * <p>Invariant: nothing is cosigned before it is on the disk, and nothing that contradicts what was cosigned before, but
 * for what a break, in every checkpoint of the new log, declares to be given up.
 */
public final class Witness implements AutoCloseable {

    /** What is answered. */
    sealed interface Answer {
        /** @param lines the cosignature, with its newline */
        record Cosigned(String lines) implements Answer {}

        /** Its size is not what was seen last: this is. */
        record Conflict(long seen) implements Answer {}

        /** @param status 400, 403, 404 or 422 */
        record Refused(int status, String words) implements Answer {}
    }

    private static final String LOCK = "witness.lock";
    /** How the names of the files end in which checkpoints are kept. */
    private static final String CHECKPOINT = ".checkpoint";

    private static final int MALFORMED = 400;
    private static final int NOT_SIGNED = 403;
    private static final int UNKNOWN_LOG = 404;
    private static final int NOT_PROVED = 422;

    private final Path directory;
    private final SigningKey key;
    private final Map<String, NoteKey> logs;
    private final InstantSource clock;
    private final Disk disk;
    private final FileChannel lock;

    /**
     * @param directory where the checkpoints are kept, one file for each log
     * @param key of a witness, for cosignatures
     * @param logs the keys of the logs that are watched; a log's origin is its key's name
     * @throws AnotherWitness if one works on this directory already, or it cannot be used
     * @throws DamagedMemory if a checkpoint that is kept there is none, or is not signed with the log's key
     */
    public Witness(Path directory, SigningKey key, Collection<NoteKey> logs, InstantSource clock) {
        this(directory, key, logs, clock, new Disk());
    }

    Witness(Path directory, SigningKey key, Collection<NoteKey> logs, InstantSource clock, Disk disk) {
        this.directory = directory;
        this.disk = disk;
        this.key = key;
        this.logs = logs.stream().collect(Collectors.toMap(NoteKey::name, Function.identity()));
        this.clock = clock;
        this.lock = lock(directory, disk);
        try {
            memory().forEach(this::insistOn);
        } catch (RuntimeException damaged) {
            close();
            throw damaged;
        }
    }

    /** Of a log that is not watched any more nobody knows the key. */
    private void insistOn(Path file) {
        String origin = Checkpoint.of(read(file)).origin();
        if (!file.equals(file(origin))) {
            throw new DamagedMemory(file, "it is a checkpoint of another log, " + origin);
        }
        NoteKey log = logs.get(origin);
        if (log != null) {
            seenOf(log);
        }
    }

    /** Two that do not know of each other would each cosign a log of its own; the lock ends with the process, however it ends. */
    private static FileChannel lock(Path directory, Disk disk) {
        try {
            disk.makeDirectories(directory.toAbsolutePath());
            FileChannel file =
                    FileChannel.open(directory.resolve(LOCK), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
            if (isLocked(file)) {
                return file;
            }
            file.close();
            throw new AnotherWitness("Another witness works on " + directory.toAbsolutePath()
                    + ". Stop it first, or choose another directory for this one.");
        } catch (IOException e) {
            throw new AnotherWitness("The directory " + directory.toAbsolutePath() + " cannot be used (" + e + ").");
        }
    }

    private static boolean isLocked(FileChannel file) throws IOException {
        try {
            return file.tryLock() != null;
        } catch (OverlappingFileLockException heldByThisProcess) {
            return false;
        }
    }

    /** Another one may work on the directory from now on. */
    @Override
    public void close() {
        try {
            lock.close();
        } catch (IOException e) {
            throw new UncheckedIOException("the lock of " + directory + " cannot be given up", e);
        }
    }

    /** One after the other: between the look at what was seen and the writing nobody else comes. */
    synchronized Answer add(byte[] body) {
        try {
            AddCheckpoint request = AddCheckpoint.parse(body);
            Checkpoint checkpoint = Checkpoint.of(request.checkpoint());
            NoteKey log = logs.get(checkpoint.origin());
            if (log == null) {
                return new Answer.Refused(UNKNOWN_LOG, "this witness does not know the log " + checkpoint.origin());
            }
            if (!isSigned(request.checkpoint(), log)) {
                return new Answer.Refused(NOT_SIGNED, "the checkpoint is not signed with the log's key");
            }
            List<Break> begun = Break.in(checkpoint.extensions());
            if (Files.notExists(file(log.name()))) {
                return addFirst(request, checkpoint, begun);
            }
            Checkpoint seen = seenOf(log);
            return Break.in(seen.extensions()).equals(begun)
                    ? add(request, checkpoint, seen)
                    : new Answer.Refused(
                            NOT_PROVED, "it tells otherwise how this log was begun than the checkpoint seen last");
        } catch (Unreadable malformed) {
            return new Answer.Refused(MALFORMED, malformed.getMessage());
        }
    }

    /**
     * The first of a log. If it was begun anew, its tree is that of the logs that ended, so what was seen of the newest of these
     * counts; that one has counted what was seen before it.
     */
    private Answer addFirst(AddCheckpoint request, Checkpoint checkpoint, List<Break> begun) {
        Optional<String> rival = rivalOf(begun);
        if (rival.isPresent()) {
            return new Answer.Refused(NOT_PROVED, rival.get());
        }
        for (int i = 0; i < begun.size(); i++) {
            Break ended = begun.get(i);
            if (Files.exists(file(ended.ended().name()))) {
                return goOn(request, checkpoint, ended, begun.subList(i + 1, begun.size()));
            }
        }
        return add(request, checkpoint, new Checkpoint(checkpoint.origin(), 0, Hash.OF_NOTHING));
    }

    /** @param before how the log that ended had been begun */
    private Answer goOn(AddCheckpoint request, Checkpoint checkpoint, Break begun, List<Break> before) {
        Optional<Checkpoint> kept = seen(begun.ended());
        if (kept.isEmpty() || !Break.in(kept.get().extensions()).equals(before)) {
            return new Answer.Refused(
                    NOT_PROVED,
                    "the log " + begun.ended().name() + " that ended was seen with another key, or as begun otherwise");
        }
        Checkpoint seen = kept.get();
        if (seen.size() <= begun.holds()) {
            return add(request, checkpoint, seen);
        }
        if (!begun.givesUp(seen)) {
            return new Answer.Refused(
                    NOT_PROVED,
                    "the checkpoint of " + seen.size() + " leaves that was seen of the log that ended is not among"
                            + " what is declared to be given up");
        }
        // That what holds is the beginning of what was seen cannot be proved any more: the leaves between are lost.
        return add(request, checkpoint, new Checkpoint(seen.origin(), begun.holds(), begun.root()));
    }

    /**
     * A log goes on in one other. Of two that both say so, one has been lost since, or different people are shown different ones.
     *
     * @return why the new one is refused, if another was seen
     */
    private Optional<String> rivalOf(List<Break> begun) {
        for (Path file : begun.isEmpty() ? List.<Path>of() : memory()) {
            Checkpoint other = Checkpoint.of(read(file));
            boolean isBefore =
                    begun.stream().anyMatch(each -> each.ended().name().equals(other.origin()));
            boolean goesOnFromTheSame = Break.in(other.extensions()).stream()
                    .anyMatch(theirs -> begun.stream()
                            .anyMatch(each ->
                                    each.ended().name().equals(theirs.ended().name())));
            if (!isBefore && goesOnFromTheSame) {
                return Optional.of("another log that goes on from the same one was seen, " + other.origin()
                        + ": whoever runs this witness must find out which of the two holds, and if it is this one, put"
                        + " the memory of the other aside, " + file.getFileName());
            }
        }
        return Optional.empty();
    }

    /** A file for each log that was seen. */
    private List<Path> memory() {
        try (Stream<Path> files = Files.list(directory)) {
            return files.filter(file -> file.getFileName().toString().endsWith(CHECKPOINT))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Answer add(AddCheckpoint request, Checkpoint checkpoint, Checkpoint seen) {
        if (request.old() > checkpoint.size()) {
            return new Answer.Refused(MALFORMED, "the old size is above that of the checkpoint");
        }
        if (request.old() != seen.size()) {
            return new Answer.Conflict(seen.size());
        }
        if (seen.size() == checkpoint.size() && !seen.root().equals(checkpoint.root())) {
            return new Answer.Conflict(seen.size());
        }
        if (!MerkleProof.continues(seen.size(), seen.root(), checkpoint.size(), checkpoint.root(), request.proof())) {
            return new Answer.Refused(NOT_PROVED, "the checkpoint does not continue the one that was seen last");
        }
        keep(checkpoint.origin(), request.checkpoint());
        SignedNote bare = SignedNote.unsigned(request.checkpoint().text());
        String cosigned = key.cosign(bare, clock.instant()).written();
        return new Answer.Cosigned(cosigned.substring(bare.text().length() + 1));
    }

    private static boolean isSigned(SignedNote checkpoint, NoteKey log) {
        try {
            return checkpoint.isSignedBy(log);
        } catch (Unreadable forged) {
            return false;
        }
    }

    private Checkpoint seenOf(NoteKey log) {
        return seen(log)
                .orElseThrow(() -> new DamagedMemory(file(log.name()), "it is not signed with the key " + log.text()));
    }

    /** What was seen of the log last; nothing if what is kept under its name is another key's. */
    private Optional<Checkpoint> seen(NoteKey log) {
        Path file = file(log.name());
        SignedNote kept = read(file);
        try {
            return kept.isSignedBy(log) ? Optional.of(Checkpoint.of(kept)) : Optional.empty();
        } catch (Unreadable damaged) {
            throw new DamagedMemory(file, damaged.getMessage());
        }
    }

    private static SignedNote read(Path file) {
        try {
            SignedNote kept = SignedNote.parse(Files.readAllBytes(file));
            Break.in(Checkpoint.of(kept).extensions());
            return kept;
        } catch (Unreadable damaged) {
            throw new DamagedMemory(file, damaged.getMessage());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void keep(String origin, SignedNote checkpoint) {
        Path file = file(origin);
        try {
            disk.replace(file, checkpoint.written());
        } catch (IOException e) {
            throw new UncheckedIOException("the checkpoint cannot be kept in " + file, e);
        }
    }

    /** A log's origin may hold any character; its hash is a name for a file. */
    private Path file(String origin) {
        return directory.resolve(CanonicalJson.sha256(origin.getBytes(StandardCharsets.UTF_8)) + CHECKPOINT);
    }
}
