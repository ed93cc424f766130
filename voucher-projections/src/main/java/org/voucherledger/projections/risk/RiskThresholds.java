package org.voucherledger.projections.risk;

import java.time.Duration;

/**
 * From when on a pattern is worth looking at; each is reached by what equals it. Shares and deviations in basis points.
 *
 * @param runInvoices consecutive invoices, of at least {@code runBuyers} buyers
 * @param priceDeviationBasisPoints of a price from the median of the last {@code priceWindow} prices before it, of which there
 *     must be {@code priceHistory}
 * @param fewEnterprises how many of a provider's greatest payers pay at least {@code fewShareBasisPoints} of what it is paid, if it
 *     has {@code fewVouchers} paid vouchers at all
 * @param undone how often one voucher's payment was sent back or undone
 * @param returns how many vouchers an enterprise has returned within {@code returnWithin} before they would be taken back
 * @param sharing how many parties have the same number
 */
public record RiskThresholds(
        int runInvoices,
        int runBuyers,
        int priceDeviationBasisPoints,
        int priceHistory,
        int priceWindow,
        int fewEnterprises,
        int fewShareBasisPoints,
        int fewVouchers,
        int undone,
        int returns,
        Duration returnWithin,
        int sharing) {

    /** Where nothing else is set. */
    public static final RiskThresholds USUAL =
            new RiskThresholds(3, 2, 5_000, 5, 50, 3, 8_000, 10, 2, 3, Duration.ofDays(3), 2);

    public RiskThresholds {
        least("run-invoices", runInvoices, 2);
        least("run-buyers", runBuyers, 2);
        least("price-deviation-basis-points", priceDeviationBasisPoints, 1);
        least("price-history", priceHistory, 1);
        least("price-window", priceWindow, priceHistory);
        least("few-enterprises", fewEnterprises, 1);
        least("few-share-basis-points", fewShareBasisPoints, 1);
        least("few-vouchers", fewVouchers, 1);
        least("undone", undone, 1);
        least("returns", returns, 1);
        least("sharing", sharing, 2);
        if (returnWithin.isNegative() || returnWithin.isZero()) {
            throw new IllegalArgumentException("ledger.risk.return-within must be more than nothing");
        }
    }

    private static void least(String name, int value, int least) {
        if (value < least) {
            throw new IllegalArgumentException("ledger.risk." + name + " must be at least " + least);
        }
    }
}
