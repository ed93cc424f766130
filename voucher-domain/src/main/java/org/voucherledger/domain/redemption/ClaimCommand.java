package org.voucherledger.domain.redemption;

import static org.voucherledger.domain.command.Role.AUDITOR;
import static org.voucherledger.domain.command.Role.BUREAU;
import static org.voucherledger.domain.command.Role.ENTERPRISE;
import static org.voucherledger.domain.command.Role.EXPERT;
import static org.voucherledger.domain.command.Role.OPERATOR;
import static org.voucherledger.domain.command.Role.PROVIDER;
import static org.voucherledger.domain.command.Role.PUBLIC;
import static org.voucherledger.domain.command.Role.SYSTEM;

import java.time.LocalDate;
import java.util.HashSet;
import java.util.List;
import org.voucherledger.domain.command.AllowedTo;
import org.voucherledger.domain.command.Command;
import org.voucherledger.domain.command.Field;
import org.voucherledger.domain.command.Malformed;
import org.voucherledger.domain.party.Document;

/** What can be done to a redemption claim. Amounts in fen. */
public sealed interface ClaimCommand extends Command {

    String claimId();

    /** A claim is decided in one transaction over all its vouchers, so it holds no more than this many. */
    int MOST_ITEMS = 100;

    /** What the bank hands out of one payment. */
    int MOST_SLIPS = 20;

    /**
     * Asks to be paid for accepted vouchers of one batch and provider (GZ-40); the stamped scan is among the documents. The
     * scheme says whether the provider asks, or the enterprise for its own.
     */
    @AllowedTo({PROVIDER, ENTERPRISE})
    record SubmitClaim(
            String claimId, String batchId, String providerId, List<String> voucherIds, List<Document> documents)
            implements ClaimCommand {
        public SubmitClaim {
            Field.id("claimId", claimId);
            Field.id("batchId", batchId);
            Field.id("providerId", providerId);
            voucherIds = Field.list("voucherIds", voucherIds, MOST_ITEMS);
            voucherIds.forEach(id -> Field.id("voucherIds", id));
            if (new HashSet<>(voucherIds).size() < voucherIds.size()) {
                throw new Malformed("voucherIds", "each voucher once");
            }
            documents = Field.list("documents", documents, 20);
        }
    }

    /** Takes the claim back while nobody has reviewed it (GZ-40). */
    @AllowedTo({PROVIDER, ENTERPRISE})
    record WithdrawClaim(String claimId, String reason) implements ClaimCommand {
        public WithdrawClaim {
            Field.id("claimId", claimId);
            reason = Field.text("reason", reason);
        }
    }

    /** What a reviewer says of one item: how much is approved, and why not all of it. Zero rejects. */
    record ItemReview(String voucherId, long approvedFen, String reason) {
        public ItemReview {
            Field.id("items.voucherId", voucherId);
            Field.fen("items.approvedFen", approvedFen);
            reason = Field.optionalText("items.reason", reason);
        }
    }

    /** 初审 by the operator, item by item (GZ-41). */
    @AllowedTo(OPERATOR)
    record ReviewFirst(String claimId, List<ItemReview> items) implements ClaimCommand {
        public ReviewFirst {
            Field.id("claimId", claimId);
            items = Field.list("items", items, MOST_ITEMS);
        }
    }

    /** 专家评审, where the scheme says so (GZ-41). */
    @AllowedTo(EXPERT)
    record ReviewAsExpert(String claimId, List<ItemReview> items) implements ClaimCommand {
        public ReviewAsExpert {
            Field.id("claimId", claimId);
            items = Field.list("items", items, MOST_ITEMS);
        }
    }

    /** 审定 by the bureau, never by who reviewed before (GZ-41). */
    @AllowedTo(BUREAU)
    record ReviewFinally(String claimId, List<ItemReview> items) implements ClaimCommand {
        public ReviewFinally {
            Field.id("claimId", claimId);
            items = Field.list("items", items, MOST_ITEMS);
        }
    }

    /** 对账: what the platform counted against what the merchant claims, where the scheme says so (CV-01). */
    @AllowedTo(OPERATOR)
    record ReconcileClaim(String claimId, List<ItemReview> items) implements ClaimCommand {
        public ReconcileClaim {
            Field.id("claimId", claimId);
            items = Field.list("items", items, MOST_ITEMS);
        }
    }

    /** Publishes the reviewed items (GZ-42). */
    @AllowedTo(OPERATOR)
    record PublishClaim(String claimId) implements ClaimCommand {
        public PublishClaim {
            Field.id("claimId", claimId);
        }
    }

