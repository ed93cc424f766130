package org.voucherledger.api.query;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;
import org.springdoc.core.annotations.ParameterObject;
import org.springframework.security.access.prepost.PreAuthorize;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import org.voucherledger.domain.command.Malformed;
import org.voucherledger.projections.audittrail.Subject;
import org.voucherledger.projections.audittrail.SubjectKind;
import org.voucherledger.projections.projection.Projections;
import org.voucherledger.projections.projection.Seen;
import org.voucherledger.projections.projection.Views;
import org.voucherledger.projections.risk.RiskFlag;
import org.voucherledger.projections.risk.RiskKind;
import org.voucherledger.projections.risk.RiskProjection;
import org.voucherledger.projections.risk.RiskThresholds;
import org.voucherledger.projections.risk.Risks;

/** Patterns worth looking at. They are evidence: nothing is refused, frozen or lowered because of one. */
@RestController
@Tag(name = "Risks")
class RisksEndpoint {

    private final Projections projections;
    private final Views views;
    private final Risks risks;
    private final RiskThresholds thresholds;

    RisksEndpoint(Projections projections, Views views, Risks risks, RiskThresholds thresholds) {
        this.projections = projections;
        this.views = views;
        this.risks = risks;
        this.thresholds = thresholds;
    }

    /** @param position for which it is true */
    record Found(@JsonUnwrapped RiskFlag flag, long position) {}

    /**
     * @param thresholds with which they were looked for
     * @param position for which they are true
     */
    record FoundRisks(List<Found> items, String next, RiskThresholds thresholds, long position, Instant asOf) {}

    @Operation(
            summary = "Patterns worth looking at: invoices in runs, prices far from a product's history, and others",
            description =
                    "Evidence, from which nothing follows by itself. With at, those that rest on events alone, as of"
                            + " that position; the same position and thresholds give the same answer for ever.")
    @GetMapping("/api/v1/risks")
    @PreAuthorize("hasAnyRole('AUDITOR', 'OPERATOR', 'BUREAU')")
    FoundRisks risks(
            @RequestParam(required = false) RiskKind kind,
            @RequestParam(required = false) String voucher,
            @RequestParam(required = false) String enterprise,
            @RequestParam(required = false) String provider,
            @Parameter(description = "The position as of which; now, unless given") @RequestParam(required = false)
                    Long at,
            @ParameterObject Page page)
            throws TimeoutException {
        Subject about = about(voucher, enterprise, provider);
        Set<RiskKind> kinds = kinds(kind, at);
        new Moment("at", at, null).hasCome(projections.positions().head(), null);
        Seen<List<RiskFlag>> seen = views.read(
                later(at, page.atLeast()),
                () -> risks.flags(kinds, about, at == null ? Long.MAX_VALUE : at, page.cursor(), page.limit() + 1),
                RiskProjection.NAME);
        List<RiskFlag> found = seen.value();
        boolean more = found.size() > page.limit();
        List<RiskFlag> items = more ? found.subList(0, page.limit()) : found;
        long position = at == null ? seen.position() : at;
        return new FoundRisks(
                items.stream().map(flag -> new Found(flag, position)).toList(),
                more ? Risks.cursor(items.getLast()) : null,
                thresholds,
                position,
                seen.asOf());
    }

    private static Set<RiskKind> kinds(RiskKind kind, Long at) {
        if (at == null) {
            return kind == null ? EnumSet.allOf(RiskKind.class) : EnumSet.of(kind);
        }
        if (at < 0 || kind != null && !kind.isOfTheLog()) {
            throw new Malformed("at", "a position of the log, and only for patterns that rest on events alone");
        }
        return kind == null ? Risks.OF_THE_LOG : EnumSet.of(kind);
    }

    private static Subject about(String voucher, String enterprise, String provider) {
        List<Subject> named = Stream.of(
                        subject(SubjectKind.VOUCHER, voucher),
                        subject(SubjectKind.ENTERPRISE, enterprise),
                        subject(SubjectKind.PROVIDER, provider))
                .filter(Objects::nonNull)
                .toList();
        if (named.size() > 1) {
            throw new Malformed("voucher", "one of voucher, enterprise and provider");
        }
        return named.isEmpty() ? null : named.getFirst();
    }

    private static Subject subject(SubjectKind kind, String id) {
        return id == null ? null : new Subject(kind, id);
    }

    private static Long later(Long one, Long other) {
        return one == null ? other : other == null ? one : Long.valueOf(Math.max(one, other));
    }
}
