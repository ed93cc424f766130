package org.voucherledger.projections.register;

import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.voucherledger.domain.aggregate.DomainEvent;
import org.voucherledger.domain.expert.ExpertEvent;
import org.voucherledger.domain.expert.ExpertEvent.ExpertRegistered;
import org.voucherledger.domain.expert.ExpertEvent.ExpertReinstated;
import org.voucherledger.domain.expert.ExpertEvent.ExpertRemoved;
import org.voucherledger.domain.expert.ExpertEvent.ExpertSuspended;
import org.voucherledger.domain.expert.ExpertState;
import org.voucherledger.domain.party.EnterpriseCommand.Declaration;
import org.voucherledger.domain.party.EnterpriseEvent;
import org.voucherledger.domain.party.EnterpriseEvent.EnterpriseRegistered;
import org.voucherledger.domain.party.EnterpriseState;
import org.voucherledger.domain.party.Names;
import org.voucherledger.domain.party.ProviderEvent;
import org.voucherledger.domain.party.ProviderEvent.ProductProposed;
import org.voucherledger.domain.party.ProviderEvent.ProductPublished;
import org.voucherledger.domain.party.ProviderEvent.ProductWithdrawn;
import org.voucherledger.domain.party.ProviderEvent.ProviderRegistered;
import org.voucherledger.domain.party.ProviderState;
import org.voucherledger.domain.party.ProviderState.Product;
import org.voucherledger.projections.projection.Projection;
import org.voucherledger.projections.projection.States;
import org.voucherledger.projections.projection.Tables;
import org.voucherledger.projections.projection.Told;

/** The registers of enterprises, of providers with their products, and of experts, as they are now (SV-01). */
public final class RegisterProjection implements Projection {

    public static final String NAME = "register";

    private static final String WRITE_ENTERPRISE = """
            insert into {slot}.enterprise as stored values
              (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?::json)
            on conflict (id) do update set
              (city, district, industry, employees, revenue_wan, assets_wan, declared_size, computed_size, legal_person,
               established_on, trust_level, verified_year, operates_properly, fits_policy, priority_tags, ties,
               blacklisted, frozen, disqualified, registered_at, changed_at, position, state) =
              (excluded.city, excluded.district, excluded.industry, excluded.employees, excluded.revenue_wan,
               excluded.assets_wan, excluded.declared_size, excluded.computed_size, excluded.legal_person,
               excluded.established_on, excluded.trust_level, excluded.verified_year, excluded.operates_properly,
               excluded.fits_policy, excluded.priority_tags, excluded.ties, excluded.blacklisted, excluded.frozen,
               excluded.disqualified, coalesce(stored.registered_at, excluded.registered_at), excluded.changed_at,
               excluded.position, excluded.state)
            """;

    private static final String WRITE_PROVIDER = """
            insert into {slot}.provider as stored values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?::json)
            on conflict (id) do update set
              (city, level, recognised_city, recognised_from, recognised_to, service_types, merchant_categories, registered, verified, frozen,
               disqualified, registered_at, changed_at, position, state) =
              (excluded.city, excluded.level, excluded.recognised_city, excluded.recognised_from, excluded.recognised_to,
               excluded.service_types, excluded.merchant_categories, excluded.registered, excluded.verified, excluded.frozen, excluded.disqualified,
               coalesce(stored.registered_at, excluded.registered_at), excluded.changed_at, excluded.position,
               excluded.state)
            """;

    private static final String WRITE_PRODUCT = """
            insert into {slot}.product values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
            on conflict (provider_id, product_id) do update set
              (published_version, proposed_version, name, service_type, description, price_from_fen, price_to_fen,
               charging_basis, changed_at, position) =
              (excluded.published_version, excluded.proposed_version, excluded.name, excluded.service_type,
               excluded.description, excluded.price_from_fen, excluded.price_to_fen, excluded.charging_basis,
               excluded.changed_at, excluded.position)
            """;

    private static final String WRITE_NAME =
            "insert into {slot}.%s values (?, ?, ?) on conflict (id, since) do update set name = excluded.name";

