package org.voucherledger.api.seal;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.voucherledger.api.disk.Disk;
import org.voucherledger.projections.sealedlog.KeyType;
import org.voucherledger.projections.sealedlog.SigningKey;
import org.voucherledger.projections.sealedlog.Unreadable;

/**
 * A private key in a file of its own, never in the database: whoever can write to the tables can still not sign.
 *
 * <p>The file is readable by its owner only and holds one line, as {@link SigningKey} writes it.
 */
public final class SealKey {

    private static final FileAttribute<?> OWNER_ONLY =
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));
    private static final FileAttribute<?> OWNERS_DIRECTORY =
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------"));

    /** In the data directory: the newest checkpoint, for whoever puts another database in the place of the ledger's. */
    public static final String LAST_CHECKPOINT = "last-checkpoint";

    private SealKey() {}

    /** Where a ledger keeps the key of its sealed log unless told otherwise. */
    public static Path in(Path dataDirectory) {
        return dataDirectory.resolve("keys").resolve("seal.key");
    }

    /**
     * The key in this file, if there is one.
     *
     * @throws SealAlarm if the file cannot be read or holds no key
     */
    public static Optional<SigningKey> read(Path file) {
        if (Files.notExists(file)) {
            return Optional.empty();
        }
        try {
            return Optional.of(SigningKey.parse(Files.readString(file).strip()));
        } catch (IOException unreadable) {
            throw new SealAlarm(
                    "The key " + file.toAbsolutePath() + " cannot be read by " + System.getProperty("user.name") + " ("
                            + unreadable.getClass().getSimpleName() + ").");
        } catch (Unreadable damaged) {
            throw new SealAlarm("The file " + file.toAbsolutePath() + " holds no key: " + damaged.getMessage()
                    + ". Put the right one there from a backup.");
        }
    }

    /**
     * Makes a key, where there is none; two that do so at once get the same one. It is on the disk when this returns: nothing is
     * ever signed with a key that a crash could take away.
     *
     * @throws SealAlarm if the file cannot be written
     */
    public static SigningKey make(Path file, String name, KeyType type) {
        return make(file, name, type, new Disk());
    }

    static SigningKey make(Path file, String name, KeyType type, Disk disk) {
        return keep(file, SigningKey.generate(name, type, new SecureRandom()), disk);
    }

    /** As {@link #make}, a key that was generated already. */
    static SigningKey keep(Path file, SigningKey made, Disk disk) {
        Path place = file.toAbsolutePath();
        Path aside = place.resolveSibling(place.getFileName() + "." + UUID.randomUUID());
        try {
            disk.makeDirectories(place.getParent(), OWNERS_DIRECTORY);
            Files.newByteChannel(aside, Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE), OWNER_ONLY)
                    .close();
            Files.writeString(aside, made.secretText() + "\n", StandardOpenOption.WRITE);
            disk.sync(aside);
            linkInto(place, aside, disk);
            // Also where somebody else has just made it.
            disk.sync(place.getParent());
            return read(place).orElseThrow();
        } catch (IOException | UnsupportedOperationException cannot) {
            throw new SealAlarm("The key " + place + " cannot be made by " + System.getProperty("user.name") + " ("
                    + cannot + "). Make its directory writable, or name another file.");
        }
    }

    /** Written aside and linked into place, so that no one ever reads half a key, and none is ever overwritten. */
    private static void linkInto(Path place, Path aside, Disk disk) throws IOException {
        try {
            disk.link(aside, place);
        } catch (FileAlreadyExistsException madeMeanwhile) {
            // The other one's key is as good as ours and is the one on disk.
        } finally {
            disk.remove(aside);
        }
    }
}
