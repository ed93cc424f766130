package org.voucherledger.projections.evidence;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;

/**
 * A number for each of very many names, in 24 bytes a place. A name is known by the first 128 bits of its SHA-256, so that
 * nobody can make two names fall together.
 */
final class Known {

    private static final long NONE = -1;
    private static final int FIRST_CAPACITY = 1 << 10;
    private static final int LONGS = 3;

    private final MessageDigest digest = sha256();
    /** Three numbers for each place: the two halves of a name, and its number. */
    private long[][] pages = emptyPages(FIRST_CAPACITY);

    private int capacity = FIRST_CAPACITY;
    private int size;

    /** The number of this name before, {@code -1} if it had none; from now on it is this one, which is not negative. */
    long put(String name, long number) {
        ByteBuffer hash = ByteBuffer.wrap(digest.digest(name.getBytes(StandardCharsets.UTF_8)));
        // Half full at most, so that a search is short.
        if (size >= capacity / 2) {
            grow();
        }
        return put(hash.getLong(), hash.getLong(), number);
    }

    boolean has(String name) {
        ByteBuffer hash = ByteBuffer.wrap(digest.digest(name.getBytes(StandardCharsets.UTF_8)));
        long high = hash.getLong();
        long low = hash.getLong();
        for (int place = first(high); number(place) != NONE; place = after(place)) {
            if (page(place)[at(place)] == high && page(place)[at(place) + 1] == low) {
                return true;
            }
        }
        return false;
    }

    int size() {
        return size;
    }

    private long put(long high, long low, long number) {
        int place = first(high);
        while (number(place) != NONE) {
            long[] page = page(place);
            int at = at(place);
            if (page[at] == high && page[at + 1] == low) {
                long before = page[at + 2];
                page[at + 2] = number;
                return before;
            }
            place = after(place);
        }
        long[] page = page(place);
        int at = at(place);
        page[at] = high;
        page[at + 1] = low;
        page[at + 2] = number;
        size++;
        return NONE;
    }

    private void grow() {
        long[][] before = pages;
        capacity = Math.multiplyExact(capacity, 2);
        pages = emptyPages(capacity);
        size = 0;
        for (int i = 0; i < before.length; i++) {
            long[] page = before[i];
            for (int at = 0; at < page.length; at += LONGS) {
                if (page[at + 2] != NONE) {
                    put(page[at], page[at + 1], page[at + 2]);
                }
            }
            before[i] = null;
        }
    }

    private int first(long high) {
        return (int) (high & (capacity - 1));
    }

    private int after(int place) {
        return (place + 1) & (capacity - 1);
    }

    private long number(int place) {
        return page(place)[at(place) + 2];
    }

    private long[] page(int place) {
        return pages[place / FIRST_CAPACITY];
    }

    private static int at(int place) {
        return place % FIRST_CAPACITY * LONGS;
    }

    private static long[][] emptyPages(int capacity) {
        var pages = new long[capacity / FIRST_CAPACITY][LONGS * FIRST_CAPACITY];
        for (long[] page : pages) {
            Arrays.fill(page, NONE);
        }
        return pages;
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
