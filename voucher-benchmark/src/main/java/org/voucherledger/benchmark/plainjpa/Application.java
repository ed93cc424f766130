package org.voucherledger.benchmark.plainjpa;

import jakarta.persistence.Entity;
import jakarta.persistence.GeneratedValue;
import jakarta.persistence.GenerationType;
import jakarta.persistence.Id;
import jakarta.persistence.SequenceGenerator;
import java.time.Instant;

/** One enterprise's application for one batch, for two vouchers. */
@Entity
class Application {

    /** How many numbers are drawn at a time. */
    static final int BLOCK = 50;

    @Id
    @GeneratedValue(strategy = GenerationType.SEQUENCE, generator = "application_number")
    @SequenceGenerator(name = "application_number", sequenceName = "application_number", allocationSize = BLOCK)
    private Long id;

    private String batchId;
    private String enterpriseId;
    private long position;
    private long amountFen;
    private int parts;
    private boolean granted;
    private Instant receivedAt;

    protected Application() {}

    Application(String batchId, String enterpriseId, long position, long amountFen, int parts, Instant receivedAt) {
        this.batchId = batchId;
        this.enterpriseId = enterpriseId;
        this.position = position;
        this.amountFen = amountFen;
        this.parts = parts;
        this.receivedAt = receivedAt;
    }

    String name() {
        return batchId + "-A" + position;
    }

    String enterpriseId() {
        return enterpriseId;
    }

    long amountFen() {
        return amountFen;
    }

    int parts() {
        return parts;
    }

    void isGranted() {
        granted = true;
    }
}
