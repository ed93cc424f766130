package org.voucherledger.api.season;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.EnumSet;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class PlanTest {

    @Test
    @DisplayName("the first vouchers of a season go through every end, detour, payment and fate")
    void everything_happens_once() {
        List<Plan> plans = IntStream.range(0, 80)
                .mapToObj(turn -> Plan.of(turn, Draw.seeded(turn)))
                .toList();
        assertEquals(
                EnumSet.allOf(Plan.End.class), plans.stream().map(Plan::end).collect(Collectors.toSet()));
        assertEquals(
                EnumSet.allOf(Plan.Detour.class),
                plans.stream().map(Plan::detour).collect(Collectors.toSet()));
        assertEquals(
                EnumSet.allOf(Plan.PaymentKind.class),
                plans.stream().map(Plan::payment).collect(Collectors.toSet()));
        assertEquals(
                EnumSet.allOf(Plan.Fate.class), plans.stream().map(Plan::fate).collect(Collectors.toSet()));
    }

    @Test
    void the_same_draw_makes_the_same_plan() {
        assertTrue(IntStream.range(1_000, 1_100)
                .allMatch(turn -> Plan.of(turn, Draw.seeded(turn)).equals(Plan.of(turn, Draw.seeded(turn)))));
    }
}
