package org.voucherledger.projections.voucherboard;

import jakarta.persistence.Embedded;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import org.hibernate.annotations.Immutable;

/** A row of {@code view.voucher}. */
@Entity
@Immutable
@Table(schema = "view", name = "voucher")
class VoucherEntity {

    @Id
    String id;

    @Embedded
    BoardVoucher voucher;
}
