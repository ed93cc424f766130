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
 * GZ-21: one provider under one scheme in one year, what it has reserved and taken of its cap, as JSON: its fields. Amounts in fen; the cap is
 * that of today, and may have been lowered below use.
 */
@Entity
@Immutable
@Table(schema = "view", name = "provider_account")
@JsonAutoDetect(fieldVisibility = Visibility.ANY)
public class ProviderAccountRow {

    @Id
    private String id;

    private String schemeId;
    private String providerId;
    private int year;
    private long capFen;
    private long reservedFen;
    private long takenFen;
    private Instant changedAt;

    /** Of the last event that changed it; {@code position} itself is how far the whole view has come. */
    @Column(name = "position")
    private long changedPosition;

    protected ProviderAccountRow() {}

    /** Scheme, provider and year; also the cursor of a list of accounts. */
    public String id() {
        return id;
    }

    public long capFen() {
        return capFen;
    }

    public long reservedFen() {
        return reservedFen;
    }

    public long takenFen() {
        return takenFen;
    }
}
