package org.voucherledger.projections.projection;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * The SQL of a projection: its tables, made anew in a copy's schema, and the views that point at the serving copy. One
 * resource, parted by a line {@code -- views}.
 *
 * @param sha256 of the resource: a copy that was made from another one is rebuilt
 */
record Definition(String tables, String views, String sha256) {

    private static final String PARTING = "\n-- views\n";

    static Definition of(Projection projection) {
        String resource = projection.name() + ".sql";
        try (InputStream in = projection.getClass().getResourceAsStream(resource)) {
            if (in == null) {
                throw new IllegalStateException("no " + resource + " next to " + projection.getClass());
            }
            byte[] bytes = in.readAllBytes();
            String[] parts = new String(bytes, StandardCharsets.UTF_8).split(PARTING, 2);
            return new Definition(
                    parts[0],
                    parts[1],
                    HexFormat.of()
                            .formatHex(MessageDigest.getInstance("SHA-256").digest(bytes)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
