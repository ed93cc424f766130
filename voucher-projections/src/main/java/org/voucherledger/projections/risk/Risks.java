package org.voucherledger.projections.risk;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.voucherledger.domain.command.Malformed;
import org.voucherledger.projections.audittrail.Subject;

/**
 * Every flag there is, whichever kind, and what they say of one subject: the ground of a draw, a stratum of it, or a reason to
 * look. To be asked inside one snapshot.
 *
 * <p>Invariant: the same log, position and thresholds give the same flags of the log, in the same order.
 */
public final class Risks {

    /** What is found again from the same log for ever. */
    public static final Set<RiskKind> OF_THE_LOG =
            Arrays.stream(RiskKind.values()).filter(RiskKind::isOfTheLog).collect(Collectors.toUnmodifiableSet());

    private static final Comparator<Subject> BY_KIND_AND_ID =
            Comparator.comparing(Subject::kind).thenComparing(Subject::id);

    private final List<RiskSource> sources;

    public Risks(List<RiskSource> sources) {
        this.sources = List.copyOf(sources);
    }

    /**
     * A page of flags, kind by kind and by their keys.
     *
     * @param kinds which are looked for
     * @param about whom or what they must concern, or {@code null} for all
     * @param cursor that of the last one seen, or empty
     * @throws Malformed if the cursor is none of ours
     */
    public List<RiskFlag> flags(Set<RiskKind> kinds, Subject about, long at, String cursor, int limit) {
        RiskKind first = cursor.isEmpty() ? RiskKind.values()[0] : kindOf(cursor);
        var found = new ArrayList<RiskFlag>();
        for (RiskKind each : RiskKind.values()) {
            int left = limit - found.size();
            if (left > 0 && kinds.contains(each) && each.compareTo(first) >= 0) {
                String after = each == first && !cursor.isEmpty() ? cursor.substring(cursor.indexOf(':') + 1) : "";
                found.addAll(sourceOf(each).flags(each, about, at, after, left));
            }
        }
        return found;
    }

    /** From where on a list goes on behind this flag. */
    public static String cursor(RiskFlag flag) {
        return flag.kind() + ":" + flag.key();
    }

    /** Which patterns of the log a voucher, a provider or an enterprise showed at a position: reproducible for ever. */
    public Set<RiskKind> of(Subject subject, long at) {
        return bySubject(OF_THE_LOG, subject, at).getOrDefault(subject, Set.of());
    }

    /** The same for everybody at once; who shows none is left out. */
    public Map<Subject, Set<RiskKind>> bySubject(long at) {
        return bySubject(OF_THE_LOG, at);
    }

    /** The same of these patterns only, which are all of the log. */
    public Map<Subject, Set<RiskKind>> bySubject(Set<RiskKind> kinds, long at) {
        return bySubject(kinds, null, at);
    }

    private Map<Subject, Set<RiskKind>> bySubject(Set<RiskKind> asked, Subject about, long at) {
        Map<Subject, Set<RiskKind>> kinds = new TreeMap<>(BY_KIND_AND_ID);
        // Not page by page: each page is the whole search again, and a command may be waiting for this.
        flags(asked, about, at, "", Integer.MAX_VALUE)
                .forEach(flag -> flag.subjects()
                        .forEach(subject -> kinds.computeIfAbsent(subject, s -> new TreeSet<>())
                                .add(flag.kind())));
        return kinds;
    }

    private RiskSource sourceOf(RiskKind kind) {
        return sources.stream()
                .filter(source -> source.knows(kind))
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("nobody looks for " + kind));
    }

    private static RiskKind kindOf(String cursor) {
        return Arrays.stream(RiskKind.values())
                .filter(kind -> cursor.startsWith(kind + ":"))
                .findFirst()
                .orElseThrow(() -> new Malformed("cursor", "next of the page before"));
    }
}
