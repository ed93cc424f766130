package org.voucherledger.api.seal;

import java.io.ByteArrayOutputStream;
import java.util.List;
import java.util.Optional;
import org.springframework.jdbc.core.JdbcTemplate;
import org.voucherledger.projections.sealedlog.Hash;
import org.voucherledger.projections.sealedlog.Leaf;
import org.voucherledger.projections.sealedlog.Tiles;
import org.voucherledger.projections.sealedlog.Unreadable;

/** Leaves as C2SP {@code tlog-tiles} bundles them: each behind its length in two bytes, the higher one first. */
final class EntryBundle {

    /** More do not fit into two bytes. */
    private static final int LONGEST = 0xFFFF;

    private final JdbcTemplate sql;
    private final SealTables tables;
    private final Tiles tiles;
    private final ByteArrayOutputStream written = new ByteArrayOutputStream();

    EntryBundle(JdbcTemplate sql) {
        this.sql = sql;
        this.tables = new SealTables(sql);
        this.tiles = tables.tiles();
    }

    /** So many leaves from this one on, all of them sealed; nothing if one of them is too long, or is not what was sealed. */
    Optional<byte[]> of(long first, int width) {
        long next = first;
        for (Run run : tables.runsBetween(first, first + width)) {
            long behind = Math.min(run.end(), first + width);
            for (Leaf leaf : leaves(run, next, behind)) {
                if (!add(leaf, next)) {
                    return Optional.empty();
                }
                next++;
            }
        }
        return next == first + width ? Optional.of(written.toByteArray()) : Optional.empty();
    }

    private List<? extends Leaf> leaves(Run run, long from, long behind) {
        if (run.source() == Source.EVENT) {
            long position = run.firstSource() + from - run.firstLeaf();
            return sql.query(run.source().leavesBetween(), run.source().leaf(), position, position + behind - from - 1);
        }
        // Between refusals stand accepted commands, so their numbers do not say which leaf they are.
        return sql.query(
                run.source().leavesBetween() + " offset ? limit ?",
                run.source().leaf(),
                run.firstSource(),
                run.lastSource(),
                from - run.firstLeaf(),
                behind - from);
    }

    private boolean add(Leaf leaf, long index) {
        try {
            byte[] line = leaf.line();
            if (line.length > LONGEST || !Hash.ofLeaf(line).equals(tiles.hash(0, index))) {
                return false;
            }
            written.write(line.length >> Byte.SIZE);
            written.write(line.length);
            written.writeBytes(line);
            return true;
        } catch (Unreadable changed) {
            return false;
        }
    }
}
