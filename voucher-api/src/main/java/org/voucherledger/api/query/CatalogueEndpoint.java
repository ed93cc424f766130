package org.voucherledger.api.query;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.util.List;
import java.util.concurrent.TimeoutException;
import org.springdoc.core.annotations.ParameterObject;
import org.springframework.security.access.prepost.PreAuthorize;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import org.voucherledger.api.security.Reader;
import org.voucherledger.domain.command.Field;
import org.voucherledger.domain.command.Malformed;
import org.voucherledger.domain.command.Role;
import org.voucherledger.domain.party.ServiceType;
import org.voucherledger.projections.catalogue.Catalogue;
import org.voucherledger.projections.catalogue.CatalogueProjection;
import org.voucherledger.projections.catalogue.ChangeRequest;
import org.voucherledger.projections.catalogue.Listing;
import org.voucherledger.projections.catalogue.Offer;
import org.voucherledger.projections.projection.Seen;
import org.voucherledger.projections.projection.Slice;
import org.voucherledger.projections.projection.Views;

/** The catalogue of cloud products by year (CL-07), and what providers offer (GZ-07). */
@RestController
@Tag(name = "Products")
class CatalogueEndpoint {

    private static final int FIRST_YEAR = 2000;
    private static final int LAST_YEAR = 2999;

    private final Views views;
    private final Catalogue catalogue;

    CatalogueEndpoint(Views views, Catalogue catalogue) {
        this.views = views;
        this.catalogue = catalogue;
    }

    /** A product through the catalogues, with every version there was. */
    record Entry(String providerId, String productId, List<Listing> versions) {}

    /** A product with every version there was. */
    record Product(String providerId, String productId, List<Offer> versions) {}

    @Operation(summary = "What the catalogue of a year says of each product (CL-07)")
    @GetMapping("/api/v1/catalogue")
    Slice<Listing> listings(
            @Parameter(description = "Whose catalogue; the latest unless given") @RequestParam(required = false)
                    Integer year,
            @Parameter(description = "The class in the catalogue, e.g. A1") @RequestParam(required = false)
                    String productClass,
            @RequestParam(required = false) String provider,
            @Parameter(description = "Only what is listed, or only what is delisted") @RequestParam(required = false)
                    Boolean listed,
            @ParameterObject Page page)
            throws TimeoutException {
        int of = year == null ? LAST_YEAR : Field.between("year", year, FIRST_YEAR, LAST_YEAR);
        var asked = new Catalogue.AskedListings(of, productClass, provider, listed);
        String after = cursor(page);
        return views.slice(
                page.atLeast(),
                page.limit(),
                limit -> catalogue.listings(asked, after, limit),
                Listing::key,
                CatalogueProjection.NAME);
    }

    @Operation(
            summary =
                    "Requests to change the catalogue with their evidence, open or with what was decided; a provider's own (CL-07)")
    @GetMapping("/api/v1/catalogue/requests")
    @PreAuthorize(Readers.PROVIDERS)
    Slice<ChangeRequest> requests(
            @RequestParam(required = false) Boolean open,
            @RequestParam(required = false) String provider,
            @RequestParam(required = false) String product,
            @ParameterObject Page page,
            @Parameter(hidden = true) Reader reader)
            throws TimeoutException {
        String whose = reader.only(Role.PROVIDER, provider);
        return views.slice(
                page.atLeast(),
                page.limit(),
                limit -> catalogue.requests(open, whose, product, page.afterPosition(), limit),
                request -> String.valueOf(request.position()),
                CatalogueProjection.NAME);
    }

    @Operation(summary = "A product through the catalogues, with every version (CL-07)")
    @GetMapping("/api/v1/providers/{providerId}/catalogue/{productId}")
    Seen<Entry> entry(
            @PathVariable String providerId,
            @PathVariable String productId,
            @RequestParam(required = false) Long atLeast)
            throws TimeoutException {
        Seen<Entry> seen = views.read(
                atLeast,
                () -> new Entry(providerId, productId, catalogue.versions(providerId, productId)),
                CatalogueProjection.NAME);
        if (seen.value().versions().isEmpty()) {
            throw NotThere.of("Product", productId).get();
        }
        return seen;
    }

    @Operation(
            summary =
                    "Providers' products as they can be ordered; for itself and staff also what cannot, as last proposed (GZ-07)")
    @GetMapping("/api/v1/products")
    Slice<Offer> products(
            @RequestParam(required = false) String provider,
            @RequestParam(required = false) ServiceType serviceType,
            @RequestParam(required = false) String city,
            @RequestParam(required = false) Boolean orderable,
            @ParameterObject Page page,
            @Parameter(hidden = true) Reader reader)
            throws TimeoutException {
        boolean whole = reader.isBehind(provider);
        if (!whole && Boolean.FALSE.equals(orderable)) {
            throw reader.refusal("orderable=false");
        }
        var asked = new Catalogue.AskedOffers(provider, serviceType, city, whole ? orderable : Boolean.TRUE);
        String after = cursor(page);
        return views.slice(
                page.atLeast(),
                page.limit(),
                limit -> catalogue.offers(asked, after, limit).stream()
                        .map(offer -> whole ? offer : offer.withoutDocuments())
                        .toList(),
                Offer::key,
                CatalogueProjection.NAME);
    }

    @Operation(summary = "A provider's product with every version: an order keeps its own (GZ-07)")
    @GetMapping("/api/v1/providers/{providerId}/products/{productId}")
    Seen<Product> product(
            @PathVariable String providerId,
            @PathVariable String productId,
            @RequestParam(required = false) Long atLeast,
            @Parameter(hidden = true) Reader reader)
            throws TimeoutException {
        Seen<Product> seen = views.read(
                atLeast,
                () -> new Product(
                        providerId,
                        productId,
                        asSeen(catalogue.offers(providerId, productId), reader.isBehind(providerId))),
                CatalogueProjection.NAME);
        if (seen.value().versions().isEmpty()) {
            throw NotThere.of("Product", productId).get();
        }
        return seen;
    }

    /** What the operator has not published, and the proofs, are the provider's own affair (GZ-07). */
    private static List<Offer> asSeen(List<Offer> versions, boolean whole) {
        return whole
                ? versions
                : versions.stream()
                        .filter(offer -> offer.publishedAt() != null)
                        .map(Offer::withoutDocuments)
                        .toList();
    }

    /** Provider and product, parted by a colon that neither holds. */
    private static String cursor(Page page) {
        if (!page.cursor().isEmpty() && page.cursor().indexOf(':') < 0) {
            throw new Malformed("cursor", "next of the page before");
        }
        return page.cursor();
    }
}
