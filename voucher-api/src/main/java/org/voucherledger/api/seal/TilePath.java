package org.voucherledger.api.seal;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.voucherledger.projections.sealedlog.Tiles;

/**
 * The end of a tile's address (C2SP {@code tlog-tiles}): its index in groups of three digits, all but the last with an {@code x}
 * before them, and after {@code .p/} how many hashes it has if it is not complete.
 */
record TilePath(int level, long index, int width) {

    /** The specification's highest level; beyond it no tree has tiles. */
    private static final int HIGHEST = 63 / Tiles.HEIGHT;

    private static final Pattern FORM = Pattern.compile("/((?:x[0-9]{3}/){0,5}[0-9]{3})(?:\\.p/([1-9][0-9]{0,2}))?");

    /** @return nothing if no tile can have this address */
    static Optional<TilePath> of(int level, String path) {
        Matcher parts = FORM.matcher(path);
        if (level < 0 || level > HIGHEST || !parts.matches() || path.startsWith("/x000")) {
            return Optional.empty();
        }
        long index = Long.parseLong(parts.group(1).replaceAll("[x/]", ""));
        int width = parts.group(2) == null ? Tiles.WIDTH : Integer.parseInt(parts.group(2));
        boolean possible = parts.group(2) == null || width < Tiles.WIDTH;
        return possible ? Optional.of(new TilePath(level, index, width)) : Optional.empty();
    }

    boolean isComplete() {
        return width == Tiles.WIDTH;
    }
}
