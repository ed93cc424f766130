package org.voucherledger.benchmark.plainjpa;

import jakarta.persistence.Entity;
import jakarta.persistence.Id;

/** Who may apply. */
@Entity
class Enterprise {

    @Id
    private String id;

    private String name;
    private int verifiedFor;
    private boolean frozen;

    protected Enterprise() {}

    String name() {
        return name;
    }

    void mustBeGood(int year) {
        Refusal.unless(!frozen, "Frozen");
        Refusal.unless(verifiedFor == year, "NotVerified");
    }
}
