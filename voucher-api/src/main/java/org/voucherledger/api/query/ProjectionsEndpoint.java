package org.voucherledger.api.query;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.time.Instant;
import java.util.List;
import org.springframework.http.HttpStatus;
import org.springframework.security.access.prepost.PreAuthorize;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;
import org.voucherledger.api.pipeline.LedgerClock;
import org.voucherledger.domain.rule.Check;
import org.voucherledger.domain.rule.Refused;
import org.voucherledger.domain.rule.Rule;
import org.voucherledger.projections.projection.InOtherHands;
import org.voucherledger.projections.projection.Projections;
import org.voucherledger.projections.projection.Recomputed;
import org.voucherledger.projections.projection.Seen;
import org.voucherledger.projections.projection.Standstill;

/** How far each view has come, and making one anew while the old one serves. */
@RestController
@Tag(name = "Views")
class ProjectionsEndpoint {

    private static final double MILLIS_OF_A_SECOND = 1e3;

    private final Projections projections;
    private final LedgerClock clock;

    ProjectionsEndpoint(Projections projections, LedgerClock clock) {
        this.projections = projections;
        this.clock = clock;
    }

    /**
     * A view's progress.
     *
     * @param position of the last event it has been told
     * @param lag how many positions it is behind the log
     * @param lagSeconds for how long the first event that it has not been told has been recorded
     * @param fault why it stands still, {@code null} while it does not
     * @param failingSince when it first failed at that, {@code null} while it does not
     */
    record View(
            String name,
            long position,
            Instant asOf,
            long lag,
            double lagSeconds,
            boolean rebuilding,
            String fault,
            Instant failingSince) {}

    record Views(List<View> items, long head) {}

    @Operation(summary = "How far each view has come")
    @GetMapping("/api/v1/projections")
    @PreAuthorize(Readers.STAFF)
    Views views() {
        return new Views(
                projections.names().stream().map(this::view).toList(),
                projections.positions().head());
    }

    @Operation(summary = "Rebuild a view from zero while the old one serves")
    @PostMapping("/api/v1/projections/{name}/rebuild")
    @PreAuthorize(Readers.OPERATIONS)
    @ResponseStatus(HttpStatus.ACCEPTED)
    View rebuild(@PathVariable String name) {
        isKnown(name);
        if (projections.isInHand(name)) {
            throw inHand(name);
        }
        projections.rebuild(name);
        return view(name);
    }

    /** It leaves everything as it is, and takes as long as a rebuild; hence not a GET. */
    @Operation(summary = "Make a view anew from the log beside the one that serves, and compare them bit for bit")
    @PostMapping("/api/v1/projections/{name}/recomputation")
    @PreAuthorize(Readers.RECOMPUTERS)
    Seen<Recomputed> recompute(@PathVariable String name) {
        isKnown(name);
        try {
            return projections.recompute(name);
        } catch (InOtherHands inHand) {
            throw inHand(name);
        }
    }

    private void isKnown(String name) {
        if (!projections.names().contains(name)) {
            throw NotThere.of("Projection", name).get();
        }
    }

    private static Refused inHand(String name) {
        return new Refused(
                Rule.ALL_03.holds(Check.STATE, "AlreadyRebuilding", false, "not being rebuilt", "being rebuilt", name));
    }

    private View view(String name) {
        var progress = projections.positions().progress(name);
        var lag = projections.lag(name, clock.now());
        var standstill = projections.standstill(name);
        return new View(
                name,
                progress.position(),
                progress.asOf(),
                lag.positions(),
                lag.time().toMillis() / MILLIS_OF_A_SECOND,
                projections.isRebuilding(name),
                standstill.map(Standstill::reason).orElse(null),
                standstill.map(Standstill::since).orElse(null));
    }
}