    private static final String WRITE_EXPERT = """
            insert into {slot}.expert as stored values (?, ?, ?, ?, ?, ?, ?, ?, ?::json)
            on conflict (id) do update set
              (standing, fields, city, reason, registered_at, changed_at, position, state) =
              (excluded.standing, excluded.fields, excluded.city, excluded.reason,
               coalesce(excluded.registered_at, stored.registered_at), excluded.changed_at, excluded.position, excluded.state)
            """;

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public void tell(List<Told> events, Tables tables) {
        new Telling(events, tables).tell();
    }

    /** One batch of events and the parties it touches. */
    private static final class Telling {

        private record ProductKey(String providerId, String productId) {}

        private final List<Told> events;
        private final Tables tables;
        private final States<EnterpriseState, EnterpriseEvent> enterprises;
        private final States<ProviderState, ProviderEvent> providers;
        private final States<ExpertState, ExpertEvent> experts;
        private final Map<String, Instant> registeredAt = new HashMap<>();
        private final Map<ProductKey, Told> products = new LinkedHashMap<>();

        Telling(List<Told> events, Tables tables) {
            this.events = events;
            this.tables = tables;
            enterprises = tables.states(
                    "enterprise",
                    EnterpriseState.class,
                    EnterpriseState.EMPTY,
                    ids(EnterpriseEvent.class, EnterpriseEvent::enterpriseId));
            providers = tables.states(
                    "provider",
                    ProviderState.class,
                    ProviderState.EMPTY,
                    ids(ProviderEvent.class, ProviderEvent::providerId));
            experts = tables.states(
                    "expert", ExpertState.class, ExpertState.EMPTY, ids(ExpertEvent.class, ExpertEvent::expertRef));
        }

        private <E extends DomainEvent> Collection<String> ids(Class<E> kind, Function<E, String> id) {
            return events.stream()
                    .map(Told::event)
                    .filter(kind::isInstance)
                    .map(kind::cast)
                    .map(id)
                    .toList();
        }

        void tell() {
            for (Told told : events) {
                switch (told.event()) {
                    case EnterpriseEvent e -> evolve(told, e);
                    case ProviderEvent e -> evolve(told, e);
                    case ExpertEvent e -> evolve(told, e);
                    default -> {}
                }
            }
            writeEnterprises();
            writeProviders();
            writeProducts();
            writeExperts();
        }

        private void evolve(Told told, EnterpriseEvent event) {
            enterprises.evolve(event.enterpriseId(), told, event);
            if (event instanceof EnterpriseRegistered) {
                registeredAt.put(event.streamId(), told.at());
            }
        }

        private void evolve(Told told, ProviderEvent event) {
            String id = event.providerId();
            providers.evolve(id, told, event);
            switch (event) {
                case ProviderRegistered e -> registeredAt.put(e.streamId(), told.at());
                case ProductProposed e -> products.put(new ProductKey(id, e.productId()), told);
                case ProductPublished e -> products.put(new ProductKey(id, e.productId()), told);
                case ProductWithdrawn e -> products.put(new ProductKey(id, e.productId()), told);
                default -> {}
            }
        }

        private void evolve(Told told, ExpertEvent event) {
            experts.evolve(event.expertRef(), told, event);
            if (event instanceof ExpertRegistered) {
                registeredAt.put(event.streamId(), told.at());
            }
        }

        private void writeEnterprises() {
            var rows = new ArrayList<Object[]>();
            var names = new ArrayList<Object[]>();
            enterprises.changed().forEach((id, told) -> {
                EnterpriseState enterprise = enterprises.now(id);
                rows.add(row(id, enterprise, told));
                if (enterprise.exists()) {
                    addNames(names, id, enterprise.names());
                }
            });
            tables.write(WRITE_ENTERPRISE, rows);
            tables.write(WRITE_NAME.formatted("enterprise_name"), names);
        }

