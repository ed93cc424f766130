package org.voucherledger.benchmark.plainjpa;

import org.springframework.data.repository.Repository;

interface UsedKeys extends Repository<UsedOnce, String> {

    UsedOnce save(UsedOnce used);
}
