package org.voucherledger.domain.redemption;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * Items in the order in which they are paid: by tier, then by claim (CL-03, GZ-43).
 *
 * <p>They are kept in pages, because the turns are a value and each change makes a new one: a change copies its own page and
 * the list of pages, not all that stand in them.
 */
public record Turns(SortedMap<Page, SortedMap<Long, Awaited>> pages) {

    private static final long NUMBERS_A_PAGE = 256;

    /** Neighbours in the order. */
    public record Page(int tier, long page) implements Comparable<Page> {

        static Page of(int tier, long number) {
            return new Page(tier, number / NUMBERS_A_PAGE);
        }

        @Override
        public int compareTo(Page other) {
            return tier == other.tier ? Long.compare(page, other.page) : Integer.compare(tier, other.tier);
        }
    }

    public static final Turns NONE = new Turns(new TreeMap<>());

    public boolean isEmpty() {
        return pages.isEmpty();
    }

    /** All of them, the first in turn first. */
    public Stream<Awaited> all() {
        return pages.values().stream().map(Map::values).flatMap(Collection::stream);
    }

    /** {@code null} where none stands at this place. */
    public Awaited at(int tier, long number) {
        return page(Page.of(tier, number)).get(number);
    }

    /** Those whose turn is before this place, the first of them first. */
    public Stream<Awaited> before(int tier, long number) {
        Page own = Page.of(tier, number);
        Stream<Awaited> earlierPages =
                pages.headMap(own).values().stream().map(Map::values).flatMap(Collection::stream);
        return Stream.concat(earlierPages, page(own).headMap(number).values().stream());
    }

    Turns with(Awaited awaited) {
        Page place = Page.of(awaited.tier(), awaited.number());
        var page = new TreeMap<>(page(place));
        page.put(awaited.number(), awaited);
        return with(place, page);
    }

    Turns without(int tier, long number) {
        Page place = Page.of(tier, number);
        var page = new TreeMap<>(page(place));
        page.remove(number);
        return with(place, page);
    }

    List<Awaited> those(Predicate<Awaited> wanted) {
        return all().filter(wanted).toList();
    }

    private SortedMap<Long, Awaited> page(Page place) {
        return pages.getOrDefault(place, new TreeMap<>());
    }

    private Turns with(Page place, SortedMap<Long, Awaited> page) {
        var next = new TreeMap<>(pages);
        if (page.isEmpty()) {
            next.remove(place);
        } else {
            next.put(place, page);
        }
        return new Turns(next);
    }
}
