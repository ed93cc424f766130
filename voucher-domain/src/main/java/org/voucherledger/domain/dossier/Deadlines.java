package org.voucherledger.domain.dossier;

import java.time.Instant;
import java.time.LocalDate;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.voucherledger.domain.batch.BatchDate;
import org.voucherledger.domain.batch.BatchState;
import org.voucherledger.domain.party.Standing;
import org.voucherledger.domain.rule.Rule;
import org.voucherledger.domain.scheme.SchemeTerms.Kind;
import org.voucherledger.domain.scheme.SchemeTerms.Ordering;
import org.voucherledger.domain.time.Shanghai;
import org.voucherledger.domain.time.WorkingDays;
import org.voucherledger.domain.voucher.VoucherState;
import org.voucherledger.domain.voucher.VoucherStatus;

/**
 * Until when a voucher may take its steps; each instant is the first that is too late (GZ-20, GZ-30, GZ-40).
 *
 * <p>A deadline named when a freeze was lifted or a provider disqualified moves those that would fall before it (GZ-32).
 */
public record Deadlines(Instant orderBy, Instant validUntil, Instant redemptionUntil) {

    /**
     * What a voucher's deadlines rest on besides the dates of its batch.
     *
     * @param orderBy counted from its own issue, where it was granted down the waiting list; {@code null} elsewhere
     * @param extension named for it or for one of its parties (GZ-32); {@code null} where none was
     */
    public record Own(Instant orderBy, Instant extension) {}

    /**
     * When time takes back what is left of a voucher that stays as it stands.
     *
     * @param rule by which it goes back
     * @param at the first instant of it; {@code null} or {@link Instant#MAX} before the publication from which it counts
     */
    public record Lapse(Rule rule, Instant at) {}

    /** {@code enterprise} and {@code provider} stand for the parties of the voucher; the provider may be {@code null}. */
    public static Deadlines of(
            VoucherState voucher, BatchState batch, Ordering ordering, Standing enterprise, Standing provider) {
        return of(own(voucher, ordering, enterprise, provider), batch.dates());
    }

    /** {@code enterprise} and {@code provider} stand for the parties of the voucher; the provider may be {@code null}. */
    public static Own own(VoucherState voucher, Ordering ordering, Standing enterprise, Standing provider) {
        Instant issuedAt = voucher.issue().issuedAt();
        // A freeze also holds up what waits to be vetted, so that a cloud voucher counts from the receipt (CL-03).
        Instant heldFrom = voucher.cloud() == null ? issuedAt : voucher.cloud().receivedAt();
        Instant extension = Stream.of(
                        voucher.extendedUntil(),
                        enterprise.extensionFor(heldFrom),
                        provider == null ? null : provider.extensionFor(heldFrom))
                .filter(Objects::nonNull)
                .max(Instant::compareTo)
                .orElse(null);
        boolean counted = voucher.issue().backfilled() && ordering.days() != null;
        return new Own(counted ? orderDeadline(Shanghai.dateOf(issuedAt), ordering) : null, extension);
    }

    /** Under these dates of the batch. */
    public static Deadlines of(Own own, Map<BatchDate, Instant> dates) {
        Instant orderBy = dates.get(BatchDate.ORDER_DEADLINE);
        Instant validUntil = later(orNone(dates.get(BatchDate.VALID_UNTIL)), own.extension());
        return new Deadlines(
                orderBy == null ? null : earlier(later(later(orderBy, own.orderBy()), own.extension()), validUntil),
                validUntil,
                later(orNone(dates.get(BatchDate.REDEMPTION_UNTIL)), own.extension()));
    }

    /**
     * GZ-30, GZ-33, CV-01: when the voucher, as it stands, is due for recovery; {@code null} where it never is. A cloud
     * voucher has no step before its claim, and a holder has nothing to order.
     */
    public Lapse recovery(Kind kind, VoucherStatus status, boolean contractedInTime) {
        return switch (status) {
            case ISSUED, ORDERED, ORDER_CONFIRMED, CONTRACT_UPLOADED, CONTRACT_CONFIRMED ->
                switch (kind) {
                    case SERVICE -> new Lapse(Rule.GZ_30, contractedInTime ? validUntil : orderBy);
                    case CLOUD -> new Lapse(Rule.GZ_30, redemptionUntil);
                    case CONSUMPTION -> new Lapse(Rule.CV_01, validUntil);
                };
            case PAID, ACCEPTED -> new Lapse(Rule.GZ_33, redemptionUntil);
            case RESERVED,
                    CLAIMED,
                    APPROVED,
                    REJECTED,
                    PUBLISHED,
                    REDEEMED,
                    RETURNED,
                    REVOKED,
                    WITHDRAWN,
                    NOT_ADMITTED -> null;
        };
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

    /** The later one; the other may be none. */
    private static Instant later(Instant one, Instant other) {
        return other == null || one.isAfter(other) ? one : other;
    }
}
