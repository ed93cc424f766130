package org.voucherledger.api.imports;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.stereotype.Component;

/** Where handed-in files lie until their import is over: below the data directory, so that a restart finds them. */
@Component
class ImportSpool {

    private static final Logger LOG = LoggerFactory.getLogger(ImportSpool.class);

    private final Path directory;
    private final long mostBytes;

    ImportSpool(
            @Value("${ledger.data:voucher-data}") Path data,
            @Value("${ledger.imports.most-bytes:67108864}") long mostBytes) {
        this.directory = data.resolve("imports").toAbsolutePath().normalize();
        this.mostBytes = mostBytes;
    }

    /** A file as it lies there. */
    record Spooled(UUID id, Path path, String sha256) {}

    /** More came than is taken; nothing of it was kept. */
    static final class TooLarge extends RuntimeException {

        private final long mostBytes;

        TooLarge(long mostBytes) {
            super("more than " + mostBytes + " bytes", null, false, false);
            this.mostBytes = mostBytes;
        }

        long mostBytes() {
            return mostBytes;
        }
    }

    /**
     * Writes what comes to a file of its own, as it comes.
     *
     * @throws TooLarge as soon as there is too much
     */
    Spooled take(InputStream body) throws IOException {
        UUID id = UUID.randomUUID();
        Files.createDirectories(directory);
        Path path = directory.resolve(id.toString());
        MessageDigest digest = sha256();
        long size = 0;
        byte[] buffer = new byte[1 << 16];
        try (OutputStream out = Files.newOutputStream(path)) {
            for (int read = body.read(buffer); read >= 0; read = body.read(buffer)) {
                size += read;
                if (size > mostBytes) {
                    throw new TooLarge(mostBytes);
                }
                digest.update(buffer, 0, read);
                out.write(buffer, 0, read);
            }
        } catch (IOException | TooLarge incomplete) {
            remove(path);
            throw incomplete;
        }
        return new Spooled(id, path, HexFormat.of().formatHex(digest.digest()));
    }

    /** Whether such a file is this instance's to look after. */
    boolean isHere(Path path) {
        return directory.equals(path.getParent());
    }

    /** One that cannot be removed is in nobody's way. */
    static void remove(Path path) {
        try {
            Files.deleteIfExists(path);
        } catch (IOException left) {
            LOG.warn("{} could not be removed: {}", path, left.getMessage());
        }
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
