package org.voucherledger.projections.applications;

import java.util.List;
import java.util.Optional;
import org.springframework.data.domain.Limit;
import org.springframework.stereotype.Component;

/** Asks for applications. Read inside {@code Views}, which says as of which position. */
@Component
public class Applications {

    private final ApplicationRows rows;

    Applications(ApplicationRows rows) {
        this.rows = rows;
    }

    public Optional<ApplicationRow> one(String applicationId) {
        return rows.findById(applicationId);
    }

    /**
     * A batch's applications in the order of the queue.
     *
     * @param outcome {@code null} for all
     * @param after the last place of the page before, below one for the first page
     */
    public List<ApplicationRow> ofBatch(String batchId, ApplicationOutcome outcome, long after, int limit) {
        return outcome == null
                ? rows.findByBatchIdAndPlaceGreaterThanOrderByPlace(batchId, after, Limit.of(limit))
                : rows.findByBatchIdAndOutcomeAndPlaceGreaterThanOrderByPlace(batchId, outcome, after, Limit.of(limit));
    }

    /** An enterprise's applications by their identifiers; {@code after} is empty for the first page. */
    public List<ApplicationRow> ofEnterprise(String enterpriseId, String after, int limit) {
        return rows.findByEnterpriseIdAndIdGreaterThanOrderById(enterpriseId, after, Limit.of(limit));
    }
}
