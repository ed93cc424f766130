package org.voucherledger.projections.account;

import java.util.List;
import org.springframework.data.domain.Limit;
import org.springframework.data.repository.Repository;

interface ProviderAccountRows extends Repository<ProviderAccountRow, String> {

    List<ProviderAccountRow> findByProviderIdAndIdGreaterThanOrderById(String providerId, String after, Limit limit);
}
