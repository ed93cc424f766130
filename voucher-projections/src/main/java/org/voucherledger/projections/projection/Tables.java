package org.voucherledger.projections.projection;

import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.RowCallbackHandler;
import org.voucherledger.domain.aggregate.DomainEvent;
import org.voucherledger.domain.aggregate.State;

/** The tables of one copy of a view. Statements name them as {@code {slot}.table}. */
public final class Tables implements Rows {

    /** So many rows stay in the server's memory while it takes them apart, whatever their columns hold. */
    private static final int AT_ONCE = 1_000;

    private final JdbcTemplate jdbc;
    private final Slot slot;
    private final Map<String, Kept<?>> kept = new HashMap<>();
    private final Map<String, Optional<Insertion>> insertions = new HashMap<>();

    Tables(JdbcTemplate jdbc, Slot slot) {
        this.jdbc = jdbc;
        this.slot = slot;
    }

    /** Runs one statement for many rows in one round trip; no two rows of an insertion have the same key. */
    public void write(String statement, List<Object[]> rows) {
        if (rows.isEmpty()) {
            return;
        }
        var insertion = insertions.computeIfAbsent(
                statement, key -> Optional.ofNullable(Insertion.of(statement, this::columns)));
        if (insertion.isPresent()) {
            writeAtOnce(insertion.get().sql(), insertion.get().types(), rows);
        } else {
            jdbc.batchUpdate(slot.sql(statement), rows);
        }
    }

    private List<String> columns(String table) {
        return jdbc.queryForList(
                "select t.typname from pg_attribute a join pg_type t on t.oid = a.atttypid"
                        + " where a.attrelid = (? || '.' || ?)::regclass and a.attnum > 0 and not a.attisdropped"
                        + " order by a.attnum",
                String.class,
                slot.schema(),
                table);
    }

    @Override
    public void query(String statement, RowCallbackHandler row, Object... parameters) {
        jdbc.query(slot.sql(statement), row, parameters);
    }

    /**
     * Runs a statement over many rows at once; it takes each column as an array, in {@code unnest(?::text[], …)}.
     *
     * @param types of the columns, as the database calls them in its catalogue
     */
    public void writeAtOnce(String statement, List<String> types, List<Object[]> rows) {
        for (int from = 0; from < rows.size(); from += AT_ONCE) {
            List<Object[]> these = rows.subList(from, Math.min(from + AT_ONCE, rows.size()));
            jdbc.update(slot.sql(statement), ps -> {
                for (int column = 0; column < types.size(); column++) {
                    String type = types.get(column);
                    ps.setArray(column + 1, ps.getConnection().createArrayOf(type, column(type, these, column)));
                }
            });
        }
    }

    /** Arrays of these classes go to the server as bytes; of all others the driver writes a literal, character by character. */
    private static Object[] column(String type, List<Object[]> rows, int column) {
        var values = rows.stream().map(row -> row[column]);
        return switch (type) {
            case "text" ->
                values.map(value -> value == null ? null : value.toString()).toArray(String[]::new);
            case "int8" ->
                values.map(value -> value == null ? null : ((Number) value).longValue())
                        .toArray(Long[]::new);
            case "int4" -> values.toArray(Integer[]::new);
            default -> values.toArray();
        };
    }

    /** The one number that a statement answers. */
    public long number(String statement) {
        return jdbc.queryForObject(slot.sql(statement), Long.class);
    }

    /** Reads the rows whose key is among these; the statement ends in {@code = any(?)}. */
    public void read(String statement, Collection<String> keys, RowCallbackHandler row) {
        if (!keys.isEmpty()) {
            String[] array = keys.toArray(String[]::new);
            jdbc.query(
                    slot.sql(statement), ps -> ps.setArray(1, ps.getConnection().createArrayOf("text", array)), row);
        }
    }

    /** The documents of a table with columns {@code id} and {@code column}. */
    public <T> Documents<T> documents(String table, String column, Class<T> type) {
        return new Documents<>(this, table, column, type);
    }

    @SuppressWarnings("unchecked") // one column holds documents of one type
    <T> Kept<T> kept(String table, String column) {
        return (Kept<T>) kept.computeIfAbsent(table + "." + column, key -> new Kept<T>());
    }

    /** Somebody else may have written, or what was written was not committed: what is kept of the tables counts no more. */
    void forget() {
        kept.clear();
    }

    /** The states kept in a table with columns {@code id} and {@code state}, ready to evolve. */
    public <S extends State<S, E>, E extends DomainEvent> States<S, E> states(
            String table, Class<S> type, S empty, Collection<String> ids) {
        return states(table, type, empty, UnaryOperator.identity(), ids);
    }

    /** @param kept makes of a state what of it is kept; whatever evolves from that must be the same, but for what is left out */
    public <S extends State<S, E>, E extends DomainEvent> States<S, E> states(
            String table, Class<S> type, S empty, UnaryOperator<S> kept, Collection<String> ids) {
        return new States<>(this, table, type, empty, kept, ids);
    }

    /** An instant as the driver wants it. */
    public static OffsetDateTime time(Instant instant) {
        return instant == null ? null : instant.atOffset(ZoneOffset.UTC);
    }
}
