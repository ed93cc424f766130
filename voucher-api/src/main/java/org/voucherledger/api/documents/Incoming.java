package org.voucherledger.api.documents;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import org.voucherledger.domain.rule.Check;
import org.voucherledger.domain.rule.Decision;
import org.voucherledger.domain.rule.Refused;
import org.voucherledger.domain.rule.Rule;

/** A document that has just arrived: its bytes in a file aside, hashed and counted on the way. The file goes with it. */
final class Incoming implements AutoCloseable {

    private static final int CHUNK_BYTES = 16 * 1024;

    private final Path file;
    private final String name;
    private String sha256;
    private long sizeBytes;

    private Incoming(Path file, String name) {
        this.file = file;
        this.name = name;
    }

    /**
     * Reads a body to its end, or as far as the limit.
     *
     * @param directory where the file is made; on the file system of the store
     * @param announcedBytes what the sender says it is long, or -1
     * @throws Refused if it is longer than the limit (GZ-45); nothing of it is left
     */
    static Incoming receive(InputStream body, long announcedBytes, String name, Path directory, long mostBytes)
            throws IOException {
        if (announcedBytes > mostBytes) {
            throw new Refused(tooLarge(mostBytes, announcedBytes + " bytes", name));
        }
        Incoming incoming = new Incoming(Files.createTempFile(directory, "upload-", ".part"), name);
        try {
            incoming.read(body, mostBytes);
            return incoming;
        } catch (IOException | RuntimeException broken) {
            incoming.close();
            throw broken;
        }
    }

    private void read(InputStream body, long mostBytes) throws IOException {
        MessageDigest digest = sha256Digest();
        try (OutputStream out = new DigestOutputStream(Files.newOutputStream(file), digest)) {
            byte[] chunk = new byte[CHUNK_BYTES];
            for (int read = body.read(chunk); read >= 0; read = body.read(chunk)) {
                sizeBytes += read;
                if (sizeBytes > mostBytes) {
                    throw new Refused(tooLarge(mostBytes, "more than " + mostBytes + " bytes", name));
                }
                out.write(chunk, 0, read);
            }
        }
        sha256 = HexFormat.of().formatHex(digest.digest());
    }

    private static Decision tooLarge(long mostBytes, String found, String name) {
        return Rule.GZ_45.holds(Check.DOCUMENTS, "TooLarge", false, mostBytes + " bytes", found, name);
    }

    static MessageDigest sha256Digest() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    Path file() {
        return file;
    }

    String name() {
        return name;
    }

    String sha256() {
        return sha256;
    }

    long sizeBytes() {
        return sizeBytes;
    }

    @Override
    public void close() throws IOException {
        Files.deleteIfExists(file);
    }
}
