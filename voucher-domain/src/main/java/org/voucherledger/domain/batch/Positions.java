package org.voucherledger.domain.batch;

import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Positions in a queue. They are kept in pages, because they are a value and each change makes a new one: a change copies its own
 * page and the list of pages, not all that stand in them.
 *
 * @param pages none of them empty
 */
public record Positions(SortedMap<Long, SortedSet<Long>> pages) {

    private static final long POSITIONS_A_PAGE = 256;

    public static final Positions NONE = new Positions(new TreeMap<>());

    public boolean isEmpty() {
        return pages.isEmpty();
    }

    public long count() {
        return pages.values().stream().mapToLong(SortedSet::size).sum();
    }

    /** @throws java.util.NoSuchElementException if there is none */
    public long first() {
        return pages.get(pages.firstKey()).first();
    }

    Positions with(long position) {
        var page = page(position);
        page.add(position);
        return with(position, page);
    }

    Positions without(long position) {
        var page = page(position);
        page.remove(position);
        return with(position, page);
    }

    private SortedSet<Long> page(long position) {
        return new TreeSet<>(pages.getOrDefault(position / POSITIONS_A_PAGE, new TreeSet<>()));
    }

    private Positions with(long position, SortedSet<Long> page) {
        var next = new TreeMap<>(pages);
        if (page.isEmpty()) {
            next.remove(position / POSITIONS_A_PAGE);
        } else {
            next.put(position / POSITIONS_A_PAGE, page);
        }
        return new Positions(next);
    }
}
