package org.voucherledger.api.seal;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import org.springframework.jdbc.core.JdbcTemplate;
import org.voucherledger.domain.command.Stamp;
import org.voucherledger.projections.evidence.Named;
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

        /** After the command that recorded the event at this position, under a checkpoint that somebody cosigned, if any did. */
        record Command(long position) implements Asked {}

        /** After everything that had been recorded then. */
        record At(Instant instant) implements Asked {}
    }

    private static final int ROWS_AT_ONCE = 2_000;
    private static final int TILES_KEPT = 64;

    private static final String OF_STREAMS = " where aggregate_identifier = any(?::text[]) and global_index <= ?";
    private static final String METADATA =
            "select global_index, meta_data from ledger.domain_event where global_index ";

    /** What belongs to the command that recorded an event: the rows behind it that have the same cause. */
    private static final String END_OF_ITS_COMMAND = """
            select coalesce(
                (select min(later.global_index) from ledger.domain_event later
                 where later.global_index > ? and convert_from(later.meta_data, 'UTF8')::jsonb ->> 'commandId' is distinct from
                     (select convert_from(meta_data, 'UTF8')::jsonb ->> 'commandId' from ledger.domain_event
                      where global_index = ?)),
                9223372036854775807)
            """;

    /** The vouchers that a claim was submitted with. */
    private static final String OF_THE_CLAIM = """
            select 'voucher:' || (item ->> 'voucherId') from ledger.domain_event,
                jsonb_array_elements(convert_from(payload, 'UTF8')::jsonb -> 'items') item
            where aggregate_identifier = ? and sequence_number = 0 and global_index <= ?
            """;

    private final JdbcTemplate sql;
    private final SealTables tables;
    private final Sealed checkpoint;
    private final SignedNote note;
    private final Tiles tiles;
    private final long position;
    private final long leaves;
    /** Events are asked for in their order, so that the next is often in the same run. */
    private Run lastRun;

    private LedgerMoment(JdbcTemplate sql, Asked asked, Instant now) {
        this.sql = sql;
        this.tables = new SealTables(sql);
        Sealed newest = tables.last().orElseThrow(() -> new NotToBeHad("Nothing of this ledger has been sealed yet."));
        long wanted = wanted(asked, newest, now);
        this.position = endOfACommand(wanted);
        this.checkpoint = switch (asked) {
            case Asked.Newest none -> newest;
            case Asked.Command command -> witnessed(tables.covering(position));
            case Asked.Position p -> tables.covering(position);
            case Asked.At at -> tables.covering(position);
        };
        this.note = tables.cosigned(checkpoint);
        this.tiles = keeping(tables.tiles());
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
            case Asked.Command command -> lastOfTheCommand(command.position());
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

    private long lastOfTheCommand(long position) {
        long next = number(END_OF_ITS_COMMAND, position, position);
        return number("select coalesce(max(global_index), 0) from ledger.domain_event where global_index < ?", next);
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
        return LastRecorded.by(sql, at);
    }

    private record Caused(long position, String command) {
        static Caused of(ResultSet row, int n) throws SQLException {
            return new Caused(
                    row.getLong(1), Named.of(row.getBytes(2), Stamp.COMMAND_ID).orElse(""));
        }
    }

    /** Where the last command ended that was whole by then: a part of one would look like a file that leaves something out. */
    private long endOfACommand(long wanted) {
        List<Caused> next = sql.query(METADATA + "> ? order by global_index limit 1", Caused::of, wanted);
        try (var before = Rows.of(sql, METADATA + "<= " + wanted + " order by global_index desc", Caused::of)) {
            while (before.isThere()
                    && !next.isEmpty()
                    && before.look().command().equals(next.getFirst().command())) {
                before.take();
            }
            return before.isThere() ? Math.max(0, before.look().position()) : 0;
        }
    }

    /** The first from this one on of which a witness has said that it saw it; itself where none has. */
    private Sealed witnessed(Sealed covering) {
        return sql
                .query(
                        "select " + SealTables.CHECKPOINT_COLUMNS + " from ledger.checkpoint where size ="
                                + " (select min(size) from ledger.cosignature where size >= ?)",
                        SealTables::sealed,
                        covering.size())
                .stream()
                .findFirst()
                .orElse(covering);
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
        long next = 0;
        try (var runs = Rows.of(
                sql,
                "select " + Run.COLUMNS + " from ledger.seal_run where first_leaf < " + leaves + " order by first_leaf",
                (row, n) -> Run.of(row))) {
            while (runs.isThere()) {
                Run run = runs.take();
                insist(run.firstLeaf() == next && run.isPossible(), run);
                tell(run, told);
                next = run.end();
            }
        }
    }

    private void tell(Run run, Leaves told) {
        long[] next = {run.firstLeaf()};
        each(
                run.source().leavesBetween(),
                run.source(),
                leaf -> {
                    if (next[0] < leaves) {
                        long index = leaf instanceof EventLeaf event ? run.leafOf(event.position()) : next[0];
                        insist(index == next[0] && index < run.end(), run);
                        tell(told, index, leaf);
                        next[0]++;
                    }
                },
                run.firstSource(),
                run.lastSource());
        insist(next[0] == Math.min(run.end(), leaves), run);
    }

    private static void insist(boolean asSealed, Run run) {
        if (!asSealed) {
            throw new NotToBeHad("Between " + run.firstSource() + " and " + run.lastSource() + " "
                    + run.source().table() + " has other rows than were sealed. See: ./voucher seal verify");
        }
    }

    private void streams(Scope scope, Leaves told) {
        each(
                "select " + LeafRows.EVENT_COLUMNS + " from ledger.domain_event" + OF_STREAMS
                        + " order by global_index",
                Source.EVENT,
                leaf -> tell(told, leafOf(((EventLeaf) leaf).position()), leaf),
                streamsOf(scope).toArray(String[]::new),
                position);
    }

    /** Whole streams: of a batch also those of its queue, vouchers, claims and settlements, of a claim its vouchers'; of all the scheme's. */
    private Set<String> streamsOf(Scope scope) {
        var schemes = new ArrayList<Optional<String>>();
        firstEvents(List.of(scope.stream()), (stream, payload) -> schemes.add(Named.of(payload, "schemeId")));
        if (schemes.isEmpty()) {
            throw new NotToBeHad("Up to position " + position + " there is no "
                    + scope.kind().word() + " " + scope.id() + ".");
        }
        String scheme = schemes.getFirst()
                .orElseThrow(() -> new NotToBeHad("The first event of " + scope.stream()
                        + " names no scheme: it was changed. See: ./voucher seal verify"));
        var streams = new LinkedHashSet<>(List.of(scope.stream(), "scheme:" + scheme));
        if (scope.kind() == Scope.Kind.BATCH) {
            List<String> own = List.of(scope.stream(), "queue:" + scope.id(), "settlement:" + scope.id());
            streams.addAll(own);
            for (List<String> more = own; !more.isEmpty(); ) {
                Set<String> named = named(more);
                named.removeAll(streams);
                var ofTheBatch = new ArrayList<String>();
                firstEvents(named, (stream, payload) -> {
                    if (Named.of(payload, "batchId").filter(scope.id()::equals).isPresent()) {
                        ofTheBatch.add(stream);
                    }
                });
                streams.addAll(ofTheBatch);
                more = ofTheBatch;
            }
        }
        if (scope.kind() == Scope.Kind.CLAIM) {
            streams.addAll(sql.queryForList(OF_THE_CLAIM, String.class, scope.stream(), position));
        }
        return streams;
    }

    /** The streams of vouchers and claims that the events of these name, so that nothing else of the log need be read. */
    private Set<String> named(List<String> streams) {
        var named = new LinkedHashSet<String>();
        sql.query(
                "select payload from ledger.domain_event" + OF_STREAMS,
                row -> {
                    Named.streams(row.getBytes(1), named::add);
                },
                streams.toArray(String[]::new),
                position);
        return named;
    }

    private void firstEvents(Collection<String> streams, BiConsumer<String, byte[]> told) {
        sql.query(
                "select aggregate_identifier, payload from ledger.domain_event" + OF_STREAMS
                        + " and sequence_number = 0 order by global_index",
                row -> {
                    told.accept(row.getString(1), row.getBytes(2));
                },
                streams.toArray(String[]::new),
                position);
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
        if (lastRun == null || event < lastRun.firstSource() || event > lastRun.lastSource()) {
            lastRun = tables.runOf(Source.EVENT, event)
                    .orElseThrow(() -> new NotToBeHad(
                            "The event at position " + event + " was never sealed. See: ./voucher seal verify"));
        }
        return lastRun.leafOf(event);
    }

    private long number(String query, Object... parameters) {
        Long number = sql.queryForObject(query, Long.class, parameters);
        return number == null ? 0 : number;
    }
}
