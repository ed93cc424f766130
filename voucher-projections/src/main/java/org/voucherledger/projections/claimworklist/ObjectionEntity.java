package org.voucherledger.projections.claimworklist;

import jakarta.persistence.Embedded;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import org.hibernate.annotations.Immutable;

/** A row of {@code view.objection}. */
@Entity
@Immutable
@Table(schema = "view", name = "objection")
class ObjectionEntity {

    @Id
    long position;

    String claimId;

    @Embedded
    Objection objection;
}
