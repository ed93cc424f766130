package org.voucherledger.api.imports;

import java.util.List;

/** Who is on the blacklist at this moment, registered or not. */
interface OnTheBlacklist {

    /** Their credit codes, with everything that has been recorded until now. */
    List<String> now();
}
