package org.voucherledger.api.redemptionpapers;

import org.voucherledger.domain.redemption.ClaimEvent.ClaimPublished;
import org.voucherledger.domain.redemption.ClaimState;

/** What the public may see of a claim: the list as it was published, and how each of its items stands now. */
record PublicNotice(ClaimPublished published, ClaimState now) {}
