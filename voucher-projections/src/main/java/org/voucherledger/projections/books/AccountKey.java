package org.voucherledger.projections.books;

import java.util.Comparator;

/** An account at its finest: of a scheme or one of its batches, and of a party where it is a party's memorandum; else empty. */
record AccountKey(String schemeId, String batchId, String owner, Account account) implements Comparable<AccountKey> {

    private static final Comparator<AccountKey> ORDER = Comparator.comparing(AccountKey::schemeId)
            .thenComparing(AccountKey::batchId)
            .thenComparing(AccountKey::owner)
            .thenComparing(AccountKey::account);

    /** The fund's own accounts belong to the scheme, whichever batch the money goes to. */
    static AccountKey of(JournalLine line, Account account) {
        boolean isTheFunds = account == Account.TREASURY || account == Account.UNALLOCATED;
        return new AccountKey(
                line.schemeId(),
                isTheFunds ? "" : line.posting().batchId(),
                line.posting().owner(),
                account);
    }

    static AccountKey unallocated(String schemeId) {
        return new AccountKey(schemeId, "", "", Account.UNALLOCATED);
    }

    @Override
    public int compareTo(AccountKey other) {
        return ORDER.compare(this, other);
    }

    @Override
    public String toString() {
        var words = new StringBuilder(account.name());
        for (String part : new String[] {schemeId, batchId, owner}) {
            if (!part.isEmpty()) {
                words.append(' ').append(part);
            }
        }
        return words.toString();
    }
}
