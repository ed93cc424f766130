package org.voucherledger.benchmark.plainjpa;

import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import java.time.Instant;

/** The row that everybody waits for at ten o'clock. Amounts in fen. */
@Entity
class Batch {

    @Id
    private String id;

    private long budgetFen;
    private long appliedFen;
    private long grantedFen;
    private long lastPosition;
    private Instant opensAt;
    private Instant closesAt;

    protected Batch() {}

    String id() {
        return id;
    }

    /** The position of the application in the order of receipt. */
    long receives(long amountFen, Instant at) {
        Refusal.unless(!at.isBefore(opensAt) && at.isBefore(closesAt), "WindowNotOpen");
        appliedFen += amountFen;
        return ++lastPosition;
    }

    boolean hasLeft(long amountFen) {
        return grantedFen + amountFen <= budgetFen;
    }

    void grants(long amountFen) {
        Refusal.unless(hasLeft(amountFen), "BudgetExhausted");
        grantedFen += amountFen;
    }
}
