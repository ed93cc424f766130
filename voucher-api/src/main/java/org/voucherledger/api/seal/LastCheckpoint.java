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
public final class LastCheckpoint {

    private static final String WHAT_TO_DO =
            " Put it back from a backup; an older one of this ledger will do. Where there is"
                    + " none, put the file aside and hold the database against a checkpoint that somebody else has kept, a witness for"
                    + " one: ./voucher seal verify --checkpoint KEPT. Nothing else tells then whether the database is an older copy.";

    private final Path file;
    private final Disk disk;

    public LastCheckpoint(Path file) {
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
        return signed(key).map(Checkpoint::of);
    }

    /**
     * The file, as it was signed.
     *
     * @throws SealAlarm if it is no checkpoint that this key has signed
     */
    Optional<SignedNote> signed(NoteKey key) {
        Optional<SignedNote> note = note();
        try {
            if (note.isEmpty() || note.get().isSignedBy(key)) {
                return note;
            }
        } catch (Unreadable falseOne) {
            throw damaged(falseOne);
        }
        throw new SealAlarm("The checkpoint in " + this + " was not signed with the key of this ledger, " + key.text()
                + ": the database or the file belongs to another one. Nothing is sealed.");
    }

    /**
     * The file, whoever has signed it.
     *
     * @throws SealAlarm if it is no checkpoint
     */
    public Optional<SignedNote> note() {
        if (Files.notExists(file)) {
            return Optional.empty();
        }
        try {
            SignedNote note = SignedNote.parse(Files.readAllBytes(file));
            Checkpoint.of(note);
            return Optional.of(note);
        } catch (IOException e) {
            throw new SealAlarm("The last checkpoint in " + this + " cannot be read (" + e + "). Nothing is sealed.");
        } catch (Unreadable damaged) {
            throw damaged(damaged);
        }
    }

    private SealAlarm damaged(Unreadable why) {
        return new SealAlarm("The file " + this + ", which keeps the last checkpoint, is damaged: " + why.getMessage()
                + ". Nothing is sealed." + WHAT_TO_DO);
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
