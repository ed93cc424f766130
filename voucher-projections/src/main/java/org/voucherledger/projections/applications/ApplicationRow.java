package org.voucherledger.projections.applications;

import com.fasterxml.jackson.annotation.JsonAutoDetect;
import com.fasterxml.jackson.annotation.JsonAutoDetect.Visibility;
import com.fasterxml.jackson.annotation.JsonProperty;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import java.util.List;
import org.hibernate.annotations.Immutable;
import org.hibernate.annotations.JdbcTypeCode;
import org.hibernate.type.SqlTypes;

/** An application, as JSON: its fields. Amounts in fen; what has not come to be is {@code null}. */
@Entity
@Immutable
@Table(schema = "view", name = "application")
@JsonAutoDetect(fieldVisibility = Visibility.ANY)
public class ApplicationRow {

    @Id
    private String id;

    private String batchId;
    private String schemeId;
    private String enterpriseId;

    /** Its place in the batch's queue, from one: {@code queuePosition} in JSON, where positions are those of the log. */
    @Column(name = "position")
    @JsonProperty("queuePosition")
    private long place;

    private int tier;
    private long askedFen;
    private long grantedFen;

    @Enumerated(EnumType.STRING)
    private ApplicationOutcome outcome;

    /** The rule that passed it over (GZ-01), and what of it. */
    private String rule;

    private String about;

    /** What was available when it was decided. */
    private Long leftFen;

    @JdbcTypeCode(SqlTypes.JSON)
    private List<String> voucherIds;

    private Instant receivedAt;
    private Instant decidedAt;

    /** Of the last event about it. */
    @Column(name = "log_position")
    private long changedPosition;

    protected ApplicationRow() {}

    public String id() {
        return id;
    }

    public String enterpriseId() {
        return enterpriseId;
    }

    /** Also the cursor of a list of a batch's applications. */
    public long place() {
        return place;
    }

    public ApplicationOutcome outcome() {
        return outcome;
    }
}
