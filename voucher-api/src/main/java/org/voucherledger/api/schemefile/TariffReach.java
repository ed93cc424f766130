package org.voucherledger.api.schemefile;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.voucherledger.domain.party.PriorityTag;
import org.voucherledger.domain.party.Size;
import org.voucherledger.domain.scheme.SchemeTerms;
import org.voucherledger.domain.scheme.SchemeTerms.Applicant;
import org.voucherledger.domain.scheme.SchemeTerms.City;
import org.voucherledger.domain.scheme.SchemeTerms.When;

/**
 * Whom the rows of a tariff reach, asked of the terms themselves with one applicant of each sort that the file can tell
 * apart. More tags only let earlier rows fit as well, so one tag of a row, or none, stands for all.
 */
final class TariffReach {

    /** Whom no row fits: this size, of this region, from this application of the year up to that one. */
    record Gap(Size size, String region, int from, Integer to) {}

    private final SchemeTerms terms;
    private final Set<Size> sizes;
    private final List<String> regions;
    private final List<Integer> applications;

    TariffReach(SchemeTerms terms) {
        this.terms = terms;
        this.sizes = new TreeSet<>(terms.eligibility().sizes());
        this.regions = terms.cities().stream().map(City::region).distinct().toList();
        var steps = new TreeSet<>(Set.of(1));
        terms.tariff().forEach(row -> {
            if (row.when().applicationFrom() != null) {
                steps.add(row.when().applicationFrom());
            }
            if (row.when().applicationTo() != null) {
                steps.add(row.when().applicationTo() + 1);
            }
        });
        this.applications = List.copyOf(steps);
    }

    /** Somebody is given what this row says. */
    boolean reaches(int row) {
        When when = terms.tariff().get(row).when();
        List<Set<PriorityTag>> tags = when.tags().isEmpty()
                ? List.of(Set.of())
                : when.tags().stream().map(Set::of).toList();
        return sizes.stream()
                .anyMatch(size -> regions.stream()
                        .anyMatch(region -> tags.stream()
                                .anyMatch(tag -> applications.stream()
                                        .anyMatch(number -> isFirst(row, new Applicant(size, region, tag, number))))));
    }

    private boolean isFirst(int row, Applicant applicant) {
        return terms.tariffFor(applicant)
                .filter(first -> first == terms.tariff().get(row))
                .isPresent();
    }

    /** Who of those without any tag is given nothing. */
    List<Gap> gaps() {
        var gaps = new ArrayList<Gap>();
        for (Size size : sizes) {
            for (String region : regions) {
                gaps.addAll(gaps(size, region));
            }
        }
        return gaps;
    }

    private List<Gap> gaps(Size size, String region) {
        var gaps = new ArrayList<Gap>();
        Integer from = null;
        for (int number : applications) {
            boolean fits = terms.tariffFor(new Applicant(size, region, Collections.emptySet(), number))
                    .isPresent();
            if (!fits && from == null) {
                from = number;
            } else if (fits && from != null) {
                gaps.add(new Gap(size, region, from, number - 1));
                from = null;
            }
        }
        if (from != null) {
            gaps.add(new Gap(size, region, from, null));
        }
        return gaps;
    }
}
