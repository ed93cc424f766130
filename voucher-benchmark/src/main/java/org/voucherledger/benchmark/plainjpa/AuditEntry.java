package org.voucherledger.benchmark.plainjpa;

import jakarta.persistence.Entity;
import jakarta.persistence.GeneratedValue;
import jakarta.persistence.GenerationType;
import jakarta.persistence.Id;
import jakarta.persistence.SequenceGenerator;
import jakarta.persistence.Table;
import java.time.Instant;

/** Who did what, in the transaction in which it was done; unique by actor and key, so that it is done once. */
@Entity
@Table(name = "audit_entry")
class AuditEntry {

    @Id
    @GeneratedValue(strategy = GenerationType.SEQUENCE, generator = "audit_number")
    @SequenceGenerator(name = "audit_number", sequenceName = "audit_number", allocationSize = Application.BLOCK)
    private Long id;

    private String actor;
    private String requestKey;
    private String onBehalfOf;
    private String action;
    private String subject;
    private Instant at;
    private String details;
    private String answer;

    protected AuditEntry() {}

    AuditEntry(Caller caller, String action, String subject, Instant at, String details, String answer) {
        this.actor = caller.actor();
        this.requestKey = caller.requestKey();
        this.onBehalfOf = caller.onBehalfOf();
        this.action = action;
        this.subject = subject;
        this.at = at;
        this.details = details;
        this.answer = answer;
    }

    String answer() {
        return answer;
    }
}
