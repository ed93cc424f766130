package org.voucherledger.api.http;

import org.voucherledger.domain.command.Malformed;

/** The client's name for one request: 1 to 200 visible ASCII characters. */
final class IdempotencyKey {

    static final String HEADER = "Idempotency-Key";
    static final int LONGEST = 200;

    /** The same for the interface's document. */
    static final String PATTERN = "^[!-~]{1," + LONGEST + "}$";

    private IdempotencyKey() {}

    /** The key itself, or {@link Malformed} naming where it should have stood. */
    static String check(String where, String key) {
        boolean good = key != null
                && !key.isEmpty()
                && key.length() <= LONGEST
                && key.chars().allMatch(c -> c > ' ' && c < 127);
        if (!good) {
            throw new Malformed(where, "must be given: 1 to " + LONGEST + " visible ASCII characters");
        }
        return key;
    }

    /**
     * The key of the n-th step of a request that takes several. The first step's is the request's own; the others hold a
     * space, which no client's key can.
     */
    static String ofStep(String key, int step) {
        return step == 1 ? key : key + " #" + step;
    }
}
