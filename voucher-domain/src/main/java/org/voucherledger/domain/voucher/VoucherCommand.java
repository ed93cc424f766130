package org.voucherledger.domain.voucher;

import static org.voucherledger.domain.command.Role.BUREAU;
import static org.voucherledger.domain.command.Role.ENTERPRISE;
import static org.voucherledger.domain.command.Role.HOLDER;
import static org.voucherledger.domain.command.Role.OPERATOR;
import static org.voucherledger.domain.command.Role.PROVIDER;
import static org.voucherledger.domain.command.Role.SYSTEM;

import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import org.voucherledger.domain.command.AllowedTo;
import org.voucherledger.domain.command.Command;
import org.voucherledger.domain.command.Field;
import org.voucherledger.domain.party.Document;
import org.voucherledger.domain.party.OpaqueRef;

/** What can be done to a voucher. Amounts in fen. */
public sealed interface VoucherCommand extends Command {

    String voucherId();

    /** Orders a published product, expecting to use {@code amountFen} of the voucher (GZ-20, GZ-21). */
    @AllowedTo(ENTERPRISE)
    record OrderVoucher(
            String voucherId, String providerId, String productId, long amountFen, boolean declaredNotFundedOtherwise)
            implements VoucherCommand {
        public OrderVoucher {
            Field.id("voucherId", voucherId);
            Field.id("providerId", providerId);
            Field.id("productId", productId);
            Field.positiveFen("amountFen", amountFen);
        }
    }

    @AllowedTo(PROVIDER)
    record ConfirmOrder(String voucherId) implements VoucherCommand {
        public ConfirmOrder {
            Field.id("voucherId", voucherId);
        }
    }

    @AllowedTo(PROVIDER)
    record DeclineOrder(String voucherId, String reason) implements VoucherCommand {
        public DeclineOrder {
            Field.id("voucherId", voucherId);
            reason = Field.text("reason", reason);
        }
    }

    @AllowedTo(ENTERPRISE)
    record CancelOrder(String voucherId, String reason) implements VoucherCommand {
        public CancelOrder {
            Field.id("voucherId", voucherId);
            reason = Field.text("reason", reason);
        }
    }

    /** Uploads the contract, or replaces the one uploaded before (GZ-20, GZ-22). */
    @AllowedTo(ENTERPRISE)
    record UploadContract(String voucherId, Contract contract, boolean declaredUnrelated, List<Document> documents)
            implements VoucherCommand {
        public UploadContract {
            Field.id("voucherId", voucherId);
            Field.given("contract", contract);
            Field.given("contract.serviceType", contract.serviceType());
            documents = Field.list("documents", documents, 20);
        }
    }

    @AllowedTo(PROVIDER)
    record ConfirmContract(String voucherId, boolean declaredUnrelated) implements VoucherCommand {
        public ConfirmContract {
            Field.id("voucherId", voucherId);
        }
    }

    @AllowedTo(PROVIDER)
    record SendContractBack(String voucherId, String reason) implements VoucherCommand {
        public SendContractBack {
            Field.id("voucherId", voucherId);
            reason = Field.text("reason", reason);
        }
    }

    /** Gives an unused voucher back; what becomes of the quota is for the scheme to say (GZ-31). */
    @AllowedTo({ENTERPRISE, HOLDER})
    record ReturnVoucher(String voucherId, String reason) implements VoucherCommand {
        public ReturnVoucher {
            Field.id("voucherId", voucherId);
            reason = Field.text("reason", reason);
        }
    }

    /** Pays {@code amountFen} of the settled amount with the voucher (GZ-24). The rating is from one to five. */
    @AllowedTo(ENTERPRISE)
    record PayVoucher(
            String voucherId,
            long amountFen,
            LocalDate completedOn,
            int rating,
            List<Invoice> invoices,
            List<Transfer> transfers,
            boolean declaredNotFundedOtherwise,
            List<Document> documents)
            implements VoucherCommand {
        public PayVoucher {
            Field.id("voucherId", voucherId);
            Field.positiveFen("amountFen", amountFen);
            Field.given("completedOn", completedOn);
            Field.between("rating", rating, 1, 5);
            invoices = Field.list("invoices", invoices, 50);
            transfers = Field.list("transfers", transfers, 50);
            documents = Field.list("documents", documents, 50);
        }
    }

    /** Corrects the papers of a payment after {@code validUntil}, when it can no longer be sent back; the amount stays (GZ-33). */
    @AllowedTo(ENTERPRISE)
    record CorrectPaymentDocuments(
            String voucherId,
            LocalDate completedOn,
            List<Invoice> invoices,
            List<Transfer> transfers,
            List<Document> documents,
            String reason)
            implements VoucherCommand {
        public CorrectPaymentDocuments {
            Field.id("voucherId", voucherId);
            Field.given("completedOn", completedOn);
            invoices = Field.list("invoices", invoices, 50);
            transfers = Field.list("transfers", transfers, 50);
            documents = Field.list("documents", documents, 50);
            reason = Field.text("reason", reason);
        }
    }

    @AllowedTo(PROVIDER)
    record AcceptVoucher(String voucherId) implements VoucherCommand {
        public AcceptVoucher {
            Field.id("voucherId", voucherId);
        }
    }

    @AllowedTo(PROVIDER)
    record SendPaymentBack(String voucherId, String reason) implements VoucherCommand {
        public SendPaymentBack {
            Field.id("voucherId", voucherId);
            reason = Field.text("reason", reason);
        }
    }

