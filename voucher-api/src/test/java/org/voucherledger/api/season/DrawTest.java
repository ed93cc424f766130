package org.voucherledger.api.season;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.HashSet;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class DrawTest {

    @Test
    @DisplayName("what a named stream draws does not depend on what was drawn before, nor on other streams")
    void streams_are_independent() {
        Draw root = Draw.seeded(2020);
        long first = root.of("voucher", 7).between(0, Long.MAX_VALUE - 1);
        root.below(10);
        root.of("voucher", 8).below(10);
        assertEquals(first, root.of("voucher", 7).between(0, Long.MAX_VALUE - 1));
        assertNotEquals(first, root.of("voucher", 8).between(0, Long.MAX_VALUE - 1));
        assertNotEquals(first, root.of("vouchers", 7).between(0, Long.MAX_VALUE - 1));
        assertNotEquals(first, Draw.seeded(2021).of("voucher", 7).between(0, Long.MAX_VALUE - 1));
    }

    @Test
    void stays_inside_its_bounds_and_reaches_both_ends() {
        Draw draw = Draw.seeded(1);
        var seen = new HashSet<Long>();
        IntStream.range(0, 1_000).forEach(i -> seen.add(draw.between(3, 6)));
        assertEquals(4, seen.size());
        IntStream.range(0, 1_000)
                .mapToLong(i -> draw.magnitude(10, 1_000))
                .forEach(value -> assertTrue(value >= 10 && value <= 1_000, "out of bounds: " + value));
    }
}
