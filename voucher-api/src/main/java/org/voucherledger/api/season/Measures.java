package org.voucherledger.api.season;

import static org.voucherledger.domain.voucher.VoucherStatus.ACCEPTED;
import static org.voucherledger.domain.voucher.VoucherStatus.ISSUED;
import static org.voucherledger.domain.voucher.VoucherStatus.REVOKED;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import org.voucherledger.api.season.Plan.Detour;
import org.voucherledger.api.season.Plan.End;
import org.voucherledger.domain.party.EnterpriseCommand.DisqualifyEnterprise;
import org.voucherledger.domain.party.EnterpriseCommand.FreezeEnterprise;
import org.voucherledger.domain.party.EnterpriseCommand.LiftEnterpriseFreeze;
import org.voucherledger.domain.party.ProviderCommand.DisqualifyProvider;
import org.voucherledger.domain.party.ProviderCommand.FreezeProvider;
import org.voucherledger.domain.party.ProviderCommand.LiftProviderFreeze;
import org.voucherledger.domain.rule.Rule;
import org.voucherledger.domain.voucher.VoucherCommand.FreezeVoucher;
import org.voucherledger.domain.voucher.VoucherCommand.LiftVoucherFreeze;
import org.voucherledger.domain.voucher.VoucherCommand.OrderVoucher;
import org.voucherledger.domain.voucher.VoucherCommand.RevokeForCause;
import org.voucherledger.domain.voucher.VoucherStatus;

/** Violations and what follows them: freezes and their lifting, disqualified enterprises and providers (GZ-32). */
final class Measures {

    private static final int FROZEN_TURN = 7;
    private static final int DISQUALIFIED_TURN = 13;
    private static final int EVERY = 100;

    private final Scene scene;
    private final Choosing choosing;

    Measures(Scene scene, Choosing choosing) {
        this.scene = scene;
        this.choosing = choosing;
    }

    /**
     * Plans what befalls some of the holders of a batch. Their vouchers are in {@code measured} and have no plan of their
     * own until the measure is over; then {@code use} takes them up.
     */
    void planFor(Round round, List<Holding> issued, Set<Firm> measured, Consumer<Holding> use) {
        if (round != scene.rounds.getFirst()) {
            return;
        }
        List<Firm> firms = issued.stream().map(h -> h.firm).distinct().toList();
        for (int i = 0; i < firms.size(); i++) {
            Firm firm = firms.get(i);
            List<Holding> own = issued.stream().filter(h -> h.firm == firm).toList();
            if (i % EVERY == FROZEN_TURN) {
                measured.add(firm);
                freeze(round, firm, own, use);
            } else if (i % EVERY == DISQUALIFIED_TURN) {
                measured.add(firm);
                disqualify(firm, own);
            }
        }
    }

    /** Frozen when its vouchers have become usable; lifted, with a new deadline, when the old one is over. */
    private void freeze(Round round, Firm firm, List<Holding> own, Consumer<Holding> use) {
        Instant lifted = round.orderBy().plus(Duration.ofDays(2)).plus(Duration.ofHours(9));
        Instant deadline = round.orderBy().plus(Duration.ofDays(24));
        scene.at(
                scene.in(1, 9),
                Deed.of(Caller.OPERATOR, new FreezeEnterprise(firm.code(), "a complaint is being looked into"))
                        .then(() -> scene.suspended.add(firm)));
        scene.at(scene.in(1, 10), Deed.refused(Rule.GZ_32, Caller.of(firm), order(own.getFirst())));
        scene.at(
                scene.in(1, 10), Deed.refused(Rule.GZ_32, Caller.OPERATOR, new FreezeEnterprise(firm.code(), "again")));
        scene.at(
                lifted.minusSeconds(60),
                Deed.refused(
                        Rule.GZ_32,
                        Caller.BUREAU,
                        new LiftEnterpriseFreeze(firm.code(), round.orderBy(), "a deadline that is over")));
        scene.at(
                lifted,
                Deed.of(Caller.BUREAU, new LiftEnterpriseFreeze(firm.code(), deadline, "nothing was found"))
                        .then(() -> {
                            scene.suspended.remove(firm);
                            own.forEach(h -> {
                                h.orderBy = deadline;
                                scene.agenda.at(scene.in(1, 13), () -> use.accept(h));
                            });
                        }));
    }

