package org.voucherledger.projections.account;

import com.fasterxml.jackson.annotation.JsonAutoDetect;
import com.fasterxml.jackson.annotation.JsonAutoDetect.Visibility;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import org.hibernate.annotations.Immutable;

/**
 * CV-01: one holder in one cycle, how many vouchers of one category count as taken, of how many it may take, as JSON: its
 * fields.
 */
@Entity
@Immutable
@Table(schema = "view", name = "holder_account")
@JsonAutoDetect(fieldVisibility = Visibility.ANY)
public class HolderAccountRow {

    @Id
    private String id;

    private String schemeId;
    private String batchId;
    private String holderRef;
    private String category;
    private int mostPerHolder;
    private int taken;
    private Instant changedAt;

    /** Of the last event that changed it; {@code position} itself is how far the whole view has come. */
    @Column(name = "position")
    private long changedPosition;

    protected HolderAccountRow() {}

    /** Batch, holder and category; also the cursor of a list of accounts. */
    public String id() {
        return id;
    }

    public int mostPerHolder() {
        return mostPerHolder;
    }

    public int taken() {
        return taken;
    }
}
