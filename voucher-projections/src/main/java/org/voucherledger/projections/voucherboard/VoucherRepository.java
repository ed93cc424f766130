package org.voucherledger.projections.voucherboard;

import java.util.List;
import java.util.Optional;
import org.springframework.data.domain.Limit;
import org.springframework.data.jpa.repository.Query;
import org.springframework.data.repository.Repository;
import org.voucherledger.domain.voucher.VoucherStatus;

/** Reads {@code view.voucher}; a parameter that is {@code null} does not restrict. */
interface VoucherRepository extends Repository<VoucherEntity, String> {

    @Query("select v.voucher from VoucherEntity v where v.id = :id")
    Optional<BoardVoucher> find(String id);

    @Query("""
            select v.voucher from VoucherEntity v
            where v.id > :after
              and (:batchId is null or v.voucher.batchId = :batchId)
              and (:enterpriseId is null or v.voucher.enterpriseId = :enterpriseId)
              and (:holderRef is null or v.voucher.holderRef = :holderRef)
              and (:providerId is null or v.voucher.providerId = :providerId)
              and (:status is null or v.voucher.status = :status)
            order by v.id
            """)
    List<BoardVoucher> findAfter(
            String after,
            String batchId,
            String enterpriseId,
            String holderRef,
            String providerId,
            VoucherStatus status,
            Limit limit);
}
