package org.voucherledger.domain.listing;

import static org.voucherledger.domain.rule.Check.ACTOR;
import static org.voucherledger.domain.rule.Check.DOCUMENTS;
import static org.voucherledger.domain.rule.Rule.CL_07;
import static org.voucherledger.domain.rule.Rule.GZ_04;

import org.axonframework.commandhandling.CommandHandler;
import org.voucherledger.domain.aggregate.Live;
import org.voucherledger.domain.catalogue.CatalogueChange;
import org.voucherledger.domain.catalogue.CatalogueCommand;
import org.voucherledger.domain.catalogue.CatalogueCommand.ApproveCatalogueChange;
import org.voucherledger.domain.catalogue.CatalogueCommand.DenyCatalogueChange;
import org.voucherledger.domain.catalogue.CatalogueCommand.ListProduct;
import org.voucherledger.domain.catalogue.CatalogueCommand.RequestCatalogueChange;
import org.voucherledger.domain.catalogue.CatalogueEvent;
import org.voucherledger.domain.catalogue.CatalogueEvent.CatalogueChangeApproved;
import org.voucherledger.domain.catalogue.CatalogueEvent.CatalogueChangeDenied;
import org.voucherledger.domain.catalogue.CatalogueEvent.CatalogueChangeRequested;
import org.voucherledger.domain.catalogue.CatalogueEvent.ProductListed;
import org.voucherledger.domain.catalogue.CatalogueState;
import org.voucherledger.domain.command.Stamp;
import org.voucherledger.domain.dossier.VoucherDossier;
import org.voucherledger.domain.ledger.Ledger;
import org.voucherledger.domain.rule.Checks;
import org.voucherledger.domain.rule.Decision;

/** The catalogue of cloud products: listed by the operator, changed at the provider's request (CL-07). */
public final class ListingHandler {

    private final Ledger ledger;

    public ListingHandler(Ledger ledger) {
        this.ledger = ledger;
    }

    @CommandHandler
    public void handle(ListProduct list) {
        var entry = entry(list);
        Checks.inOrder(
                () -> isRecognised(list.providerId()),
                () -> entry.now().isNotListedIn(list.year(), list.productId()),
                () -> entry.now().isNotChangedLater(list.year(), list.productId()));
        entry.record(new ProductListed(
                list.providerId(),
                list.productId(),
                list.year(),
                entry.now().version() + 1,
                list.name(),
                list.productClass(),
                list.agent(),
                list.partner()));
    }

    @CommandHandler
    public void handle(RequestCatalogueChange request, Stamp stamp) {
        var entry = entry(request);
        var provider = ledger.provider(request.providerId()).now();
        Checks.inOrder(
                () -> stamp.actsFor(request.providerId()),
                () -> isRecognised(request.providerId()),
                () -> entry.now().isListed(request.year(), request.productId()),
                () -> entry.now().isNotChangedLater(request.year(), request.productId()),
                () -> entry.now().hasNotBeenAsked(request.requestId()),
                () -> entry.now().isNotOpen(request.change()),
                () -> VoucherDossier.isGood(provider.standing(), request.providerId()),
                () -> saysWhat(request));
        entry.record(new CatalogueChangeRequested(
                request.providerId(),
                request.productId(),
                request.requestId(),
                request.year(),
                request.change(),
                request.value(),
                request.reason(),
                request.evidence()));
    }

    /** Another request may have been approved meanwhile, so that what was asked about may have changed. */
    @CommandHandler
    public void handle(ApproveCatalogueChange approve) {
        var entry = entry(approve);
        Checks.inOrder(() -> entry.now().hasBeenAsked(approve.requestId()));
        var request = entry.now().request(approve.requestId());
        Checks.inOrder(
                () -> entry.now().isListed(request.year(), approve.productId()),
                () -> entry.now().isNotChangedLater(request.year(), approve.productId()));
        entry.record(new CatalogueChangeApproved(
                approve.providerId(),
                approve.productId(),
                approve.requestId(),
                request.year(),
                entry.now().version() + 1,
                request.change(),
                request.value(),
                approve.reason()));
    }

    @CommandHandler
    public void handle(DenyCatalogueChange deny) {
        var entry = entry(deny);
        Checks.inOrder(() -> entry.now().hasBeenAsked(deny.requestId()));
        entry.record(new CatalogueChangeDenied(deny.providerId(), deny.productId(), deny.requestId(), deny.reason()));
    }

    /** A name cannot be nothing, and a delisting has nothing to say. */
    private static Decision saysWhat(RequestCatalogueChange request) {
        boolean fits = switch (request.change()) {
            case NAME -> !request.value().isEmpty();
            case DELISTING -> request.value().isEmpty();
            case AGENT, PARTNER -> true;
        };
        return CL_07.holds(
                DOCUMENTS,
                "ValueDoesNotFit",
                fits,
                request.change() == CatalogueChange.NAME ? "a name" : "no value",
                request.value().isEmpty() ? "none" : request.value(),
                request.change().name());
    }

    private Live<CatalogueState, CatalogueEvent> entry(CatalogueCommand command) {
        return ledger.catalogueEntry(command.providerId(), command.productId());
    }

    private Decision isRecognised(String providerId) {
        boolean recognised = ledger.provider(providerId).now().recognition() != null;
        return GZ_04.finds(ACTOR, "ProviderUnknown", recognised, "a recognised provider", "unknown", providerId);
    }
}
