package org.voucherledger.api.seal;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.sql.Connection;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.springframework.jdbc.core.JdbcTemplate;
import org.voucherledger.projections.evidence.Scope;
import org.voucherledger.projections.evidence.SealedMoment;
import org.voucherledger.projections.sealedlog.EventLeaf;
import org.voucherledger.projections.sealedlog.Leaf;
import org.voucherledger.projections.sealedlog.SignedNote;
import org.voucherledger.projections.sealedlog.SubtreeHashes;
import org.voucherledger.projections.sealedlog.Tiles;

/**
 * A moment of the ledger in a database, as evidence is written from it: where a command ended, never within one. Reads only, and
 * keeps one row in memory at a time.
 */
public final class LedgerMoment implements SealedMoment {

    /** Which moment is asked for. */
    public sealed interface Asked {
        /** Of the newest checkpoint. */
        record Newest() implements Asked {}

        /** After the last command that had wholly ended at this position. */
        record Position(long position) implements Asked {}

        /** After everything that had been recorded then. */
        record At(Instant instant) implements Asked {}
    }

    private static final int ROWS_AT_ONCE = 2_000;
    private static final int TILES_KEPT = 64;

    /** Streams of their own whose first event says to which batch they belong. */
    private static final String OF_THE_BATCH = """
            select aggregate_identifier from ledger.domain_event
            where sequence_number = 0 and global_index <= ?
              and (aggregate_identifier like 'voucher:%' or aggregate_identifier like 'claim:%')
              and convert_from(payload, 'UTF8')::jsonb ->> 'batchId' = ?
            """;

    /** Where the last command ended that was whole by then: a part of one would look like a file that leaves something out. */
    private static final String END_OF_A_COMMAND = """
            select coalesce(max(global_index), 0) from ledger.domain_event
            where global_index <= ? and convert_from(meta_data, 'UTF8')::jsonb ->> 'commandId' is distinct from
                (select convert_from(meta_data, 'UTF8')::jsonb ->> 'commandId' from ledger.domain_event
                 where global_index > ? order by global_index limit 1)
            """;

    private final JdbcTemplate sql;
    private final Sealed checkpoint;
    private final SignedNote note;
    private final Tiles tiles;
    private final long position;
    private final long leaves;
    private final NavigableMap<Long, Run> runs = new TreeMap<>();
    private final NavigableMap<Long, Run> runsOfEvents = new TreeMap<>();

    private LedgerMoment(JdbcTemplate sql, Asked asked, Instant now) {
        this.sql = sql;
        var tables = new SealTables(sql);
        Sealed newest = tables.last().orElseThrow(() -> new NotToBeHad("Nothing of this ledger has been sealed yet."));
        long wanted = wanted(asked, newest, now);
        this.position = number(END_OF_A_COMMAND, wanted, wanted);
        this.checkpoint = asked instanceof Asked.Newest ? newest : covering(position);
        this.note = tables.cosigned(checkpoint);
        this.tiles = keeping(tables.tiles());
        tables.runsFrom(0).forEach(run -> {
            runs.put(run.firstLeaf(), run);
            if (run.source() == Source.EVENT) {
                runsOfEvents.put(run.firstSource(), run);
            }
        });
        this.leaves =
                checkpoint.lastPosition() == position ? checkpoint.size() : position == 0 ? 0 : leafOf(position) + 1;
    }

    /**
     * The moment as the database over this connection has it.
     *
     * @param connection in a snapshot (repeatable read), not in auto-commit
     * @param now beyond which no moment can be asked for; a rehearsal has its own
     * @throws NotToBeHad if it lies in the future, or is not sealed
     */
    public static LedgerMoment of(Connection connection, Asked asked, Instant now) {
        JdbcTemplate sql = SealTables.over(connection);
        sql.setFetchSize(ROWS_AT_ONCE);
        return new LedgerMoment(sql, asked, now);
    }

    private long wanted(Asked asked, Sealed newest, Instant now) {
        long wanted = switch (asked) {
            case Asked.Newest none -> newest.lastPosition();
            case Asked.Position p -> p.position();
            case Asked.At at -> positionAt(at.instant(), now);
        };
        long head = number(Source.EVENT.last());
        if (wanted > head) {
            throw new NotToBeHad("Position " + wanted + " lies in the future: the last event is at " + head + ".");
        }
        if (wanted > newest.lastPosition()) {
            throw new NotToBeHad("Position " + wanted + " is not sealed yet; sealed is everything up to "
                    + newest.lastPosition() + ". Ask again in a moment.");
        }
        return wanted;
    }

