package org.voucherledger.api.eventstore;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import javax.sql.DataSource;
import org.axonframework.eventhandling.DomainEventMessage;
import org.axonframework.eventhandling.EventMessage;
import org.axonframework.eventhandling.GenericDomainEventMessage;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.JdbcTemplate;
import org.voucherledger.domain.aggregate.LedgerAggregate;
import org.voucherledger.domain.aggregate.State;
import org.voucherledger.domain.ledger.Ledger;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/**
 * The states of long streams, kept beside the log so that a cold one is read from there on.
 *
 * <p>Invariants: a state is kept only after the events that it follows from are durable, and never in their transaction. It is
 * believed only by the very code that wrote it, and only in a log that has the event which it was taken after.
 */
public final class Snapshots implements AutoCloseable {

    /** A stream is kept anew whenever it has got so many events more; fewer than these are read in a moment. */
    static final int EVERY = 1_000;

    private static final int WAITING_AT_MOST = 64;
    private static final Logger LOG = LoggerFactory.getLogger(Snapshots.class);

    private static final String FIND = """
            select s.stream, s.sequence_number, s.event_identifier, s.state from ledger.snapshot as s
            where s.stream = any(?) and s.code = ? and exists (
                select from ledger.domain_event as e where e.aggregate_identifier = s.stream
                    and e.sequence_number = s.sequence_number and e.event_identifier = s.event_identifier)
            """;
    private static final String KEEP = """
            insert into ledger.snapshot as s (stream, sequence_number, event_identifier, code, state) values (?, ?, ?, ?, ?)
            on conflict (stream) do update set sequence_number = excluded.sequence_number,
                event_identifier = excluded.event_identifier, code = excluded.code, state = excluded.state
            """;

    /** A stream as it stood after this event. */
    public record Standing(DomainEventMessage<?> after, State<?, ?> state) {}

    private final JdbcTemplate sql;
    private final JsonMapper json;
    /** What comes while too much waits is left out: the next thousand events bring another. */
    private final ThreadPoolExecutor keeping = new ThreadPoolExecutor(
            1,
            1,
            0,
            TimeUnit.SECONDS,
            new ArrayBlockingQueue<>(WAITING_AT_MOST),
            Thread.ofPlatform().daemon().name("snapshots").factory(),
            new ThreadPoolExecutor.DiscardPolicy());

    public Snapshots(DataSource dataSource) {
        this.sql = new JdbcTemplate(dataSource);
        var builder = JsonMapper.builder();
        EventSerializer.format(builder);
        this.json = builder.build();
    }

    /**
     * How the long streams stand that these events have brought past another thousand.
     *
     * @param events recorded in the unit of work of this thread
     */
    public static List<Standing> due(List<EventMessage<?>> events, Ledger ledger) {
        var last = new HashMap<String, DomainEventMessage<?>>();
        var due = new ArrayList<String>();
        for (EventMessage<?> event : events) {
            if (event instanceof DomainEventMessage<?> domain) {
                last.put(domain.getAggregateIdentifier(), domain);
                if ((domain.getSequenceNumber() + 1) % EVERY == 0) {
                    due.add(domain.getAggregateIdentifier());
                }
            }
        }
        return due.stream()
                .distinct()
                .flatMap(stream ->
                        LongStream.of(stream)
                                .map(kind -> new Standing(last.get(stream), kind.stateOf(ledger, stream)))
                                .stream())
                .toList();
    }

    /** Keeps them on a thread of its own, some time from now; their events are durable. */
    public void keep(List<Standing> standings) {
        standings.forEach(standing -> keeping.execute(() -> keep(standing)));
    }

    private void keep(Standing standing) {
        String stream = standing.after().getAggregateIdentifier();
        byte[] written = json.writeValueAsBytes(standing.state());
        if (!json.readValue(written, standing.state().getClass()).equals(standing.state())) {
            LOG.error("The state of {} does not come back as it was and is not kept.", stream);
            return;
        }
        try {
            sql.update(
                    KEEP,
                    stream,
                    standing.after().getSequenceNumber(),
                    standing.after().getIdentifier(),
                    DomainCode.FINGERPRINT,
                    written);
        } catch (DataAccessException missed) {
            LOG.warn("The state of {} was not kept: {}", stream, missed.toString());
        }
    }

    /** Those of these streams that are kept: each as an event from which an aggregate goes on. */
    Map<String, DomainEventMessage<?>> of(Collection<String> streams) {
        String[] asked = streams.stream()
                .filter(stream -> LongStream.of(stream).isPresent())
                .toArray(String[]::new);
        var kept = new HashMap<String, DomainEventMessage<?>>();
        if (asked.length > 0) {
            sql.query(
                    FIND,
                    row -> {
                        String stream = row.getString(1);
                        LedgerAggregate<?, ?> aggregate = standing(stream, row.getBytes(4));
                        if (aggregate != null) {
                            kept.put(
                                    stream,
                                    new GenericDomainEventMessage<>(
                                            aggregate.getClass().getSimpleName(), stream, row.getLong(2), aggregate));
                        }
                    },
                    asked,
                    DomainCode.FINGERPRINT);
        }
        return kept;
    }

    private LedgerAggregate<?, ?> standing(String stream, byte[] written) {
        LongStream kind = LongStream.of(stream).orElseThrow();
        try {
            return kind.standing(stream, json.readValue(written, kind.state()));
        } catch (JacksonException unreadable) {
            LOG.warn("The kept state of {} cannot be read: {}", stream, unreadable.toString());
            return null;
        }
    }

    @Override
    public void close() {
        keeping.shutdownNow();
    }
}
