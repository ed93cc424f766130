package org.voucherledger.api.http;

import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.voucherledger.domain.audit.AuditCommand;
import org.voucherledger.domain.batch.BatchCommand;
import org.voucherledger.domain.catalogue.CatalogueCommand;
import org.voucherledger.domain.cloud.CloudCommand;
import org.voucherledger.domain.command.Command;
import org.voucherledger.domain.expert.ExpertCommand;
import org.voucherledger.domain.finding.FindingCommand;
import org.voucherledger.domain.party.EnterpriseCommand;
import org.voucherledger.domain.party.ProviderCommand;
import org.voucherledger.domain.providerquota.ProviderQuotaCommand;
import org.voucherledger.domain.redemption.ClaimCommand;
import org.voucherledger.domain.scheme.SchemeCommand;
import org.voucherledger.domain.voucher.VoucherCommand;

/**
 * The table of what can be commanded over HTTP: every command of the domain, once. Routing, bulk requests and the
 * interface's document are all made from it.
 */
final class CommandRoutes {

    private static final String SCHEMES = "Schemes";
    private static final String BATCHES = "Batches";
    private static final String ENTERPRISES = "Enterprises";
    private static final String PROVIDERS = "Providers";
    private static final String VOUCHERS = "Vouchers";
    private static final String VIOLATIONS = "Violations";
    private static final String CLAIMS = "Claims";
    private static final String EXPERTS = "Experts";
    private static final String FINDINGS = "Findings";
    private static final String AUDIT = "Audit";

