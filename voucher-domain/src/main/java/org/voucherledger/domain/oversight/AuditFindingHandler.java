package org.voucherledger.domain.oversight;

import static org.voucherledger.domain.rule.Check.ACTOR;
import static org.voucherledger.domain.rule.Check.AMOUNTS;
import static org.voucherledger.domain.rule.Check.PARTY;
import static org.voucherledger.domain.rule.Check.STATE;
import static org.voucherledger.domain.rule.Rule.SV_04;

import org.axonframework.commandhandling.CommandHandler;
import org.voucherledger.domain.audit.AuditCommand.AnswerAuditFinding;
import org.voucherledger.domain.audit.AuditCommand.CloseAuditFinding;
import org.voucherledger.domain.audit.AuditCommand.RecordAuditFinding;
import org.voucherledger.domain.audit.AuditEvent.AuditFindingAnswered;
import org.voucherledger.domain.audit.AuditEvent.AuditFindingClosed;
import org.voucherledger.domain.audit.AuditEvent.AuditFindingRecorded;
import org.voucherledger.domain.audit.AuditFindingStatus;
import org.voucherledger.domain.audit.AuditOutcome;
import org.voucherledger.domain.audit.DrawState;
import org.voucherledger.domain.ledger.Ledger;
import org.voucherledger.domain.money.Fen;
import org.voucherledger.domain.rule.Checks;
import org.voucherledger.domain.rule.Decision;

/** What was found wrong with drawn vouchers, the answers to it, and how it was closed (SV-04). Nothing else follows from it. */
public final class AuditFindingHandler {

    private final Ledger ledger;

    public AuditFindingHandler(Ledger ledger) {
        this.ledger = ledger;
    }

    @CommandHandler
    public void handle(RecordAuditFinding found) {
        var draw = ledger.draw(found.drawId());
        Checks.inOrder(
                () -> Draws.isKnown(draw.now(), found.drawId()),
                () -> SV_04.finds(
                        STATE, "SampleNotDrawn", draw.now().drawn() != null, "drawn", "not drawn yet", found.drawId()),
                () -> SV_04.finds(
                        STATE,
                        "AuditFindingExists",
                        !draw.now().findings().containsKey(found.auditFindingId()),
                        "a new number",
                        "taken",
                        found.auditFindingId()),
                () -> SV_04.finds(
                        PARTY,
                        "NotInTheSample",
                        draw.now().sample().containsKey(found.voucherId()),
                        "drawn",
                        "not drawn",
                        found.voucherId()),
                () -> SV_04.atMost(
                        AMOUNTS,
                        "AboveFaceAmount",
                        ledger.voucher(found.voucherId()).now().face(),
                        Fen.of(found.questionedFen())));
        draw.record(new AuditFindingRecorded(
                found.drawId(),
                found.auditFindingId(),
                found.voucherId(),
                found.matter(),
                found.questionedFen(),
                found.statement(),
                found.documents()));
    }

    @CommandHandler
    public void handle(AnswerAuditFinding answer) {
        var draw = ledger.draw(answer.drawId());
        Checks.inOrder(
                () -> isKnown(draw.now(), answer.auditFindingId()), () -> isOpen(draw.now(), answer.auditFindingId()));
        draw.record(new AuditFindingAnswered(
                answer.drawId(),
                answer.auditFindingId(),
                draw.now().findings().get(answer.auditFindingId()).voucherId(),
                answer.statement(),
                answer.documents()));
    }

    @CommandHandler
    public void handle(CloseAuditFinding close) {
        var draw = ledger.draw(close.drawId());
        Checks.inOrder(
                () -> isKnown(draw.now(), close.auditFindingId()),
                () -> isOpen(draw.now(), close.auditFindingId()),
                () -> hasBeenHeard(draw.now(), close));
        draw.record(new AuditFindingClosed(
                close.drawId(),
                close.auditFindingId(),
                draw.now().findings().get(close.auditFindingId()).voucherId(),
                close.outcome(),
                close.statement(),
                close.documents()));
    }

    private static Decision isKnown(DrawState draw, String findingId) {
        return SV_04.finds(
                ACTOR,
                "AuditFindingUnknown",
                draw.findings().containsKey(findingId),
                "a finding of the draw",
                "unknown",
                findingId);
    }

    private static Decision isOpen(DrawState draw, String findingId) {
        AuditFindingStatus status = draw.findings().get(findingId).status();
        return SV_04.holds(
                STATE, "AuditFindingClosed", status != AuditFindingStatus.CLOSED, "open", status.name(), findingId);
    }

    /** Only what the auditor takes back needs no answer of those it was held against. */
    private static Decision hasBeenHeard(DrawState draw, CloseAuditFinding close) {
        AuditFindingStatus status = draw.findings().get(close.auditFindingId()).status();
        return close.outcome() == AuditOutcome.WITHDRAWN
                ? null
                : SV_04.holds(
                        STATE,
                        "AuditFindingUnanswered",
                        status == AuditFindingStatus.ANSWERED,
                        AuditFindingStatus.ANSWERED.name(),
                        status.name(),
                        close.auditFindingId());
    }
}
