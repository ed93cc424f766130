package org.voucherledger.projections.register;

import java.util.List;
import org.springframework.data.jpa.repository.Query;
import org.springframework.data.repository.Repository;

/** Reads {@code view.product}. */
interface ProductRepository extends Repository<ProductEntity, ProductEntity.Key> {

    @Query("select p.product from ProductEntity p where p.key.providerId = :providerId order by p.key.productId")
    List<Product> ofProvider(String providerId);
}
