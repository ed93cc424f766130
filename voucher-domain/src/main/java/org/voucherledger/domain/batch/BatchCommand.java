package org.voucherledger.domain.batch;

import static org.voucherledger.domain.command.Role.BUREAU;
import static org.voucherledger.domain.command.Role.ENTERPRISE;
import static org.voucherledger.domain.command.Role.HOLDER;
import static org.voucherledger.domain.command.Role.OPERATOR;
import static org.voucherledger.domain.command.Role.SYSTEM;

import java.time.Instant;
import java.util.List;
import org.voucherledger.domain.command.AllowedTo;
import org.voucherledger.domain.command.Command;
import org.voucherledger.domain.command.Field;
import org.voucherledger.domain.command.Malformed;
import org.voucherledger.domain.party.OpaqueRef;

/** What can be done to a batch and its queue of applications. Amounts in fen. */
public sealed interface BatchCommand extends Command {

    String batchId();

    /**
     * How many applications one transaction decides at most; the rest is left for the next command of the kind. So few that
     * whoever waits behind such a command waits for a fraction of a second, so many that its commit is a small part of it.
     */
    int MOST_AT_ONCE = 300;

    /** How many vouchers one transaction issues at most, because an application may ask for many. */
    int MOST_VOUCHERS_AT_ONCE = 600;

    /**
     * Opens a batch out of the scheme's fund (GZ-15); its own dates may come with its notice (GZ-40, ALL-06). The city may be
     * left out where the scheme has only one.
     */
    @AllowedTo(BUREAU)
    record OpenBatch(
            String batchId,
            String schemeId,
            String city,
            long budgetFen,
            Instant applyFrom,
            Instant applyUntil,
            Instant validUntil,
            Instant redemptionFrom,
            Instant redemptionUntil,
            String noticeNumber)
            implements BatchCommand {
        public OpenBatch {
            Field.id("batchId", batchId);
            if (batchId.length() > 40) {
                throw new Malformed(
                        "batchId", "at most 40 characters, because applications and vouchers are named after it");
            }
            Field.id("schemeId", schemeId);
            Field.positiveFen("budgetFen", budgetFen);
            Field.given("applyFrom", applyFrom);
            Field.given("applyUntil", applyUntil);
            city = Field.optionalText("city", city);
            Field.orNone("validUntil", validUntil);
            Field.orNone("redemptionFrom", redemptionFrom);
            Field.orNone("redemptionUntil", redemptionUntil);
            noticeNumber = Field.text("noticeNumber", noticeNumber);
        }
    }

    /** Adds to a batch out of the fund (GZ-15, ALL-06). */
    @AllowedTo(BUREAU)
    record RaiseBudget(String batchId, long amountFen, String noticeNumber, String reason) implements BatchCommand {
        public RaiseBudget {
            Field.id("batchId", batchId);
            Field.positiveFen("amountFen", amountFen);
            noticeNumber = Field.text("noticeNumber", noticeNumber);
            reason = Field.text("reason", reason);
        }
    }

    /** Takes back what is available or lapsed, never more (ALL-03, ALL-06). */
    @AllowedTo(BUREAU)
    record TakeBudgetBack(String batchId, BackAccount from, long amountFen, String noticeNumber, String reason)
            implements BatchCommand {
        public TakeBudgetBack {
            Field.id("batchId", batchId);
            Field.given("from", from);
            Field.positiveFen("amountFen", amountFen);
            noticeNumber = Field.text("noticeNumber", noticeNumber);
            reason = Field.text("reason", reason);
        }
    }

    /** Moves one of the batch's dates by a decision of the authority, from now on, undoing nothing (ALL-06). */
    @AllowedTo(BUREAU)
    record MoveDate(String batchId, BatchDate date, Instant to, String noticeNumber, String reason)
            implements BatchCommand {
        public MoveDate {
            Field.id("batchId", batchId);
            Field.given("date", date);
            Field.given("to", to);
            noticeNumber = Field.text("noticeNumber", noticeNumber);
            reason = Field.text("reason", reason);
        }
    }

    /** Asks for an amount in the batch, in parts of one voucher each (GZ-10, GZ-11). */
    @AllowedTo(ENTERPRISE)
    record Apply(String batchId, String enterpriseId, long amountFen, List<Long> partsFen) implements BatchCommand {
        public Apply {
            Field.id("batchId", batchId);
            Field.id("enterpriseId", enterpriseId);
            Field.positiveFen("amountFen", amountFen);
            partsFen = Field.list("partsFen", partsFen, 100);
            partsFen.forEach(part -> Field.positiveFen("partsFen", part));
        }
    }

    /** Takes the enterprise's live application back, inside the window (GZ-10, GZ-11). */
    @AllowedTo(ENTERPRISE)
    record WithdrawApplication(String batchId, String enterpriseId) implements BatchCommand {
        public WithdrawApplication {
            Field.id("batchId", batchId);
            Field.id("enterpriseId", enterpriseId);
        }
    }

    /** Takes one voucher of this category and face out of a cycle, inside its window (CV-01, GZ-10). */
    @AllowedTo(HOLDER)
    record TakeVoucher(String batchId, String holderRef, String category, long faceFen) implements BatchCommand {
        public TakeVoucher {
            Field.id("batchId", batchId);
            OpaqueRef.check("holderRef", holderRef);
            Field.id("category", category);
            Field.positiveFen("faceFen", faceFen);
        }
    }

    /** Records that the window has closed (GZ-10, GZ-12). */
    @AllowedTo({OPERATOR, SYSTEM})
    record EndApplications(String batchId) implements BatchCommand {
        public EndApplications {
            Field.id("batchId", batchId);
        }
    }

    /** Decides the next applications in order, until money or queue ends (GZ-12). */
    @AllowedTo({OPERATOR, SYSTEM})
    record GrantApplications(String batchId, int atMost) implements BatchCommand {
        public GrantApplications {
            Field.id("batchId", batchId);
            Field.between("atMost", atMost, 1, MOST_AT_ONCE);
        }
    }

    /** Tells the rest of the queue what became of it; with the last of them the grant is published and usable (GZ-12). */
    @AllowedTo(OPERATOR)
    record PublishGrant(String batchId, int atMost) implements BatchCommand {
        public PublishGrant {
            Field.id("batchId", batchId);
            Field.between("atMost", atMost, 1, MOST_AT_ONCE);
        }
    }

    /** Grants money that came back down the waiting list (GZ-14). */
    @AllowedTo({OPERATOR, SYSTEM})
    record Backfill(String batchId, int atMost) implements BatchCommand {
        public Backfill {
            Field.id("batchId", batchId);
            Field.between("atMost", atMost, 1, MOST_AT_ONCE);
        }
    }

    /** Ends the waiting list when its time is over (GZ-14). */
    @AllowedTo(SYSTEM)
    record CloseQueue(String batchId, int atMost) implements BatchCommand {
        public CloseQueue {
            Field.id("batchId", batchId);
            Field.between("atMost", atMost, 1, MOST_AT_ONCE);
        }
    }

    /** Ends the batch after its redemption: what is still available lapses. */
    @AllowedTo({BUREAU, SYSTEM})
    record CloseBatch(String batchId) implements BatchCommand {
        public CloseBatch {
            Field.id("batchId", batchId);
        }
    }
}
