package org.voucherledger.domain.providerquota;

import static org.voucherledger.domain.command.Role.BUREAU;

import org.voucherledger.domain.command.AllowedTo;
import org.voucherledger.domain.command.Command;
import org.voucherledger.domain.command.Field;
import org.voucherledger.domain.command.Malformed;

/** What can be done to the cap of one provider under one scheme. Amounts in fen. */
public sealed interface ProviderQuotaCommand extends Command {

    /**
     * Gives a provider a limit of its own for the scheme's year, by a decision with its ground (CL-05, ALL-06).
     *
     * @param groundId the complaint or spot check on which it rests, {@code null} if on none (SV-04)
     * @param ratingPosition the position of the log at which the provider's rating was looked at, {@code null} if it does not
     *     rest on it (SV-02); the ledger itself says what the rating was
     */
    @AllowedTo(BUREAU)
    record AdjustProviderLimit(
            String schemeId,
            String providerId,
            long limitFen,
            String noticeNumber,
            String reason,
            String groundId,
            Long ratingPosition)
            implements ProviderQuotaCommand {
        public AdjustProviderLimit {
            Field.idOrNone("groundId", groundId);
            if (ratingPosition != null && ratingPosition < 0) {
                throw new Malformed("ratingPosition", "a position of the log, zero or above");
            }
            Field.id("schemeId", schemeId);
            Field.id("providerId", providerId);
            Field.fen("limitFen", limitFen);
            noticeNumber = Field.text("noticeNumber", noticeNumber);
            reason = Field.text("reason", reason);
        }

        /** Resting on a finding alone. */
        public AdjustProviderLimit(
                String schemeId,
                String providerId,
                long limitFen,
                String noticeNumber,
                String reason,
                String groundId) {
            this(schemeId, providerId, limitFen, noticeNumber, reason, groundId, null);
        }

        /** Resting on nothing that the ledger knows. */
        public AdjustProviderLimit(
                String schemeId, String providerId, long limitFen, String noticeNumber, String reason) {
            this(schemeId, providerId, limitFen, noticeNumber, reason, null);
        }
    }
}
