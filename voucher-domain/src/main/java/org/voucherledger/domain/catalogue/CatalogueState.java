package org.voucherledger.domain.catalogue;

import java.util.HashMap;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.voucherledger.domain.aggregate.State;
import org.voucherledger.domain.catalogue.CatalogueEvent.CatalogueChangeApproved;
import org.voucherledger.domain.catalogue.CatalogueEvent.CatalogueChangeDenied;
import org.voucherledger.domain.catalogue.CatalogueEvent.CatalogueChangeRequested;
import org.voucherledger.domain.catalogue.CatalogueEvent.ProductListed;
import org.voucherledger.domain.rule.Check;
import org.voucherledger.domain.rule.Decision;
import org.voucherledger.domain.rule.Rule;

/**
 * A product's entry at a moment.
 *
 * <p>Invariant (CL-07): what a catalogue says is what the last year that changed the entry says, its own year included; only
 * the last of these years, or a later one, is changed.
 *
 * @param years what the catalogue says from that year on
 * @param requests the changes that were asked for and are not decided; of each change there is one at most
 */
public record CatalogueState(int version, SortedMap<Integer, Listing> years, Map<CatalogueChange, Asked> requests)
        implements State<CatalogueState, CatalogueEvent> {

    /** @param listed whether the product may be applied for */
    public record Listing(int version, boolean listed, String name, String productClass, String agent, String partner) {

        private Listing changed(int next, CatalogueChange change, String value) {
            return switch (change) {
                case NAME -> new Listing(next, listed, value, productClass, agent, partner);
                case AGENT -> new Listing(next, listed, name, productClass, value, partner);
                case PARTNER -> new Listing(next, listed, name, productClass, agent, value);
                case DELISTING -> new Listing(next, false, name, productClass, agent, partner);
            };
        }
    }

    /** What is asked for and not decided. */
    public record Asked(String requestId, int year, CatalogueChange change, String value) {}

    public static final CatalogueState EMPTY = new CatalogueState(0, new TreeMap<>(), Map.of());

    @Override
    public boolean exists() {
        return version > 0;
    }

    /** What the catalogue of that year says of the product; {@code null} where it never stood in it. */
    public Listing in(int year) {
        var until = years.headMap(year + 1);
        return until.isEmpty() ? null : until.get(until.lastKey());
    }

    public boolean isListedIn(int year) {
        return in(year) != null && in(year).listed();
    }

    /** CL-07: a product of the catalogue of that year. */
    public Decision isOnTheCatalogueOf(int year, String productId) {
        return Rule.CL_07.holds(
                Check.PRODUCT,
                "NotOnTheCatalogue",
                isListedIn(year),
                "the catalogue of " + year,
                in(year) == null ? "never listed" : "delisted",
                productId);
    }

    /** CL-07: a listed product carries over, so that it is not listed again. */
    public Decision isNotListedIn(int year, String productId) {
        return Rule.CL_07.holds(
                Check.STATE, "ListedAlready", !isListedIn(year), "not listed", "listed for " + year, productId);
    }

    /** CL-07: what earlier catalogues said stands. */
    public Decision isNotChangedLater(int year, String productId) {
        boolean holds = years.isEmpty() || year >= years.lastKey();
        return Rule.CL_07.holds(
                Check.STATE,
                "ChangedForALaterYear",
                holds,
                years.isEmpty() ? "any year" : years.lastKey() + " or later",
                String.valueOf(year),
                productId);
    }

    public Decision isListed(int year, String productId) {
        return Rule.CL_07.holds(
                Check.STATE,
                "NotListed",
                isListedIn(year),
                "listed for " + year,
                in(year) == null ? "never listed" : "delisted",
                productId);
    }

    /** The open request of this name, or {@code null}. */
    public Asked request(String requestId) {
        return requests.values().stream()
                .filter(each -> each.requestId().equals(requestId))
                .findFirst()
                .orElse(null);
    }

    public Decision hasNotBeenAsked(String requestId) {
        return Rule.CL_07.finds(
                Check.STATE, "RequestExists", request(requestId) == null, "a new request", "open", requestId);
    }

    /** CL-07: a change is a request with a decision; it is asked for again when that has been taken. */
    public Decision isNotOpen(CatalogueChange change) {
        Asked open = requests.get(change);
        return Rule.CL_07.holds(
                Check.STATE,
                "ChangeAskedAlready",
                open == null,
                "one open request for a change",
                open == null ? "none" : open.requestId(),
                change.name());
    }

    public Decision hasBeenAsked(String requestId) {
        return Rule.CL_07.finds(
                Check.ACTOR, "RequestUnknown", request(requestId) != null, "an open request", "none", requestId);
    }

    @Override
    public CatalogueState evolve(CatalogueEvent event) {
        return switch (event) {
            case ProductListed e ->
                says(e.year(), new Listing(e.version(), true, e.name(), e.productClass(), e.agent(), e.partner()));
            case CatalogueChangeRequested e -> {
                var next = new HashMap<>(requests);
                next.put(e.change(), new Asked(e.requestId(), e.year(), e.change(), e.value()));
                yield new CatalogueState(version, years, Map.copyOf(next));
            }
            case CatalogueChangeApproved e ->
                says(e.year(), in(e.year()).changed(e.version(), e.change(), e.value()))
                        .decided(e.requestId());
            case CatalogueChangeDenied e -> decided(e.requestId());
        };
    }

    private CatalogueState says(int year, Listing listing) {
        var next = new TreeMap<>(years);
        next.put(year, listing);
        return new CatalogueState(listing.version(), next, requests);
    }

    private CatalogueState decided(String requestId) {
        var next = new HashMap<>(requests);
        next.values().removeIf(each -> each.requestId().equals(requestId));
        return new CatalogueState(version, years, Map.copyOf(next));
    }
}
