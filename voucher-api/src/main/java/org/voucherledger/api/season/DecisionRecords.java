package org.voucherledger.api.season;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.voucherledger.api.season.Applying.Queued;
import tools.jackson.databind.JsonNode;

/**
 * What must be on record for every application of a batch whose granting ends with the first that no longer fits, worked out
 * from the answers to the applications: by tier, then by position (GZ-12). Amounts in fen.
 */
final class DecisionRecords {

    private static final int MOST_FLAWS = 20;

    /** @param leftFen what was available when its turn came */
    private record Decided(Queued application, boolean granted, long leftFen) {}

    private final Map<String, Decided> decided = new LinkedHashMap<>();

    private DecisionRecords() {}

    static DecisionRecords of(List<Queued> queued, long budgetFen) {
        var records = new DecisionRecords();
        long left = budgetFen;
        boolean ended = false;
        for (Queued next : queued.stream()
                .sorted(Comparator.comparingInt(Queued::tier).thenComparingLong(Queued::position))
                .toList()) {
            ended = ended || next.amountFen() > left;
            records.decided.put(next.applicationId(), new Decided(next, !ended, left));
            left -= ended ? 0 : next.amountFen();
        }
        return records;
    }

    long granted() {
        return decided.values().stream().filter(Decided::granted).count();
    }

    long notGranted() {
        return decided.size() - granted();
    }

    /** What is wrong with the ledger's records, the first of it; empty if each application has its own and it is right. */
    List<String> flawsOf(List<JsonNode> shown) {
        var flaws = new ArrayList<String>();
        var missing = new HashSet<>(decided.keySet());
        for (JsonNode record : shown) {
            String id = record.path("id").asString();
            Decided expected = decided.get(id);
            if (!missing.remove(id)) {
                flaws.add(id + " is on record twice, or nobody applied under that name");
            } else if (!agrees(expected, record)) {
                flaws.add(id + " must be " + expected + ", and the record is " + record);
            }
        }
        missing.forEach(id -> flaws.add(id + " has no record"));
        return flaws.subList(0, Math.min(MOST_FLAWS, flaws.size()));
    }

    private static boolean agrees(Decided expected, JsonNode record) {
        Queued application = expected.application();
        return record.path("outcome").asString("").equals(expected.granted() ? "GRANTED" : "NOT_GRANTED")
                && record.path("enterpriseId")
                        .asString("")
                        .equals(application.firm().code())
                && record.path("queuePosition").asLong() == application.position()
                && record.path("tier").asInt() == application.tier()
                && record.path("askedFen").asLong() == application.amountFen()
                && record.path("grantedFen").asLong() == (expected.granted() ? application.amountFen() : 0)
                && record.path("leftFen").isNumber()
                && record.path("leftFen").asLong() == expected.leftFen()
                && record.path("voucherIds").size()
                        == (expected.granted() ? application.partsFen().size() : 0)
                && record.path("decidedAt").isString();
    }
}
