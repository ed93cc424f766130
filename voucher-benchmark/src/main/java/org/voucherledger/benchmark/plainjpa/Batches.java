package org.voucherledger.benchmark.plainjpa;

import jakarta.persistence.LockModeType;
import java.util.Optional;
import org.springframework.data.jpa.repository.Lock;
import org.springframework.data.jpa.repository.Query;
import org.springframework.data.repository.Repository;

interface Batches extends Repository<Batch, String> {

    @Lock(LockModeType.PESSIMISTIC_WRITE)
    @Query("from Batch where id = :id")
    Optional<Batch> lock(String id);
}
