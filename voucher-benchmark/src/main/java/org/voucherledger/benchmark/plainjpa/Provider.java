package org.voucherledger.benchmark.plainjpa;

import jakarta.persistence.Entity;
import jakarta.persistence.Id;

/** A provider and what it may take in a year. Amounts in fen. */
@Entity
class Provider {

    @Id
    private String id;

    private boolean recognised;
    private long capFen;
    private long reservedFen;
    private long takenFen;

    protected Provider() {}

    void reserves(long amountFen) {
        Refusal.unless(recognised, "NotRecognised");
        Refusal.unless(reservedFen + takenFen + amountFen <= capFen, "ProviderCapExceeded");
        reservedFen += amountFen;
    }

    void takes(long reserved, long paid) {
        reservedFen -= reserved;
        takenFen += paid;
    }
}
