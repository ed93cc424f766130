package org.voucherledger.api.redemptionpapers;

import java.util.List;
import org.voucherledger.domain.redemption.ClaimState;

/**
 * What the public may see of a claim.
 *
 * @param lists as they were published: the first of the whole claim, each further one of an item whose amount was raised
 * @param now how each of the items stands
 */
record PublicNotice(List<PublishedList> lists, ClaimState now) {

    PublishedList first() {
        return lists.getFirst();
    }
}
