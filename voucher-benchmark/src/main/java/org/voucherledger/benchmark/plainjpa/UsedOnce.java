package org.voucherledger.benchmark.plainjpa;

import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import org.springframework.data.domain.Persistable;

/** An invoice or a transfer, which pays for one voucher only: the primary key says so. */
@Entity
@Table(name = "used_once")
class UsedOnce implements Persistable<String> {

    @Id
    private String key;

    private String voucherId;

    protected UsedOnce() {}

    UsedOnce(String key, String voucherId) {
        this.key = key;
        this.voucherId = voucherId;
    }

    @Override
    public String getId() {
        return key;
    }

    /** It is only ever inserted. */
    @Override
    public boolean isNew() {
        return true;
    }
}
