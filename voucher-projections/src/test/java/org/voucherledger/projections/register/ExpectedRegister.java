package org.voucherledger.projections.register;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import org.axonframework.eventhandling.TrackedEventMessage;
import org.voucherledger.domain.command.Stamp;
import org.voucherledger.domain.party.EnterpriseCommand.Declaration;
import org.voucherledger.domain.party.EnterpriseEvent;
import org.voucherledger.domain.party.EnterpriseEvent.DeclarationCorrected;
import org.voucherledger.domain.party.EnterpriseEvent.EnterpriseBlacklisted;
import org.voucherledger.domain.party.EnterpriseEvent.EnterpriseDisqualified;
import org.voucherledger.domain.party.EnterpriseEvent.EnterpriseFreezeLifted;
import org.voucherledger.domain.party.EnterpriseEvent.EnterpriseFrozen;
import org.voucherledger.domain.party.EnterpriseEvent.EnterpriseRegistered;
import org.voucherledger.domain.party.EnterpriseEvent.EnterpriseRenamed;
import org.voucherledger.domain.party.EnterpriseEvent.EnterpriseVerified;
import org.voucherledger.domain.party.EnterpriseEvent.OtherFundingRecorded;
import org.voucherledger.domain.party.EnterpriseEvent.TieRecorded;
import org.voucherledger.domain.party.ProviderEvent;
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
import org.voucherledger.domain.party.Size;

/**
 * The registers as the rulebook tells them (GZ-01 to GZ-09, SV-01), worked out from the events alone: it knows neither the
 * domain's states nor the view. The first event of a log has position one; names are those of the day of the last.
 */
final class ExpectedRegister {

    private final Map<String, Firm> enterprises = new TreeMap<>();
    private final Map<String, Platform> providers = new TreeMap<>();
    private long position;
    private LocalDate today;

    ExpectedRegister(List<? extends TrackedEventMessage<?>> events) {
        for (var message : events) {
            position++;
            Instant at = Instant.parse((String) message.getMetaData().get(Stamp.RECEIVED_AT));
            today = at.atZone(ZoneId.of("Asia/Shanghai")).toLocalDate();
            switch (message.getPayload()) {
                case EnterpriseEvent e ->
                    enterprises
                            .computeIfAbsent(e.enterpriseId(), id -> new Firm())
                            .hears(e, at, position);
                case ProviderEvent e ->
                    providers
                            .computeIfAbsent(e.providerId(), id -> new Platform())
                            .hears(e, at, position);
                default -> {}
            }
        }
    }

    List<Enterprise> enterprises() {
        return enterprises.entrySet().stream()
                .filter(firm -> firm.getValue().declared != null)
                .map(firm -> firm.getValue().row(firm.getKey(), today))
                .toList();
    }

    List<ProviderFile> providers() {
        return providers.entrySet().stream()
                .map(platform -> platform.getValue().file(platform.getKey(), today))
                .toList();
    }

    /** GZ-09: of all that have begun, the one that began last, and of two from the same day the later entry. */
    private static final class Signboard {

        private record Entry(LocalDate from, String name) {}

        private final List<Entry> entries = new ArrayList<>();

        void begin(String name) {
            entries.clear();
            entries.add(new Entry(null, name));
        }

        void add(LocalDate from, String name) {
            entries.add(new Entry(from, name));
        }

        String on(LocalDate day) {
            Entry best = entries.getFirst();
            for (Entry entry : entries.subList(1, entries.size())) {
                boolean begun = !entry.from().isAfter(day);
                if (begun && (best.from() == null || !entry.from().isBefore(best.from()))) {
                    best = entry;
                }
            }
            return best.name();
        }
    }

    private static final class Firm {
        private final Signboard names = new Signboard();
        private final TreeSet<String> ties = new TreeSet<>();
        private Declaration declared;
        private Size computed;
        private EnterpriseVerified verified;
        private boolean blacklisted;
        private boolean frozen;
        private boolean disqualified;
        private Instant registeredAt;
        private Instant changedAt;
        private long position;

