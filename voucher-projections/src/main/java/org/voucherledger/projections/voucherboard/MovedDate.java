package org.voucherledger.projections.voucherboard;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Consumer;
import org.voucherledger.domain.batch.BatchDate;
import org.voucherledger.domain.batch.BatchEvent.BatchDateMoved;
import org.voucherledger.domain.batch.BatchState;
import org.voucherledger.domain.dossier.Deadlines;
import org.voucherledger.domain.dossier.Deadlines.Lapse;
import org.voucherledger.domain.rule.Rule;
import org.voucherledger.domain.scheme.SchemeState;
import org.voucherledger.domain.scheme.SchemeTerms.Kind;
import org.voucherledger.domain.voucher.VoucherStatus;
import org.voucherledger.projections.affected.Affected;
import org.voucherledger.projections.affected.Matter;
import org.voucherledger.projections.projection.Json;
import org.voucherledger.projections.projection.Rows;

/** What moving one date of a batch changes for each of its vouchers (ALL-06). Every deadline is the domain's word. */
public final class MovedDate {

    private final BatchDate date;
    private final Kind kind;
    private final Map<BatchDate, Instant> before;
    private final Map<BatchDate, Instant> after;

    private MovedDate(BatchDate date, Kind kind, BatchState before, BatchState after) {
        this.date = date;
        this.kind = kind;
        this.before = before.dates();
        this.after = after.dates();
    }

    static MovedDate of(BatchDateMoved move, BatchState before, SchemeState scheme) {
        Kind kind = scheme.terms(before.opened().schemeVersion()).kind();
        return new MovedDate(move.date(), kind, before, before.evolve(move));
    }

    /** Each voucher that it would change, as the board stands; {@code views} are those that serve. */
    public static void foretell(BatchDateMoved move, Rows views, Consumer<Affected> affected) {
        views.query(
                "select state, scheme_state from {slot}.dated_batch where id = ?",
                row -> {
                    var moved = of(
                            move,
                            Json.read(row.getString(1), BatchState.class),
                            Json.read(row.getString(2), SchemeState.class));
                    DatedVoucher.pages(
                            views, move.batchId(), page -> moved.affected(page).forEach(affected));
                },
                move.batchId());
    }

    List<Affected> affected(List<DatedVoucher> vouchers) {
        return vouchers.stream().map(this::affected).flatMap(Optional::stream).toList();
    }

    private Optional<Affected> affected(DatedVoucher voucher) {
        Matter matter = matter(voucher);
        if (matter == null) {
            return Optional.empty();
        }
        Deadlines was = Deadlines.of(voucher.own(), before);
        Deadlines is = Deadlines.of(voucher.own(), after);
        Instant from = bound(matter, was, before);
        Instant to = bound(matter, is, after);
        return Objects.equals(from, to) ? Optional.empty() : Optional.of(row(voucher, matter, was, is, from, to));
    }

    private Affected row(DatedVoucher voucher, Matter matter, Deadlines was, Deadlines is, Instant from, Instant to) {
        Lapse lapsed = lapse(voucher, was);
        Lapse lapses = lapse(voucher, is);
        // What can be claimed earlier is to the good of whoever holds it; everything else that comes later is.
        boolean gains = matter == Matter.CLAIM_FROM ? Affected.isLater(from, to) : Affected.isLater(to, from);
        return new Affected(
                "2" + voucher.id(),
                matter,
                ruleOf(matter).id(),
                null,
                voucher.applicationId(),
                voucher.id(),
                voucher.enterpriseId(),
                voucher.holderRef(),
                voucher.providerId(),
                voucher.status(),
                from,
                to,
                null,
                null,
                lapses == null ? null : lapses.rule().id(),
                lapsed == null ? null : known(lapsed.at()),
                lapses == null ? null : known(lapses.at()),
                lapses == null ? null : voucher.heldFen() + (lapses.rule() == Rule.GZ_25 ? 0 : voucher.restFen()),
                null,
                gains);
    }

    /** Which step of the voucher the date bounds; {@code null} where it bounds none that is still to come. */
    private Matter matter(DatedVoucher voucher) {
        boolean unpaid = switch (voucher.status()) {
            case ISSUED, ORDERED, ORDER_CONFIRMED, CONTRACT_UPLOADED, CONTRACT_CONFIRMED -> true;
            default -> false;
        };
        boolean over = switch (voucher.status()) {
            case REDEEMED, RETURNED, REVOKED, WITHDRAWN, NOT_ADMITTED -> true;
            default -> false;
        };
        return switch (date) {
            case ORDER_DEADLINE -> unpaid && kind == Kind.SERVICE ? Matter.ORDER_UNTIL : null;
            case VALID_UNTIL ->
                kind != Kind.CLOUD && (unpaid || voucher.status() == VoucherStatus.PAID || hasRemainder(voucher))
                        ? Matter.VALID_UNTIL
                        : null;
            case REDEMPTION_FROM -> over ? null : Matter.CLAIM_FROM;
            case REDEMPTION_UNTIL -> over ? null : Matter.CLAIM_UNTIL;
            case APPLY_UNTIL, BACKFILL_UNTIL -> null;
        };
    }

    private static boolean hasRemainder(DatedVoucher voucher) {
        return voucher.status() == VoucherStatus.ACCEPTED && voucher.heldFen() > 0;
    }

    /** GZ-25: of an accepted voucher the validity takes the remainder only. */
    private Lapse lapse(DatedVoucher voucher, Deadlines deadlines) {
        return date == BatchDate.VALID_UNTIL && hasRemainder(voucher)
                ? new Lapse(Rule.GZ_25, deadlines.validUntil())
                : deadlines.recovery(kind, voucher.status(), voucher.contracted());
    }

    private static Instant bound(Matter matter, Deadlines deadlines, Map<BatchDate, Instant> dates) {
        return switch (matter) {
            case ORDER_UNTIL -> deadlines.orderBy();
            case VALID_UNTIL -> known(deadlines.validUntil());
            case CLAIM_UNTIL -> known(deadlines.redemptionUntil());
            default -> dates.get(BatchDate.REDEMPTION_FROM);
        };
    }

    private static Rule ruleOf(Matter matter) {
        return switch (matter) {
            case ORDER_UNTIL -> Rule.GZ_20;
            case VALID_UNTIL -> Rule.GZ_30;
            default -> Rule.GZ_40;
        };
    }

    /** A deadline that counts from the publication is not known before it. */
    static Instant known(Instant deadline) {
        return Instant.MAX.equals(deadline) ? null : deadline;
    }
}
