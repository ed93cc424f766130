package org.voucherledger.api.seal;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.springframework.jdbc.core.JdbcTemplate;
import org.voucherledger.api.disk.Disk;
import org.voucherledger.api.json.CanonicalJson;
import org.voucherledger.api.seal.SealVerification.Known;
import org.voucherledger.projections.sealedlog.Break;
import org.voucherledger.projections.sealedlog.Checkpoint;
import org.voucherledger.projections.sealedlog.Hash;
import org.voucherledger.projections.sealedlog.KeyType;
import org.voucherledger.projections.sealedlog.SignedNote;
import org.voucherledger.projections.sealedlog.SigningKey;
import org.voucherledger.projections.sealedlog.Unreadable;

/**
 * Begins the sealed log anew, in the open, where the database is an older copy and what was sealed after it is lost: under
 * another name and key, over the leaves that are there, with a declaration that both keys sign.
 *
 * <p>Everything that is there is verified first. If it is interrupted, it is gone on with when it is asked for again: the
 * database says which key is the log's, and until it does nothing has happened.
 */
public final class BeginAnew {

    /** Of the new key's hash, in the new log's name. */
    private static final int HASH_DIGITS = 8;

    private final Connection connection;
    private final JdbcTemplate sql;
    private final SealTables tables;
    private final Path keyFile;
    private final Path nextKey;
    private final Path lastCheckpoint;
    private final Disk disk = new Disk();

    private BeginAnew(Connection connection, Path keyFile, Path lastCheckpoint) {
        this.connection = connection;
        this.sql = SealTables.over(connection);
        this.tables = new SealTables(sql);
        this.keyFile = keyFile.toAbsolutePath();
        this.nextKey = this.keyFile.resolveSibling(keyFile.getFileName() + ".next");
        this.lastCheckpoint = lastCheckpoint.toAbsolutePath();
    }

    /**
     * Begins it anew.
     *
     * @param connection of the program's role, in auto-commit
     * @param lastCheckpoint the file beside the database
     * @param kept checkpoints of the log that ends, which were kept elsewhere; those of leaves that are still there must hold
     * @param origin of the new log, if it is not to be drawn from the old one's
     * @return the declaration, as it was signed
     * @throws SealAlarm if it may not be begun anew; then nothing has changed
     */
    public static String of(
            Connection connection,
            Path keyFile,
            Path lastCheckpoint,
            List<SignedNote> kept,
            Optional<String> origin,
            String reason,
            Instant now)
            throws SQLException {
        var anew = new BeginAnew(connection, keyFile, lastCheckpoint);
        if (!Seat.lock(anew.sql)) {
            throw new SealAlarm("A program seals this database at the moment. Stop it first.");
        }
        try {
            Optional<String> interrupted = anew.interrupted();
            String declared = interrupted.isPresent() ? interrupted.get() : anew.begin(kept, origin, reason, now);
            anew.changeFiles();
            return declared;
        } catch (IOException cannot) {
            throw new SealAlarm("The key or the last checkpoint cannot be put aside (" + cannot
                    + "). Ask for the same again when they can.");
        }
    }

    /** What was declared before a crash, if the files have not followed it yet. */
    private Optional<String> interrupted() {
        Optional<Identity> identity = tables.identity();
        return SealKey.read(nextKey)
                .filter(next -> identity.isPresent()
                        && next.publicKey().equals(identity.get().key()))
                .map(next -> identity.get().declared());
    }

    private String begin(List<SignedNote> kept, Optional<String> origin, String reason, Instant now)
            throws SQLException, IOException {
        SigningKey key = SealKey.read(keyFile)
                .orElseThrow(() -> new SealAlarm("There is no key at " + keyFile + ": put it back from a backup."));
        Optional<Identity> identity = tables.identity();
        if (identity.isPresent() && !identity.get().key().equals(key.publicKey())) {
            throw new SealAlarm("This ledger was sealed with the key "
                    + identity.get().key().text() + ", and the one at " + keyFile + " is "
                    + key.publicKey().text() + ". Put the right one back.");
        }
        Optional<Sealed> last = tables.last();
        long holds = last.map(Sealed::size).orElse(0L);
        List<SignedNote> shown = shown(kept, key);
        Checkpoint givenUp = newest(shown, key);
        if (givenUp.size() <= holds) {
            throw new SealAlarm(
                    "Nothing is lost: the database has " + holds + " sealed leaves, and the newest checkpoint"
                            + " that is known has " + givenUp.size() + ". There is nothing to be begun anew.");
        }
        insistThatTheRestHolds(key, shown, holds);
        var breaks = new ArrayList<Break>();
        try {
            breaks.add(new Break(
                    key.publicKey(),
                    holds,
                    last.map(Sealed::root).orElse(Hash.OF_NOTHING),
                    givenUp.size(),
                    givenUp.root(),
                    reason.strip()));
            // Whoever missed the beginning of the log that ends hears of it from the one that begins.
            identity.map(Identity::begun).ifPresent(breaks::addAll);
        } catch (Unreadable noReason) {
            throw new SealAlarm("It cannot be said so: " + noReason.getMessage() + ".");
        }
        // One that is there is of an attempt that came to nothing.
        disk.remove(nextKey);
        SigningKey fresh = SealKey.keep(nextKey, fresh(key.publicKey().name(), origin), disk);
        Declared declared = Declared.sign(key, fresh, now.truncatedTo(ChronoUnit.MICROS), breaks);
        connection.setAutoCommit(false);
        if (identity.isEmpty()) {
            tables.keep(new Identity(key.publicKey().name(), key.publicKey(), null), now);
        }
        tables.keep(new Identity(fresh.publicKey().name(), fresh.publicKey(), declared.note()), now);
        connection.commit();
        connection.setAutoCommit(true);
        return declared.note();
    }

