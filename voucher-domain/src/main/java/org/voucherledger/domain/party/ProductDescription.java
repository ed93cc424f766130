package org.voucherledger.domain.party;

import java.util.Set;
import org.voucherledger.domain.command.Field;

/**
 * What a provider says of a product; every part is required (GZ-07, GZ-P(二)2).
 *
 * @param cities in which it is served (服务区域)
 * @param target for whom it is: sizes and industries (服务对象)
 * @param overview what it is (服务概述)
 * @param process how it goes (服务流程)
 * @param cycle how long it takes (服务周期)
 * @param deliverable what comes of it (服务成果)
 * @param acceptanceStandard by what it is accepted (验收标准)
 */
public record ProductDescription(
        Set<String> cities,
        String target,
        String overview,
        String process,
        String cycle,
        String deliverable,
        String acceptanceStandard) {

    public ProductDescription {
        cities = Set.copyOf(Field.list("description.cities", cities, 50));
        cities.forEach(city -> Field.text("description.cities", city));
        target = Field.text("description.target", target);
        overview = Field.text("description.overview", overview);
        process = Field.text("description.process", process);
        cycle = Field.text("description.cycle", cycle);
        deliverable = Field.text("description.deliverable", deliverable);
        acceptanceStandard = Field.text("description.acceptanceStandard", acceptanceStandard);
    }
}
