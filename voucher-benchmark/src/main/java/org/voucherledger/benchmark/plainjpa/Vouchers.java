package org.voucherledger.benchmark.plainjpa;

import jakarta.persistence.LockModeType;
import java.util.Optional;
import org.springframework.data.jpa.repository.Lock;
import org.springframework.data.jpa.repository.Query;
import org.springframework.data.repository.Repository;

interface Vouchers extends Repository<Voucher, String> {

    @Lock(LockModeType.PESSIMISTIC_WRITE)
    @Query("from Voucher where id = :id")
    Optional<Voucher> lock(String id);

    Voucher save(Voucher voucher);
}
