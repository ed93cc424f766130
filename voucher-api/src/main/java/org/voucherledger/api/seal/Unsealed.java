package org.voucherledger.api.seal;

import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Comparator;
import java.util.Objects;
import java.util.Optional;
import java.util.function.ToLongFunction;
import java.util.stream.Stream;
import org.springframework.jdbc.core.JdbcTemplate;

/**
 * What is committed and not sealed, about: it does not know of numbers that were drawn in vain, nor of refusals far away.
 *
 * @param oldest when the first of these rows was recorded, or {@code null} if there is none
 */
record Unsealed(long rows, Instant oldest) {

    /** The answers behind those that are sealed of which it is looked whether they are refusals. */
    private static final long LOOKED_AT = 100_000;

    /**
     * What waits.
     *
     * @param read up to which number each source is sealed
     */
    static Unsealed behind(JdbcTemplate sql, ToLongFunction<Source> read) {
        long rows = Stream.of(Source.values())
                .mapToLong(source -> rows(sql, source, read.applyAsLong(source)))
                .sum();
        Instant oldest = rows == 0
                ? null
                : Stream.of(Source.values())
                        .map(source -> oldest(sql, source, read.applyAsLong(source)))
                        .filter(Objects::nonNull)
                        .min(Comparator.naturalOrder())
                        .orElse(null);
        return new Unsealed(rows, oldest);
    }

    static Unsealed behindTheLastCheckpoint(JdbcTemplate sql) {
        Optional<Sealed> last = new SealTables(sql).last();
        return behind(sql, source -> last.map(newest -> newest.read(source)).orElse(0L));
    }

    private static long rows(JdbcTemplate sql, Source source, long read) {
        Long rows = source == Source.EVENT
                ? sql.queryForObject(source.last(), Long.class)
                : sql.queryForObject(source.countBetween(), Long.class, read, read + LOOKED_AT);
        long there = rows == null ? 0 : rows;
        return source == Source.EVENT ? Math.max(0, there - read) : there;
    }

    private static Instant oldest(JdbcTemplate sql, Source source, long read) {
        long upTo = source == Source.EVENT ? Long.MAX_VALUE : read + LOOKED_AT;
        return sql
                .query(
                        source.firstMoment(),
                        (row, n) -> row.getObject(1, OffsetDateTime.class).toInstant(),
                        read,
                        upTo)
                .stream()
                .findFirst()
                .orElse(null);
    }
}