    /**
     * Challenges a published item; it is held until the bureau replies (GZ-42). Anyone may.
     *
     * @param documents the objection in its own words and what was handed in with it, kept where it can be erased (ALL-05)
     */
    @AllowedTo({ENTERPRISE, PROVIDER, OPERATOR, EXPERT, BUREAU, AUDITOR, PUBLIC})
    record ObjectToItem(
            String claimId, String voucherId, String objectionId, ObjectionMatter matter, List<Document> documents)
            implements ClaimCommand {
        public ObjectToItem {
            Field.id("claimId", claimId);
            Field.id("voucherId", voucherId);
            Field.id("objectionId", objectionId);
            Field.given("matter", matter);
            documents = Field.listOrNone("documents", documents, 20);
        }
    }

    /** Answers an objection (GZ-42); {@code approvedFen} is the new amount where the outcome lowers or raises it. */
    @AllowedTo(BUREAU)
    record ReplyToObjection(
            String claimId, String objectionId, ObjectionOutcome outcome, long approvedFen, String reason)
            implements ClaimCommand {
        public ReplyToObjection {
            Field.id("claimId", claimId);
            Field.id("objectionId", objectionId);
            Field.given("outcome", outcome);
            Field.fen("approvedFen", approvedFen);
            reason = Field.text("reason", reason);
        }
    }

    /**
     * Records that the bank paid these items (GZ-43).
     *
     * <p>A bank payment pays items of one claim, in one command or several, and no other claim's until it has come back.
     *
     * @param paidOn the day the bank paid; {@code null} where it paid on the day this is recorded
     * @param reason needed where the bank had paid out of turn (CL-03) or before the item could be paid: why; else it may be
     *     left out
     * @param documents the bank's slip, for the archive (GZ-44); the scheme says whether it must be there (GZ-45)
     */
    @AllowedTo(OPERATOR)
    record SettleItems(
            String claimId,
            List<String> voucherIds,
            String bankReference,
            LocalDate paidOn,
            String reason,
            List<Document> documents)
            implements ClaimCommand {
        public SettleItems {
            Field.id("claimId", claimId);
            voucherIds = Field.list("voucherIds", voucherIds, MOST_ITEMS);
            bankReference = Field.text("bankReference", bankReference);
            Field.orNone("paidOn", paidOn);
            reason = Field.optionalText("reason", reason);
            documents = Field.listOrNone("documents", documents, MOST_SLIPS);
        }

        /** Without the bank's slip. */
        public SettleItems(
                String claimId, List<String> voucherIds, String bankReference, LocalDate paidOn, String reason) {
            this(claimId, voucherIds, bankReference, paidOn, reason, List.of());
        }

        /** Paid on the day this is recorded, in turn. */
        public SettleItems(String claimId, List<String> voucherIds, String bankReference) {
            this(claimId, voucherIds, bankReference, null, "");
        }
    }

    /** Records that the notice of rejected items is over and the rejection stands (GZ-42). */
    @AllowedTo(SYSTEM)
    record EndNotice(String claimId, List<String> voucherIds) implements ClaimCommand {
        public EndNotice {
            Field.id("claimId", claimId);
            voucherIds = Field.list("voucherIds", voucherIds, MOST_ITEMS);
        }
    }

    /**
     * Records that the bank sent a settled item's money back (GZ-33).
     *
     * @param documents the bank's slip of it, for the archive (GZ-44)
     */
    @AllowedTo(OPERATOR)
    record BounceSettlement(
            String claimId, String voucherId, String bankReference, String reason, List<Document> documents)
            implements ClaimCommand {
        public BounceSettlement {
            Field.id("claimId", claimId);
            Field.id("voucherId", voucherId);
            bankReference = Field.text("bankReference", bankReference);
            reason = Field.text("reason", reason);
            documents = Field.listOrNone("documents", documents, MOST_SLIPS);
        }

        /** Without the bank's slip. */
        public BounceSettlement(String claimId, String voucherId, String bankReference, String reason) {
            this(claimId, voucherId, bankReference, reason, List.of());
        }
    }

    /**
     * Hands in the bank's slip of a payment, or of one that came back, that is recorded already: the bank may print it later
     * than it pays, and the claim's archive wants it (GZ-44).
     *
     * @param bankReference under which the payment, or its return, was recorded
     * @param documents the slips; of each kind there is one for each movement, whenever it came (GZ-45)
     */
    @AllowedTo({OPERATOR, BUREAU})
    record HandInBankSlips(String claimId, BankMovement movement, String bankReference, List<Document> documents)
            implements ClaimCommand {
        public HandInBankSlips {
            Field.id("claimId", claimId);
            Field.given("movement", movement);
            bankReference = Field.text("bankReference", bankReference);
            documents = Field.list("documents", documents, MOST_SLIPS);
        }
    }
}
