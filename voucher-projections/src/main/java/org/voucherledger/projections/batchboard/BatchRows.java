package org.voucherledger.projections.batchboard;

import java.util.List;
import java.util.Optional;
import org.springframework.data.domain.Limit;
import org.springframework.data.repository.Repository;

interface BatchRows extends Repository<BatchRow, String> {

    Optional<BatchRow> findById(String id);

    List<BatchRow> findByIdGreaterThanOrderById(String after, Limit limit);

    List<BatchRow> findBySchemeIdAndIdGreaterThanOrderById(String schemeId, String after, Limit limit);
}
