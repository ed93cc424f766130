package org.voucherledger.domain.dossier;

import java.time.Instant;
import java.time.LocalDate;
import java.util.Objects;
import java.util.stream.Stream;
import org.voucherledger.domain.batch.BatchDate;
import org.voucherledger.domain.batch.BatchState;
import org.voucherledger.domain.party.Standing;
import org.voucherledger.domain.scheme.SchemeTerms.Ordering;
import org.voucherledger.domain.time.Shanghai;
import org.voucherledger.domain.time.WorkingDays;
import org.voucherledger.domain.voucher.VoucherState;

/**
 * Until when a voucher may take its steps; each instant is the first that is too late (GZ-20, GZ-30, GZ-40).
 *
 * <p>A deadline named when a freeze was lifted or a provider disqualified moves those that would fall before it (GZ-32).
 */
public record Deadlines(Instant orderBy, Instant validUntil, Instant redemptionUntil) {

    /** {@code enterprise} and {@code provider} stand for the parties of the voucher; the provider may be {@code null}. */
    public static Deadlines of(
            VoucherState voucher, BatchState batch, Ordering ordering, Standing enterprise, Standing provider) {
        Instant issuedAt = voucher.issue().issuedAt();
        // A freeze also holds up what waits to be vetted, so that a cloud voucher counts from the receipt (CL-03).
        Instant heldFrom = voucher.cloud() == null ? issuedAt : voucher.cloud().receivedAt();
        Instant extension = Stream.of(
                        voucher.extendedUntil(),
                        enterprise.extensionFor(heldFrom),
                        provider == null ? null : provider.extensionFor(heldFrom))
                .filter(Objects::nonNull)
                .max(Instant::compareTo)
                .orElse(Instant.EPOCH);
        Instant orderBy = batch.date(BatchDate.ORDER_DEADLINE);
        if (voucher.issue().backfilled() && ordering.days() != null) {
            orderBy = later(orderBy, orderDeadline(Shanghai.dateOf(issuedAt), ordering));
        }
        Instant validUntil = later(orNone(batch.date(BatchDate.VALID_UNTIL)), extension);
        return new Deadlines(
                orderBy == null ? null : earlier(later(orderBy, extension), validUntil),
                validUntil,
                later(orNone(batch.date(BatchDate.REDEMPTION_UNTIL)), extension));
    }

    /** GZ-20: the fixed instant, or natural days counted from the day after; 24:00 of the last of them is too late. */
    public static Instant orderDeadline(LocalDate from, Ordering ordering) {
        if (ordering.until() != null) {
            return ordering.until();
        }
        LocalDate last = from.plusDays(ordering.days());
        return Shanghai.endOf(ordering.rollover() ? WorkingDays.china().atOrAfter(last) : last);
    }

    /** GZ-30: after a late publication thirty days may reach beyond the validity, which ends all the same. */
    private static Instant earlier(Instant one, Instant other) {
        return one.isBefore(other) ? one : other;
    }

    /** A date that counts from the publication sets no bound before it. */
    private static Instant orNone(Instant date) {
        return date == null ? Instant.MAX : date;
    }

    private static Instant later(Instant one, Instant other) {
        return one.isAfter(other) ? one : other;
    }
}
