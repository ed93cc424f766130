package org.voucherledger.projections.projection;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.SortedMap;
import org.voucherledger.domain.LedgerDomain;

/**
 * What a copy of a projection is made from. Its SQL is the tables, made anew in the copy's schema, and the views that point at
 * the serving copy: one resource, parted by a line {@code -- views}.
 *
 * @param sha256 of the SQL, of the projection's version and of the revisions of all events, any of which may be what it shows:
 *     a copy that was made from another definition is rebuilt
 */
record Definition(String tables, String views, String sha256) {

    private static final String PARTING = "\n-- views\n";

    static Definition of(Projection projection) {
        return of(projection, LedgerDomain.eventRevisions());
    }

    static Definition of(Projection projection, SortedMap<String, String> eventRevisions) {
        String resource = projection.name() + ".sql";
        try (InputStream in = projection.getClass().getResourceAsStream(resource)) {
            if (in == null) {
                throw new IllegalStateException("no " + resource + " next to " + projection.getClass());
            }
            byte[] bytes = in.readAllBytes();
            String[] parts = new String(bytes, StandardCharsets.UTF_8).split(PARTING, 2);
            var digest = MessageDigest.getInstance("SHA-256");
            digest.update(bytes);
            digest.update((projection.version() + " " + eventRevisions).getBytes(StandardCharsets.UTF_8));
            return new Definition(parts[0], parts[1], HexFormat.of().formatHex(digest.digest()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
