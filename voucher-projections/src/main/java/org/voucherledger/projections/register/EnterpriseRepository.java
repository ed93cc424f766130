package org.voucherledger.projections.register;

import java.util.List;
import java.util.Optional;
import org.springframework.data.domain.Limit;
import org.springframework.data.jpa.repository.Query;
import org.springframework.data.repository.Repository;

/** Reads {@code view.enterprise}; a parameter that is {@code null} does not restrict, nor does an empty name. */
interface EnterpriseRepository extends Repository<EnterpriseEntity, String> {

    @Query("select e.enterprise from EnterpriseEntity e where e.id = :id")
    Optional<Enterprise> find(String id);

    @Query("""
            select e.enterprise from EnterpriseEntity e
            where e.id > :after
              and locate(:name, e.enterprise.name) > 0
              and (:district is null or e.enterprise.district = :district)
              and (:frozen is null or e.enterprise.frozen = :frozen)
              and (:disqualified is null or e.enterprise.disqualified = :disqualified)
            order by e.id
            """)
    List<Enterprise> findAfter(
            String after, String name, String district, Boolean frozen, Boolean disqualified, Limit limit);
}
