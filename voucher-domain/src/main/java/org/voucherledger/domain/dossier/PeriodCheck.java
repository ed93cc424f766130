package org.voucherledger.domain.dossier;

import static org.voucherledger.domain.rule.Check.DOCUMENTS;
import static org.voucherledger.domain.rule.Rule.GZ_23;

import java.time.LocalDate;
import java.util.stream.Stream;
import org.voucherledger.domain.rule.Checks;
import org.voucherledger.domain.rule.Decision;
import org.voucherledger.domain.scheme.SchemeTerms.ServicePeriod;
import org.voucherledger.domain.voucher.Contract;

/** GZ-23: the days that papers bear lie inside the service period, both its days in. */
public final class PeriodCheck {

    private PeriodCheck() {}

    /** The first day outside, or {@code null}. */
    public static Decision of(String paper, Stream<LocalDate> days, ServicePeriod period) {
        return Checks.first(days.map(day -> GZ_23.holds(
                DOCUMENTS,
                "OutsideServicePeriod",
                period.contains(day),
                period.from() + " to " + period.to(),
                day.toString(),
                paper + " " + day)));
    }

    /** GZ-22: a contract is signed, begun and accepted inside the period. */
    public static Decision of(Contract contract, ServicePeriod period) {
        return of("contract", Stream.of(contract.signedOn(), contract.serviceFrom(), contract.serviceUntil()), period);
    }
}
