package org.voucherledger.domain.finding;

import org.voucherledger.domain.aggregate.State;
import org.voucherledger.domain.finding.FindingEvent.ComplaintRegistered;
import org.voucherledger.domain.finding.FindingEvent.FindingActedUpon;
import org.voucherledger.domain.finding.FindingEvent.FindingAnswered;
import org.voucherledger.domain.finding.FindingEvent.SpotCheckRegistered;

/**
 * A complaint or a spot check at a moment.
 *
 * @param kind {@code null} before it exists
 * @param voucherId what it is about, or {@code null}; so with the parties
 * @param outcome {@code null} until it is answered
 * @param measures how many measures rest on it
 */
public record FindingState(
        FindingKind kind,
        String voucherId,
        String enterpriseId,
        String providerId,
        FindingOutcome outcome,
        int measures)
        implements State<FindingState, FindingEvent> {

    public static final FindingState EMPTY = new FindingState(null, null, null, null, null, 0);

    @Override
    public boolean exists() {
        return kind != null;
    }

    /** Does it concern the voucher, or one of these parties as such? A finding about one voucher says nothing of another. */
    public boolean isAbout(String voucher, String enterprise, String provider) {
        if (voucherId != null && voucher != null) {
            return voucherId.equals(voucher);
        }
        return enterpriseId != null && enterpriseId.equals(enterprise)
                || providerId != null && providerId.equals(provider);
    }

    @Override
    public FindingState evolve(FindingEvent event) {
        return switch (event) {
            case ComplaintRegistered e ->
                new FindingState(
                        FindingKind.COMPLAINT, e.voucherId(), e.enterpriseId(), e.providerId(), null, measures);
            case SpotCheckRegistered e ->
                new FindingState(
                        FindingKind.SPOT_CHECK, e.voucherId(), e.enterpriseId(), e.providerId(), null, measures);
            case FindingAnswered e ->
                new FindingState(kind, voucherId, enterpriseId, providerId, e.outcome(), measures);
            case FindingActedUpon e ->
                new FindingState(kind, voucherId, enterpriseId, providerId, outcome, measures + 1);
        };
    }
}
