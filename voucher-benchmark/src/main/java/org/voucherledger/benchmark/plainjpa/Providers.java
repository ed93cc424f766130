package org.voucherledger.benchmark.plainjpa;

import jakarta.persistence.LockModeType;
import java.util.Optional;
import org.springframework.data.jpa.repository.Lock;
import org.springframework.data.jpa.repository.Query;
import org.springframework.data.repository.Repository;

interface Providers extends Repository<Provider, String> {

    @Lock(LockModeType.PESSIMISTIC_WRITE)
    @Query("from Provider where id = :id")
    Optional<Provider> lock(String id);
}
