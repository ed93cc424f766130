package org.voucherledger.projections.register;

import java.util.List;
import java.util.Optional;
import org.springframework.data.domain.Limit;
import org.springframework.data.jpa.repository.Query;
import org.springframework.data.repository.Repository;

/** Reads {@code view.provider}; a parameter that is {@code null} does not restrict, nor does an empty name. */
interface ProviderRepository extends Repository<ProviderEntity, String> {

    @Query("select e.provider from ProviderEntity e where e.id = :id")
    Optional<Provider> find(String id);

    @Query("""
            select e.provider from ProviderEntity e
            where e.id > :after
              and locate(:name, e.provider.name) > 0
              and (:city is null or e.provider.city = :city)
              and (:frozen is null or e.provider.frozen = :frozen)
              and (:disqualified is null or e.provider.disqualified = :disqualified)
            order by e.id
            """)
    List<Provider> findAfter(String after, String name, String city, Boolean frozen, Boolean disqualified, Limit limit);
}
