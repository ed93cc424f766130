package org.voucherledger.domain.audit;

import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.voucherledger.domain.aggregate.State;
import org.voucherledger.domain.audit.AuditEvent.AuditFindingAnswered;
import org.voucherledger.domain.audit.AuditEvent.AuditFindingClosed;
import org.voucherledger.domain.audit.AuditEvent.AuditFindingRecorded;
import org.voucherledger.domain.audit.AuditEvent.DrawAnnounced;
import org.voucherledger.domain.audit.AuditEvent.SampleDrawn;
import org.voucherledger.domain.audit.AuditEvent.StratumDrawn;

/**
 * A draw at a moment.
 *
 * @param announced {@code null} before it exists
 * @param drawn {@code null} until the sample has been drawn
 * @param sample the stratum of each drawn voucher
 * @param findings by their numbers
 */
public record DrawState(
        DrawAnnounced announced, SampleDrawn drawn, Map<String, String> sample, Map<String, Followed> findings)
        implements State<DrawState, AuditEvent> {

    public static final DrawState EMPTY = new DrawState(null, null, Map.of(), Map.of());

    /** How far a finding has been followed up; {@code outcome} is {@code null} until it is closed. */
    public record Followed(String voucherId, AuditFindingStatus status, AuditOutcome outcome) {}

    @Override
    public boolean exists() {
        return announced != null;
    }

    @Override
    public DrawState evolve(AuditEvent event) {
        return switch (event) {
            case DrawAnnounced e -> new DrawState(e, null, Map.of(), Map.of());
            case StratumDrawn e -> {
                SortedMap<String, String> more = new TreeMap<>(sample);
                e.voucherIds().forEach(id -> more.put(id, e.stratumId()));
                yield new DrawState(announced, drawn, more, findings);
            }
            case SampleDrawn e -> new DrawState(announced, e, sample, findings);
            case AuditFindingRecorded e -> follow(e.auditFindingId(), e.voucherId(), AuditFindingStatus.RECORDED, null);
            case AuditFindingAnswered e -> follow(e.auditFindingId(), e.voucherId(), AuditFindingStatus.ANSWERED, null);
            case AuditFindingClosed e ->
                follow(e.auditFindingId(), e.voucherId(), AuditFindingStatus.CLOSED, e.outcome());
        };
    }

    private DrawState follow(String finding, String voucherId, AuditFindingStatus status, AuditOutcome outcome) {
        SortedMap<String, Followed> now = new TreeMap<>(findings);
        now.put(finding, new Followed(voucherId, status, outcome));
        return new DrawState(announced, drawn, sample, now);
    }
}
