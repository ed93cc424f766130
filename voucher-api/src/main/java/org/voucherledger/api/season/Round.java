package org.voucherledger.api.season;

import java.time.Instant;
import java.util.List;

/**
 * One batch of the season with its days.
 *
 * @param budgetFen what it is opened with; {@code raisedFen} is added while its window is open
 * @param until the closing instant that its notice names
 * @param closes the closing instant in the end, which the bureau may have moved
 * @param grantedAt when the operator grants; {@code publishedAt} when it publishes
 * @param orderBy the first instant that is too late for an order (GZ-20)
 * @param redemptionFrom the first instant at which its vouchers may be claimed in the end (GZ-40, ALL-06)
 */
record Round(
        String batchId,
        long budgetFen,
        long raisedFen,
        Instant openedAt,
        Instant from,
        Instant until,
        Instant closes,
        Instant grantedAt,
        Instant publishedAt,
        Instant orderBy,
        Instant redemptionFrom) {

    static final long FUND_FEN = 600_000_000;
    static final long LARGEST_FEN = 240_000_000;

    /** From this many enterprises on, the batches take up the fund; a smaller city has smaller ones. */
    private static final int FULL_SIZE = 1_000;

    /**
     * Three batches that together leave 400,000 CNY of the fund (less in proportion). The grant of the second is published
     * late, so its vouchers' time counts from there; the window of the third is moved by the bureau.
     */
    static List<Round> of(int enterprises) {
        return List.of(
                new Round(
                        "GZ2020-1",
                        scaled(LARGEST_FEN, enterprises),
                        0,
                        Calendar.at("2020-03-27", "10:00"),
                        Calendar.at("2020-04-01", "10:00"),
                        Calendar.at("2020-04-30", "17:00"),
                        Calendar.at("2020-04-30", "17:00"),
                        Calendar.at("2020-05-06", "09:00"),
                        Calendar.at("2020-05-06", "16:00"),
                        Calendar.at("2020-05-31", "00:00"),
                        Calendar.REDEMPTION_FROM),
                new Round(
                        "GZ2020-2",
                        scaled(200_000_000, enterprises),
                        scaled(20_000_000, enterprises),
                        Calendar.at("2020-05-07", "10:00"),
                        Calendar.at("2020-05-11", "10:00"),
                        Calendar.at("2020-05-29", "17:00"),
                        Calendar.at("2020-05-29", "17:00"),
                        Calendar.at("2020-06-02", "09:00"),
                        Calendar.at("2020-06-03", "11:00"),
                        Calendar.at("2020-07-04", "00:00"),
                        Calendar.at("2020-09-01", "00:00")),
                new Round(
                        "GZ2020-3",
                        scaled(120_000_000, enterprises),
                        0,
                        Calendar.at("2020-06-04", "10:00"),
                        Calendar.at("2020-06-08", "10:00"),
                        Calendar.at("2020-06-30", "17:00"),
                        Calendar.at("2020-07-03", "17:00"),
                        Calendar.at("2020-07-06", "09:00"),
                        Calendar.at("2020-07-06", "16:00"),
                        Calendar.at("2020-08-03", "00:00"),
                        Calendar.REDEMPTION_FROM));
    }

    /** What it can grant. */
    long grantableFen() {
        return budgetFen + raisedFen;
    }

    private static long scaled(long fen, int enterprises) {
        return fen / FULL_SIZE * Math.min(FULL_SIZE, enterprises);
    }
}
