package org.voucherledger.api.seal;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.voucherledger.api.disk.Disk;
import org.voucherledger.projections.sealedlog.Checkpoint;
import org.voucherledger.projections.sealedlog.NoteKey;
import org.voucherledger.projections.sealedlog.SignedNote;
import org.voucherledger.projections.sealedlog.Unreadable;

/**
 * The newest checkpoint, kept in a file outside the database: whoever puts an older copy of the database in its place, or
 * another one, is found out at the next start.
 *
 * <p>It is written after the database has committed; a crash in between leaves it one checkpoint behind, which is no
 * contradiction.
 */
final class LastCheckpoint {

    private final Path file;
    private final Disk disk;

    LastCheckpoint(Path file) {
        this(file, new Disk());
    }

    LastCheckpoint(Path file, Disk disk) {
        this.file = file;
        this.disk = disk;
    }

    /**
     * What the file says.
     *
     * @throws SealAlarm if it is no checkpoint that this key has signed
     */
    Optional<Checkpoint> read(NoteKey key) {
        if (Files.notExists(file)) {
            return Optional.empty();
        }
        try {
            SignedNote note = SignedNote.parse(Files.readAllBytes(file));
            if (note.isSignedBy(key)) {
                return Optional.of(Checkpoint.of(note));
            }
        } catch (IOException e) {
            throw new SealAlarm("The last checkpoint in " + this + " cannot be read (" + e + "). Nothing is sealed.");
        } catch (Unreadable damaged) {
            throw new SealAlarm("The file " + file.toAbsolutePath() + " is no checkpoint of this ledger: "
                    + damaged.getMessage() + ". Nothing is sealed before somebody has found out why.");
        }
        throw new SealAlarm(
                "The checkpoint in " + file.toAbsolutePath() + " was not signed with the key of this ledger," + " "
                        + key.text() + ": the database or the file belongs to another one. Nothing is sealed.");
    }

    /** It is on the disk when this returns. */
    void write(String note) {
        try {
            disk.replace(file, note);
        } catch (IOException e) {
            throw new SealAlarm("The last checkpoint cannot be kept in " + this + " (" + e
                    + "). Make room there and start the ledger again; nothing more is sealed.");
        }
    }

    @Override
    public String toString() {
        return file.toAbsolutePath().toString();
    }
}
