package org.voucherledger.api.whatif;

/** What became, or would have become, of one application. */
public enum Fate {
    /** Received, and not decided yet. A cloud voucher's money is held from then on (CL-03). */
    QUEUED,
    WITHDRAWN,
    /** Granted, approved when it was vetted (CL-03), or taken (CV-01). */
    GRANTED,
    /** When its turn came a rule said no: who had become ineligible (GZ-01), or could not be approved any more (CL-03). */
    SKIPPED,
    /** Not reached by the money, or rejected by who vetted it (CL-03). */
    NOT_GRANTED,
    /** Not granted, and still in the order for money that comes back (GZ-14). */
    WAITING,
    /** Not received at all under the draft: a rule would have refused it. */
    REFUSED
}
