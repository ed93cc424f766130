package org.voucherledger.projections.batchboard;

import com.fasterxml.jackson.annotation.JsonAutoDetect;
import com.fasterxml.jackson.annotation.JsonAutoDetect.Visibility;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import java.util.Map;
import org.hibernate.annotations.Immutable;
import org.hibernate.annotations.JdbcTypeCode;
import org.hibernate.type.SqlTypes;
import org.voucherledger.domain.batch.BatchPhase;
import org.voucherledger.domain.voucher.VoucherStatus;

/**
 * A batch on the board, as JSON: its fields. Amounts in fen; {@code budgetFen} is the sum of the eight accounts that follow
 * it (ALL-03). A date that has not come to be is {@code null}.
 */
@Entity
@Immutable
@Table(schema = "view", name = "batch")
@JsonAutoDetect(fieldVisibility = Visibility.ANY)
public class BatchRow {

    @Id
    private String id;

    private String schemeId;
    private int schemeVersion;
    private String city;

    @Enumerated(EnumType.STRING)
    private BatchPhase phase;

    private long budgetFen;
    private long availableFen;
    private long heldFen;
    private long orderedFen;
    private long paidFen;
    private long acceptedFen;
    private long claimedFen;
    private long redeemedFen;
    private long lapsedFen;

    /** All that was ever granted or taken, what came back since included. */
    private long grantedFen;

    private long applications;
    private long granted;
    private long skipped;
    private long notGranted;
    private long waiting;
    private long withdrawn;
    private long vouchers;

    @JdbcTypeCode(SqlTypes.JSON)
    private Map<VoucherStatus, Long> vouchersByStatus;

    private Instant applyFrom;
    private Instant applyUntil;
    private Instant applicationsEndedAt;
    private Instant resultsDueAt;
    private Instant publishedAt;
    private Boolean late;
    private Instant orderDeadline;
    private Instant validUntil;
    private Instant redemptionFrom;
    private Instant redemptionUntil;
    private boolean backfill;
    private Instant backfillUntil;
    private boolean queueClosed;
    private Instant changedAt;

    /** Of the last event that changed it; {@code position} itself is how far the whole view has come. */
    @Column(name = "position")
    private long changedPosition;

    protected BatchRow() {}

    /** Also the cursor of a list of batches. */
    public String id() {
        return id;
    }

    public BatchPhase phase() {
        return phase;
    }
}
