package org.voucherledger.projections.applications;

/** What has become of an application so far. */
public enum ApplicationOutcome {
    /** Received, and not decided yet. */
    QUEUED,
    WITHDRAWN,
    /** Granted down the queue, or approved when it was vetted (CL-03). */
    GRANTED,
    /** The enterprise had become ineligible when its turn came (GZ-01). */
    SKIPPED,
    /** Not granted at publication, or rejected when it was vetted (CL-03). */
    NOT_GRANTED,
    /** Not granted at publication, and still in the order for money that comes back (GZ-14). */
    WAITING
}
