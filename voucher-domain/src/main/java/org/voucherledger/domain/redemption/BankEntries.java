package org.voucherledger.domain.redemption;

import java.util.List;
import java.util.stream.Stream;
import org.voucherledger.domain.party.Document;
import org.voucherledger.domain.usedonce.UsedOnceKey;
import org.voucherledger.domain.usedonce.UsedOnceKind;

/**
 * What the bank did for a claim, each movement of one reference once, with its slips (GZ-44).
 *
 * <p>Invariant: no two entries are of one movement and one reference, however it is spelt.
 */
public record BankEntries(List<Entry> entries) {

    /**
     * @param bankReference as it was spelt first
     * @param slips handed in with the movement or later, each once
     */
    public record Entry(BankMovement movement, String bankReference, List<Document> slips) {

        public boolean hasSlipOf(String kind) {
            return slips.stream().anyMatch(slip -> slip.kind().equals(kind));
        }

        private boolean is(BankMovement other, String reference) {
            return movement == other && isSameReference(bankReference, reference);
        }
    }

    static final BankEntries NONE = new BankEntries(List.of());

    static boolean isSameReference(String one, String other) {
        return key(one).equals(key(other));
    }

    private static UsedOnceKey key(String bankReference) {
        return UsedOnceKey.of(UsedOnceKind.BANK_PAYMENT, bankReference);
    }

    /** The movement of this reference, or {@code null}. */
    public Entry entry(BankMovement movement, String bankReference) {
        return entries.stream()
                .filter(entry -> entry.is(movement, bankReference))
                .findFirst()
                .orElse(null);
    }

    /** With the movement, and with these slips among those that it has. */
    BankEntries with(BankMovement movement, String bankReference, List<Document> slips) {
        Entry before = entry(movement, bankReference);
        List<Document> all = Stream.concat(before == null ? Stream.empty() : before.slips().stream(), slips.stream())
                .distinct()
                .toList();
        var entry = new Entry(movement, before == null ? bankReference : before.bankReference(), all);
        return new BankEntries(Stream.concat(entries.stream().filter(each -> each != before), Stream.of(entry))
                .toList());
    }

    /** A reference that pays nothing any more is free; what is paid under it anew is another payment, with a slip of its own. */
    BankEntries withoutPayment(String bankReference) {
        return new BankEntries(entries.stream()
                .filter(entry -> !entry.is(BankMovement.PAID, bankReference))
                .toList());
    }
}
