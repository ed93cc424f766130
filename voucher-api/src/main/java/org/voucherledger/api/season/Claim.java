package org.voucherledger.api.season;

import java.util.List;

/** A redemption claim of one provider for vouchers of one batch. */
record Claim(String id, List<Holding> items) {

    Claim {
        items = List.copyOf(items);
    }
}
