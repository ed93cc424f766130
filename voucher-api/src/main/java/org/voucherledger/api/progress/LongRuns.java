package org.voucherledger.api.progress;

import java.util.List;

/** Knows of long runs that have begun and are not over, whether anybody goes on with them just now or not. */
public interface LongRuns {

    List<LongRun> underWay();
}
