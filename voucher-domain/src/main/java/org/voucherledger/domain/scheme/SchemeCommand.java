package org.voucherledger.domain.scheme;

import static org.voucherledger.domain.command.Role.BUREAU;

import org.voucherledger.domain.command.AllowedTo;
import org.voucherledger.domain.command.Command;
import org.voucherledger.domain.command.Field;

/** What can be done to a scheme. */
public sealed interface SchemeCommand extends Command {

    /** Publishes a scheme, or its next version, from its file (ALL-01). {@code fileSha256} is of the bytes that were read. */
    @AllowedTo(BUREAU)
    record PublishScheme(SchemeTerms terms, String fileSha256) implements SchemeCommand {
        public PublishScheme {
            Field.given("terms", terms);
            Field.id("terms.schemeId", terms.schemeId());
            fileSha256 = Field.text("fileSha256", fileSha256);
        }
    }

    /** Moves the fund by a decision of the authority (GZ-15, ALL-06). */
    @AllowedTo(BUREAU)
    record ChangeFund(String schemeId, long fundFen, String noticeNumber, String reason) implements SchemeCommand {
        public ChangeFund {
            Field.id("schemeId", schemeId);
            Field.fen("fundFen", fundFen);
            noticeNumber = Field.text("noticeNumber", noticeNumber);
            reason = Field.text("reason", reason);
        }
    }
}
