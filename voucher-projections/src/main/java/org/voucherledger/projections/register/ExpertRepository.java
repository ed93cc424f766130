package org.voucherledger.projections.register;

import java.util.List;
import java.util.Optional;
import org.springframework.data.domain.Limit;
import org.springframework.data.jpa.repository.Query;
import org.springframework.data.repository.Repository;
import org.voucherledger.domain.expert.ExpertStanding;

/** Reads {@code view.expert}; a parameter that is {@code null} does not restrict, nor does an empty field. */
interface ExpertRepository extends Repository<ExpertEntity, String> {

    @Query("select e.expert from ExpertEntity e where e.id = :id")
    Optional<Expert> find(String id);

    @Query("""
            select e.expert from ExpertEntity e
            where e.id > :after
              and (:field = '' or array_contains(e.expert.fields, :field))
              and (:city is null or e.expert.city = :city)
              and (:standing is null or e.expert.standing = :standing)
            order by e.id
            """)
    List<Expert> findAfter(String after, String field, String city, ExpertStanding standing, Limit limit);
}
