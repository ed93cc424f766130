package org.voucherledger.api.postgres;

import io.zonky.test.db.postgres.embedded.DefaultPostgresBinaryResolver;
import java.io.BufferedInputStream;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Locale;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.springframework.util.FileSystemUtils;
import org.tukaani.xz.XZInputStream;
import org.voucherledger.api.json.CanonicalJson;

/**
 * The PostgreSQL programs that come with the ledger, unpacked.
 *
 * <p>They are unpacked beside their place and then moved there, so that what stands in its place is always whole, whenever
 * the unpacking is interrupted.
 */
final class PostgresBinaries {

    private PostgresBinaries() {}

    /** The directory that holds {@code bin/postgres}, unpacked there now if it was not. */
    static Path in(Path directory) {
        byte[] archive = archive();
        Path home =
                directory.resolve("postgresql-" + CanonicalJson.sha256(archive).substring(0, 16));
        try {
            if (!Files.isDirectory(home)) {
                Files.createDirectories(directory);
                Path beside = Files.createTempDirectory(directory, "unpacking-");
                unpack(archive, beside);
                moveInto(beside, home);
            }
            return home;
        } catch (IOException e) {
            throw new PostgresUnavailable(
                    "The programs of PostgreSQL could not be unpacked into " + directory + ": " + e.getMessage()
                            + ". Make room there, or choose another data directory.",
                    e);
        }
    }

    private static byte[] archive() {
        String system = System.getProperty("os.name").toLowerCase(Locale.ROOT);
        String machine = System.getProperty("os.arch");
        String kind = system.contains("mac") ? "Darwin" : system.contains("linux") ? "Linux" : system;
        try (InputStream in = DefaultPostgresBinaryResolver.INSTANCE.getPgBinary(
                kind, machine.equals("amd64") ? "x86_64" : machine)) {
            return in.readAllBytes();
        } catch (IOException | RuntimeException e) {
            throw new PostgresUnavailable(
                    "The ledger brings no PostgreSQL for " + system + " on " + machine
                            + ". Install PostgreSQL 17 or newer and name it with --database-url.",
                    e);
        }
    }

    private static void unpack(byte[] archive, Path target) throws IOException {
        try (var tar = new TarArchiveInputStream(
                new BufferedInputStream(new XZInputStream(new ByteArrayInputStream(archive))))) {
            for (TarArchiveEntry entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry()) {
                Path file = target.resolve(entry.getName()).normalize();
                if (!file.startsWith(target)) {
                    throw new IOException("the archive names a file outside of it: " + entry.getName());
                }
                if (entry.isDirectory()) {
                    Files.createDirectories(file);
                } else if (entry.isSymbolicLink()) {
                    Files.createDirectories(file.getParent());
                    Files.createSymbolicLink(file, Path.of(entry.getLinkName()));
                } else {
                    Files.createDirectories(file.getParent());
                    Files.copy(tar, file);
                    if (entry.getName().contains("bin/") && !file.toFile().setExecutable(true, false)) {
                        throw new IOException(file + " cannot be made executable");
                    }
                }
            }
        }
    }

    private static void moveInto(Path beside, Path home) throws IOException {
        try {
            Files.move(beside, home, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            // Another process may have been quicker; then its copy serves.
            FileSystemUtils.deleteRecursively(beside);
            if (!Files.isDirectory(home)) {
                throw e;
            }
        }
    }
}
