package org.voucherledger.projections.register;

import jakarta.persistence.Embedded;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import org.hibernate.annotations.Immutable;

/** A row of {@code view.expert}. */
@Entity
@Immutable
@Table(schema = "view", name = "expert")
class ExpertEntity {

    @Id
    String id;

    @Embedded
    Expert expert;
}
