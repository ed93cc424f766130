package org.voucherledger.projections.register;

import jakarta.persistence.Embeddable;
import jakarta.persistence.Embedded;
import jakarta.persistence.EmbeddedId;
import jakarta.persistence.Entity;
import jakarta.persistence.Table;
import org.hibernate.annotations.Immutable;

/** A row of {@code view.product}. */
@Entity
@Immutable
@Table(schema = "view", name = "product")
class ProductEntity {

    @Embeddable
    record Key(String providerId, String productId) {}

    @EmbeddedId
    Key key;

    @Embedded
    Product product;
}
