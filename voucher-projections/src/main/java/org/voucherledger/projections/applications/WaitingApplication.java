package org.voucherledger.projections.applications;

import java.util.ArrayList;
import java.util.function.Predicate;
import org.voucherledger.projections.projection.Rows;

/** An application that has not been decided for good, in its place of the order of grant (GZ-12). Amount in fen. */
record WaitingApplication(
        String id, String enterpriseId, ApplicationOutcome outcome, int tier, long position, long askedFen) {

    private static final int PAGE = 1_000;

    private static final String FIND = """
            select id, enterprise_id, outcome, tier, position, asked_fen from {slot}.application
            where batch_id = ? and outcome in ('QUEUED', 'WAITING') and (tier, position) > (?, ?)
            order by tier, position limit %d
            """.formatted(PAGE);

    /** Goes down the order of a batch, a page in memory at a time, as long as it is asked to. */
    static void inOrder(Rows rows, String batchId, Predicate<WaitingApplication> goOn) {
        var found = new ArrayList<WaitingApplication>();
        int tier = Integer.MIN_VALUE;
        long position = Long.MIN_VALUE;
        do {
            found.clear();
            rows.query(
                    FIND,
                    row -> found.add(new WaitingApplication(
                            row.getString(1),
                            row.getString(2),
                            ApplicationOutcome.valueOf(row.getString(3)),
                            row.getInt(4),
                            row.getLong(5),
                            row.getLong(6))),
                    batchId,
                    tier,
                    position);
            for (WaitingApplication next : found) {
                if (!goOn.test(next)) {
                    return;
                }
                tier = next.tier();
                position = next.position();
            }
        } while (found.size() == PAGE);
    }
}
