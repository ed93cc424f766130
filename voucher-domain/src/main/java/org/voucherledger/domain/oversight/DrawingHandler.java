package org.voucherledger.domain.oversight;

import static org.voucherledger.domain.rule.Check.ACTOR;
import static org.voucherledger.domain.rule.Check.CAPS;
import static org.voucherledger.domain.rule.Check.STATE;
import static org.voucherledger.domain.rule.Rule.SV_04;

import java.util.List;
import org.axonframework.commandhandling.CommandHandler;
import org.voucherledger.domain.audit.AuditCommand.AnnounceDraw;
import org.voucherledger.domain.audit.AuditCommand.DrawSample;
import org.voucherledger.domain.audit.AuditEvent.DrawAnnounced;
import org.voucherledger.domain.audit.AuditEvent.SampleDrawn;
import org.voucherledger.domain.audit.AuditEvent.StratumDrawn;
import org.voucherledger.domain.audit.DrawState;
import org.voucherledger.domain.audit.Frame;
import org.voucherledger.domain.audit.FrameScope;
import org.voucherledger.domain.audit.Frames;
import org.voucherledger.domain.audit.Stratum;
import org.voucherledger.domain.ledger.Ledger;
import org.voucherledger.domain.rule.Checks;
import org.voucherledger.domain.rule.Decision;

/**
 * Samples drawn by lot (SV-04): announced with frame, strata and seed, then drawn.
 *
 * <p>Invariant: what is drawn follows from what was announced and from the log up to the frame's position, from nothing else.
 */
public final class DrawingHandler {

    private final Ledger ledger;
    private final Frames frames;

    public DrawingHandler(Ledger ledger, Frames frames) {
        this.ledger = ledger;
        this.frames = frames;
    }

    @CommandHandler
    public void handle(AnnounceDraw announce) {
        var draw = ledger.draw(announce.drawId());
        var ground = Ground.ofSample(ledger, announce.groundId());
        Checks.inOrder(
                () -> isKnown(announce.scope()),
                () -> SV_04.finds(
                        STATE, "DrawExists", !draw.now().exists(), "a new number", "taken", announce.drawId()),
                () -> hasBeenReached(announce.framePosition()),
                ground::stands);
        Frame frame = Frame.of(frames.at(announce.scope(), announce.framePosition()), announce.strata());
        Checks.inOrder(() -> everyStratumIsLargeEnough(frame, announce.strata()));
        draw.record(new DrawAnnounced(
                announce.drawId(),
                announce.schemeId(),
                announce.batchId(),
                announce.items(),
                announce.framePosition(),
                announce.strata(),
                announce.seed(),
                announce.groundId(),
                frame.sha256(),
                announce.reason()));
        ground.actedUpon("AnnounceDraw");
    }

    @CommandHandler
    public void handle(DrawSample sample) {
        var draw = ledger.draw(sample.drawId());
        Checks.inOrder(
                () -> Draws.isKnown(draw.now(), sample.drawId()),
                () -> SV_04.finds(
                        STATE,
                        "SampleDrawnAlready",
                        draw.now().drawn() == null,
                        "not drawn yet",
                        "drawn",
                        sample.drawId()));
        DrawState state = draw.now();
        DrawAnnounced announced = state.announced();
        var scope = FrameScope.of(announced.schemeId(), announced.batchId(), announced.items(), announced.strata());
        Frame frame = Frame.of(frames.at(scope, announced.framePosition()), announced.strata());
        String sha256 = frame.sha256();
        // The past is told by a view; a view that has come to tell it otherwise must not draw in the name of the
        // announcement.
        Checks.inOrder(() -> SV_04.holds(
                STATE,
                "FrameToldOtherwise",
                sha256.equals(announced.frameSha256()),
                announced.frameSha256(),
                sha256,
                sample.drawId()));
        for (Stratum stratum : announced.strata()) {
            draw.record(new StratumDrawn(
                    sample.drawId(),
                    stratum.stratumId(),
                    frame.sizeOf(stratum),
                    frame.drawn(announced.seed(), stratum)));
        }
        draw.record(new SampleDrawn(
                sample.drawId(), announced.schemeId(), announced.batchId(), sha256, frame.size(), frame.inNoStratum()));
    }

    private Decision isKnown(FrameScope scope) {
        boolean known = scope.batchId() == null
                ? ledger.scheme(scope.schemeId()).now().exists()
                : ledger.batch(scope.batchId()).now().exists()
                        && ledger.batch(scope.batchId())
                                .now()
                                .opened()
                                .schemeId()
                                .equals(scope.schemeId());
        return SV_04.finds(
                ACTOR,
                "FrameUnknown",
                known,
                "a scheme, or a batch of it",
                "none",
                scope.batchId() == null ? scope.schemeId() : scope.schemeId() + " " + scope.batchId());
    }

    /** What the log will hold is not known to anybody. */
    private Decision hasBeenReached(long position) {
        long reached = frames.toldUpTo();
        return SV_04.holds(
                STATE,
                "FramePositionAhead",
                position <= reached,
                "up to position " + reached,
                "position " + reached,
                "position " + position);
    }

    private static Decision everyStratumIsLargeEnough(Frame frame, List<Stratum> strata) {
        return Checks.first(strata.stream().map(stratum -> isLargeEnough(frame, stratum)));
    }

    private static Decision isLargeEnough(Frame frame, Stratum stratum) {
        int holds = frame.sizeOf(stratum);
        return SV_04.holds(
                CAPS,
                "StratumTooSmall",
                stratum.size() <= holds,
                "≤ " + holds,
                String.valueOf(holds),
                String.valueOf(stratum.size()));
    }
}
