package org.voucherledger.domain.architecture.violating;

import java.net.URI;

/** Breaks "no framework". */
record SpeaksHttp(URI address) {}
