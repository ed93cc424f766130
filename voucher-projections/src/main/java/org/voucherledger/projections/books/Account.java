package org.voucherledger.projections.books;

/** The accounts of the rulebook's posting table, each in one book. */
public enum Account {
    /** The origin of money: below zero by the fund. */
    TREASURY(Book.MONEY, true),
    UNALLOCATED(Book.MONEY, false),
    AVAILABLE(Book.MONEY, false),
    HELD(Book.MONEY, false),
    ORDERED(Book.MONEY, false),
    PAID(Book.MONEY, false),
    ACCEPTED(Book.MONEY, false),
    CLAIMED(Book.MONEY, false),
    REDEEMED(Book.MONEY, false),
    LAPSED(Book.MONEY, false),

    /** The origin of an enterprise's quota: below zero by what is in use. */
    ENTERPRISE_FREE(Book.ENTERPRISE_QUOTA, true),
    PENDING(Book.ENTERPRISE_QUOTA, false),
    CHARGED(Book.ENTERPRISE_QUOTA, false),

    /** The origin of a provider's quota: below zero by what is in use. */
    PROVIDER_FREE(Book.PROVIDER_QUOTA, true),
    RESERVED(Book.PROVIDER_QUOTA, false),
    TAKEN(Book.PROVIDER_QUOTA, false),

    /** The origin of clawbacks: below zero by all that was ever ordered back. */
    ORDERED_BACK(Book.CLAWBACK, true),
    DUE(Book.CLAWBACK, false),
    REPAID(Book.CLAWBACK, false),
    WAIVED(Book.CLAWBACK, false),

    /** The origin of refunds: below zero by all that is owed or proved. */
    INCURRED(Book.REFUND, true),
    OWED(Book.REFUND, false),
    PROVED(Book.REFUND, false);

    private final Book book;
    private final boolean origin;

    Account(Book book, boolean origin) {
        this.book = book;
        this.origin = origin;
    }

    public Book book() {
        return book;
    }

    /** Only an origin may fall below zero (ALL-03). */
    public boolean isOrigin() {
        return origin;
    }
}
