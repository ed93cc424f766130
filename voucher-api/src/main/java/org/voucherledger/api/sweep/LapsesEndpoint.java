package org.voucherledger.api.sweep;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.concurrent.TimeoutException;
import org.springframework.security.access.prepost.PreAuthorize;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import org.voucherledger.api.pipeline.LedgerClock;
import org.voucherledger.api.query.Readers;
import org.voucherledger.domain.command.Field;
import org.voucherledger.domain.command.Malformed;
import org.voucherledger.domain.time.Shanghai;
import org.voucherledger.projections.claimworklist.ClaimWorklistProjection;
import org.voucherledger.projections.projection.Seen;
import org.voucherledger.projections.projection.Views;
import org.voucherledger.projections.voucherboard.VoucherBoardProjection;

/** Rehearses what will lapse by a date, before it does (ALL-06). */
@RestController
@Tag(name = "Batches")
class LapsesEndpoint {

    private static final int MOST_SHOWN = 500;

    private final Views views;
    private final Lapses lapses;
    private final LedgerClock clock;

    LapsesEndpoint(Views views, Lapses lapses, LedgerClock clock) {
        this.views = views;
        this.lapses = lapses;
        this.clock = clock;
    }

    /**
     * What will lapse, with a page of the vouchers.
     *
     * @param next the cursor of the following page, {@code null} on the last
     */
    record Answer(
            String batchId,
            Instant by,
            long vouchers,
            long amountFen,
            List<Lapses.Sum> byStep,
            List<Lapses.Sum> byState,
            List<Lapses.Lapse> items,
            String next) {}

    @Operation(summary = "What will lapse of a batch's vouchers by a date if nobody does anything until then (ALL-06)")
    @GetMapping("/api/v1/batches/{batchId}/lapses")
    @PreAuthorize(Readers.STAFF)
    Seen<Answer> lapses(
            @PathVariable String batchId,
            @Parameter(description = "A day, to its end in China, or an instant with its offset; now unless given")
                    @RequestParam(required = false)
                    String by,
            @RequestParam(defaultValue = "50") int limit,
            @Parameter(description = "From where on: next of the page before") @RequestParam(defaultValue = "")
                    String cursor,
            @RequestParam(required = false) Long atLeast)
            throws TimeoutException {
        int most = Field.between("limit", limit, 1, MOST_SHOWN);
        Instant moment = by == null ? clock.now() : moment(by);
        return views.read(
                atLeast,
                () -> page(batchId, moment, lapses.of(batchId, moment), cursor, most),
                VoucherBoardProjection.NAME,
                ClaimWorklistProjection.NAME);
    }

    private static Answer page(String batchId, Instant by, Lapses.Foretold all, String cursor, int most) {
        List<Lapses.Lapse> rest = all.all().stream()
                .filter(lapse -> lapse.voucherId().compareTo(cursor) > 0)
                .toList();
        boolean more = rest.size() > most;
        List<Lapses.Lapse> shown = more ? rest.subList(0, most) : rest;
        return new Answer(
                batchId,
                by,
                all.vouchers(),
                all.amountFen(),
                all.byStep(),
                all.byState(),
                shown,
                more ? shown.getLast().voucherId() : null);
    }

    private static Instant moment(String text) {
        try {
            return text.length() == 10
                    ? Field.given("by", Shanghai.endOf(LocalDate.parse(text)))
                    : Field.given("by", OffsetDateTime.parse(text).toInstant());
        } catch (DateTimeException neither) {
            throw new Malformed("by", "must be a date, e.g. 2020-04-01, or an instant with its offset");
        }
    }
}
