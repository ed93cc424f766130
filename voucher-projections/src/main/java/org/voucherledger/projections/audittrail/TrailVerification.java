package org.voucherledger.projections.audittrail;

import java.util.List;
import java.util.concurrent.TimeoutException;
import org.voucherledger.projections.projection.EventLog;
import org.voucherledger.projections.projection.Progress;
import org.voucherledger.projections.projection.Projections;
import org.voucherledger.projections.projection.Views;

/** Counts whether the audit trail shows every event of the log (ALL-04), and so whether any was passed over. */
public final class TrailVerification {

    private record Shown(long events, Progress progress) {}

    private final Views views;
    private final Projections projections;
    private final AuditTrail trail;
    private final EventLog log;

    public TrailVerification(Views views, Projections projections, AuditTrail trail, EventLog log) {
        this.views = views;
        this.projections = projections;
        this.trail = trail;
        this.log = log;
    }

    /**
     * Compares once the trail has reached the head of the log.
     *
     * @return what is wrong, in words with both counts; empty if nothing is
     * @throws TimeoutException if it does not reach it in time
     */
    public List<String> violations() throws TimeoutException {
        long head = projections.positions().head();
        Shown shown = views.read(
                        head < 0 ? null : head,
                        () -> new Shown(trail.count(), projections.positions().progress(AuditTrailProjection.NAME)),
                        AuditTrailProjection.NAME)
                .value();
        long events = log.count(shown.progress());
        return events == shown.events()
                ? List.of()
                : List.of("audit trail: %d events are shown up to position %d, the log holds %d"
                        .formatted(shown.events(), shown.progress().position(), events));
    }
}
