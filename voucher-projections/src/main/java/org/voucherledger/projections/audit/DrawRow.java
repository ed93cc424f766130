package org.voucherledger.projections.audit;

import java.time.Instant;
import java.util.List;
import org.voucherledger.domain.audit.FrameItems;
import org.voucherledger.domain.audit.Stratum;

/**
 * A draw as it is now. What is only known once the sample has been drawn is {@code null} until then.
 *
 * @param batchId {@code null} for all batches of the scheme
 * @param framePosition the position of the log that was drawn from
 * @param inNoStratum how many items of the frame no stratum takes
 * @param drawnPosition of the event by which it was drawn, always after {@code announcedPosition}
 */
public record DrawRow(
        String id,
        String schemeId,
        String batchId,
        FrameItems items,
        long framePosition,
        List<Layer> strata,
        String seed,
        String groundId,
        String frameSha256,
        String reason,
        Instant announcedAt,
        String announcedBy,
        long announcedPosition,
        Instant drawnAt,
        String drawnBy,
        Long drawnPosition,
        Integer frameSize,
        Integer inNoStratum,
        long sampleSize,
        long findings,
        long openFindings) {

    /** A stratum and, once drawn from, how many items it held; until then {@code null}. */
    public record Layer(Stratum stratum, Integer outOf) {}
}
