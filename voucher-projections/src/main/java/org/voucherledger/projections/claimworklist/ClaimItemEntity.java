package org.voucherledger.projections.claimworklist;

import jakarta.persistence.Embeddable;
import jakarta.persistence.Embedded;
import jakarta.persistence.EmbeddedId;
import jakarta.persistence.Entity;
import jakarta.persistence.Table;
import org.hibernate.annotations.Immutable;

/** A row of {@code view.claim_item}. */
@Entity
@Immutable
@Table(schema = "view", name = "claim_item")
class ClaimItemEntity {

    @Embeddable
    record Key(String claimId, String voucherId) {}

    @EmbeddedId
    Key key;

    @Embedded
    ClaimItem item;
}
