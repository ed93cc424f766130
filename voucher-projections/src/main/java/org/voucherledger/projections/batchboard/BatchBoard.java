package org.voucherledger.projections.batchboard;

import java.util.List;
import java.util.Optional;
import org.springframework.data.domain.Limit;
import org.springframework.stereotype.Component;

/** Asks for batches. Read inside {@code Views}, which says as of which position. */
@Component
public class BatchBoard {

    private final BatchRows rows;

    BatchBoard(BatchRows rows) {
        this.rows = rows;
    }

    public Optional<BatchRow> one(String batchId) {
        return rows.findById(batchId);
    }

    /**
     * Batches by their identifiers.
     *
     * @param schemeId {@code null} for those of every scheme
     * @param after the last identifier of the page before, empty for the first page
     */
    public List<BatchRow> list(String schemeId, String after, int limit) {
        return schemeId == null
                ? rows.findByIdGreaterThanOrderById(after, Limit.of(limit))
                : rows.findBySchemeIdAndIdGreaterThanOrderById(schemeId, after, Limit.of(limit));
    }
}
