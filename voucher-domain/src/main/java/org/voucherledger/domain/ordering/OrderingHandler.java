package org.voucherledger.domain.ordering;

import static org.voucherledger.domain.rule.Check.AMOUNTS;
import static org.voucherledger.domain.rule.Check.DEADLINE;
import static org.voucherledger.domain.rule.Check.DOCUMENTS;
import static org.voucherledger.domain.rule.Rule.GZ_20;
import static org.voucherledger.domain.rule.Rule.GZ_27;
import static org.voucherledger.domain.rule.Rule.GZ_30;
import static org.voucherledger.domain.voucher.VoucherStatus.CONTRACT_CONFIRMED;
import static org.voucherledger.domain.voucher.VoucherStatus.CONTRACT_UPLOADED;
import static org.voucherledger.domain.voucher.VoucherStatus.ISSUED;
import static org.voucherledger.domain.voucher.VoucherStatus.ORDERED;
import static org.voucherledger.domain.voucher.VoucherStatus.ORDER_CONFIRMED;

import java.util.Set;
import org.axonframework.commandhandling.CommandHandler;
import org.voucherledger.domain.command.Stamp;
import org.voucherledger.domain.dossier.UsedKeys;
import org.voucherledger.domain.dossier.VoucherDossier;
import org.voucherledger.domain.ledger.Ledger;
import org.voucherledger.domain.money.Fen;
import org.voucherledger.domain.providerquota.ProviderQuotaEvent.ProviderQuotaReserved;
import org.voucherledger.domain.rule.Checks;
import org.voucherledger.domain.voucher.VoucherCommand.CancelOrder;
import org.voucherledger.domain.voucher.VoucherCommand.ConfirmOrder;
import org.voucherledger.domain.voucher.VoucherCommand.DeclineOrder;
import org.voucherledger.domain.voucher.VoucherCommand.OrderVoucher;
import org.voucherledger.domain.voucher.VoucherEvent.OrderCancelled;
import org.voucherledger.domain.voucher.VoucherEvent.OrderConfirmed;
import org.voucherledger.domain.voucher.VoucherEvent.OrderDeclined;
import org.voucherledger.domain.voucher.VoucherEvent.VoucherOrdered;

/** Ordering a product: the voucher and the provider's quota change together or not at all (GZ-20, GZ-21). */
public final class OrderingHandler {

    private final Ledger ledger;

    public OrderingHandler(Ledger ledger) {
        this.ledger = ledger;
    }

    @CommandHandler
    public void handle(OrderVoucher order, Stamp stamp) {
        var dossier = VoucherDossier.of(ledger, order.voucherId());
        var provider = ledger.provider(order.providerId()).now();
        var quota = dossier.providerQuota(order.providerId());
        Fen asked = Fen.of(order.amountFen());

        Checks.inOrder(
                () -> stamp.actsFor(dossier.enterpriseId()),
                () -> dossier.isService("order"),
                dossier::isPublished,
                () -> dossier.isIn(GZ_20, "order", Set.of(ISSUED)),
                dossier::isNotFrozen,
                () -> VoucherDossier.isGood(provider.standing(), order.providerId()),
                () -> GZ_20.before(
                        DEADLINE, "OrderDeadline", dossier.deadlines().orderBy(), stamp.receivedAt()),
                () -> GZ_30.before(
                        DEADLINE, "VoucherExpired", dossier.deadlines().validUntil(), stamp.receivedAt()),
                () -> ProviderFitness.isRecognised(provider, order.providerId(), stamp.date()),
                () -> ProviderFitness.mayTakeVouchersOf(
                        provider, dossier.batch().opened().city(), dossier.terms()),
                () -> ProviderFitness.isNotTied(dossier.enterprise(), dossier.enterpriseId(), order.providerId()),
                () -> ProviderFitness.isPublished(provider, order.productId()),
                () -> ProviderFitness.isRecognisedFor(
                        provider, provider.product(order.productId()).published()),
                () -> ProviderFitness.isOpenTo(
                        dossier.enterprise(),
                        provider.product(order.productId()).published(),
                        dossier.terms(),
                        stamp.date()),
                () -> GZ_27.finds(
                        DOCUMENTS,
                        "NotDeclared",
                        order.declaredNotFundedOtherwise(),
                        "declared not funded otherwise",
                        "not declared",
                        "order"),
                () -> GZ_20.atMost(
                        AMOUNTS,
                        "AboveFaceAmount",
                        Fen.of(dossier.voucher().balances().heldFen()),
                        asked),
                () -> quota.now().mayReserve(asked, dossier.providerCap(order.providerId())));

        var product = provider.product(order.productId()).published();
        dossier.record(new VoucherOrdered(
                order.voucherId(),
                dossier.batchId(),
                order.providerId(),
                order.productId(),
                product.version(),
                product.serviceType(),
                order.amountFen(),
                dossier.voucher().balances().heldFen()));
        quota.record(new ProviderQuotaReserved(
                dossier.terms().schemeId(),
                order.providerId(),
                dossier.terms().year(),
                order.voucherId(),
                order.amountFen()));
    }

    @CommandHandler
    public void handle(ConfirmOrder confirm, Stamp stamp) {
        var dossier = VoucherDossier.of(ledger, confirm.voucherId());
        Checks.inOrder(
                () -> stamp.actsFor(dossier.providerId()),
                () -> dossier.isServiceIn(GZ_20, "confirm the order", Set.of(ORDERED)),
                dossier::isNotFrozen,
                () -> GZ_20.before(
                        DEADLINE, "VoucherExpired", dossier.deadlines().validUntil(), stamp.receivedAt()),
                () -> ProviderFitness.isRecognised(dossier.provider(), dossier.providerId(), stamp.date()));
        dossier.record(new OrderConfirmed(confirm.voucherId(), dossier.batchId()));
    }

    @CommandHandler
    public void handle(DeclineOrder decline, Stamp stamp) {
        var dossier = VoucherDossier.of(ledger, decline.voucherId());
        Checks.inOrder(
                () -> stamp.actsFor(dossier.providerId()),
                () -> dossier.isServiceIn(GZ_20, "decline the order", Set.of(ORDERED)),
                dossier::isNotFrozen,
                () -> GZ_20.before(
                        DEADLINE, "VoucherExpired", dossier.deadlines().validUntil(), stamp.receivedAt()));
        dossier.releaseProvider();
        dossier.record(new OrderDeclined(
                decline.voucherId(),
                dossier.batchId(),
                dossier.voucher().balances().orderedFen(),
                decline.reason()));
    }

    @CommandHandler
    public void handle(CancelOrder cancel, Stamp stamp) {
        var dossier = VoucherDossier.of(ledger, cancel.voucherId());
        Checks.inOrder(
                () -> stamp.actsFor(dossier.enterpriseId()),
                () -> dossier.isServiceIn(
                        GZ_20,
                        "cancel the order",
                        Set.of(ORDERED, ORDER_CONFIRMED, CONTRACT_UPLOADED, CONTRACT_CONFIRMED)),
                dossier::isNotFrozen,
                () -> GZ_20.before(
                        DEADLINE, "OrderDeadline", dossier.deadlines().orderBy(), stamp.receivedAt()));
        dossier.release(UsedKeys.ofContract(dossier.voucher()));
        dossier.releaseProvider();
        dossier.record(new OrderCancelled(
                cancel.voucherId(),
                dossier.batchId(),
                dossier.voucher().balances().orderedFen(),
                cancel.reason()));
    }
}
