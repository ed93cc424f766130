package org.voucherledger.api.season;

import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.voucherledger.domain.batch.BatchCommand;
import org.voucherledger.domain.command.Command;
import org.voucherledger.domain.party.EnterpriseCommand;
import org.voucherledger.domain.party.ProviderCommand;
import org.voucherledger.domain.redemption.ClaimCommand;
import org.voucherledger.domain.scheme.SchemeCommand;
import org.voucherledger.domain.voucher.VoucherCommand;
import tools.jackson.databind.node.ObjectNode;

/** Where the single steps of staff and bureau are posted; everything else comes in hundreds and goes through bulk. */
final class Routes {

    private static final Pattern VARIABLE = Pattern.compile("\\{(\\w+)}");

    private static final Map<Class<? extends Command>, String> TEMPLATES = Map.ofEntries(
            Map.entry(SchemeCommand.ChangeFund.class, "/schemes/{schemeId}/fund"),
            Map.entry(BatchCommand.OpenBatch.class, "/batches"),
            Map.entry(BatchCommand.RaiseBudget.class, "/batches/{batchId}/budget-raises"),
            Map.entry(BatchCommand.TakeBudgetBack.class, "/batches/{batchId}/budget-returns"),
            Map.entry(BatchCommand.MoveDate.class, "/batches/{batchId}/dates"),
            Map.entry(BatchCommand.EndApplications.class, "/batches/{batchId}/applications-end"),
            Map.entry(BatchCommand.GrantApplications.class, "/batches/{batchId}/grant"),
            Map.entry(BatchCommand.PublishGrant.class, "/batches/{batchId}/publication"),
            Map.entry(BatchCommand.CloseBatch.class, "/batches/{batchId}/closure"),
            Map.entry(EnterpriseCommand.FreezeEnterprise.class, "/enterprises/{enterpriseId}/freeze"),
            Map.entry(EnterpriseCommand.LiftEnterpriseFreeze.class, "/enterprises/{enterpriseId}/freeze/lifting"),
            Map.entry(EnterpriseCommand.DisqualifyEnterprise.class, "/enterprises/{enterpriseId}/disqualification"),
            Map.entry(ProviderCommand.FreezeProvider.class, "/providers/{providerId}/freeze"),
            Map.entry(ProviderCommand.LiftProviderFreeze.class, "/providers/{providerId}/freeze/lifting"),
            Map.entry(ProviderCommand.DisqualifyProvider.class, "/providers/{providerId}/disqualification"),
            Map.entry(VoucherCommand.FreezeVoucher.class, "/vouchers/{voucherId}/freeze"),
            Map.entry(VoucherCommand.LiftVoucherFreeze.class, "/vouchers/{voucherId}/freeze/lifting"),
            Map.entry(VoucherCommand.RevokeForCause.class, "/vouchers/{voucherId}/revocation"),
            Map.entry(VoucherCommand.OrderClawback.class, "/vouchers/{voucherId}/clawbacks"),
            Map.entry(ClaimCommand.SubmitClaim.class, "/claims"),
            Map.entry(ClaimCommand.ReviewFirst.class, "/claims/{claimId}/first-review"),
            Map.entry(ClaimCommand.ReviewFinally.class, "/claims/{claimId}/final-review"),
            Map.entry(ClaimCommand.PublishClaim.class, "/claims/{claimId}/publication"),
            Map.entry(ClaimCommand.SettleItems.class, "/claims/{claimId}/settlement"));

    private Routes() {}

    static boolean has(Command command) {
        return TEMPLATES.containsKey(command.getClass());
    }

    /** The path of a command; takes the fields that stand in it out of the body. */
    static String path(Command command, ObjectNode body) {
        Matcher variable = VARIABLE.matcher(TEMPLATES.get(command.getClass()));
        var path = new StringBuilder();
        while (variable.find()) {
            String field = variable.group(1);
            variable.appendReplacement(path, body.get(field).asString());
            body.remove(field);
        }
        return variable.appendTail(path).toString();
    }
}
