package org.voucherledger.domain.cloud;

import static org.voucherledger.domain.command.Role.BUREAU;
import static org.voucherledger.domain.command.Role.ENTERPRISE;
import static org.voucherledger.domain.command.Role.OPERATOR;

import java.time.LocalDate;
import java.util.List;
import org.voucherledger.domain.command.AllowedTo;
import org.voucherledger.domain.command.Command;
import org.voucherledger.domain.command.Field;
import org.voucherledger.domain.party.Document;
import org.voucherledger.domain.voucher.Invoice;
import org.voucherledger.domain.voucher.Transfer;

/** What a cloud voucher's life has that no other kind's has (CL-01 to CL-08). Amounts in fen. */
public sealed interface CloudCommand extends Command {

    /**
     * Applies with the contract (CL-08). The face amount is the tariff's share of the contract's related amount, reckoned by
     * the ledger (CL-06).
     *
     * @param declaredNoFiscalViolation no serious violation with fiscal funds in the last five years (CL-01)
     */
    @AllowedTo(ENTERPRISE)
    record ApplyWithContract(
            String batchId,
            String enterpriseId,
            String providerId,
            String productId,
            CloudContract contract,
            boolean declaredNoFiscalViolation,
            boolean declaredNotFundedOtherwise,
            List<Document> documents)
            implements CloudCommand {
        public ApplyWithContract {
            Field.id("batchId", batchId);
            Field.id("enterpriseId", enterpriseId);
            Field.id("providerId", providerId);
            Field.id("productId", productId);
            Field.given("contract", contract);
            documents = Field.list("documents", documents, 20);
        }
    }

    /** Takes an application back that has not been vetted (CL-03). */
    @AllowedTo(ENTERPRISE)
    record RecallApplication(String voucherId, String reason) implements CloudCommand {
        public RecallApplication {
            Field.id("voucherId", voucherId);
            reason = Field.text("reason", reason);
        }
    }

    /** 审核入库: approves the application whose turn it is (CL-03). */
    @AllowedTo(OPERATOR)
    record ApproveApplication(String voucherId) implements CloudCommand {
        public ApproveApplication {
            Field.id("voucherId", voucherId);
        }
    }

    /** Rejects the application whose turn it is; what it had reserved is free again (CL-03). */
    @AllowedTo(OPERATOR)
    record RejectApplication(String voucherId, String reason) implements CloudCommand {
        public RejectApplication {
            Field.id("voucherId", voucherId);
            reason = Field.text("reason", reason);
        }
    }

    /** Claims the voucher with the papers of what was paid; the amount is reckoned by the ledger (CL-06, CL-08). */
    @AllowedTo(ENTERPRISE)
    record ClaimCloudVoucher(
            String voucherId,
            String claimId,
            LocalDate acceptedOn,
            List<Invoice> invoices,
            List<Transfer> transfers,
            boolean declaredNotFundedOtherwise,
            List<Document> documents)
            implements CloudCommand {
        public ClaimCloudVoucher {
            Field.id("voucherId", voucherId);
            Field.id("claimId", claimId);
            Field.given("acceptedOn", acceptedOn);
            invoices = Field.list("invoices", invoices, 50);
            transfers = Field.list("transfers", transfers, 50);
            documents = Field.list("documents", documents, 50);
        }
    }

    /** Moves available money from one city's batch to another's, by a decision with its notice (CL-04, ALL-06). */
    @AllowedTo(BUREAU)
    record MoveCityQuota(String fromBatchId, String toBatchId, long amountFen, String noticeNumber, String reason)
            implements CloudCommand {
        public MoveCityQuota {
            Field.id("fromBatchId", fromBatchId);
            Field.id("toBatchId", toBatchId);
            Field.positiveFen("amountFen", amountFen);
            noticeNumber = Field.text("noticeNumber", noticeNumber);
            reason = Field.text("reason", reason);
        }
    }
}
