package org.voucherledger.api.postgres;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.HexFormat;

/**
 * Where a ledger keeps everything: its database, the password and the port of its server, and the server's log.
 *
 * <p>Invariant: one ledger at a time. Whoever holds this object holds the directory's lock; the operating system lets go of
 * it when the process ends, however it ends.
 */
final class DataDirectory implements AutoCloseable {

    static final String LOCK_FILE = "ledger.lock";
    static final String CLUSTER = "postgres";
    static final String PROGRAM_PASSWORD = "postgres.program.password";

    private static final FileAttribute<?> OWNER_ONLY =
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));

    private final Path path;
    private final FileChannel lockFile;
    private final FileLock lock;

    private DataDirectory(Path path, FileChannel lockFile, FileLock lock) {
        this.path = path;
        this.lockFile = lockFile;
        this.lock = lock;
    }

    static DataDirectory open(Path directory) {
        try {
            Path path = Files.createDirectories(directory.toAbsolutePath().normalize())
                    .toRealPath();
            FileChannel lockFile =
                    FileChannel.open(path.resolve(LOCK_FILE), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
            FileLock lock = tryLock(lockFile);
            if (lock == null) {
                lockFile.close();
                throw new PostgresUnavailable("Another ledger is running on the data directory " + path
                        + ". Stop it first, or choose another directory for this one.");
            }
            return new DataDirectory(path, lockFile, lock);
        } catch (IOException e) {
            throw new PostgresUnavailable(
                    "The data directory " + directory.toAbsolutePath() + " cannot be written to by "
                            + System.getProperty("user.name") + " ("
                            + e.getClass().getSimpleName()
                            + "). Make it writable, or choose another directory.",
                    e);
        }
    }

    private static FileLock tryLock(FileChannel file) throws IOException {
        try {
            return file.tryLock();
        } catch (OverlappingFileLockException heldByThisProcess) {
            return null;
        }
    }

    Path cluster() {
        return path.resolve(CLUSTER);
    }

    /** Where a cluster is made before it takes its place; what is found here was never used. */
    Path unfinishedCluster() {
        return path.resolve("postgres.unfinished");
    }

    Path binaries() {
        return path.resolve("binaries");
    }

    Path log() {
        return path.resolve("postgres.log");
    }

    Path passwordFile() {
        return path.resolve("postgres.password");
    }

    /** The password of the server's owner, made when it is first asked for; only the owner of the directory can read it. */
    String password() throws IOException {
        return password(passwordFile());
    }

    /** The password of the role that the program works as. */
    String programPassword() throws IOException {
        return password(path.resolve(PROGRAM_PASSWORD));
    }

    private String password(Path file) throws IOException {
        if (!Files.exists(file)) {
            byte[] secret = new byte[24];
            new SecureRandom().nextBytes(secret);
            Path unfinished = path.resolve(file.getFileName() + ".unfinished");
            Files.deleteIfExists(unfinished);
            Files.createFile(unfinished, OWNER_ONLY);
            Files.writeString(unfinished, HexFormat.of().formatHex(secret));
            Files.move(unfinished, file, StandardCopyOption.ATOMIC_MOVE);
        }
        return Files.readString(file).strip();
    }

    /** The port that was used last, or 0. */
    int port() throws IOException {
        Path file = path.resolve("postgres.port");
        return Files.exists(file) ? Integer.parseInt(Files.readString(file).strip()) : 0;
    }

    void keepPort(int port) throws IOException {
        Files.writeString(path.resolve("postgres.port"), Integer.toString(port));
    }

    @Override
    public void close() {
        try {
            lock.release();
            lockFile.close();
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    @Override
    public String toString() {
        return path.toString();
    }
}
