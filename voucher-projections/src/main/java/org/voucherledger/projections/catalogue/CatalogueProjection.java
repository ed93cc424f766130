package org.voucherledger.projections.catalogue;

import java.util.List;
import org.voucherledger.domain.catalogue.CatalogueEvent;
import org.voucherledger.domain.catalogue.CatalogueEvent.CatalogueChangeApproved;
import org.voucherledger.domain.catalogue.CatalogueEvent.CatalogueChangeDenied;
import org.voucherledger.domain.catalogue.CatalogueEvent.CatalogueChangeRequested;
import org.voucherledger.domain.catalogue.CatalogueEvent.ProductListed;
import org.voucherledger.domain.catalogue.CatalogueState;
import org.voucherledger.domain.command.Stamp;
import org.voucherledger.domain.party.ProviderEvent.ProductProposed;
import org.voucherledger.domain.party.ProviderEvent.ProductPublished;
import org.voucherledger.domain.party.ProviderEvent.ProductWithdrawn;
import org.voucherledger.projections.projection.Json;
import org.voucherledger.projections.projection.Projection;
import org.voucherledger.projections.projection.States;
import org.voucherledger.projections.projection.Tables;
import org.voucherledger.projections.projection.Told;

/**
 * The catalogues of cloud products with every version and request (CL-07), and the products that providers offer with every
 * version (GZ-07). Both are few beside vouchers, so that each event is written for itself.
 */
public final class CatalogueProjection implements Projection {

    public static final String NAME = "catalogue";

    private static final String LIST = "insert into {slot}.listing values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)";

    private static final String REQUEST =
            "insert into {slot}.request values (?, ?, ?, ?, ?, ?, ?, ?, ?::jsonb, ?, ?, null, null, null, null, null)";

    private static final String DECIDE = """
            update {slot}.request set outcome = ?, version = ?, decided_at = ?, decided_by = ?, decision_reason = ?
            where provider_id = ? and product_id = ? and request_id = ? and outcome is null
            """;

    private static final String KEEP =
            "insert into {slot}.entry values (?, ?::json) on conflict (id) do update set state = excluded.state";

    private static final String OFFER = """
            insert into {slot}.offer values
              (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?::jsonb, ?, null, null, null, ?)
            """;

    private static final String END = """
            update {slot}.offer set ended_at = ?
            where provider_id = ? and product_id = ? and published_at is not null and ended_at is null
            """;

    private static final String PUBLISH = """
            update {slot}.offer set published_at = ?, published_by = ?, ended_at = null
            where provider_id = ? and product_id = ? and version = ?
            """;

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public void tell(List<Told> events, Tables tables) {
        States<CatalogueState, CatalogueEvent> entries = tables.states(
                "entry",
                CatalogueState.class,
                CatalogueState.EMPTY,
                events.stream()
                        .map(Told::event)
                        .filter(CatalogueEvent.class::isInstance)
                        .map(event -> ((CatalogueEvent) event).streamId())
                        .toList());
        for (Told told : events) {
            switch (told.event()) {
                case CatalogueEvent e -> tell(told, e, entries.evolve(e.streamId(), told, e), tables);
                case ProductProposed e -> tables.write(OFFER, List.<Object[]>of(offer(told, e)));
                case ProductPublished e -> {
                    end(told, e.providerId(), e.productId(), tables);
                    tables.write(PUBLISH, List.<Object[]>of(new Object[] {
                        Tables.time(told.at()), told.said(Stamp.ACTOR), e.providerId(), e.productId(), e.version()
                    }));
                }
                case ProductWithdrawn e -> end(told, e.providerId(), e.productId(), tables);
                default -> {}
            }
        }
        tables.write(
                KEEP,
                entries.changed().keySet().stream()
                        .map(id -> new Object[] {id, entries.json(id)})
                        .toList());
    }

    private static void tell(Told told, CatalogueEvent event, CatalogueState entry, Tables tables) {
        switch (event) {
            case ProductListed e -> list(told, e, e.year(), entry, tables);
            case CatalogueChangeRequested e -> tables.write(REQUEST, List.<Object[]>of(request(told, e)));
            case CatalogueChangeApproved e -> {
                list(told, e, e.year(), entry, tables);
                decide(told, e, e.requestId(), RequestOutcome.APPROVED, e.version(), e.reason(), tables);
            }
            case CatalogueChangeDenied e ->
                decide(told, e, e.requestId(), RequestOutcome.DENIED, null, e.reason(), tables);
        }
    }

    private static void list(Told told, CatalogueEvent event, int year, CatalogueState entry, Tables tables) {
        CatalogueState.Listing says = entry.in(year);
        tables.write(LIST, List.<Object[]>of(new Object[] {
            event.providerId(),
            event.productId(),
            says.version(),
            year,
            says.listed(),
            says.name(),
            says.productClass(),
            says.agent(),
            says.partner(),
            Tables.time(told.at()),
            told.position()
        }));
    }

    private static Object[] request(Told told, CatalogueChangeRequested e) {
        return new Object[] {
            told.position(),
            e.providerId(),
            e.productId(),
            e.requestId(),
            e.year(),
            e.change().name(),
            e.value(),
            e.reason(),
            Json.write(e.evidence()),
            Tables.time(told.at()),
            told.said(Stamp.ACTOR)
        };
    }

    private static void decide(
            Told told,
            CatalogueEvent event,
            String requestId,
            RequestOutcome outcome,
            Integer version,
            String reason,
            Tables tables) {
        tables.write(DECIDE, List.<Object[]>of(new Object[] {
            outcome.name(),
            version,
            Tables.time(told.at()),
            told.said(Stamp.ACTOR),
            reason,
            event.providerId(),
            event.productId(),
            requestId
        }));
    }

    private static void end(Told told, String providerId, String productId, Tables tables) {
        tables.write(END, List.<Object[]>of(new Object[] {Tables.time(told.at()), providerId, productId}));
    }

    private static Object[] offer(Told told, ProductProposed e) {
        var described = e.description();
        return new Object[] {
            e.providerId(),
            e.productId(),
            e.version(),
            e.name(),
            e.serviceType().name(),
            described.cities().stream().sorted().toArray(String[]::new),
            described.target(),
            described.overview(),
            described.process(),
            described.cycle(),
            described.deliverable(),
            described.acceptanceStandard(),
            e.priceFromFen(),
            e.priceToFen(),
            e.chargingBasis(),
            Json.write(e.documents()),
            Tables.time(told.at()),
            told.position()
        };
    }
}
