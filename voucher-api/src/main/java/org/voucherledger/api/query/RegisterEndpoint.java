package org.voucherledger.api.query;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
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
import org.voucherledger.domain.expert.ExpertStanding;
import org.voucherledger.domain.party.ServiceType;
import org.voucherledger.projections.performance.Performance;
import org.voucherledger.projections.performance.PerformanceProjection;
import org.voucherledger.projections.projection.Seen;
import org.voucherledger.projections.projection.Slice;
import org.voucherledger.projections.projection.Views;
import org.voucherledger.projections.register.Enterprise;
import org.voucherledger.projections.register.Expert;
import org.voucherledger.projections.register.Provider;
import org.voucherledger.projections.register.ProviderFile;
import org.voucherledger.projections.register.Register;
import org.voucherledger.projections.register.RegisterProjection;

/** The registers of enterprises, providers and experts (SV-01). */
@RestController
@Tag(name = "Registers")
class RegisterEndpoint {

    private final Views views;
    private final Register register;
    private final Performance performance;

    RegisterEndpoint(Views views, Register register, Performance performance) {
        this.views = views;
        this.register = register;
        this.performance = performance;
    }

    /** A provider as it stands in the register, with how it was rated (SV-02). */
    record RatedProvider(@JsonUnwrapped Provider provider, Rating rating) {}

    /** A provider with its products, and with how it was rated (SV-02). */
    record RatedFile(@JsonUnwrapped ProviderFile file, Rating rating) {}

    @Operation(summary = "Enterprises by a part of the name, district and standing")
    @GetMapping("/api/v1/enterprises")
    @PreAuthorize(Readers.STAFF)
    Slice<Enterprise> enterprises(
            @RequestParam(required = false) String name,
            @RequestParam(required = false) String district,
            @RequestParam(required = false) Boolean frozen,
            @RequestParam(required = false) Boolean disqualified,
            @ParameterObject Page page)
            throws TimeoutException {
        var asked = new Register.Asked(name, district, frozen, disqualified);
        return views.slice(
                page.atLeast(),
                page.limit(),
                limit -> register.enterprises(asked, page.cursor(), limit),
                Enterprise::id,
                RegisterProjection.NAME);
    }

    @Operation(summary = "An enterprise as it is now")
    @GetMapping("/api/v1/enterprises/{enterpriseId}")
    @PreAuthorize(Readers.ENTERPRISES)
    Seen<Enterprise> enterprise(
            @PathVariable String enterpriseId,
            @RequestParam(required = false) Long atLeast,
            @Parameter(hidden = true) Reader reader)
            throws TimeoutException {
        reader.concerns(enterpriseId, enterpriseId, null, null);
        return views.read(
                atLeast,
                () -> register.enterprise(enterpriseId).orElseThrow(NotThere.of("Enterprise", enterpriseId)),
                RegisterProjection.NAME);
    }

    @Operation(summary = "Experts by field, city and standing; who they are stands nowhere in the ledger (SV-01)")
    @GetMapping("/api/v1/experts")
    @PreAuthorize(Readers.STAFF)
    Slice<Expert> experts(
            @RequestParam(required = false) ServiceType field,
            @RequestParam(required = false) String city,
            @RequestParam(required = false) ExpertStanding standing,
            @ParameterObject Page page)
            throws TimeoutException {
        return views.slice(
                page.atLeast(),
                page.limit(),
                limit -> register.experts(field, city, standing, page.cursor(), limit),
                Expert::id,
                RegisterProjection.NAME);
    }

    @Operation(summary = "An expert as the register has them now (SV-01)")
    @GetMapping("/api/v1/experts/{expertRef}")
    @PreAuthorize(Readers.STAFF)
    Seen<Expert> expert(@PathVariable String expertRef, @RequestParam(required = false) Long atLeast)
            throws TimeoutException {
        return views.read(
                atLeast,
                () -> register.expert(expertRef).orElseThrow(NotThere.of("Expert", expertRef)),
                RegisterProjection.NAME);
    }

    @Operation(summary = "Providers by a part of the name, city and standing, with their ratings")
    @GetMapping("/api/v1/providers")
    Slice<RatedProvider> providers(
            @RequestParam(required = false) String name,
            @RequestParam(required = false) String city,
            @RequestParam(required = false) Boolean frozen,
            @RequestParam(required = false) Boolean disqualified,
            @ParameterObject Page page)
            throws TimeoutException {
        var asked = new Register.Asked(name, city, frozen, disqualified);
        return views.slice(
                page.atLeast(),
                page.limit(),
                limit -> rated(register.providers(asked, page.cursor(), limit)),
                rated -> rated.provider().id(),
                RegisterProjection.NAME,
                PerformanceProjection.NAME);
    }

    private List<RatedProvider> rated(List<Provider> providers) {
        var ratings = performance.ratings(providers.stream().map(Provider::id).toList());
        return providers.stream()
                .map(provider -> new RatedProvider(provider, Rating.of(ratings.get(provider.id()))))
                .toList();
    }

    @Operation(
            summary =
                    "A provider as it is now, with its products and its rating; what is not published, for itself and staff")
    @GetMapping("/api/v1/providers/{providerId}")
    Seen<RatedFile> provider(
            @PathVariable String providerId,
            @RequestParam(required = false) Long atLeast,
            @Parameter(hidden = true) Reader reader)
            throws TimeoutException {
        return views.read(
                atLeast,
                () -> new RatedFile(
                        asSeen(
                                register.provider(providerId).orElseThrow(NotThere.of("Provider", providerId)),
                                reader.isBehind(providerId)),
                        Rating.of(performance.ratings(List.of(providerId)).get(providerId))),
                RegisterProjection.NAME,
                PerformanceProjection.NAME);
    }

    /** What the operator has not published is the provider's own affair (GZ-07). */
    private static ProviderFile asSeen(ProviderFile file, boolean whole) {
        return whole
                ? file
                : new ProviderFile(
                        file.provider(),
                        file.products().stream()
                                .filter(product -> product.publishedVersion() != null)
                                .toList());
    }
}
