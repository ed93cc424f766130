package org.voucherledger.api.whatif;

/** What became, or would have become, of one application by the publication of the grant. */
public enum Fate {
    /** Received, and not decided yet. */
    QUEUED,
    WITHDRAWN,
    GRANTED,
    /** Ineligible when its turn came (GZ-01). */
    SKIPPED,
    NOT_GRANTED,
    /** Not granted, and still in the order for money that comes back (GZ-14). */
    WAITING,
    /** Not received at all under the draft: a rule would have refused it. */
    REFUSED
}
