package org.voucherledger.projections.catalogue;

import java.time.Instant;
import java.util.List;
import org.voucherledger.domain.catalogue.CatalogueChange;
import org.voucherledger.domain.party.Document;

/**
 * A provider's request to change what the catalogue says, with its evidence and what was decided (CL-07).
 *
 * @param position of the request in the log
 * @param outcome {@code null} while it is open, as everything that is said of the decision
 * @param version that an approval made
 */
public record ChangeRequest(
        long position,
        String providerId,
        String productId,
        String requestId,
        int year,
        CatalogueChange change,
        String value,
        String reason,
        List<Document> evidence,
        Instant requestedAt,
        String requestedBy,
        RequestOutcome outcome,
        Integer version,
        Instant decidedAt,
        String decidedBy,
        String decisionReason) {}
