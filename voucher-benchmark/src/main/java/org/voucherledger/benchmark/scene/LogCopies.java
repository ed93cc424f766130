package org.voucherledger.benchmark.scene;

import java.util.function.LongConsumer;

/**
 * Makes a log long: copies what one city has recorded into as many cities as it takes, each of its own name and a year of days
 * after the one before. What comes of it is a log as the program would have written it, but for its identifiers.
 */
public final class LogCopies {

    /** The stream of a key that may be used once is named by the key's hash. */
    private static final String COPY = """
            insert into ledger.domain_event (event_identifier, aggregate_identifier, sequence_number, type, recorded_at,
                payload_type, payload_revision, payload, meta_data)
            select md5(event_identifier || ?)::uuid::text,
                case when aggregate_identifier like 'usedonce:%' then
                    left(aggregate_identifier, -64) || encode(sha256(convert_to(copied::jsonb ->> 'key', 'UTF8')), 'hex')
                else replace(aggregate_identifier, ?, ?) end,
                sequence_number, type, recorded_at + ? * interval '1 day', payload_type, payload_revision,
                convert_to(copied, 'UTF8'), convert_to(replace(convert_from(meta_data, 'UTF8'), ?, ?), 'UTF8')
            from ledger.domain_event, lateral (select replace(convert_from(payload, 'UTF8'), ?, ?)) as payload_of(copied)
            where global_index <= ? order by global_index
            """;

    private static final int DAYS = 400;
    private static final int MOST = 999;

    private LogCopies() {}

    public static String mark(int copy) {
        if (copy > MOST) {
            throw new IllegalArgumentException("at most " + MOST + " copies");
        }
        return "Q%03d".formatted(copy);
    }

    /**
     * Copies the log of the city {@code mark(0)} until there are this many events.
     *
     * @param progress told the number of events after each copy
     */
    public static void make(BenchLedger ledger, long events, LongConsumer progress) {
        make(ledger, events, DAYS, progress);
    }

    /** @param days by which each copy is later than the one before */
    public static void make(BenchLedger ledger, long events, int days, LongConsumer progress) {
        long seed = ledger.events();
        String from = mark(0);
        for (int copy = 1; copy * seed < events; copy++) {
            String to = mark(copy);
            ledger.sql().update(COPY, to, from, to, copy * days, from, to, from, to, seed);
            progress.accept((copy + 1) * seed);
        }
        // Without it the planner takes a table that was filled at a stroke for a small one.
        ledger.asOwner("analyze ledger.domain_event");
    }
}
