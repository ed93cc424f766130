package org.voucherledger.api.season;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.EnumSet;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.voucherledger.domain.party.CreditCode;
import org.voucherledger.domain.party.Industry;
import org.voucherledger.domain.party.RecognitionLevel;
import org.voucherledger.domain.party.ServiceType;
import org.voucherledger.domain.party.Size;
import org.voucherledger.domain.party.SizeStandard;

class CityTest {

    private static final City SMALL = City.of(7, Season.FEWEST_ENTERPRISES, 60);

    @Test
    @DisplayName("the same seed makes the same city, another one another")
    void same_seed_same_city() {
        assertEquals(told(SMALL), told(City.of(7, Season.FEWEST_ENTERPRISES, 60)));
        assertNotEquals(told(SMALL), told(City.of(8, Season.FEWEST_ENTERPRISES, 60)));
    }

    @Test
    @DisplayName("an enterprise does not depend on how many others there are")
    void a_larger_city_begins_with_the_smaller_one() {
        City larger = City.of(7, 400, 60);
        assertEquals(
                SMALL.firms().stream().map(Firm::declaration).toList(),
                larger.firms().stream()
                        .limit(Season.FEWEST_ENTERPRISES)
                        .map(Firm::declaration)
                        .toList());
    }

    @Test
    @DisplayName("even the smallest city has every industry, every size and every flaw")
    void everything_is_there() {
        assertEquals(
                EnumSet.allOf(Industry.class),
                SMALL.firms().stream()
                        .map(firm -> firm.declaration().industry())
                        .collect(Collectors.toSet()));
        assertEquals(
                EnumSet.allOf(Size.class),
                SMALL.firms().stream().map(Firm::size).collect(Collectors.toSet()));
        assertEquals(
                EnumSet.allOf(Flaw.class),
                SMALL.firms().stream().map(Firm::flaw).collect(Collectors.toSet()));
        assertEquals(
                EnumSet.allOf(RecognitionLevel.class),
                SMALL.platforms().stream().map(Platform::level).collect(Collectors.toSet()));
        Arrays.stream(ServiceType.values())
                .forEach(type -> assertTrue(SMALL.offering(type).size() > 1, "too few offer " + type));
    }

    @Test
    @DisplayName("GZ-01: declared sizes are the standard's, but for those who are there to declare a wrong one")
    void sizes_are_as_computed() {
        for (Firm firm : SMALL.firms()) {
            var d = firm.declaration();
            Size computed = SizeStandard.of2011().sizeOf(d.industry(), d.employees(), d.revenueWan(), d.assetsWan());
            assertEquals(firm.size(), computed);
            assertEquals(firm.flaw() != Flaw.WRONG_SIZE, d.declaredSize() == computed, firm.toString());
        }
    }

    @Test
    @DisplayName("credit codes are well formed and nobody has another's")
    void codes_are_well_formed() {
        Set<String> codes = SMALL.firms().stream().map(Firm::code).collect(Collectors.toSet());
        SMALL.platforms().forEach(platform -> codes.add(platform.code()));
        assertEquals(SMALL.firms().size() + SMALL.platforms().size(), codes.size());
        codes.forEach(code -> assertEquals(code, CreditCode.check("code", code)));
    }

    /** Without the streams of draws, which are compared by what they draw. */
    private static String told(City city) {
        return city.firms().stream()
                        .map(f -> f.code()
                                + f.declaration()
                                + f.size()
                                + f.tags()
                                + f.flaw()
                                + f.draw().of("test").below(1_000))
                        .toList()
                + city.platforms().toString();
    }
}
