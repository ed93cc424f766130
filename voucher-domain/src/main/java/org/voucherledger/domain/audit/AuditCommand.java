package org.voucherledger.domain.audit;

import static org.voucherledger.domain.command.Role.AUDITOR;
import static org.voucherledger.domain.command.Role.BUREAU;
import static org.voucherledger.domain.command.Role.OPERATOR;

import java.util.List;
import org.voucherledger.domain.command.AllowedTo;
import org.voucherledger.domain.command.Command;
import org.voucherledger.domain.command.Field;
import org.voucherledger.domain.command.Malformed;
import org.voucherledger.domain.party.Document;

/** What an auditor does with the ledger, and those who answer (SV-04). The auditor draws and judges; the audited only answer. */
public sealed interface AuditCommand extends Command {

    String drawId();

    /**
     * Announces a draw, before it is made: what is drawn from, how, and with which seed.
     *
     * @param batchId {@code null} for all batches of the scheme
     * @param items vouchers, or the items of claims
     * @param framePosition the position of the log whose vouchers are drawn from
     * @param strata in their order: an item stands in the first one that takes it
     * @param seed from where it comes is for the reason to say; of two draws with one seed and one frame the sample is one
     * @param groundId the complaint or spot check that gave rise to it, or {@code null}
     */
    @AllowedTo(AUDITOR)
    record AnnounceDraw(
            String drawId,
            String schemeId,
            String batchId,
            FrameItems items,
            long framePosition,
            List<Stratum> strata,
            String seed,
            String groundId,
            String reason)
            implements AuditCommand {

        private static final int MOST_STRATA = 20;

        public AnnounceDraw {
            Field.id("drawId", drawId);
            Field.id("schemeId", schemeId);
            Field.idOrNone("batchId", batchId);
            Field.given("items", items);
            if (framePosition < 0) {
                throw new Malformed("framePosition", "a position of the log, zero or above");
            }
            strata = Field.list("strata", strata, MOST_STRATA);
            if (strata.stream().map(Stratum::stratumId).distinct().count() < strata.size()) {
                throw new Malformed("strata", "names a stratum twice");
            }
            Field.id("seed", seed);
            Field.idOrNone("groundId", groundId);
            reason = Field.text("reason", reason);
        }

        public FrameScope scope() {
            return FrameScope.of(schemeId, batchId, items, strata);
        }
    }

    /** Draws what was announced. */
    @AllowedTo(AUDITOR)
    record DrawSample(String drawId) implements AuditCommand {
        public DrawSample {
            Field.id("drawId", drawId);
        }
    }

    /**
     * Records what is wrong with a drawn voucher.
     *
     * @param questionedFen how much of its money is in question, at most its face amount; zero where none is
     */
    @AllowedTo(AUDITOR)
    record RecordAuditFinding(
            String drawId,
            String auditFindingId,
            String voucherId,
            AuditMatter matter,
            long questionedFen,
            String statement,
            List<Document> documents)
            implements AuditCommand {
        public RecordAuditFinding {
            Field.id("drawId", drawId);
            Field.id("auditFindingId", auditFindingId);
            Field.id("voucherId", voucherId);
            Field.given("matter", matter);
            Field.fen("questionedFen", questionedFen);
            statement = Field.text("statement", statement);
            documents = Field.listOrNone("documents", documents, 20);
        }
    }

    /** Answers a finding, or adds to the answer; as often as needed until the auditor closes it. */
    @AllowedTo({OPERATOR, BUREAU})
    record AnswerAuditFinding(String drawId, String auditFindingId, String statement, List<Document> documents)
            implements AuditCommand {
        public AnswerAuditFinding {
            Field.id("drawId", drawId);
            Field.id("auditFindingId", auditFindingId);
            statement = Field.text("statement", statement);
            documents = Field.listOrNone("documents", documents, 20);
        }
    }

    /** Closes a finding. */
    @AllowedTo(AUDITOR)
    record CloseAuditFinding(
            String drawId, String auditFindingId, AuditOutcome outcome, String statement, List<Document> documents)
            implements AuditCommand {
        public CloseAuditFinding {
            Field.id("drawId", drawId);
            Field.id("auditFindingId", auditFindingId);
            Field.given("outcome", outcome);
            statement = Field.text("statement", statement);
            documents = Field.listOrNone("documents", documents, 20);
        }
    }
}
