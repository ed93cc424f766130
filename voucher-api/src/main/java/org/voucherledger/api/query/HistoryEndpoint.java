package org.voucherledger.api.query;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.util.Comparator;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.springdoc.core.annotations.ParameterObject;
import org.springframework.security.access.prepost.PreAuthorize;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import org.voucherledger.api.pipeline.LedgerClock;
import org.voucherledger.api.security.Reader;
import org.voucherledger.domain.command.Malformed;
import org.voucherledger.domain.command.Role;
import org.voucherledger.domain.rule.Refused;
import org.voucherledger.projections.audittrail.AuditTrail;
import org.voucherledger.projections.audittrail.AuditTrailProjection;
import org.voucherledger.projections.audittrail.SubjectKind;
import org.voucherledger.projections.history.Difference;
import org.voucherledger.projections.history.Histories;
import org.voucherledger.projections.history.History;
import org.voucherledger.projections.projection.Projections;
import org.voucherledger.projections.projection.Views;
import org.voucherledger.projections.voucherboard.BoardVoucher;
import org.voucherledger.projections.voucherboard.VoucherBoard;
import org.voucherledger.projections.voucherboard.VoucherBoardProjection;

/** The life of one stream, told again as of any moment (ALL-04). */
@RestController
@Tag(name = "Audit trail")
class HistoryEndpoint {

    private static final String AS_OF =
            "A position of the log, or an instant with its offset: what was recorded later is as if it had never been";

    private final Views views;
    private final Projections projections;
    private final Histories histories;
    private final VoucherBoard board;
    private final AuditTrail trail;
    private final LedgerClock clock;

    HistoryEndpoint(
            Views views,
            Projections projections,
            Histories histories,
            VoucherBoard board,
            AuditTrail trail,
            LedgerClock clock) {
        this.board = board;
        this.trail = trail;
        this.views = views;
        this.projections = projections;
        this.histories = histories;
        this.clock = clock;
    }

    @Operation(
            summary =
                    "Each step of a stream: what happened, what it was decided by, what it changed, and the state after it",
            description =
                    "A stream is a kind and an id: voucher:ID, batch:ID, enterprise:ID, provider:ID, claim:ID, scheme:ID, finding:ID, draw:ID, expert:ID,"
                            + " enterprisequota:SCHEME:ID:YEAR, providerquota:SCHEME:ID:YEAR, holderquota:BATCH:HOLDER,"
                            + " catalogue:PROVIDER:PRODUCT, queue:BATCH, settlement:BATCH, usedonce:KIND:SHA256.")
    @GetMapping("/api/v1/history/{stream}")
    @PreAuthorize(Readers.STAFF)
    History history(
            @PathVariable String stream,
            @Parameter(description = AS_OF) @RequestParam(required = false) String asOf,
            @ParameterObject Page page)
            throws TimeoutException {
        return steps(stream, asOf, page, NotThere.of("Stream", stream));
    }

    @Operation(
            summary =
                    "Each step of a voucher, with what it was decided by, what it changed, and its state after it; for its"
                            + " parties, but no provider that came after another one")
    @GetMapping("/api/v1/vouchers/{voucherId}/history")
    @PreAuthorize(Readers.CONCERNED)
    History voucher(
            @PathVariable String voucherId,
            @Parameter(description = AS_OF) @RequestParam(required = false) String asOf,
            @ParameterObject Page page,
            @Parameter(hidden = true) Reader reader)
            throws TimeoutException {
        Supplier<Refused> unknown = NotThere.of("Voucher", voucherId);
        if (!reader.actor().role().isStaff()) {
            views.read(
                    page.atLeast(),
                    () -> {
                        insistOnConcern(
                                reader, voucherId, board.voucher(voucherId).orElseThrow(unknown));
                        return voucherId;
                    },
                    VoucherBoardProjection.NAME,
                    AuditTrailProjection.NAME);
        }
        return steps("voucher:" + voucherId, asOf, page, unknown);
    }

    /** A provider has no part in what a voucher went through with another one, of which each later step tells. */
    private void insistOnConcern(Reader reader, String voucherId, BoardVoucher voucher) {
        reader.concerns(voucherId, voucher.enterpriseId(), voucher.providerId(), voucher.holderRef());
        if (reader.actor().role() == Role.PROVIDER
                && !trail.concernedBesides(voucherId, SubjectKind.PROVIDER).equals(Set.of(voucher.providerId()))) {
            throw reader.refusal(voucherId);
        }
    }

    @Operation(summary = "What became different in a stream between two moments")
    @GetMapping("/api/v1/history/{stream}/diff")
    @PreAuthorize(Readers.STAFF)
    Difference difference(
            @PathVariable String stream,
            @Parameter(description = "The earlier moment, as asOf; the beginning unless given")
                    @RequestParam(required = false)
                    String from,
            @Parameter(description = "The later moment, as asOf; now unless given") @RequestParam(required = false)
                    String to,
            @RequestParam(required = false) Long atLeast)
            throws TimeoutException {
        Moment earlier = from == null ? null : come("from", from);
        Moment later = to == null ? null : come("to", to);
        return read(
                reached(atLeast, earlier, later),
                () -> {
                    long begin = earlier == null ? 0 : positionOf(earlier);
                    long end = positionOf(later);
                    if (begin > end) {
                        throw new Malformed("from", "must not be later than to");
                    }
                    return histories.between(stream, begin, end);
                },
                NotThere.of("Stream", stream));
    }

    private History steps(String stream, String asOf, Page page, Supplier<Refused> unknown) throws TimeoutException {
        Moment moment = asOf == null ? null : come("asOf", asOf);
        return read(
                reached(page.atLeast(), moment),
                () -> histories.steps(stream, positionOf(moment), page.afterPosition(), page.limit()),
                unknown);
    }

    private <T> T read(Long atLeast, Supplier<Optional<T>> reading, Supplier<Refused> unknown) throws TimeoutException {
        return views.read(atLeast, () -> reading.get().orElseThrow(unknown), AuditTrailProjection.NAME)
                .value();
    }

    private Moment come(String field, String text) {
        return Moment.of(field, text).hasCome(projections.positions().head(), clock.now());
    }

    /** The trail must show all that had been recorded by a moment before it can be told as of then. */
    private Long reached(Long atLeast, Moment... moments) {
        return Stream.concat(
                        Stream.ofNullable(atLeast),
                        Stream.of(moments)
                                .filter(Objects::nonNull)
                                .map(moment -> moment.position() != null
                                        ? moment.position()
                                        : projections.positions().head()))
                .max(Comparator.naturalOrder())
                .orElse(null);
    }

    /** As of no moment: all that the trail shows. To be asked inside the snapshot. */
    private long positionOf(Moment moment) {
        if (moment == null) {
            return projections.positions().progress(AuditTrailProjection.NAME).position();
        }
        return moment.position() != null ? moment.position() : histories.positionAt(moment.at());
    }
}
