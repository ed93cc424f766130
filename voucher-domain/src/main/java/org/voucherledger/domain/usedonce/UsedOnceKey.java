package org.voucherledger.domain.usedonce;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.text.Normalizer;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Locale;
import java.util.stream.Collectors;

/**
 * A key in the one spelling that counts: full-width and half-width forms, case and spacing do not make another invoice.
 *
 * @param kind what kind of thing it is
 * @param key its parts, normalised and joined by {@code |}
 */
public record UsedOnceKey(UsedOnceKind kind, String key) {

    public static UsedOnceKey of(UsedOnceKind kind, String... parts) {
        String key = Arrays.stream(parts).map(UsedOnceKey::normalised).collect(Collectors.joining("|"));
        return new UsedOnceKey(kind, key);
    }

    public String streamId() {
        return streamId(kind, key);
    }

    /** Keys are of any length and script; their hash names the stream. */
    static String streamId(UsedOnceKind kind, String key) {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(key.getBytes(StandardCharsets.UTF_8));
            return "usedonce:" + kind.name().toLowerCase(Locale.ROOT) + ":"
                    + HexFormat.of().formatHex(hash);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    private static String normalised(String part) {
        return Normalizer.normalize(part, Normalizer.Form.NFKC)
                .replaceAll("[\\s\\p{Z}\\p{Cf}|]+", "")
                .replaceAll("\\p{Pd}", "-")
                .toUpperCase(Locale.ROOT);
    }
}
