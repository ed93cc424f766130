package org.voucherledger.api.whatif;

/** Another batch is being re-decided; whoever asks may ask again a little later. */
final class WhatIfUnderWay extends RuntimeException {

    WhatIfUnderWay() {
        super("a batch is being re-decided already", null, false, false);
    }
}
