package org.voucherledger.api.seal;

import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.stream.Stream;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.RowMapper;

/** The rows of a query one after the other, of which the next can be looked at before it is taken. */
final class Rows<T> implements AutoCloseable {

    private final Stream<T> stream;
    private final Iterator<T> iterator;
    private T next;

    private Rows(Stream<T> stream) {
        this.stream = stream;
        this.iterator = stream.iterator();
        take();
    }

    /** @param sql with a fetch size, over a connection in a transaction: or all rows would be in memory */
    static <T> Rows<T> of(JdbcTemplate sql, String query, RowMapper<T> mapper) {
        return new Rows<>(sql.queryForStream(query, mapper));
    }

    boolean isThere() {
        return next != null;
    }

    T look() {
        if (next == null) {
            throw new NoSuchElementException();
        }
        return next;
    }

    /** The row that was looked at; the one behind it is looked at from now on. */
    T take() {
        T taken = next;
        next = iterator.hasNext() ? iterator.next() : null;
        return taken;
    }

    @Override
    public void close() {
        stream.close();
    }
}
