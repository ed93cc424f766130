package org.voucherledger.benchmark.plainjpa;

import java.util.Optional;
import org.springframework.data.repository.Repository;

interface Enterprises extends Repository<Enterprise, String> {

    Optional<Enterprise> findById(String id);
}
