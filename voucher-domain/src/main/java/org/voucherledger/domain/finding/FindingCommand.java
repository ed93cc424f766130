package org.voucherledger.domain.finding;

import static org.voucherledger.domain.command.Role.BUREAU;
import static org.voucherledger.domain.command.Role.ENTERPRISE;
import static org.voucherledger.domain.command.Role.EXPERT;
import static org.voucherledger.domain.command.Role.OPERATOR;
import static org.voucherledger.domain.command.Role.PROVIDER;
import static org.voucherledger.domain.command.Role.PUBLIC;

import java.util.List;
import org.voucherledger.domain.command.AllowedTo;
import org.voucherledger.domain.command.Command;
import org.voucherledger.domain.command.Field;
import org.voucherledger.domain.party.Document;
import org.voucherledger.domain.party.OpaqueRef;

/** What can be done about complaints and spot checks (SV-04). Each is about one voucher, one enterprise or one provider. */
public sealed interface FindingCommand extends Command {

    String findingId();

    /**
     * Registers a complaint, by anyone.
     *
     * @param complainantRef an opaque reference to who complains; the person is never in the ledger (ALL-05)
     * @param documents the complaint in its own words and what was handed in with it, kept where it can be erased
     */
    @AllowedTo({ENTERPRISE, PROVIDER, OPERATOR, EXPERT, BUREAU, PUBLIC})
    record RegisterComplaint(
            String findingId,
            FindingSubject subject,
            String subjectId,
            ComplaintMatter matter,
            String complainantRef,
            List<Document> documents)
            implements FindingCommand {
        public RegisterComplaint {
            Field.id("findingId", findingId);
            Field.given("subject", subject);
            Field.id("subjectId", subjectId);
            Field.given("matter", matter);
            OpaqueRef.check("complainantRef", complainantRef);
            documents = Field.listOrNone("documents", documents, 20);
        }
    }

    /** Registers a spot check; {@code groundId} is the finding that it follows from, or {@code null}. */
    @AllowedTo({OPERATOR, BUREAU})
    record RegisterSpotCheck(
            String findingId,
            FindingSubject subject,
            String subjectId,
            String groundId,
            String reason,
            List<Document> documents)
            implements FindingCommand {
        public RegisterSpotCheck {
            Field.id("findingId", findingId);
            Field.given("subject", subject);
            Field.id("subjectId", subjectId);
            Field.idOrNone("groundId", groundId);
            reason = Field.text("reason", reason);
            documents = Field.listOrNone("documents", documents, 20);
        }
    }

    /** Answers a complaint, or says what a spot check has found. */
    @AllowedTo({OPERATOR, BUREAU})
    record AnswerFinding(String findingId, FindingOutcome outcome, String reason, List<Document> documents)
            implements FindingCommand {
        public AnswerFinding {
            Field.id("findingId", findingId);
            Field.given("outcome", outcome);
            reason = Field.text("reason", reason);
            documents = Field.listOrNone("documents", documents, 20);
        }
    }
}
