package org.voucherledger.benchmark.plainjpa;

import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;

/** What an enterprise may have in a year: made with it, so that there is always a row to lock. Amounts in fen. */
@Entity
@Table(name = "enterprise_quota")
class EnterpriseQuota {

    @Id
    private String enterpriseId;

    private long capFen;
    private long pendingFen;
    private long chargedFen;

    protected EnterpriseQuota() {}

    String enterpriseId() {
        return enterpriseId;
    }

    void pends(long amountFen) {
        Refusal.unless(pendingFen + chargedFen + amountFen <= capFen, "AnnualCapExceeded");
        pendingFen += amountFen;
    }

    void charges(long amountFen) {
        pendingFen -= amountFen;
        chargedFen += amountFen;
    }
}
