package org.voucherledger.api.season;

import java.time.LocalDate;
import java.util.List;
import java.util.function.Function;
import org.voucherledger.domain.party.ServiceType;
import org.voucherledger.domain.party.Size;
import org.voucherledger.domain.rule.Rule;
import org.voucherledger.domain.voucher.VoucherCommand.ApplyDisqualification;
import org.voucherledger.domain.voucher.VoucherCommand.DenyPaymentUndo;
import org.voucherledger.domain.voucher.VoucherCommand.LapseRemainder;
import org.voucherledger.domain.voucher.VoucherCommand.LiftVoucherFreeze;
import org.voucherledger.domain.voucher.VoucherCommand.OrderVoucher;
import org.voucherledger.domain.voucher.VoucherCommand.ProveRefund;
import org.voucherledger.domain.voucher.VoucherCommand.RecoverVoucher;
import org.voucherledger.domain.voucher.VoucherCommand.UndoPayment;

/** What is tried with a voucher that has been issued and chosen for a product, and must be refused. */
final class OrderTrespasses {

    private OrderTrespasses() {}

    static List<Trespass> of(City city) {
        Platform elsewhere = city.the(Platform.Part.OTHER_CITY);
        Platform unverified = city.the(Platform.Part.UNVERIFIED);
        Platform founders = city.offering(ServiceType.ENTREPRENEURSHIP).getFirst();
        return List.of(
                ordering("orders for more than the face amount", Rule.GZ_20, h -> order(h, h.faceFen + 1)),
                ordering("orders an unknown product", Rule.GZ_07, h -> order(h, h.platform, "P000-NONE")),
                ordering("orders a product that was never published", Rule.GZ_07, h -> order(h, h.platform, draft(h))),
                ordering(
                        "orders of a city platform of another city",
                        Rule.GZ_05,
                        h -> order(h, elsewhere, elsewhere.offers().getFirst().productId())),
                ordering(
                        "orders of a provider that was not checked",
                        Rule.GZ_04,
                        h -> order(h, unverified, unverified.offers().getFirst().productId())),
                ordering(
                        "orders of a provider that is not on the list",
                        Rule.GZ_04,
                        h -> new OrderVoucher(h.voucherId, InventedCode.of('N', 1), "P000-NONE", h.faceFen, true)),
                ordering(
                        "orders without declaring that nobody else funds it",
                        Rule.GZ_27,
                        h -> new OrderVoucher(h.voucherId, h.platform.code(), h.offer.productId(), h.faceFen, false)),
                ordering("orders of a related provider", Rule.GZ_08, h -> order(h, city.tiedTo(h.firm)))
                        .where(h -> city.tiedTo(h.firm) != null),
                founders("orders a founders' service, being too large", founders)
                        .where(h -> isLarge(h.firm) && city.tiedTo(h.firm) != founders),
                founders("orders a founders' service, being too old", founders)
                        .where(h -> !isLarge(h.firm)
                                && !Choosing.suits(h.firm, ServiceType.ENTREPRENEURSHIP)
                                && city.tiedTo(h.firm) != founders),
                Trespass.of(
                        "orders with the voucher of another enterprise",
                        Rule.ALL_04,
                        h -> Deed.of(Caller.of(city.firm(Flaw.LARGE)), order(h, h.faceFen))),
                Trespass.of("is a provider and orders", Rule.ALL_04, h -> Deed.of(h.provider(), order(h, h.faceFen))),
                ordering(
                        "orders with a voucher that does not exist",
                        Rule.GZ_26,
                        h -> new OrderVoucher("NONE-A1-V1", h.platform.code(), h.offer.productId(), h.faceFen, true)),
                Trespass.of(
                        "uploads a contract before ordering",
                        Rule.GZ_20,
                        h -> Deed.of(h.holder(), Contracting.uploading(h, Desk.contract(h, SIGNED)))),
                Trespass.of(
                        "pays before ordering",
                        Rule.GZ_24,
                        h -> Deed.of(h.holder(), Paying.paying(h, Desk.payment(h)))),
                Trespass.of(
                        "lifts a freeze that there is not",
                        Rule.GZ_32,
                        h -> Deed.of(Caller.BUREAU, new LiftVoucherFreeze(h.voucherId, null, "by mistake"))),
                Trespass.of(
                        "applies a disqualification that there is not",
                        Rule.GZ_32,
                        h -> Deed.of(Caller.SYSTEM, new ApplyDisqualification(h.voucherId))),
                Trespass.of(
                        "recovers what is not due",
                        Rule.GZ_30,
                        h -> Deed.of(Caller.SYSTEM, new RecoverVoucher(h.voucherId))),
                Trespass.of(
                        "lapses a remainder that there is not",
                        Rule.GZ_25,
                        h -> Deed.of(Caller.SYSTEM, new LapseRemainder(h.voucherId))),
                Trespass.of(
                        "undoes a payment that there is not",
                        Rule.GZ_29,
                        h -> Deed.of(Caller.OPERATOR, new UndoPayment(h.voucherId, "by mistake"))),
                Trespass.of(
                        "denies what nobody asked",
                        Rule.GZ_29,
                        h -> Deed.of(Caller.OPERATOR, new DenyPaymentUndo(h.voucherId, "by mistake"))),
                Trespass.of(
                        "proves a refund that nobody owes",
                        Rule.GZ_24,
                        h -> Deed.of(Caller.OPERATOR, new ProveRefund(h.voucherId, 100, Desk.document("REFUND")))));
    }

    private static final LocalDate SIGNED = LocalDate.of(2020, 5, 6);

    private static Trespass founders(String name, Platform founders) {
        return ordering(
                name,
                Rule.GZ_06,
                h -> order(
                        h,
                        founders,
                        founders.offer(ServiceType.ENTREPRENEURSHIP).productId()));
    }

    private static boolean isLarge(Firm firm) {
        return firm.size() == Size.MEDIUM;
    }

    private static Trespass ordering(String name, Rule rule, Function<Holding, OrderVoucher> order) {
        return Trespass.of(name, rule, h -> Deed.of(h.holder(), order.apply(h)));
    }

    private static OrderVoucher order(Holding h, long amountFen) {
        return new OrderVoucher(h.voucherId, h.platform.code(), h.offer.productId(), amountFen, true);
    }

    private static OrderVoucher order(Holding h, Platform platform) {
        return order(h, platform, platform.offers().getFirst().productId());
    }

    private static OrderVoucher order(Holding h, Platform platform, String productId) {
        return new OrderVoucher(h.voucherId, platform.code(), productId, h.faceFen, true);
    }

    private static String draft(Holding h) {
        return h.platform.offers().getLast().productId();
    }
}
