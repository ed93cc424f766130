package org.voucherledger.api.season;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.voucherledger.api.season.Applying.Queued;
import org.voucherledger.domain.batch.BatchCommand.EndApplications;
import org.voucherledger.domain.batch.BatchCommand.GrantApplications;
import org.voucherledger.domain.batch.BatchCommand.PublishGrant;
import org.voucherledger.domain.command.Command;
import org.voucherledger.domain.party.EnterpriseCommand.BlacklistEnterprise;
import org.voucherledger.domain.rule.Rule;
import org.voucherledger.domain.voucher.VoucherCommand.OrderVoucher;

/**
 * How the operator grants a batch and publishes the grant (GZ-12). Who is granted what is worked out here a second time,
 * from the answers to the applications; the ledger's own list is compared with it.
 */
final class Granting {

    private static final int AT_ONCE = 100;

    private final Scene scene;
    private final Applying applying;
    private final Measures measures;
    private final Ordering ordering;

    Granting(Scene scene, Applying applying, Measures measures, Ordering ordering) {
        this.scene = scene;
        this.applying = applying;
        this.measures = measures;
        this.ordering = ordering;
    }

    void plan(Round round) {
        scene.at(round.from(), Deed.refused(Rule.GZ_10, Caller.OPERATOR, new EndApplications(round.batchId())));
        scene.at(
                round.from(),
                Deed.refused(Rule.GZ_12, Caller.OPERATOR, new GrantApplications(round.batchId(), AT_ONCE)));
        scene.at(round.from(), Deed.refused(Rule.GZ_12, Caller.OPERATOR, new PublishGrant(round.batchId(), AT_ONCE)));
        applying.planStragglers(round);
        scene.at(round.closes().plusSeconds(600), Deed.of(Caller.OPERATOR, new EndApplications(round.batchId())));
        if (round == scene.rounds.getFirst()) {
            scene.city.firms().stream()
                    .filter(firm -> firm.flaw() == Flaw.BLACKLISTED_WHILE_QUEUED)
                    .forEach(firm -> scene.at(
                            round.closes().plusSeconds(1200),
                            Deed.of(
                                    Caller.OPERATOR,
                                    new BlacklistEnterprise(firm.code(), true, "listed while it was waiting"))));
        }
        scene.agenda.at(round.grantedAt(), () -> untilDone(new GrantApplications(round.batchId(), AT_ONCE), () -> {}));
        scene.agenda.at(round.publishedAt().minusSeconds(600), () -> {
            issue(round);
            useTooEarly(round);
        });
        scene.agenda.at(
                round.publishedAt(), () -> untilDone(new PublishGrant(round.batchId(), AT_ONCE), () -> begin(round)));
    }

    /** One command after the other, each deciding its hundred, until the ledger says that nothing is left. */
    private void untilDone(Command command, Runnable next) {
        scene.next(Deed.of(Caller.OPERATOR, command).then(reply -> {
            if (reply.result().get("done").asBoolean()) {
                next.run();
            } else {
                untilDone(command, next);
            }
        }));
    }

    /** By tier and position; the first that no longer fits ends it, who has become ineligible is passed over (GZ-01). */
    private void issue(Round round) {
        long left = round.grantableFen();
        boolean ended = false;
        for (Queued next : applying.inOrderOfGrant(round)) {
            boolean skipped = !ended && hasBecomeIneligible(next.firm());
            ended = ended || !skipped && next.amountFen() > left;
            if (skipped || ended) {
                scene.commit(next.firm(), -next.amountFen());
            } else {
                left -= next.amountFen();
                issue(round, next);
            }
        }
        scene.availableFen.put(round.batchId(), left);
        scene.tally.insist(
                ended || round != scene.rounds.getFirst(), round.batchId() + " was not asked for more than it has");
    }

    private boolean hasBecomeIneligible(Firm firm) {
        return firm.flaw() == Flaw.BLACKLISTED_WHILE_QUEUED || scene.suspended.contains(firm);
    }

    private void issue(Round round, Queued granted) {
        for (int part = 1; part <= granted.partsFen().size(); part++) {
            int turn = scene.holdings.size();
            scene.holdings.add(new Holding(
                    granted.applicationId() + "-V" + part,
                    round,
                    granted.firm(),
                    granted.partsFen().get(part - 1),
                    turn,
                    scene.draw.of("voucher " + granted.applicationId(), part)));
        }
    }

    /** Granted, but not published: not usable yet (GZ-12). */
    private void useTooEarly(Round round) {
        Holding h = of(round).getFirst();
        Platform platform = scene.city.the(Platform.Part.FAVOURITE);
        scene.next(Deed.refused(
                Rule.GZ_12,
                h.holder(),
                new OrderVoucher(
                        h.voucherId,
                        platform.code(),
                        platform.offers().getFirst().productId(),
                        h.faceFen,
                        true)));
    }

    private void begin(Round round) {
        Set<Firm> measured = new HashSet<>();
        List<Holding> issued = new ArrayList<>(of(round));
        measures.planFor(round, issued, measured, ordering::order);
        issued.stream().filter(h -> !measured.contains(h.firm)).forEach(ordering::begin);
    }

    private List<Holding> of(Round round) {
        return scene.holdings.stream().filter(h -> h.round == round).toList();
    }
}