        private Object[] row(String id, EnterpriseState enterprise, Told told) {
            // Who is only on the blacklist has declared nothing yet.
            var declared = Optional.ofNullable(enterprise.declaration());
            var verified = enterprise.verification();
            return new Object[] {
                id,
                declared.map(Declaration::city).orElse(null),
                declared.map(Declaration::district).orElse(null),
                declared.map(d -> d.industry().name()).orElse(null),
                declared.map(Declaration::employees).orElse(null),
                declared.map(Declaration::revenueWan).orElse(null),
                declared.map(Declaration::assetsWan).orElse(null),
                declared.map(d -> d.declaredSize().name()).orElse(null),
                declared.map(d -> enterprise.computedSize().name()).orElse(null),
                declared.map(Declaration::legalPerson).orElse(null),
                declared.map(Declaration::establishedOn).orElse(null),
                declared.map(Declaration::trustLevel).orElse(null),
                verified == null ? null : verified.year(),
                verified == null ? null : verified.operatesProperly(),
                verified == null ? null : verified.fitsPolicy(),
                verified == null ? new String[0] : sorted(verified.priorityTags()),
                sorted(enterprise.ties()),
                enterprise.blacklisted(),
                enterprise.standing().frozen(),
                enterprise.standing().disqualified(),
                Tables.time(registeredAt.get(told.event().streamId())),
                Tables.time(told.at()),
                told.position(),
                enterprises.json(id)
            };
        }

        private void writeProviders() {
            var rows = new ArrayList<Object[]>();
            var names = new ArrayList<Object[]>();
            providers.changed().forEach((id, told) -> {
                ProviderState provider = providers.now(id);
                rows.add(row(id, provider, told));
                if (provider.exists()) {
                    addNames(names, id, provider.names());
                } else {
                    names.add(name(id, LocalDate.MIN, provider.recognition().name()));
                }
            });
            tables.write(WRITE_PROVIDER, rows);
            tables.write(WRITE_NAME.formatted("provider_name"), names);
        }

        private Object[] row(String id, ProviderState provider, Told told) {
            var recognised = provider.recognition();
            return new Object[] {
                id,
                provider.exists() ? provider.registration().city() : recognised.city(),
                recognised.level().name(),
                recognised.city(),
                recognised.validFrom(),
                recognised.validTo(),
                sorted(recognised.serviceTypes()),
                recognised.merchantCategories().stream().sorted().toArray(String[]::new),
                provider.exists(),
                provider.verified(),
                provider.standing().frozen(),
                provider.standing().disqualified(),
                Tables.time(registeredAt.get(told.event().streamId())),
                Tables.time(told.at()),
                told.position(),
                providers.json(id)
            };
        }

        private void writeProducts() {
            var rows = new ArrayList<Object[]>();
            products.forEach((key, told) ->
                    rows.add(row(key, providers.now(key.providerId()).product(key.productId()), told)));
            tables.write(WRITE_PRODUCT, rows);
        }

        private static Object[] row(ProductKey key, Product product, Told told) {
            ProductProposed shown = product.published() == null ? product.proposed() : product.published();
            return new Object[] {
                key.providerId(),
                key.productId(),
                product.published() == null ? null : product.published().version(),
                product.proposed().version(),
                shown.name(),
                shown.serviceType().name(),
                shown.description().overview(),
                shown.priceFromFen(),
                shown.priceToFen(),
                shown.chargingBasis(),
                Tables.time(told.at()),
                told.position()
            };
        }

        private void writeExperts() {
            var rows = new ArrayList<Object[]>();
            experts.changed().forEach((id, told) -> rows.add(row(id, experts.now(id), told)));
            tables.write(WRITE_EXPERT, rows);
        }

        private Object[] row(String id, ExpertState expert, Told told) {
            return new Object[] {
                id,
                expert.standing().name(),
                sorted(expert.fields()),
                expert.city(),
                switch ((ExpertEvent) told.event()) {
                    case ExpertRegistered e -> null;
                    case ExpertSuspended e -> e.reason();
                    case ExpertReinstated e -> e.reason();
                    case ExpertRemoved e -> e.reason();
                },
                Tables.time(registeredAt.get(told.event().streamId())),
                Tables.time(told.at()),
                told.position(),
                experts.json(id)
            };
        }

        /** Of two names from the same day the later one holds, and it stands first; a statement writes no row twice. */
        private static void addNames(List<Object[]> rows, String id, Names names) {
            var days = new HashSet<LocalDate>();
            for (Names.Dated dated : names.dated()) {
                if (days.add(dated.from())) {
                    rows.add(name(id, dated.from(), dated.name()));
                }
            }
        }

        private static Object[] name(String id, LocalDate since, String name) {
            return new Object[] {id, since, name};
        }

        private static String[] sorted(Collection<?> set) {
            return set.stream().map(String::valueOf).sorted().toArray(String[]::new);
        }
    }
}
