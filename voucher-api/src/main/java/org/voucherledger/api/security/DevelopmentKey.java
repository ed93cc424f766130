package org.voucherledger.api.security;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPairGenerator;
import java.security.interfaces.RSAPrivateCrtKey;
import java.security.interfaces.RSAPublicKey;
import java.security.spec.PKCS8EncodedKeySpec;
import java.security.spec.RSAPublicKeySpec;
import java.util.Base64;
import java.util.Set;
import java.util.UUID;

/**
 * The program's own key for signing development tokens, kept in the data directory and readable by its owner only.
 *
 * <p>Whoever can read it can act as anybody; with an issuer's URL it is neither made nor believed.
 */
public record DevelopmentKey(RSAPublicKey publicKey, RSAPrivateCrtKey privateKey) {

    private static final String FILE = "development-token-key.pem";
    private static final String HEADER = "-----BEGIN PRIVATE KEY-----";
    private static final String FOOTER = "-----END PRIVATE KEY-----";
    private static final int KEY_BITS = 2048;

    /**
     * Reads the key of this data directory, or makes it on first use; two programs that start together get the same one.
     *
     * @throws DevelopmentKeyUnavailable if the directory cannot be written or the file cannot be read
     */
    public static DevelopmentKey of(Path dataDirectory) {
        Path file = dataDirectory.resolve(FILE);
        try {
            if (Files.notExists(file)) {
                create(dataDirectory, file);
            }
            return parse(Files.readString(file));
        } catch (IOException e) {
            throw new DevelopmentKeyUnavailable(
                    "The key for development tokens, " + file.toAbsolutePath() + ", cannot be read or made by "
                            + System.getProperty("user.name") + " (" + e + "). Make its directory writable, or choose"
                            + " another one with --data.",
                    e);
        } catch (GeneralSecurityException | IllegalArgumentException e) {
            throw new DevelopmentKeyUnavailable(
                    "The key for development tokens, " + file.toAbsolutePath()
                            + ", is damaged. Remove it to have a new one; tokens signed with the old one end with it.",
                    e);
        }
    }

    /** Whether a ledger has made its key in this directory. */
    public static boolean existsIn(Path dataDirectory) {
        return Files.isReadable(dataDirectory.resolve(FILE));
    }

    /** Written aside and linked into place, so that no one ever reads half a key. */
    private static void create(Path directory, Path file) throws IOException, GeneralSecurityException {
        Files.createDirectories(directory);
        Path aside = directory.resolve(FILE + "." + UUID.randomUUID());
        try {
            Files.newByteChannel(
                            aside,
                            Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE),
                            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")))
                    .close();
            Files.writeString(aside, pem());
            Files.createLink(file, aside);
        } catch (FileAlreadyExistsException madeMeanwhile) {
            // The other program's key is as good as ours and is the one on disk.
        } finally {
            Files.deleteIfExists(aside);
        }
    }

    private static String pem() throws GeneralSecurityException {
        KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
        generator.initialize(KEY_BITS);
        byte[] encoded = generator.generateKeyPair().getPrivate().getEncoded();
        return HEADER + "\n" + Base64.getMimeEncoder().encodeToString(encoded) + "\n" + FOOTER + "\n";
    }

    private static DevelopmentKey parse(String pem) throws GeneralSecurityException {
        String base64 = pem.replace(HEADER, "").replace(FOOTER, "").strip();
        KeyFactory factory = KeyFactory.getInstance("RSA");
        RSAPrivateCrtKey privateKey = (RSAPrivateCrtKey) factory.generatePrivate(
                new PKCS8EncodedKeySpec(Base64.getMimeDecoder().decode(base64)));
        RSAPublicKey publicKey = (RSAPublicKey)
                factory.generatePublic(new RSAPublicKeySpec(privateKey.getModulus(), privateKey.getPublicExponent()));
        return new DevelopmentKey(publicKey, privateKey);
    }
}
