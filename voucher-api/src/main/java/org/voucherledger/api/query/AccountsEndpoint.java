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
import org.springframework.web.bind.annotation.RestController;
import org.voucherledger.api.security.Reader;
import org.voucherledger.projections.account.AccountProjection;
import org.voucherledger.projections.account.Accounts;
import org.voucherledger.projections.account.EnterpriseAccountRow;
import org.voucherledger.projections.account.HolderAccountRow;
import org.voucherledger.projections.account.ProviderAccountRow;
import org.voucherledger.projections.performance.Performance;
import org.voucherledger.projections.performance.PerformanceProjection;
import org.voucherledger.projections.projection.Slice;
import org.voucherledger.projections.projection.Views;

/** What the parties have used of their caps (GZ-11, GZ-21, CV-01), one account for each scheme and year, or cycle. */
@RestController
@Tag(name = "Accounts")
class AccountsEndpoint {

    private final Views views;
    private final Accounts accounts;
    private final Performance performance;

    AccountsEndpoint(Views views, Accounts accounts, Performance performance) {
        this.views = views;
        this.accounts = accounts;
        this.performance = performance;
    }

    /** A provider's account, with how it was rated in all (SV-02). */
    record RatedAccount(@JsonUnwrapped ProviderAccountRow account, Rating rating) {}

    @Operation(summary = "What an enterprise has pending, charged and free of its annual cap")
    @GetMapping("/api/v1/enterprises/{enterpriseId}/account")
    @PreAuthorize(Readers.ENTERPRISES)
    Slice<EnterpriseAccountRow> ofEnterprise(
            @PathVariable String enterpriseId, @ParameterObject Page page, @Parameter(hidden = true) Reader reader)
            throws TimeoutException {
        reader.concerns(enterpriseId, enterpriseId, null, null);
        return views.slice(
                page.atLeast(),
                page.limit(),
                limit -> accounts.ofEnterprise(enterpriseId, page.cursor(), limit),
                EnterpriseAccountRow::id,
                AccountProjection.NAME);
    }

    @Operation(summary = "How many vouchers a holder has taken, by cycle and category")
    @GetMapping("/api/v1/holders/{holderRef}/account")
    @PreAuthorize(Readers.HOLDERS)
    Slice<HolderAccountRow> ofHolder(
            @PathVariable String holderRef, @ParameterObject Page page, @Parameter(hidden = true) Reader reader)
            throws TimeoutException {
        reader.concerns(holderRef, null, null, holderRef);
        return views.slice(
                page.atLeast(),
                page.limit(),
                limit -> accounts.ofHolder(holderRef, page.cursor(), limit),
                HolderAccountRow::id,
                AccountProjection.NAME);
    }

    @Operation(summary = "What a provider has reserved, taken and free of its cap, and how it was rated")
    @GetMapping("/api/v1/providers/{providerId}/account")
    @PreAuthorize(Readers.PROVIDERS)
    Slice<RatedAccount> ofProvider(
            @PathVariable String providerId, @ParameterObject Page page, @Parameter(hidden = true) Reader reader)
            throws TimeoutException {
        reader.concerns(providerId, null, providerId, null);
        return views.slice(
                page.atLeast(),
                page.limit(),
                limit -> rated(providerId, accounts.ofProvider(providerId, page.cursor(), limit)),
                rated -> rated.account().id(),
                AccountProjection.NAME,
                PerformanceProjection.NAME);
    }

    private List<RatedAccount> rated(String providerId, List<ProviderAccountRow> accountsOfOne) {
        var rating = Rating.of(performance.ratings(List.of(providerId)).get(providerId));
        return accountsOfOne.stream()
                .map(account -> new RatedAccount(account, rating))
                .toList();
    }
}
