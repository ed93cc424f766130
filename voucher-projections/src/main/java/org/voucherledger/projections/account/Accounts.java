package org.voucherledger.projections.account;

import java.util.List;
import org.springframework.data.domain.Limit;
import org.springframework.stereotype.Component;

/** Asks for the accounts of one party: one for each scheme and year. Read inside {@code Views}. */
@Component
public class Accounts {

    private final EnterpriseAccountRows enterprises;
    private final ProviderAccountRows providers;
    private final HolderAccountRows holders;

    Accounts(EnterpriseAccountRows enterprises, ProviderAccountRows providers, HolderAccountRows holders) {
        this.enterprises = enterprises;
        this.providers = providers;
        this.holders = holders;
    }

    /** @param after the last identifier of the page before, empty for the first page */
    public List<EnterpriseAccountRow> ofEnterprise(String enterpriseId, String after, int limit) {
        return enterprises.findByEnterpriseIdAndIdGreaterThanOrderById(enterpriseId, after, Limit.of(limit));
    }

    /** @param after the last identifier of the page before, empty for the first page */
    public List<ProviderAccountRow> ofProvider(String providerId, String after, int limit) {
        return providers.findByProviderIdAndIdGreaterThanOrderById(providerId, after, Limit.of(limit));
    }

    /** @param after the last identifier of the page before, empty for the first page */
    public List<HolderAccountRow> ofHolder(String holderRef, String after, int limit) {
        return holders.findByHolderRefAndIdGreaterThanOrderById(holderRef, after, Limit.of(limit));
    }
}
