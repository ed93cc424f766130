package org.voucherledger.projections.register;

import jakarta.persistence.Embedded;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import org.hibernate.annotations.Immutable;

/** A row of {@code view.enterprise}. */
@Entity
@Immutable
@Table(schema = "view", name = "enterprise")
class EnterpriseEntity {

    @Id
    String id;

    @Embedded
    Enterprise enterprise;
}
