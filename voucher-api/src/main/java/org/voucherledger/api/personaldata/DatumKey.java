package org.voucherledger.api.personaldata;

import org.voucherledger.domain.command.Field;
import org.voucherledger.domain.party.OpaqueRef;

/**
 * Where a personal datum stands. Each party has its references to itself, so that nobody can lay hands on another's by
 * guessing it.
 *
 * @param party the credit code, the holder's reference, or empty for somebody who is no party
 * @param reference as events carry it: {@code handlerRef}, {@code holderRef}, {@code complainantRef}; never a number itself
 */
record DatumKey(String party, String reference, DatumKind kind) {

    DatumKey {
        if (!party.isEmpty()) {
            Field.id("party", party);
        }
        OpaqueRef.check("reference", reference);
        Field.given("kind", kind);
    }

    @Override
    public String toString() {
        return party + "/" + reference + "/" + kind;
    }
}
