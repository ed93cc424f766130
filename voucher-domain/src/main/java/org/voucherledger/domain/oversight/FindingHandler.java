package org.voucherledger.domain.oversight;

import static org.voucherledger.domain.rule.Check.ACTOR;
import static org.voucherledger.domain.rule.Check.PARTY;
import static org.voucherledger.domain.rule.Check.STATE;
import static org.voucherledger.domain.rule.Rule.SV_04;

import org.axonframework.commandhandling.CommandHandler;
import org.voucherledger.domain.finding.FindingCommand.AnswerFinding;
import org.voucherledger.domain.finding.FindingCommand.RegisterComplaint;
import org.voucherledger.domain.finding.FindingCommand.RegisterSpotCheck;
import org.voucherledger.domain.finding.FindingEvent.ComplaintRegistered;
import org.voucherledger.domain.finding.FindingEvent.FindingAnswered;
import org.voucherledger.domain.finding.FindingEvent.SpotCheckRegistered;
import org.voucherledger.domain.finding.FindingSubject;
import org.voucherledger.domain.ledger.Ledger;
import org.voucherledger.domain.rule.Checks;
import org.voucherledger.domain.rule.Decision;

/** Complaints and spot checks: registered, and answered with an outcome (SV-04). */
public final class FindingHandler {

    private final Ledger ledger;

    public FindingHandler(Ledger ledger) {
        this.ledger = ledger;
    }

    /** Whom a finding is about, with the parties of the voucher where it is about one. */
    private record About(String voucherId, String enterpriseId, String providerId, boolean known) {}

    @CommandHandler
    public void handle(RegisterComplaint complaint) {
        var about = about(complaint.subject(), complaint.subjectId());
        Checks.inOrder(() -> isNew(complaint.findingId()), () -> isKnown(about, complaint.subjectId()));
        ledger.finding(complaint.findingId())
                .record(new ComplaintRegistered(
                        complaint.findingId(),
                        about.voucherId(),
                        about.enterpriseId(),
                        about.providerId(),
                        complaint.matter(),
                        complaint.complainantRef(),
                        complaint.documents()));
    }

    @CommandHandler
    public void handle(RegisterSpotCheck check) {
        var about = about(check.subject(), check.subjectId());
        var ground =
                Ground.against(ledger, check.groundId(), about.voucherId(), about.enterpriseId(), about.providerId());
        Checks.inOrder(() -> isNew(check.findingId()), () -> isKnown(about, check.subjectId()), ground::stands);
        ledger.finding(check.findingId())
                .record(new SpotCheckRegistered(
                        check.findingId(),
                        about.voucherId(),
                        about.enterpriseId(),
                        about.providerId(),
                        check.groundId(),
                        check.reason(),
                        check.documents()));
        ground.actedUpon("RegisterSpotCheck");
    }

    @CommandHandler
    public void handle(AnswerFinding answer) {
        var finding = ledger.finding(answer.findingId());
        Checks.inOrder(
                () -> SV_04.finds(
                        ACTOR,
                        "FindingUnknown",
                        finding.now().exists(),
                        "a registered finding",
                        "unknown",
                        answer.findingId()),
                () -> SV_04.holds(
                        STATE,
                        "FindingAnswered",
                        finding.now().outcome() == null,
                        "open",
                        String.valueOf(finding.now().outcome()),
                        answer.findingId()));
        finding.record(new FindingAnswered(
                answer.findingId(),
                finding.now().voucherId(),
                finding.now().enterpriseId(),
                finding.now().providerId(),
                answer.outcome(),
                answer.reason(),
                answer.documents()));
    }

    private Decision isNew(String findingId) {
        return SV_04.finds(
                STATE, "FindingExists", !ledger.finding(findingId).now().exists(), "a new number", "taken", findingId);
    }

    private static Decision isKnown(About about, String subjectId) {
        return SV_04.finds(
                PARTY, "SubjectUnknown", about.known(), "a voucher or party of the ledger", "none", subjectId);
    }

    private About about(FindingSubject subject, String id) {
        return switch (subject) {
            case VOUCHER -> {
                var voucher = ledger.voucher(id).now();
                yield voucher.exists()
                        ? new About(id, Ground.enterpriseOf(voucher), Ground.providerOf(voucher), true)
                        : new About(id, null, null, false);
            }
            case ENTERPRISE ->
                new About(null, id, null, ledger.enterprise(id).now().exists());
            case PROVIDER -> new About(null, null, id, ledger.provider(id).now().recognition() != null);
        };
    }
}
