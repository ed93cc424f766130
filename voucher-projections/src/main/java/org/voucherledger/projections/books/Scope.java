package org.voucherledger.projections.books;

/**
 * A part of the ledger that has books of its own.
 *
 * @param id empty for the whole ledger; of a district {@code city/district}
 */
public record Scope(ScopeKind kind, String id) {

    public static final Scope LEDGER = new Scope(ScopeKind.LEDGER, "");

    public static Scope scheme(String id) {
        return new Scope(ScopeKind.SCHEME, id);
    }

    public static Scope batch(String id) {
        return new Scope(ScopeKind.BATCH, id);
    }

    public static Scope city(String name) {
        return new Scope(ScopeKind.CITY, name);
    }

    /** Districts of several cities may have the same name. */
    public static Scope district(String city, String district) {
        return new Scope(ScopeKind.DISTRICT, city + "/" + district);
    }

    public static Scope enterprise(String id) {
        return new Scope(ScopeKind.ENTERPRISE, id);
    }

    public static Scope provider(String id) {
        return new Scope(ScopeKind.PROVIDER, id);
    }
}