    /** The sweep revokes its unpaid vouchers. */
    private void disqualify(Firm firm, List<Holding> own) {
        scene.condemned.add(firm);
        scene.at(
                scene.in(5, 16),
                Deed.of(Caller.BUREAU, new DisqualifyEnterprise(firm.code(), "papers were forged"))
                        .then(() -> {
                            scene.condemned.remove(firm);
                            scene.suspended.add(firm);
                            own.forEach(h -> h.status = REVOKED);
                        }));
        scene.at(scene.in(5, 17), Deed.refused(Rule.GZ_32, Caller.of(firm), order(own.getFirst())));
        scene.at(
                scene.in(6, 10),
                Deed.refused(Rule.GZ_32, Caller.BUREAU, new DisqualifyEnterprise(firm.code(), "again")));
    }

    private OrderVoucher order(Holding h) {
        Platform platform = scene.city.the(Platform.Part.FAVOURITE);
        return new OrderVoucher(
                h.voucherId, platform.code(), platform.offers().getFirst().productId(), h.faceFen, true);
    }

    static boolean isFrozenFirst(Holding h) {
        return h.endsAs(End.CLAIMED) && (h.plan.detour() == Detour.FROZEN || h.plan.detour() == Detour.FROZEN_TOO_LONG);
    }

    /** One voucher is frozen before it is used; what happens then depends on the bureau's deadline. */
    void freeze(Holding h, Consumer<Holding> use) {
        h.detoured = true;
        boolean again = h.plan.detour() == Detour.FROZEN;
        Instant lifted = h.round.orderBy().plus(Duration.ofDays(2)).plus(Duration.ofHours(9));
        Instant deadline = again ? h.round.orderBy().plus(Duration.ofDays(24)) : null;
        scene.at(scene.in(1, 9), Deed.of(Caller.OPERATOR, new FreezeVoucher(h.voucherId, "looks transferred")));
        scene.at(scene.in(1, 10), Deed.refused(Rule.GZ_32, h.holder(), order(h)));
        scene.at(scene.in(1, 10), Deed.refused(Rule.GZ_32, Caller.OPERATOR, new FreezeVoucher(h.voucherId, "again")));
        scene.at(
                scene.in(2, 10),
                Deed.refused(
                        Rule.ALL_04, Caller.OPERATOR, new LiftVoucherFreeze(h.voucherId, null, "by the operator")));
        scene.at(
                lifted,
                Deed.of(Caller.BUREAU, new LiftVoucherFreeze(h.voucherId, deadline, "nothing was found"))
                        .then(() -> {
                            if (again) {
                                h.orderBy = deadline;
                                scene.agenda.at(scene.in(1, 13), () -> use.accept(h));
                            }
                        }));
    }

    /** The provider that is frozen in the summer, the one whose recognition is renewed, the one that is disqualified. */
    void planProviders(Consumer<Holding> use) {
        Platform frozen = scene.city.the(Platform.Part.FROZEN);
        scene.at(
                Calendar.at("2020-06-15", "16:00"),
                Deed.of(Caller.OPERATOR, new FreezeProvider(frozen.code(), "a spot check found nobody there")));
        scene.at(
                Calendar.at("2020-09-14", "16:00"),
                Deed.of(
                        Caller.BUREAU,
                        new LiftProviderFreeze(frozen.code(), Calendar.at("2020-10-15", "00:00"), "it had moved")));
        Platform expiring = scene.city.the(Platform.Part.EXPIRING);
        scene.at(
                Calendar.at("2020-10-12", "16:00"),
                Deed.of(Caller.OPERATOR, Registering.recognition(expiring, LocalDate.of(2022, 8, 31))));
        Platform gone = scene.city.the(Platform.Part.DISQUALIFIED);
        scene.at(
                Calendar.at("2020-07-20", "09:00"),
                Deed.of(Caller.BUREAU, new DisqualifyProvider(gone.code(), "services were made up")));
        scene.agenda.at(Calendar.at("2020-07-22", "13:00"), () -> afterDisqualification(gone, use));
    }

    /** Unaccepted vouchers are issued again and go elsewhere; the accepted ones are frozen, and revoked in the end. */
    private void afterDisqualification(Platform gone, Consumer<Holding> use) {
        for (Holding h : scene.holdings) {
            if (h.platform == gone && isOpen(h.status)) {
                h.status = ISSUED;
                choosing.chooseAnother(h);
                use.accept(h);
            } else if (h.platform == gone && h.status == ACCEPTED) {
                scene.at(
                        Calendar.at("2020-08-20", "16:00"),
                        Deed.of(Caller.BUREAU, new RevokeForCause(h.voucherId, "the service was made up"))
                                .then(() -> h.status = REVOKED));
            }
        }
    }

    private static boolean isOpen(VoucherStatus status) {
        return status.compareTo(VoucherStatus.ORDERED) >= 0 && status.compareTo(VoucherStatus.PAID) <= 0;
    }
}
