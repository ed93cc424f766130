package org.voucherledger.api.personaldata;

import java.time.Instant;

/**
 * That a personal datum is kept, or was; never its value.
 *
 * @param erased {@code null} while it is there
 */
record PersonalDatum(DatumKey key, Whose whose, Instant storedAt, Erased erased) {

    /** What is left of an erased one: when, by whom and why; nothing of the value, and no hash of it. */
    record Erased(Instant at, String by, String reason) {}
}
