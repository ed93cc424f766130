package org.voucherledger.domain.party;

import java.util.HashMap;
import java.util.Map;
import org.voucherledger.domain.aggregate.State;
import org.voucherledger.domain.party.ProviderEvent.ProductProposed;
import org.voucherledger.domain.party.ProviderEvent.ProductPublished;
import org.voucherledger.domain.party.ProviderEvent.ProductWithdrawn;
import org.voucherledger.domain.party.ProviderEvent.ProviderDisqualified;
import org.voucherledger.domain.party.ProviderEvent.ProviderFreezeLifted;
import org.voucherledger.domain.party.ProviderEvent.ProviderFrozen;
import org.voucherledger.domain.party.ProviderEvent.ProviderRecognised;
import org.voucherledger.domain.party.ProviderEvent.ProviderRegistered;
import org.voucherledger.domain.party.ProviderEvent.ProviderRenamed;
import org.voucherledger.domain.party.ProviderEvent.ProviderVerified;

/**
 * A provider at a moment.
 *
 * @param recognition its entry on the recognition list; {@code null} while it is not on it
 * @param registration {@code null} until it has registered
 */
public record ProviderState(
        ProviderRecognised recognition,
        ProviderRegistered registration,
        Names names,
        boolean verified,
        Map<String, Product> products,
        Standing standing)
        implements State<ProviderState, ProviderEvent> {

    /**
     * A product's versions at a moment.
     *
     * @param proposed the version last proposed
     * @param published the version that can be ordered; {@code null} while none can
     */
    public record Product(ProductProposed proposed, ProductProposed published) {}

    public static final ProviderState EMPTY = new ProviderState(null, null, null, false, Map.of(), Standing.GOOD);

    @Override
    public boolean exists() {
        return registration != null;
    }

    /** CL-05: its class on the recognition list. */
    public SupplierClass supplierClass() {
        return recognition == null ? SupplierClass.OTHER : recognition.supplierClass();
    }

    public Product product(String productId) {
        return products.get(productId);
    }

    @Override
    public ProviderState evolve(ProviderEvent event) {
        return switch (event) {
            case ProviderRecognised e -> new ProviderState(e, registration, names, verified, products, standing);
            case ProviderRegistered e ->
                new ProviderState(recognition, e, Names.first(e.name()), false, products, standing);
            case ProviderVerified e -> new ProviderState(recognition, registration, names, true, products, standing);
            case ProviderRenamed e ->
                new ProviderState(
                        recognition, registration, names.changedTo(e.name(), e.from()), verified, products, standing);
            case ProductProposed e ->
                product(
                        e.productId(),
                        new Product(
                                e,
                                product(e.productId()) == null
                                        ? null
                                        : product(e.productId()).published()));
            case ProductPublished e -> {
                ProductProposed proposed = product(e.productId()).proposed();
                yield product(e.productId(), new Product(proposed, proposed));
            }
            case ProductWithdrawn e ->
                product(e.productId(), new Product(product(e.productId()).proposed(), null));
            case ProviderFrozen e -> standing(standing.freeze());
            case ProviderFreezeLifted e -> standing(standing.lift(e.liftedAt(), e.newDeadline()));
            case ProviderDisqualified e -> standing(standing.disqualify());
        };
    }

    private ProviderState product(String productId, Product product) {
        var next = new HashMap<>(products);
        next.put(productId, product);
        return new ProviderState(recognition, registration, names, verified, Map.copyOf(next), standing);
    }

    private ProviderState standing(Standing next) {
        return new ProviderState(recognition, registration, names, verified, products, next);
    }
}
