package org.voucherledger.api.http;

import java.util.List;
import java.util.concurrent.TimeoutException;
import org.voucherledger.api.pipeline.DryRun;

/** Who would gain or lose by a command that is only asked (ALL-06). */
public interface Consequences {

    /**
     * One list for each decision of the authority that would be recorded; none where the command is no such decision.
     *
     * @param cursor {@code next} of the page before, empty to begin
     * @throws TimeoutException if the views do not reach the position of the explanation in time
     */
    List<?> of(DryRun.Explanation explanation, String cursor, int limit) throws TimeoutException;
}
