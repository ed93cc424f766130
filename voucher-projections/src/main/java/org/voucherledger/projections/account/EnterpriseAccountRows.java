package org.voucherledger.projections.account;

import java.util.List;
import org.springframework.data.domain.Limit;
import org.springframework.data.repository.Repository;

interface EnterpriseAccountRows extends Repository<EnterpriseAccountRow, String> {

    List<EnterpriseAccountRow> findByEnterpriseIdAndIdGreaterThanOrderById(
            String enterpriseId, String after, Limit limit);
}
