package org.voucherledger.projections.risk;

import java.util.List;
import java.util.Map;
import org.voucherledger.projections.audittrail.Subject;

/**
 * A pattern that was found: evidence for whoever looks into it, and no more.
 *
 * @param key tells it from others of its kind, and stays the same while it is the same pattern
 * @param subjects whom and what it concerns
 * @param references of the personal data that it rests on, as {@code party/reference}; never the data
 * @param figures what it rests on, amounts in fen, and the thresholds that it reached
 * @param positions of the events that it rests on, the latest {@value #MOST_POSITIONS} of {@code events}
 * @param events how many events it rests on
 */
public record RiskFlag(
        RiskKind kind,
        String key,
        List<Subject> subjects,
        List<String> references,
        Map<String, Long> figures,
        List<Long> positions,
        int events) {

    /** A provider may have thousands of payments. */
    static final int MOST_POSITIONS = 100;

    /** With positions in any order. */
    public static RiskFlag of(
            RiskKind kind,
            String key,
            List<Subject> subjects,
            List<String> references,
            Map<String, Long> figures,
            List<Long> positions) {
        List<Long> sorted = positions.stream().sorted().toList();
        return new RiskFlag(
                kind,
                key,
                List.copyOf(subjects),
                List.copyOf(references),
                figures,
                sorted.subList(Math.max(0, sorted.size() - MOST_POSITIONS), sorted.size()),
                sorted.size());
    }
}
