package org.voucherledger.api.pipeline;

import org.voucherledger.domain.rule.Check;
import org.voucherledger.domain.rule.Decision;
import org.voucherledger.domain.rule.Rule;
import org.voucherledger.domain.time.WorkingDays;

/** A year without working-day data is an error that whoever asks is told, not a guess and not a fault (GZ-12). */
public final class UnknownWorkingDays {

    private UnknownWorkingDays() {}

    public static Decision refusal(WorkingDays.UnknownYear unknown) {
        return Rule.GZ_12.holds(
                Check.DEADLINE,
                "NoWorkingDays",
                false,
                "a year whose working days are known",
                unknown.getMessage(),
                String.valueOf(unknown.year()));
    }
}
