package org.voucherledger.domain.cloud;

import static org.voucherledger.domain.rule.Check.DEADLINE;
import static org.voucherledger.domain.rule.Check.STATE;
import static org.voucherledger.domain.rule.Rule.CL_02;
import static org.voucherledger.domain.rule.Rule.CL_03;

import java.util.Set;
import org.axonframework.commandhandling.CommandHandler;
import org.voucherledger.domain.applying.Eligibility;
import org.voucherledger.domain.batch.BatchEvent.CityQuotaReleased;
import org.voucherledger.domain.batch.QueueEvent.ApplicationApproved;
import org.voucherledger.domain.batch.QueueEvent.ApplicationRecalled;
import org.voucherledger.domain.batch.QueueEvent.ApplicationRejected;
import org.voucherledger.domain.cloud.CloudCommand.ApproveApplication;
import org.voucherledger.domain.cloud.CloudCommand.RecallApplication;
import org.voucherledger.domain.cloud.CloudCommand.RejectApplication;
import org.voucherledger.domain.command.Stamp;
import org.voucherledger.domain.dossier.UsedKeys;
import org.voucherledger.domain.dossier.VoucherDossier;
import org.voucherledger.domain.enterprisequota.EnterpriseQuotaEvent.PendingReleased;
import org.voucherledger.domain.enterprisequota.EnterpriseQuotaEvent.QuotaCharged;
import org.voucherledger.domain.ledger.Ledger;
import org.voucherledger.domain.ordering.ProviderFitness;
import org.voucherledger.domain.rule.Checks;
import org.voucherledger.domain.rule.Decision;
import org.voucherledger.domain.scheme.SchemeTerms.Kind;
import org.voucherledger.domain.voucher.VoucherEvent.ReservationReleased;
import org.voucherledger.domain.voucher.VoucherEvent.VoucherAdmitted;
import org.voucherledger.domain.voucher.VoucherStatus;

/**
 * Vetting in the order of receipt, the first tier first (顺序审核入库), and withdrawing before one's turn (CL-03).
 *
 * <p>Approving is refused while the enterprise or the provider is frozen; rejecting is not, so that one frozen application
 * never stops all that come after it (GZ-33).
 */
public final class VettingHandler {

    private static final Set<VoucherStatus> WAITING = Set.of(VoucherStatus.RESERVED);

    private final Ledger ledger;

    public VettingHandler(Ledger ledger) {
        this.ledger = ledger;
    }

    /**
     * Whatever may have changed since the application is asked again: who has become ineligible (GZ-01) or related to its
     * provider (GZ-08), what is funded otherwise by now (GZ-27), and what could not be claimed any more (CL-02) is not admitted.
     */
    @CommandHandler
    public void handle(ApproveApplication approve, Stamp stamp) {
        var dossier = VoucherDossier.of(ledger, approve.voucherId());
        Checks.inOrder(() -> isCloud(dossier, "approve"), () -> dossier.isIn(CL_03, "approve", WAITING));
        var issue = dossier.voucher().issue();
        Checks.inOrder(
                () -> isInTurn(dossier),
                dossier::isNotFrozen,
                () -> CL_02.before(
                        DEADLINE, "RedemptionClosed", dossier.deadlines().redemptionUntil(), stamp.receivedAt()),
                () -> Eligibility.against(
                        dossier.enterprise(),
                        dossier.enterpriseId(),
                        dossier.batch().opened().city(),
                        dossier.terms(),
                        issue.quotaYear()),
                () -> ProviderFitness.isNotTied(dossier.enterprise(), dossier.enterpriseId(), dossier.providerId()),
                () -> dossier.isNotFundedOtherwise(dossier.voucher().contract()));

        var place = dossier.voucher().cloud();
        long faceFen = issue.faceFen();
        ledger.queue(dossier.batchId())
                .record(new ApplicationApproved(
                        dossier.batchId(),
                        issue.applicationId(),
                        approve.voucherId(),
                        dossier.enterpriseId(),
                        place.position(),
                        place.tier(),
                        faceFen));
        ledger.enterpriseQuota(issue.schemeId(), issue.enterpriseId(), issue.quotaYear())
                .record(new QuotaCharged(
                        issue.schemeId(),
                        issue.enterpriseId(),
                        issue.quotaYear(),
                        dossier.batchId(),
                        issue.applicationId(),
                        faceFen,
                        0));
        dossier.record(new VoucherAdmitted(approve.voucherId(), dossier.batchId(), stamp.receivedAt()));
    }

