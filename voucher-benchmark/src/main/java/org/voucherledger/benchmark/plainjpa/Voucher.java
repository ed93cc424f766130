package org.voucherledger.benchmark.plainjpa;

import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.Id;
import jakarta.persistence.PostLoad;
import jakarta.persistence.PostPersist;
import jakarta.persistence.Transient;
import org.springframework.data.domain.Persistable;

/** A voucher, from its grant to its payment. Amounts in fen. */
@Entity
class Voucher implements Persistable<String> {

    enum Status {
        ISSUED,
        ORDERED,
        PAID
    }

    @Id
    private String id;

    private String batchId;
    private String enterpriseId;
    private long faceFen;

    @Enumerated(EnumType.STRING)
    private Status status;

    private String providerId;
    private long orderedFen;
    private long paidFen;

    /** Its key is not drawn by the database, so it says itself that there is nothing to look for before it is inserted. */
    @Transient
    private boolean fresh;

    protected Voucher() {}

    Voucher(String id, String batchId, String enterpriseId, long faceFen) {
        this.id = id;
        this.batchId = batchId;
        this.enterpriseId = enterpriseId;
        this.faceFen = faceFen;
        this.status = Status.ISSUED;
        this.fresh = true;
    }

    String enterpriseId() {
        return enterpriseId;
    }

    String providerId() {
        return providerId;
    }

    long orderedFen() {
        return orderedFen;
    }

    void isOrdered(String provider, long amountFen) {
        Refusal.unless(status == Status.ISSUED, "NotIssued");
        Refusal.unless(amountFen <= faceFen, "AboveFaceAmount");
        providerId = provider;
        orderedFen = amountFen;
        status = Status.ORDERED;
    }

    void isPaid(long amountFen) {
        Refusal.unless(status == Status.ORDERED, "NotOrdered");
        Refusal.unless(amountFen <= orderedFen, "AboveOrder");
        paidFen = amountFen;
        status = Status.PAID;
    }

    @Override
    public String getId() {
        return id;
    }

    @Override
    public boolean isNew() {
        return fresh;
    }

    @PostLoad
    @PostPersist
    void isThere() {
        fresh = false;
    }
}