    /**
     * Uses a taken voucher, whole, for a purchase at a listed merchant; no change is given (CV-01).
     *
     * @param purchaseReference the merchant's number of the purchase, never a person's (ALL-05)
     */
    @AllowedTo(HOLDER)
    record UseVoucher(String voucherId, String providerId, String purchaseReference, long purchaseFen)
            implements VoucherCommand {
        public UseVoucher {
            Field.id("voucherId", voucherId);
            Field.id("providerId", providerId);
            OpaqueRef.check("purchaseReference", purchaseReference);
            Field.positiveFen("purchaseFen", purchaseFen);
        }
    }

    /** The merchant takes a purchase back before it has claimed the voucher; the holder may use it again (CV-01). */
    @AllowedTo(PROVIDER)
    record UndoPurchase(String voucherId, String reason) implements VoucherCommand {
        public UndoPurchase {
            Field.id("voucherId", voucherId);
            reason = Field.text("reason", reason);
        }
    }

    /** The provider asks for a payment to be undone; the operator decides (GZ-29). */
    @AllowedTo(PROVIDER)
    record RequestPaymentUndo(String voucherId, String reason) implements VoucherCommand {
        public RequestPaymentUndo {
            Field.id("voucherId", voucherId);
            reason = Field.text("reason", reason);
        }
    }

    @AllowedTo(OPERATOR)
    record UndoPayment(String voucherId, String reason) implements VoucherCommand {
        public UndoPayment {
            Field.id("voucherId", voucherId);
            reason = Field.text("reason", reason);
        }
    }

    @AllowedTo(OPERATOR)
    record DenyPaymentUndo(String voucherId, String reason) implements VoucherCommand {
        public DenyPaymentUndo {
            Field.id("voucherId", voucherId);
            reason = Field.text("reason", reason);
        }
    }

    /** Records that what an accepted voucher did not use has gone back (GZ-25). */
    @AllowedTo(SYSTEM)
    record LapseRemainder(String voucherId) implements VoucherCommand {
        public LapseRemainder {
            Field.id("voucherId", voucherId);
        }
    }

    /** Records that a voucher was not used in time (GZ-30, GZ-33). */
    @AllowedTo(SYSTEM)
    record RecoverVoucher(String voucherId) implements VoucherCommand {
        public RecoverVoucher {
            Field.id("voucherId", voucherId);
        }
    }

    @AllowedTo(OPERATOR)
    record FreezeVoucher(String voucherId, String reason, String groundId) implements VoucherCommand {
        public FreezeVoucher {
            Field.idOrNone("groundId", groundId);
            Field.id("voucherId", voucherId);
            reason = Field.text("reason", reason);
        }

        /** Without a finding on which it rests. */
        public FreezeVoucher(String voucherId, String reason) {
            this(voucherId, reason, null);
        }
    }

    /** Lifts a freeze, naming a new deadline ({@code newDeadline}) or leaving the voucher to recovery ({@code null}) (GZ-32). */
    @AllowedTo(BUREAU)
    record LiftVoucherFreeze(String voucherId, Instant newDeadline, String reason) implements VoucherCommand {
        public LiftVoucherFreeze {
            Field.orNone("newDeadline", newDeadline);
            Field.id("voucherId", voucherId);
            reason = Field.text("reason", reason);
        }
    }

    @AllowedTo(BUREAU)
    record RevokeForCause(String voucherId, String reason, String groundId) implements VoucherCommand {
        public RevokeForCause {
            Field.idOrNone("groundId", groundId);
            Field.id("voucherId", voucherId);
            reason = Field.text("reason", reason);
        }

        /** Without a finding on which it rests. */
        public RevokeForCause(String voucherId, String reason) {
            this(voucherId, reason, null);
        }
    }

    /** Carries out, for one voucher, what the disqualification of its enterprise or provider brings with it (GZ-32). */
    @AllowedTo({SYSTEM, BUREAU})
    record ApplyDisqualification(String voucherId) implements VoucherCommand {
        public ApplyDisqualification {
            Field.id("voucherId", voucherId);
        }
    }

    @AllowedTo(BUREAU)
    record OrderClawback(String voucherId, Debtor debtor, long amountFen, String reason) implements VoucherCommand {
        public OrderClawback {
            Field.id("voucherId", voucherId);
            Field.given("debtor", debtor);
            Field.positiveFen("amountFen", amountFen);
            reason = Field.text("reason", reason);
        }
    }

    @AllowedTo(OPERATOR)
    record RecordRepayment(String voucherId, Debtor debtor, long amountFen, String bankReference)
            implements VoucherCommand {
        public RecordRepayment {
            Field.id("voucherId", voucherId);
            Field.given("debtor", debtor);
            Field.positiveFen("amountFen", amountFen);
            bankReference = Field.text("bankReference", bankReference);
        }
    }

    @AllowedTo(BUREAU)
    record WaiveClawback(String voucherId, Debtor debtor, long amountFen, String reason) implements VoucherCommand {
        public WaiveClawback {
            Field.id("voucherId", voucherId);
            Field.given("debtor", debtor);
            Field.positiveFen("amountFen", amountFen);
            reason = Field.text("reason", reason);
        }
    }

    /** Proves that the provider gave back what the enterprise had paid beyond its share (GZ-24). */
    @AllowedTo({PROVIDER, OPERATOR})
    record ProveRefund(String voucherId, long amountFen, Document proof) implements VoucherCommand {
        public ProveRefund {
            Field.id("voucherId", voucherId);
            Field.positiveFen("amountFen", amountFen);
            Field.given("proof", proof);
        }
    }
}