    /** Its name is drawn from the key: a copy may have lost how often the log was begun anew, and no two logs have one name. */
    private static SigningKey fresh(String ended, Optional<String> origin) {
        SigningKey drawn = SigningKey.generate(ended, KeyType.NOTE, new SecureRandom());
        String hash = CanonicalJson.sha256(drawn.publicKey().publicKey()).substring(0, HASH_DIGITS);
        return drawn.named(origin.orElseGet(
                () -> ended.replaceFirst("/anew-[0-9a-f]{" + HASH_DIGITS + "}$", "") + "/anew-" + hash));
    }

    /** Every checkpoint that anybody can show. */
    private List<SignedNote> shown(List<SignedNote> kept, SigningKey key) {
        var notes = new ArrayList<>(kept);
        new LastCheckpoint(lastCheckpoint).signed(key.publicKey()).ifPresent(notes::add);
        return notes;
    }

    /** The largest of them; each must be one of this log. */
    private Checkpoint newest(List<SignedNote> notes, SigningKey key) {
        try {
            for (SignedNote note : notes) {
                if (!note.isSignedBy(key.publicKey())) {
                    throw new Unreadable(
                            "it is not signed with " + key.publicKey().text());
                }
            }
            return notes.stream()
                    .map(Checkpoint::of)
                    .max(Comparator.comparingLong(Checkpoint::size))
                    .orElseThrow(() -> new SealAlarm("There is no " + lastCheckpoint
                            + ". Name a checkpoint that was kept: what is given up must be said."));
        } catch (Unreadable another) {
            throw new SealAlarm("A checkpoint is none of this log: " + another.getMessage() + ".");
        }
    }

    /**
     * What was changed is not made good by a new name. Whoever has the key can make the database agree with itself, but not with
     * what others have kept of the leaves that it still has.
     */
    private void insistThatTheRestHolds(SigningKey key, List<SignedNote> shown, long holds) throws SQLException {
        List<SignedNote> ofTheRest = shown.stream()
                .filter(note -> Checkpoint.of(note).size() <= holds)
                .toList();
        connection.setAutoCommit(false);
        SealReport report = SealVerification.verify(connection, new Known(Optional.of(key.publicKey()), ofTheRest));
        connection.rollback();
        connection.setAutoCommit(true);
        if (!report.holds()) {
            throw new SealAlarm("The database is not only an older copy, it was changed: "
                    + report.findings().getFirst().words() + ". ./voucher seal verify tells all of it.");
        }
    }

    /**
     * Each step only where it has not been done. The old key and its last checkpoint get a second name each, which no file had, before
     * they lose the first: a copy may hold files of a log that its database knows nothing of.
     */
    private void changeFiles() throws IOException {
        if (Files.notExists(nextKey)) {
            return;
        }
        int number = 1;
        while (isAnothers(keyFile, number) || isAnothers(lastCheckpoint, number)) {
            number++;
        }
        keep(keyFile, number);
        keep(lastCheckpoint, number);
        disk.remove(lastCheckpoint);
        disk.sync(lastCheckpoint.getParent());
        disk.rename(nextKey, keyFile);
        disk.sync(keyFile.getParent());
    }

    private static Path ended(Path file, int number) {
        return file.resolveSibling(file.getFileName() + ".ended-" + number);
    }

    /** Is that name taken, and not by this very file, before a crash? */
    private static boolean isAnothers(Path file, int number) throws IOException {
        Path name = ended(file, number);
        return Files.exists(file) && Files.exists(name) && !Files.isSameFile(file, name);
    }

    private void keep(Path file, int number) throws IOException {
        if (Files.exists(file) && Files.notExists(ended(file, number))) {
            disk.link(file, ended(file, number));
        }
        // Also where it was done before a crash: it may not be on the disk.
        disk.sync(file.getParent());
    }
}
