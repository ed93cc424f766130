package org.voucherledger.projections.books;

import java.util.ArrayList;
import java.util.List;

/**
 * A posting with all that it belongs to; empty where it belongs to none of a kind.
 *
 * @param city of the batch
 * @param district of the enterprise as it was declared when the voucher was granted
 * @param providerId whose hands the money is in, or came from; whose memorandum it is
 */
record JournalLine(
        Posting posting, String schemeId, String city, String district, String enterpriseId, String providerId) {

    /** The scopes whose balances are kept by bucket. */
    List<Scope> keptScopes() {
        var scopes = new ArrayList<Scope>(6);
        scopes.add(Scope.LEDGER);
        add(scopes, ScopeKind.SCHEME, schemeId);
        add(scopes, ScopeKind.BATCH, posting.batchId());
        add(scopes, ScopeKind.CITY, city);
        if (!district.isEmpty()) {
            scopes.add(Scope.district(city, district));
        }
        add(scopes, ScopeKind.PROVIDER, providerId);
        return scopes;
    }

    private static void add(List<Scope> scopes, ScopeKind kind, String id) {
        if (!id.isEmpty()) {
            scopes.add(new Scope(kind, id));
        }
    }
}