    private long positionAt(Instant at, Instant now) {
        Instant reading = sql
                .query(
                        "select reading from ledger.clock where reading is not null",
                        (row, n) -> row.getObject(1, OffsetDateTime.class).toInstant())
                .stream()
                .findFirst()
                .orElse(now);
        if (at.isAfter(reading)) {
            throw new NotToBeHad(at + " lies in the future: it is " + reading + " now.");
        }
        return number(
                "select coalesce(max(global_index), 0) from ledger.domain_event where recorded_at <= ?",
                at.atOffset(ZoneOffset.UTC));
    }

    private Sealed covering(long until) {
        return sql.query(
                        "select " + SealTables.CHECKPOINT_COLUMNS
                                + " from ledger.checkpoint where last_position >= ? order by size limit 1",
                        SealTables::sealed,
                        until)
                .getFirst();
    }

    /** Leaves are asked for from left to right, so a few tiles are enough. */
    private static Tiles keeping(Tiles tiles) {
        record Place(int level, long index) {}
        var kept = new LinkedHashMap<Place, byte[]>(TILES_KEPT, 0.75f, true) {
            @Override
            protected boolean removeEldestEntry(Map.Entry<Place, byte[]> eldest) {
                return size() > TILES_KEPT;
            }
        };
        return (level, index) ->
                kept.computeIfAbsent(new Place(level, index), place -> tiles.tile(place.level(), place.index()));
    }

    @Override
    public SignedNote checkpoint() {
        return note;
    }

    @Override
    public long position() {
        return position;
    }

    @Override
    public SubtreeHashes hashes() {
        return tiles;
    }

    @Override
    public void tell(Scope scope, Leaves told) throws IOException {
        try {
            if (scope.isWholeLedger()) {
                everything(told);
            } else {
                streams(scope, told);
            }
        } catch (UncheckedIOException full) {
            throw full.getCause();
        }
    }

    private void everything(Leaves told) {
        for (Run run : runs.headMap(leaves, false).values()) {
            long[] next = {run.firstLeaf()};
            each(
                    run.source().leavesBetween(),
                    run.source(),
                    leaf -> {
                        if (next[0] < leaves) {
                            long index = leaf instanceof EventLeaf event ? leafOf(event.position()) : next[0];
                            insist(index == next[0] && index < run.end(), run);
                            tell(told, index, leaf);
                            next[0]++;
                        }
                    },
                    run.firstSource(),
                    run.lastSource());
            insist(next[0] == Math.min(run.end(), leaves), run);
        }
    }

    private static void insist(boolean asSealed, Run run) {
        if (!asSealed) {
            throw new NotToBeHad("Between " + run.firstSource() + " and " + run.lastSource() + " "
                    + run.source().table() + " has other rows than were sealed. See: ./voucher seal verify");
        }
    }

    private void streams(Scope scope, Leaves told) {
        each(
                "select " + LeafRows.EVENT_COLUMNS + " from ledger.domain_event"
                        + " where aggregate_identifier = any(?::text[]) and global_index <= ? order by global_index",
                Source.EVENT,
                leaf -> tell(told, leafOf(((EventLeaf) leaf).position()), leaf),
                streamsOf(scope).toArray(String[]::new),
                position);
    }

    /** Whole streams: of a batch also those of its queue, vouchers, claims and settlements; of both the scheme's. */
    private Set<String> streamsOf(Scope scope) {
        String scheme = sql
                .queryForList(
                        "select convert_from(payload, 'UTF8')::jsonb ->> 'schemeId' from ledger.domain_event"
                                + " where aggregate_identifier = ? and sequence_number = 0 and global_index <= ?",
                        String.class,
                        scope.stream(),
                        position)
                .stream()
                .findFirst()
                .orElseThrow(() -> new NotToBeHad("Up to position " + position + " there is no "
                        + scope.kind().word() + " " + scope.id() + "."));
        var streams = new LinkedHashSet<>(List.of(scope.stream(), "scheme:" + scheme));
        if (scope.kind() == Scope.Kind.BATCH) {
            streams.add("queue:" + scope.id());
            streams.add("settlement:" + scope.id());
            streams.addAll(sql.queryForList(OF_THE_BATCH, String.class, position, scope.id()));
        }
        return streams;
    }

    private void each(String query, Source source, Consumer<Leaf> leaf, Object... parameters) {
        sql.query(
                query,
                row -> {
                    leaf.accept(source.leaf().mapRow(row, 0));
                },
                parameters);
    }

    private void tell(Leaves told, long index, Leaf leaf) {
        try {
            told.leaf(index, leaf.line());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private long leafOf(long event) {
        var run = runsOfEvents.floorEntry(event);
        if (run == null || event > run.getValue().lastSource()) {
            throw new NotToBeHad("The event at position " + event + " was never sealed. See: ./voucher seal verify");
        }
        return run.getValue().firstLeaf() + event - run.getKey();
    }

    private long number(String query, Object... parameters) {
        Long number = sql.queryForObject(query, Long.class, parameters);
        return number == null ? 0 : number;
    }
}