    @CommandHandler
    public void handle(RejectApplication reject) {
        var dossier = VoucherDossier.of(ledger, reject.voucherId());
        Checks.inOrder(() -> isCloud(dossier, "reject"), () -> dossier.isIn(CL_03, "reject", WAITING));
        Checks.inOrder(() -> isInTurn(dossier));

        var place = dossier.voucher().cloud();
        var issue = dossier.voucher().issue();
        ledger.queue(dossier.batchId())
                .record(new ApplicationRejected(
                        dossier.batchId(),
                        issue.applicationId(),
                        reject.voucherId(),
                        dossier.enterpriseId(),
                        place.position(),
                        place.tier(),
                        issue.faceFen(),
                        reject.reason()));
        release(dossier, false, reject.reason());
    }

    @CommandHandler
    public void handle(RecallApplication recall, Stamp stamp) {
        var dossier = VoucherDossier.of(ledger, recall.voucherId());
        Checks.inOrder(
                () -> stamp.actsFor(dossier.enterpriseId()),
                () -> isCloud(dossier, "withdraw"),
                () -> dossier.isIn(CL_03, "withdraw", WAITING),
                () -> VoucherDossier.isGood(dossier.enterprise().standing(), dossier.enterpriseId()));

        var place = dossier.voucher().cloud();
        ledger.queue(dossier.batchId())
                .record(new ApplicationRecalled(
                        dossier.batchId(),
                        dossier.voucher().issue().applicationId(),
                        recall.voucherId(),
                        dossier.enterpriseId(),
                        place.position(),
                        place.tier(),
                        dossier.voucher().issue().faceFen(),
                        recall.reason()));
        release(dossier, true, recall.reason());
    }

    /** Both reservations are reversed, the enterprise's quota and the contract's key are free again. */
    private void release(VoucherDossier dossier, boolean withdrawn, String reason) {
        var issue = dossier.voucher().issue();
        dossier.release(UsedKeys.of(dossier.voucher()));
        dossier.releaseProvider();
        dossier.record(
                new ReservationReleased(dossier.voucherId(), dossier.batchId(), issue.faceFen(), withdrawn, reason));
        ledger.batch(dossier.batchId())
                .record(new CityQuotaReleased(
                        dossier.batchId(), issue.applicationId(), dossier.voucherId(), issue.faceFen()));
        ledger.enterpriseQuota(issue.schemeId(), issue.enterpriseId(), issue.quotaYear())
                .record(new PendingReleased(
                        issue.schemeId(),
                        issue.enterpriseId(),
                        issue.quotaYear(),
                        dossier.batchId(),
                        issue.applicationId(),
                        issue.faceFen()));
    }

    private static Decision isCloud(VoucherDossier dossier, String step) {
        return dossier.terms().isOfKind(Kind.CLOUD, step);
    }

    /** CL-03: the first tier before the others, then by position; the refusal names whose turn it is. */
    private Decision isInTurn(VoucherDossier dossier) {
        long position = ledger.queue(dossier.batchId()).now().nextToBeVetted().orElseThrow();
        return CL_03.finds(
                STATE,
                "NotTheNextToBeVetted",
                position == dossier.voucher().cloud().position(),
                Reserved.voucherAt(dossier.batchId(), position),
                "waits",
                dossier.voucherId());
    }
}
