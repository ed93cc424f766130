package org.voucherledger.projections.applications;

import java.util.List;
import java.util.Optional;
import org.springframework.data.domain.Limit;
import org.springframework.data.repository.Repository;

interface ApplicationRows extends Repository<ApplicationRow, String> {

    Optional<ApplicationRow> findById(String id);

    List<ApplicationRow> findByBatchIdAndPlaceGreaterThanOrderByPlace(String batchId, long after, Limit limit);

    List<ApplicationRow> findByBatchIdAndOutcomeAndPlaceGreaterThanOrderByPlace(
            String batchId, ApplicationOutcome outcome, long after, Limit limit);

    List<ApplicationRow> findByEnterpriseIdAndIdGreaterThanOrderById(String enterpriseId, String after, Limit limit);
}
