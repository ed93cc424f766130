package org.voucherledger.domain.providerquota;

import static org.voucherledger.domain.command.Role.BUREAU;

import org.voucherledger.domain.command.AllowedTo;
import org.voucherledger.domain.command.Command;
import org.voucherledger.domain.command.Field;

/** What can be done to the cap of one provider under one scheme. Amounts in fen. */
public sealed interface ProviderQuotaCommand extends Command {

    /** Gives a provider a limit of its own for the scheme's year, by a decision with its ground (CL-05, ALL-06). */
    @AllowedTo(BUREAU)
    record AdjustProviderLimit(
            String schemeId, String providerId, long limitFen, String noticeNumber, String reason, String groundId)
            implements ProviderQuotaCommand {
        public AdjustProviderLimit {
            Field.idOrNone("groundId", groundId);
            Field.id("schemeId", schemeId);
            Field.id("providerId", providerId);
            Field.fen("limitFen", limitFen);
            noticeNumber = Field.text("noticeNumber", noticeNumber);
            reason = Field.text("reason", reason);
        }

        /** Without a finding on which it rests. */
        public AdjustProviderLimit(
                String schemeId, String providerId, long limitFen, String noticeNumber, String reason) {
            this(schemeId, providerId, limitFen, noticeNumber, reason, null);
        }
    }
}
