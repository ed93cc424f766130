package org.voucherledger.domain.party;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.voucherledger.domain.rulebook.SizeTable;
import org.voucherledger.domain.rulebook.SizeTable.Metric;

class SizeStandardTest {

    private final SizeStandard standard = SizeStandard.of2011();

    @DisplayName("GZ-01: at every threshold of the standard, one below, on it and one above")
    @ParameterizedTest
    @EnumSource(Industry.class)
    void everyThreshold(Industry industry) {
        List<Metric> metrics = SizeTable.rows().get(industry);
        Metric a = metrics.get(0);
        List<Long> ofB = metrics.size() == 1 ? List.of(0L) : around(metrics.get(1));
        int asked = 0;
        for (long figureA : around(a)) {
            for (long figureB : ofB) {
                Map<String, Long> figures = new HashMap<>(Map.of("EMPLOYEES", 0L, "REVENUE", 0L, "ASSETS", 0L));
                figures.put(a.name(), figureA);
                if (metrics.size() > 1) {
                    figures.put(metrics.get(1).name(), figureB);
                }
                long employees = figures.get("EMPLOYEES");
                long revenue = figures.get("REVENUE");
                long assets = figures.get("ASSETS");
                assertThat(standard.sizeOf(industry, employees, revenue, assets))
                        .as("%s with %s", industry, figures)
                        .isEqualTo(SizeTable.sizeOf(industry, employees, revenue, assets));
                asked++;
            }
        }
        assertThat(asked).isGreaterThanOrEqualTo(9);
    }

    private static List<Long> around(Metric metric) {
        Set<Long> figures = new LinkedHashSet<>();
        Stream.of(metric.largeFrom(), metric.mediumFrom(), metric.smallFrom())
                .forEach(n -> figures.addAll(List.of(n - 1, n, n + 1)));
        return List.copyOf(figures);
    }

    @Test
    @DisplayName("GZ-01: every industry has its row, and no row is left over")
    void everyIndustry() {
        assertThat(SizeTable.rows().keySet()).containsExactlyInAnyOrder(Industry.values());
    }

    @DisplayName("GZ-01: figures as the standard itself words them")
    @ParameterizedTest(name = "{0}: {1} employees, {2} revenue, {3} assets: {4}")
    @CsvSource({
        "AGRICULTURE, 0, 20000, 0, LARGE",
        "AGRICULTURE, 0, 19999, 0, MEDIUM",
        "AGRICULTURE, 0, 500, 0, MEDIUM",
        "AGRICULTURE, 0, 499, 0, SMALL",
        "AGRICULTURE, 0, 49, 0, MICRO",
        "INDUSTRY, 1000, 40000, 0, LARGE",
        "INDUSTRY, 1000, 39999, 0, MEDIUM",
        "INDUSTRY, 999, 40000, 0, MEDIUM",
        "INDUSTRY, 300, 1999, 0, SMALL",
        "INDUSTRY, 19, 40000, 0, MICRO",
        "CONSTRUCTION, 0, 6000, 4999, SMALL",
        "REAL_ESTATE_DEVELOPMENT, 0, 200000, 1999, MICRO",
        "LEASING_BUSINESS_SERVICES, 300, 0, 120000, LARGE",
        "OTHER, 299, 0, 0, MEDIUM",
        "OTHER, 9, 999999, 999999, MICRO"
    })
    void asWorded(Industry industry, long employees, long revenue, long assets, Size expected) {
        assertThat(standard.sizeOf(industry, employees, revenue, assets)).isEqualTo(expected);
    }
}
