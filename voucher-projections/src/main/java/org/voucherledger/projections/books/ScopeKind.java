package org.voucherledger.projections.books;

import java.util.EnumSet;
import java.util.Set;

/**
 * What a trial balance can be asked of. A posting is wholly in a scope or not in it at all, so in every scope each book sums to
 * zero; what money comes out of, from outside the scope, is its source there and stands below zero.
 */
public enum ScopeKind {
    /** The whole ledger. */
    LEDGER(Account.TREASURY, "''"),
    /** A scheme: its fund, its batches, and the quotas under it. */
    SCHEME(Account.TREASURY, "scheme_id"),
    /** A batch; its source is the scheme's unallocated money, so that stands below zero by the batch's budget. */
    BATCH(Account.UNALLOCATED, "batch_id"),
    /** All batches of a city, under whichever scheme. */
    CITY(Account.UNALLOCATED, "city"),
    /** The vouchers of a city's batches whose enterprises had declared this district when they were granted. */
    DISTRICT(Account.AVAILABLE, "city || '/' || district"),
    /** An enterprise's vouchers, its quotas, what it owes and is owed; its source is what was available. */
    ENTERPRISE(Account.AVAILABLE, "enterprise_id"),
    /** A provider's orders, payments and claims, its quotas, what it owes; its source is what enterprises held. */
    PROVIDER(Account.HELD, "provider_id");

    private final Account source;
    private final String column;

    ScopeKind(Account source, String column) {
        this.source = source;
        this.column = column;
    }

    /** What tells in a row of {@code posting} of which scope of this kind it is. */
    String column() {
        return column;
    }

    /** Whether an account may stand below zero here, and only there. */
    boolean isSource(Account account) {
        return account == source || account.isOrigin();
    }

    /** An enterprise has few postings, so its balances are added up anew; all others are kept by bucket. */
    boolean isKept() {
        return this != ENTERPRISE;
    }

    /** ALL-03 has an equation of its own for these: where whole budgets are. */
    boolean hasBudgets() {
        return EnumSet.of(LEDGER, SCHEME, BATCH, CITY).contains(this);
    }

    /** Where whole funds are. */
    boolean hasFunds() {
        return Set.of(LEDGER, SCHEME).contains(this);
    }
}
