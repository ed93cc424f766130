package org.voucherledger.projections.books;

import java.util.List;

/** What the books know of one voucher: whose it is, and how much of it lies in which account. Amounts in fen. */
final class VoucherBook {

    /** Where the money of a voucher can be, in the order of its life. */
    static final List<Account> PLACES =
            List.of(Account.HELD, Account.ORDERED, Account.PAID, Account.ACCEPTED, Account.CLAIMED, Account.REDEEMED);

    private final String enterpriseId;
    private final String district;
    private String providerId;
    private final long[] fen = new long[PLACES.size()];
    private long owedFen;

    VoucherBook(String enterpriseId, String district, String providerId) {
        this.enterpriseId = enterpriseId;
        this.district = district;
        this.providerId = providerId;
    }

    String enterpriseId() {
        return enterpriseId;
    }

    /** As declared when the voucher was granted, so that no money jumps when the enterprise moves (SV-03). */
    String district() {
        return district;
    }

    /** Who was ordered from last; it stays known afterwards, when nothing is in its hands any more. */
    String providerId() {
        return providerId;
    }

    void orderedFrom(String provider) {
        providerId = provider;
    }

    long owedFen() {
        return owedFen;
    }

    void owes(long fenOwed) {
        owedFen = fenOwed;
    }

    long fen(Account place) {
        return fen[PLACES.indexOf(place)];
    }

    /** What is no place of a voucher is outside of it. */
    void change(Account place, long changeFen) {
        int index = PLACES.indexOf(place);
        if (index >= 0) {
            fen[index] += changeFen;
        }
    }
}
