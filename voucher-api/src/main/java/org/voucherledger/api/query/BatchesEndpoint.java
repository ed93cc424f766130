package org.voucherledger.api.query;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.util.concurrent.TimeoutException;
import org.springdoc.core.annotations.ParameterObject;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import org.voucherledger.projections.batchboard.BatchBoard;
import org.voucherledger.projections.batchboard.BatchBoardProjection;
import org.voucherledger.projections.batchboard.BatchRow;
import org.voucherledger.projections.projection.Seen;
import org.voucherledger.projections.projection.Slice;
import org.voucherledger.projections.projection.Views;

/** The batches' boards. */
@RestController
@Tag(name = "Batches")
class BatchesEndpoint {

    private final Views views;
    private final BatchBoard board;

    BatchesEndpoint(Views views, BatchBoard board) {
        this.views = views;
        this.board = board;
    }

    @Operation(summary = "Batches, of one scheme or of all")
    @GetMapping("/api/v1/batches")
    Slice<BatchRow> batches(@RequestParam(required = false) String scheme, @ParameterObject Page page)
            throws TimeoutException {
        return views.slice(
                page.atLeast(),
                page.limit(),
                limit -> board.list(scheme, page.cursor(), limit),
                BatchRow::id,
                BatchBoardProjection.NAME);
    }

    @Operation(summary = "A batch's board: its money, its applications and vouchers by outcome, its dates")
    @GetMapping("/api/v1/batches/{batchId}")
    Seen<BatchRow> batch(@PathVariable String batchId, @RequestParam(required = false) Long atLeast)
            throws TimeoutException {
        return views.read(
                atLeast,
                () -> board.one(batchId).orElseThrow(NotThere.of("Batch", batchId)),
                BatchBoardProjection.NAME);
    }
}