        void hears(EnterpriseEvent event, Instant at, long where) {
            changedAt = at;
            position = where;
            switch (event) {
                case EnterpriseRegistered e -> {
                    names.begin(e.declaration().name());
                    declared = e.declaration();
                    computed = e.computedSize();
                    registeredAt = at;
                }
                case DeclarationCorrected e -> {
                    declared = e.declaration();
                    computed = e.computedSize();
                    verified = null;
                }
                case EnterpriseVerified e -> verified = e;
                case EnterpriseRenamed e -> names.add(e.from(), e.name());
                case EnterpriseBlacklisted e -> blacklisted = e.listed();
                case TieRecorded e -> {
                    ties.remove(e.providerId());
                    if (e.tied()) {
                        ties.add(e.providerId());
                    }
                }
                case OtherFundingRecorded e -> {}
                case EnterpriseFrozen e -> frozen = true;
                case EnterpriseFreezeLifted e -> frozen = false;
                case EnterpriseDisqualified e -> disqualified = true;
            }
        }

        Enterprise row(String id, LocalDate today) {
            return new Enterprise(
                    id,
                    names.on(today),
                    declared.city(),
                    declared.district(),
                    declared.industry(),
                    declared.employees(),
                    declared.revenueWan(),
                    declared.assetsWan(),
                    declared.declaredSize(),
                    computed,
                    declared.legalPerson(),
                    declared.establishedOn(),
                    declared.trustLevel(),
                    verified == null ? null : Integer.valueOf(verified.year()),
                    verified == null ? null : Boolean.valueOf(verified.operatesProperly()),
                    verified == null ? null : Boolean.valueOf(verified.fitsPolicy()),
                    verified == null ? List.of() : named(verified.priorityTags()),
                    List.copyOf(ties),
                    blacklisted,
                    frozen,
                    disqualified,
                    registeredAt,
                    changedAt,
                    position);
        }
    }

    private static final class Platform {

        /** A product's versions, when it last changed and where. */
        private static final class Shelf {
            private ProductProposed proposed;
            private ProductProposed published;
            private Instant changedAt;
            private long position;
        }

        private final Signboard names = new Signboard();
        private final Map<String, Shelf> products = new TreeMap<>();
        private ProviderRecognised recognised;
        private ProviderRegistered registered;
        private boolean verified;
        private boolean frozen;
        private boolean disqualified;
        private Instant registeredAt;
        private Instant changedAt;
        private long position;

        void hears(ProviderEvent event, Instant at, long where) {
            changedAt = at;
            position = where;
            switch (event) {
                case ProviderRecognised e -> {
                    recognised = e;
                    if (registered == null) {
                        names.begin(e.name());
                    }
                }
                case ProviderRegistered e -> {
                    registered = e;
                    registeredAt = at;
                    names.begin(e.name());
                }
                case ProviderVerified e -> verified = true;
                case ProviderRenamed e -> names.add(e.from(), e.name());
                case ProductProposed e -> shelf(e.productId(), at, where).proposed = e;
                case ProductPublished e -> {
                    Shelf shelf = shelf(e.productId(), at, where);
                    shelf.published = shelf.proposed;
                }
                case ProductWithdrawn e -> shelf(e.productId(), at, where).published = null;
                case ProviderFrozen e -> frozen = true;
                case ProviderFreezeLifted e -> frozen = false;
                case ProviderDisqualified e -> disqualified = true;
            }
        }

        private Shelf shelf(String productId, Instant at, long where) {
            Shelf shelf = products.computeIfAbsent(productId, id -> new Shelf());
            shelf.changedAt = at;
            shelf.position = where;
            return shelf;
        }

        ProviderFile file(String id, LocalDate today) {
            var provider = new Provider(
                    id,
                    names.on(today),
                    registered == null ? recognised.city() : registered.city(),
                    recognised.level(),
                    recognised.city(),
                    recognised.validFrom(),
                    recognised.validTo(),
                    named(recognised.serviceTypes()),
                    recognised.merchantCategories().stream().sorted().toList(),
                    registered != null,
                    verified,
                    frozen,
                    disqualified,
                    registeredAt,
                    changedAt,
                    position);
            var shown = new ArrayList<Product>();
            products.forEach((productId, shelf) -> shown.add(product(productId, shelf)));
            return new ProviderFile(provider, shown);
        }

        private static Product product(String id, Shelf shelf) {
            ProductProposed seen = shelf.published == null ? shelf.proposed : shelf.published;
            return new Product(
                    id,
                    shelf.published == null ? null : Integer.valueOf(shelf.published.version()),
                    shelf.proposed.version(),
                    seen.name(),
                    seen.serviceType(),
                    seen.description().overview(),
                    seen.priceFromFen(),
                    seen.priceToFen(),
                    seen.chargingBasis(),
                    shelf.changedAt,
                    shelf.position);
        }
    }

    private static List<String> named(Collection<? extends Enum<?>> constants) {
        return constants.stream().map(Enum::name).sorted().toList();
    }
}
