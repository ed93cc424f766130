package org.voucherledger.projections.account;

import java.util.List;
import org.springframework.data.domain.Limit;
import org.springframework.data.repository.Repository;

interface HolderAccountRows extends Repository<HolderAccountRow, String> {

    List<HolderAccountRow> findByHolderRefAndIdGreaterThanOrderById(String holderRef, String after, Limit limit);
}
