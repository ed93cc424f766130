package org.voucherledger.projections.claimworklist;

import jakarta.persistence.Embedded;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import org.hibernate.annotations.Immutable;

/** A row of {@code view.claim}. */
@Entity
@Immutable
@Table(schema = "view", name = "claim")
class ClaimEntity {

    @Id
    String id;

    @Embedded
    Claim claim;
}
