package org.voucherledger.api.tampering;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.voucherledger.api.seal.Finding;
import org.voucherledger.api.seal.Finding.Kind;
import org.voucherledger.api.seal.SealReport;

/**
 * What a verification must say of a tampering, neither less nor something else: a finding in the wrong place accuses what is
 * right and hides what is wrong.
 *
 * @param exactly each of these, by everything but its words
 * @param atLeastOneOf one finding of these kinds at least, where the place within a checkpoint cannot be known; may be empty
 * @param besides further findings may be of these kinds
 * @param from what every checkpoint of up to so many leaves covers is as it was, and may not be accused
 */
record Expected(List<Finding> exactly, Set<Kind> atLeastOneOf, Set<Kind> besides, long from) {

    private static final Set<Kind> NOTHING = EnumSet.noneOf(Kind.class);

    static Expected exactly(List<Finding> findings) {
        return new Expected(List.copyOf(findings), NOTHING, NOTHING, 0);
    }

    /** Of these kinds, and nothing else. */
    static Expected some(Set<Kind> kinds, long from) {
        return new Expected(List.of(), kinds, kinds, from);
    }

    Expected and(List<Finding> more) {
        var all = new ArrayList<>(exactly);
        all.addAll(more);
        return new Expected(List.copyOf(all), atLeastOneOf, besides, from);
    }

    Expected besides(Kind... kinds) {
        var wider = EnumSet.copyOf(List.of(kinds));
        wider.addAll(besides);
        return new Expected(exactly, atLeastOneOf, wider, from);
    }

    /** Nothing was done to what was sealed. */
    boolean isNothing() {
        return exactly.isEmpty() && atLeastOneOf.isEmpty();
    }

    /** What the report says wrongly, or does not say; nothing if it is right. */
    Optional<String> contradicts(SealReport report) {
        if (report.found() != report.findings().size()) {
            return Optional.of("of " + report.found() + " findings it lists "
                    + report.findings().size());
        }
        if (report.holds()) {
            return isNothing() ? Optional.empty() : Optional.of("nothing was found");
        }
        var rest = new ArrayList<>(report.findings());
        for (Finding must : exactly) {
            Optional<Finding> said =
                    rest.stream().filter(finding -> isSame(finding, must)).findFirst();
            if (said.isEmpty()) {
                return Optional.of("not found: " + must + "; found: " + report.findings());
            }
            rest.remove(said.get());
        }
        if (!atLeastOneOf.isEmpty() && rest.stream().noneMatch(finding -> atLeastOneOf.contains(finding.kind()))) {
            return Optional.of("none of " + atLeastOneOf + " found: " + report.findings());
        }
        return rest.stream()
                .filter(finding -> !besides.contains(finding.kind()) || isBeforeTheDeed(finding))
                .findFirst()
                .map(wrong -> "wrongly said: " + wrong);
    }

    private boolean isBeforeTheDeed(Finding finding) {
        return finding.until() != null && finding.until().leaves() <= from;
    }

    private static boolean isSame(Finding said, Finding must) {
        return said.as(said.kind(), "").equals(must.as(must.kind(), ""));
    }
}