    // spotless:off — one line a command
    static final List<CommandRoute> ALL = List.of(
        route("/schemes", SchemeCommand.PublishScheme.class, SCHEMES, "Publish a scheme, or its next version, from its file (ALL-01)"),
        route("/schemes/{schemeId}/fund", SchemeCommand.ChangeFund.class, SCHEMES, "Move the fund by a decision of the authority (GZ-15, ALL-06)"),

        route("/batches", BatchCommand.OpenBatch.class, BATCHES, "Open a batch out of the scheme's fund (GZ-15)"),
        route("/batches/{batchId}/budget-raises", BatchCommand.RaiseBudget.class, BATCHES, "Add to the batch's budget (GZ-15, ALL-06)"),
        route("/batches/{batchId}/budget-returns", BatchCommand.TakeBudgetBack.class, BATCHES, "Take available or lapsed money back to the fund (ALL-03, ALL-06)"),
        route("/batches/{batchId}/dates", BatchCommand.MoveDate.class, BATCHES, "Move one of the batch's dates (ALL-06)"),
        route("/batches/{batchId}/applications", BatchCommand.Apply.class, BATCHES, "Apply for an amount in the batch (GZ-10, GZ-11)"),
        route("/batches/{batchId}/applications/{enterpriseId}/withdrawal", BatchCommand.WithdrawApplication.class, BATCHES, "Withdraw the enterprise's live application (GZ-10)"),
        route("/batches/{batchId}/takings", BatchCommand.TakeVoucher.class, BATCHES, "Take a consumption voucher out of a cycle (CV-01, GZ-10)"),
        route("/batches/{batchId}/applications-end", BatchCommand.EndApplications.class, BATCHES, "Record that the window has closed (GZ-10, GZ-12)"),
        route("/batches/{batchId}/grant", BatchCommand.GrantApplications.class, BATCHES, "Grant the next applications in order (GZ-12)"),
        route("/batches/{batchId}/publication", BatchCommand.PublishGrant.class, BATCHES, "Publish the grant (GZ-12, GZ-14)"),
        route("/batches/{batchId}/backfill", BatchCommand.Backfill.class, BATCHES, "Grant returned money down the waiting list (GZ-14)"),
        route("/batches/{batchId}/queue-closure", BatchCommand.CloseQueue.class, BATCHES, "End the waiting list (GZ-14)"),
        route("/batches/{batchId}/closure", BatchCommand.CloseBatch.class, BATCHES, "End the batch: what is available lapses (ALL-03)"),

        route("/batches/{batchId}/contract-applications", CloudCommand.ApplyWithContract.class, BATCHES, "Apply with the contract: a place, the city's quota and the provider's limit are reserved (CL-01 to CL-08)"),
        route("/batches/{fromBatchId}/quota-moves", CloudCommand.MoveCityQuota.class, BATCHES, "Move available quota to another city's batch (CL-04, ALL-06)"),

        route("/enterprises", EnterpriseCommand.RegisterEnterprise.class, ENTERPRISES, "Register an enterprise with its declaration (GZ-02)"),
        route("/enterprises/{enterpriseId}/declaration", EnterpriseCommand.CorrectDeclaration.class, ENTERPRISES, "Replace the declaration; it must be verified again (GZ-02)"),
        route("/enterprises/{enterpriseId}/verification", EnterpriseCommand.VerifyEnterprise.class, ENTERPRISES, "Record the operator's check for a year (GZ-01, GZ-02, GZ-03)"),
        route("/enterprises/{enterpriseId}/names", EnterpriseCommand.RenameEnterprise.class, ENTERPRISES, "Record a dated change of name (GZ-09)"),
        route("/enterprises/{enterpriseId}/blacklisting", EnterpriseCommand.BlacklistEnterprise.class, ENTERPRISES, "Enter or clear the blacklist (GZ-01)"),
        route("/enterprises/{enterpriseId}/ties", EnterpriseCommand.RecordTie.class, ENTERPRISES, "Record a tie to a provider, or its end (GZ-08)"),
        route("/enterprises/{enterpriseId}/other-funding", EnterpriseCommand.RecordOtherFunding.class, ENTERPRISES, "Record an item that another fund has paid for (GZ-27)"),
        route("/enterprises/{enterpriseId}/freeze", EnterpriseCommand.FreezeEnterprise.class, VIOLATIONS, "Freeze the enterprise (GZ-32)"),
        route("/enterprises/{enterpriseId}/freeze/lifting", EnterpriseCommand.LiftEnterpriseFreeze.class, VIOLATIONS, "Lift the enterprise's freeze (GZ-32)"),
        route("/enterprises/{enterpriseId}/disqualification", EnterpriseCommand.DisqualifyEnterprise.class, VIOLATIONS, "Refuse the enterprise in every scheme, for good (GZ-32)"),

        route("/recognitions", ProviderCommand.RecogniseProvider.class, PROVIDERS, "Enter a provider on the recognition list (GZ-04)"),
        route("/providers", ProviderCommand.RegisterProvider.class, PROVIDERS, "Register a recognised provider (GZ-04)"),
        route("/providers/{providerId}/verification", ProviderCommand.VerifyProvider.class, PROVIDERS, "Record the operator's check of its papers (GZ-04)"),
        route("/providers/{providerId}/names", ProviderCommand.RenameProvider.class, PROVIDERS, "Record a dated change of name (GZ-09)"),
        route("/providers/{providerId}/products", ProviderCommand.ProposeProduct.class, PROVIDERS, "Offer a product, or its next version (GZ-06, GZ-07)"),
        route("/providers/{providerId}/products/{productId}/publication", ProviderCommand.PublishProduct.class, PROVIDERS, "Publish the version that was checked (GZ-07)"),
        route("/providers/{providerId}/products/{productId}/withdrawal", ProviderCommand.WithdrawProduct.class, PROVIDERS, "Take a product off the list (GZ-07)"),
        route("/providers/{providerId}/freeze", ProviderCommand.FreezeProvider.class, VIOLATIONS, "Freeze the provider (GZ-32)"),
        route("/providers/{providerId}/freeze/lifting", ProviderCommand.LiftProviderFreeze.class, VIOLATIONS, "Lift the provider's freeze (GZ-32)"),
        route("/providers/{providerId}/disqualification", ProviderCommand.DisqualifyProvider.class, VIOLATIONS, "Allow the provider no further step, for good (GZ-32)"),
        route("/schemes/{schemeId}/provider-limits/{providerId}", ProviderQuotaCommand.AdjustProviderLimit.class, PROVIDERS, "Give the provider a limit of its own (CL-05, ALL-06)"),

        route("/providers/{providerId}/catalogue/{productId}", CatalogueCommand.ListProduct.class, PROVIDERS, "List a product in the catalogue of a year (CL-07)"),
        route("/providers/{providerId}/catalogue/{productId}/changes", CatalogueCommand.RequestCatalogueChange.class, PROVIDERS, "Ask for a listed product to be changed or delisted (CL-07)"),
        route("/providers/{providerId}/catalogue/{productId}/changes/{requestId}/approval", CatalogueCommand.ApproveCatalogueChange.class, PROVIDERS, "Approve a change of the catalogue (CL-07)"),
        route("/providers/{providerId}/catalogue/{productId}/changes/{requestId}/denial", CatalogueCommand.DenyCatalogueChange.class, PROVIDERS, "Deny a change of the catalogue (CL-07)"),

        route("/vouchers/{voucherId}/approval", CloudCommand.ApproveApplication.class, VOUCHERS, "Approve the application whose turn it is (CL-03)"),
        route("/vouchers/{voucherId}/rejection", CloudCommand.RejectApplication.class, VOUCHERS, "Reject the application whose turn it is (CL-03)"),
        route("/vouchers/{voucherId}/recall", CloudCommand.RecallApplication.class, VOUCHERS, "Withdraw an application that has not been vetted (CL-03)"),
        route("/vouchers/{voucherId}/claim", CloudCommand.ClaimCloudVoucher.class, CLAIMS, "Claim a cloud voucher with the papers of what was paid (CL-06, CL-08)"),
        route("/vouchers/{voucherId}/order", VoucherCommand.OrderVoucher.class, VOUCHERS, "Order a published product with the voucher (GZ-04 to GZ-08, GZ-20, GZ-21)"),
        route("/vouchers/{voucherId}/order/confirmation", VoucherCommand.ConfirmOrder.class, VOUCHERS, "Confirm the order (GZ-04)"),
        route("/vouchers/{voucherId}/order/declination", VoucherCommand.DeclineOrder.class, VOUCHERS, "Decline the order (GZ-20)"),
        route("/vouchers/{voucherId}/order/cancellation", VoucherCommand.CancelOrder.class, VOUCHERS, "Cancel the order (GZ-20)"),
        route("/vouchers/{voucherId}/contract", VoucherCommand.UploadContract.class, VOUCHERS, "Upload the contract, or replace it (GZ-20, GZ-22)"),
        route("/vouchers/{voucherId}/contract/confirmation", VoucherCommand.ConfirmContract.class, VOUCHERS, "Confirm the contract (GZ-08, GZ-22)"),
        route("/vouchers/{voucherId}/contract/rejection", VoucherCommand.SendContractBack.class, VOUCHERS, "Send the contract back (GZ-22)"),
        route("/vouchers/{voucherId}/use", VoucherCommand.UseVoucher.class, VOUCHERS, "Use a consumption voucher for a purchase (CV-01, GZ-04, GZ-05, GZ-21, GZ-26)"),
        route("/vouchers/{voucherId}/use/undo", VoucherCommand.UndoPurchase.class, VOUCHERS, "Undo the purchase before it is claimed (CV-01)"),
        route("/vouchers/{voucherId}/return", VoucherCommand.ReturnVoucher.class, VOUCHERS, "Return the voucher unused (GZ-31)"),
        route("/vouchers/{voucherId}/payment", VoucherCommand.PayVoucher.class, VOUCHERS, "Pay with the voucher (GZ-23, GZ-24, GZ-26)"),
        route("/vouchers/{voucherId}/payment/correction", VoucherCommand.CorrectPaymentDocuments.class, VOUCHERS, "Correct the papers of a payment (GZ-33)"),
        route("/vouchers/{voucherId}/payment/rejection", VoucherCommand.SendPaymentBack.class, VOUCHERS, "Send the payment back (GZ-28, GZ-33)"),
        route("/vouchers/{voucherId}/payment/undo-request", VoucherCommand.RequestPaymentUndo.class, VOUCHERS, "Ask for the payment to be undone (GZ-29)"),
        route("/vouchers/{voucherId}/payment/undo", VoucherCommand.UndoPayment.class, VOUCHERS, "Undo the payment (GZ-29)"),
        route("/vouchers/{voucherId}/payment/undo-denial", VoucherCommand.DenyPaymentUndo.class, VOUCHERS, "Deny that the payment is undone (GZ-29)"),
        route("/vouchers/{voucherId}/acceptance", VoucherCommand.AcceptVoucher.class, VOUCHERS, "Accept the voucher in payment (GZ-28)"),
        route("/vouchers/{voucherId}/remainder-lapse", VoucherCommand.LapseRemainder.class, VOUCHERS, "Record that the unused remainder has gone back (GZ-25)"),
        route("/vouchers/{voucherId}/recovery", VoucherCommand.RecoverVoucher.class, VOUCHERS, "Record that the voucher was not used in time (GZ-30, GZ-33)"),
        route("/vouchers/{voucherId}/refund-proofs", VoucherCommand.ProveRefund.class, VOUCHERS, "Prove that the provider gave back what it owed (GZ-24)"),
        route("/vouchers/{voucherId}/freeze", VoucherCommand.FreezeVoucher.class, VIOLATIONS, "Freeze the voucher (GZ-32)"),
        route("/vouchers/{voucherId}/freeze/lifting", VoucherCommand.LiftVoucherFreeze.class, VIOLATIONS, "Lift the voucher's freeze (GZ-32)"),
        route("/vouchers/{voucherId}/revocation", VoucherCommand.RevokeForCause.class, VIOLATIONS, "Revoke the voucher for cause (GZ-32)"),
        route("/vouchers/{voucherId}/disqualification", VoucherCommand.ApplyDisqualification.class, VIOLATIONS, "Carry out a party's disqualification for the voucher (GZ-32)"),
        route("/vouchers/{voucherId}/clawbacks", VoucherCommand.OrderClawback.class, VIOLATIONS, "Order money to be paid back (GZ-32)"),
        route("/vouchers/{voucherId}/clawbacks/repayments", VoucherCommand.RecordRepayment.class, VIOLATIONS, "Record a repayment (GZ-32)"),
        route("/vouchers/{voucherId}/clawbacks/waivers", VoucherCommand.WaiveClawback.class, VIOLATIONS, "Waive what is still due (GZ-32)"),

        route("/experts", ExpertCommand.RegisterExpert.class, EXPERTS, "Enter an expert into the register (SV-01)"),
        route("/experts/{expertRef}/suspension", ExpertCommand.SuspendExpert.class, EXPERTS, "Let the expert review nothing for the time being (SV-01)"),
        route("/experts/{expertRef}/reinstatement", ExpertCommand.ReinstateExpert.class, EXPERTS, "End the expert's suspension (SV-01)"),
        route("/experts/{expertRef}/removal", ExpertCommand.RemoveExpert.class, EXPERTS, "Take the expert out of the register (SV-01)"),

        route("/findings/complaints", FindingCommand.RegisterComplaint.class, FINDINGS, "Register a complaint (SV-04)"),
        route("/findings/spot-checks", FindingCommand.RegisterSpotCheck.class, FINDINGS, "Register a spot check (SV-04)"),
        route("/findings/{findingId}/answer", FindingCommand.AnswerFinding.class, FINDINGS, "Answer a complaint, or say what a spot check found (SV-04)"),

        route("/draws", AuditCommand.AnnounceDraw.class, AUDIT, "Announce a draw with its frame, strata and seed, before it is made (SV-04)"),
        route("/draws/{drawId}/sample", AuditCommand.DrawSample.class, AUDIT, "Draw the sample that was announced (SV-04)"),
        route("/draws/{drawId}/findings", AuditCommand.RecordAuditFinding.class, AUDIT, "Record what is wrong with a drawn voucher (SV-04)"),
        route("/draws/{drawId}/findings/{auditFindingId}/answers", AuditCommand.AnswerAuditFinding.class, AUDIT, "Answer a finding about a drawn voucher (SV-04)"),
        route("/draws/{drawId}/findings/{auditFindingId}/closure", AuditCommand.CloseAuditFinding.class, AUDIT, "Close a finding about a drawn voucher (SV-04)"),

        route("/claims", ClaimCommand.SubmitClaim.class, CLAIMS, "Claim accepted vouchers of a batch (GZ-40)"),
        route("/claims/{claimId}/withdrawal", ClaimCommand.WithdrawClaim.class, CLAIMS, "Withdraw the claim while nobody has reviewed it (GZ-40)"),
        route("/claims/{claimId}/first-review", ClaimCommand.ReviewFirst.class, CLAIMS, "First review, item by item (GZ-41)"),
        route("/claims/{claimId}/expert-review", ClaimCommand.ReviewAsExpert.class, CLAIMS, "Expert review, where the scheme says so (GZ-41)"),
        route("/claims/{claimId}/final-review", ClaimCommand.ReviewFinally.class, CLAIMS, "Final review, by another person (GZ-41)"),
        route("/claims/{claimId}/reconciliation", ClaimCommand.ReconcileClaim.class, CLAIMS, "Reconcile the claim with the takings (CV-01)"),
        route("/claims/{claimId}/publication", ClaimCommand.PublishClaim.class, CLAIMS, "Publish the reviewed items (GZ-42)"),
        route("/claims/{claimId}/objections", ClaimCommand.ObjectToItem.class, CLAIMS, "Object to a published item (GZ-42)"),
        route("/claims/{claimId}/objections/{objectionId}/reply", ClaimCommand.ReplyToObjection.class, CLAIMS, "Reply to an objection (GZ-42)"),
        route("/claims/{claimId}/settlement", ClaimCommand.SettleItems.class, CLAIMS, "Record that the bank paid items (GZ-43)"),
        route("/claims/{claimId}/notice-end", ClaimCommand.EndNotice.class, CLAIMS, "Record that a rejection stands (GZ-42)"),
        route("/claims/{claimId}/items/{voucherId}/bounce", ClaimCommand.BounceSettlement.class, CLAIMS, "Record that the bank sent an item's money back (GZ-33, GZ-43)"),
        route("/claims/{claimId}/bank-slips", ClaimCommand.HandInBankSlips.class, CLAIMS, "Hand in the bank's slip of a payment or return recorded before (GZ-44)"));
    // spotless:on

    private static final Map<String, CommandRoute> BY_NAME =
            ALL.stream().collect(Collectors.toUnmodifiableMap(CommandRoute::name, Function.identity()));

    private CommandRoutes() {}

    /** The command of this name, or {@code null}. */
    static CommandRoute named(String name) {
        return BY_NAME.get(name);
    }

    private static CommandRoute route(String path, Class<? extends Command> type, String tag, String summary) {
        return new CommandRoute(path, type, tag, summary);
    }
}
