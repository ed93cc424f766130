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
 * GZ-11: one enterprise under one scheme in one year, what it has pending and charged of its annual cap, as JSON: its fields. Amounts in fen; the cap is
 * that of today, and may have been lowered below use.
 */
@Entity
@Immutable
@Table(schema = "view", name = "enterprise_account")
@JsonAutoDetect(fieldVisibility = Visibility.ANY)
public class EnterpriseAccountRow {

    @Id
    private String id;

    private String schemeId;
    private String enterpriseId;
    private int year;
    private Long capFen;
    private long pendingFen;
    private long chargedFen;
    private Instant changedAt;

    /** Of the last event that changed it; {@code position} itself is how far the whole view has come. */
    @Column(name = "position")
    private long changedPosition;

    protected EnterpriseAccountRow() {}

    /** Scheme, enterprise and year; also the cursor of a list of accounts. */
    public String id() {
        return id;
    }

    /** What its last application was judged by; {@code null} where the scheme sets no cap. */
    public Long capFen() {
        return capFen;
    }

    public long pendingFen() {
        return pendingFen;
    }

    public long chargedFen() {
        return chargedFen;
    }
}
