package org.voucherledger.projections.register;

import java.util.List;
import java.util.Optional;
import org.springframework.data.domain.Limit;
import org.springframework.stereotype.Component;
import org.voucherledger.domain.expert.ExpertStanding;
import org.voucherledger.domain.party.ServiceType;

/** Reads the registers. To be asked inside one snapshot. */
@Component
public class Register {

    private final EnterpriseRepository enterprises;
    private final ProviderRepository providers;
    private final ProductRepository products;
    private final ExpertRepository experts;

    Register(
            EnterpriseRepository enterprises,
            ProviderRepository providers,
            ProductRepository products,
            ExpertRepository experts) {
        this.enterprises = enterprises;
        this.providers = providers;
        this.products = products;
        this.experts = experts;
    }

    /**
     * Which parties are asked for; what is {@code null} does not restrict.
     *
     * @param name a part of the name
     * @param place the district of an enterprise, the city of a provider
     */
    public record Asked(String name, String place, Boolean frozen, Boolean disqualified) {

        public static final Asked ALL = new Asked(null, null, null, null);
    }

    /**
     * Enterprises in the order of their identifiers.
     *
     * @param after the identifier of the last one seen, or {@code null} to begin
     */
    public List<Enterprise> enterprises(Asked asked, String after, int limit) {
        return enterprises.findAfter(
                orEmpty(after),
                orEmpty(asked.name()),
                asked.place(),
                asked.frozen(),
                asked.disqualified(),
                Limit.of(limit));
    }

    /**
     * Providers in the order of their identifiers.
     *
     * @param after the identifier of the last one seen, or {@code null} to begin
     */
    public List<Provider> providers(Asked asked, String after, int limit) {
        return providers.findAfter(
                orEmpty(after),
                orEmpty(asked.name()),
                asked.place(),
                asked.frozen(),
                asked.disqualified(),
                Limit.of(limit));
    }

    public Optional<Enterprise> enterprise(String id) {
        return enterprises.find(id);
    }

    public Optional<ProviderFile> provider(String id) {
        return providers.find(id).map(provider -> new ProviderFile(provider, products.ofProvider(id)));
    }

    /**
     * Experts in the order of their references; what is {@code null} does not restrict.
     *
     * @param after the reference of the last one seen, or {@code null} to begin
     */
    public List<Expert> experts(ServiceType field, String city, ExpertStanding standing, String after, int limit) {
        return experts.findAfter(orEmpty(after), field == null ? "" : field.name(), city, standing, Limit.of(limit));
    }

    public Optional<Expert> expert(String expertRef) {
        return experts.find(expertRef);
    }

    private static String orEmpty(String text) {
        return text == null ? "" : text;
    }
}
