package org.voucherledger.domain.redeeming;

import static org.voucherledger.domain.rule.Check.DEADLINE;
import static org.voucherledger.domain.rule.Check.STATE;
import static org.voucherledger.domain.rule.Rule.CL_03;
import static org.voucherledger.domain.rule.Rule.GZ_43;

import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import org.voucherledger.domain.command.Stamp;
import org.voucherledger.domain.ledger.Ledger;
import org.voucherledger.domain.redemption.Awaited;
import org.voucherledger.domain.redemption.ClaimCommand.SettleItems;
import org.voucherledger.domain.redemption.ClaimEvent.ItemPaidEarly;
import org.voucherledger.domain.redemption.ClaimState.Item;
import org.voucherledger.domain.redemption.SettlementEvent.PaidOutOfTurn;
import org.voucherledger.domain.redemption.SettlementState;
import org.voucherledger.domain.rule.Checks;
import org.voucherledger.domain.rule.Decision;
import org.voucherledger.domain.scheme.SchemeTerms.Kind;
import org.voucherledger.domain.time.Shanghai;

/**
 * Whether what the bank has paid was next in turn. Cloud vouchers are paid in order: cluster pilots first (CL-03), then by
 * claim (GZ-43); the others in none.
 *
 * <p>The order binds whoever pays, and is judged by the day of the payment: what could not be paid on that day, because its
 * notice ran, an objection was open or something was frozen, keeps its turn and holds up nobody. What was paid before it could
 * be is judged by the moment at which it could, so that no early day hides whom it passed. Money that has left early or out of
 * turn is recorded all the same, with the reason, and that it was early, or whom it passed, is a fact of its own.
 */
final class OrderOfPayment {

    private final Ledger ledger;
    private final ClaimDossier dossier;
    private final SettleItems settle;
    private final Stamp stamp;

    OrderOfPayment(Ledger ledger, ClaimDossier dossier, SettleItems settle, Stamp stamp) {
        this.ledger = ledger;
        this.dossier = dossier;
        this.settle = settle;
        this.stamp = stamp;
    }

    /** The day on which the bank paid; the day of receipt where none was named. */
    LocalDate paidOn() {
        return settle.paidOn() == null ? stamp.date() : settle.paidOn();
    }

    /** CL-03: nobody of an earlier tier could have been paid, or there is a reason. */
    Decision tierIsNext(List<Item> items) {
        return !isOrdered()
                ? null
                : Checks.first(items.stream().map(item -> {
                    var passed = passed(item).filter(each -> each.tier() < tierOf(item));
                    return CL_03.holds(
                            STATE, "EarlierTierUnpaid", mayPass(passed), first(passed), how(passed), item.voucherId());
                }));
    }

    /** GZ-43: nobody of an earlier claim of the same tier could have been paid, or there is a reason. */
    Decision claimIsNext(List<Item> items) {
        return !isOrdered()
                ? null
                : Checks.first(items.stream().map(item -> {
                    var passed = passed(item).filter(each -> each.tier() == tierOf(item));
                    return GZ_43.holds(
                            STATE, "EarlierClaimUnpaid", mayPass(passed), first(passed), how(passed), item.voucherId());
                }));
    }

    /** GZ-43: the bank paid each when its notice was over, or there is a reason. */
    Decision isNotEarly(List<Item> items) {
        return Checks.first(items.stream()
                .map(item -> GZ_43.holds(
                        DEADLINE,
                        "PaidBeforePayable",
                        !isEarly(item) || !settle.reason().isEmpty(),
                        Shanghai.dateOf(payableFrom(item)).toString(),
                        paidOn().toString(),
                        item.voucherId())));
    }

    /** Call it before the payment is recorded. */
    void recordIfEarly(Item item) {
        if (isEarly(item)) {
            dossier.record(new ItemPaidEarly(
                    settle.claimId(), item.voucherId(), payableFrom(item), paidOn(), settle.reason()));
        }
    }

    /** Call it before the payment is recorded. */
    void recordWhomItPassed(Item item) {
        passed(item).ifPresent(first -> {
            var voucher = dossier.voucher(item);
            ledger.settlement(voucher.batchId())
                    .record(new PaidOutOfTurn(
                            voucher.batchId(),
                            settle.claimId(),
                            item.voucherId(),
                            tierOf(item),
                            voucher.voucher().cloud().claimNumber(),
                            first.claimId(),
                            first.voucherId(),
                            paidOn(),
                            settle.reason()));
        });
    }

    private boolean isOrdered() {
        return dossier.terms().kind() == Kind.CLOUD;
    }

    /** Who could have been paid when the bank paid this item, and was first; only the order itself is asked. */
    private Optional<Awaited> passed(Item item) {
        if (!isOrdered()) {
            return Optional.empty();
        }
        var place = dossier.voucher(item).voucher().cloud();
        return order().ahead(place.tier(), place.claimNumber(), judgedAt(item));
    }

    /** An early payment is judged by the moment at which it would not have been; nothing is judged by what is to come. */
    private Instant judgedAt(Item item) {
        if (!isEarly(item)) {
            return paidBy();
        }
        return payableFrom(item).isBefore(stamp.receivedAt()) ? payableFrom(item) : stamp.receivedAt();
    }

    private boolean isEarly(Item item) {
        return paidBy().isBefore(payableFrom(item));
    }

    /** From when it could be paid: its notice over and, where it stands in an order, freed of whatever had held it. */
    private Instant payableFrom(Item item) {
        Awaited awaited = isOrdered() ? awaited(item) : null;
        return awaited == null || awaited.payableFrom().isBefore(item.noticeEndsAt())
                ? item.noticeEndsAt()
                : awaited.payableFrom();
    }

    private Awaited awaited(Item item) {
        var place = dossier.voucher(item).voucher().cloud();
        return order().at(place.tier(), place.claimNumber());
    }

    private SettlementState order() {
        return ledger.settlement(dossier.claim().submitted().batchId()).now();
    }

    /** The last moment at which the bank can have paid. */
    private Instant paidBy() {
        return paidOn().isBefore(stamp.date()) ? Shanghai.endOf(paidOn()).minusNanos(1) : stamp.receivedAt();
    }

    private int tierOf(Item item) {
        return dossier.voucher(item).voucher().cloud().tier();
    }

    private boolean mayPass(Optional<Awaited> passed) {
        return passed.isEmpty() || !settle.reason().isEmpty();
    }

    private static String first(Optional<Awaited> passed) {
        return passed.map(each -> "first " + each.voucherId()).orElse("nobody before it");
    }

    private String how(Optional<Awaited> passed) {
        return passed.isEmpty() ? "its turn" : mayPass(passed) ? "paid out of turn" : "unpaid";
    }
}
