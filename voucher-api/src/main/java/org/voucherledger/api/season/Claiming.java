package org.voucherledger.api.season;

import static org.voucherledger.domain.voucher.VoucherStatus.ACCEPTED;
import static org.voucherledger.domain.voucher.VoucherStatus.CLAIMED;

import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.voucherledger.api.season.Plan.End;
import org.voucherledger.api.season.Plan.Fate;
import org.voucherledger.domain.redemption.ClaimCommand.BounceSettlement;
import org.voucherledger.domain.redemption.ClaimCommand.PublishClaim;
import org.voucherledger.domain.redemption.ClaimCommand.ReplyToObjection;
import org.voucherledger.domain.redemption.ClaimCommand.SettleItems;
import org.voucherledger.domain.redemption.ClaimCommand.SubmitClaim;
import org.voucherledger.domain.redemption.ClaimCommand.WithdrawClaim;
import org.voucherledger.domain.redemption.ObjectionOutcome;
import org.voucherledger.domain.rule.Rule;
import org.voucherledger.domain.voucher.VoucherCommand.RequestPaymentUndo;

/** Once a month each provider claims what it has accepted, batch by batch (GZ-40). */
final class Claiming {

    private static final List<Instant> DAYS = List.of(
            Calendar.at("2020-07-15", "10:00"),
            Calendar.at("2020-08-14", "10:00"),
            Calendar.at("2020-09-15", "10:00"),
            Calendar.at("2020-10-15", "10:00"),
            Calendar.at("2020-11-16", "10:00"),
            Calendar.at("2020-12-11", "10:00"),
            Calendar.at("2020-12-30", "10:00"));

    private static final int MOST_ITEMS = 100;

    private final Scene scene;
    private final Reviewing reviewing;

    Claiming(Scene scene, Reviewing reviewing) {
        this.scene = scene;
        this.reviewing = reviewing;
    }

    void plan() {
        for (int i = 0; i < DAYS.size(); i++) {
            int month = i;
            scene.agenda.at(DAYS.get(i), () -> claimAll(month));
        }
        scene.agenda.at(Calendar.REDEMPTION_UNTIL, this::claimTooLate);
    }

    private void claimAll(int month) {
        Map<String, List<Holding>> claims = new LinkedHashMap<>();
        scene.holdings.stream()
                .filter(h -> h.status == ACCEPTED && scene.now().isBefore(h.round.redemptionFrom()))
                .limit(2)
                .forEach(h -> scene.next(Deed.refused(
                        Rule.GZ_40, h.provider(), submission("C-EARLY-" + h.turn, new Claim("", List.of(h))))));
        for (Holding h : scene.holdings) {
            if (isToBeClaimed(h, month)) {
                claims.computeIfAbsent(h.round.batchId() + "-P" + h.platform.number(), key -> new ArrayList<>())
                        .add(h);
            }
        }
        int first = 0;
        for (var entry : claims.entrySet()) {
            List<Holding> items = entry.getValue();
            for (int from = 0; from < items.size(); from += MOST_ITEMS) {
                String id = "C-%s-%d-%d".formatted(entry.getKey(), month + 1, from / MOST_ITEMS + 1);
                submit(new Claim(id, items.subList(from, Math.min(items.size(), from + MOST_ITEMS))), first++ == 0);
            }
        }
    }

    private boolean isToBeClaimed(Holding h, int month) {
        boolean last = month == DAYS.size() - 1;
        return h.status == ACCEPTED
                && h.endsAs(End.CLAIMED)
                && !h.undoing
                && h.platform.part() != Platform.Part.DISQUALIFIED
                && !scene.now().isBefore(h.round.redemptionFrom())
                && (last || h.plan.fate() != Fate.REJECTED_LATE);
    }

    private void submit(Claim claim, boolean tempted) {
        Holding h = claim.items().getFirst();
        if (tempted) {
            trespass(claim);
        }
        scene.at(
                scene.now().plusSeconds(tempted ? 600 : 0),
                Deed.of(h.provider(), submission(claim.id(), claim)).then(() -> {
                    claim.items().forEach(item -> {
                        item.status = CLAIMED;
                        item.claimId = claim.id();
                    });
                    if (tempted) {
                        afterwards(claim);
                    }
                    boolean withdraws = claim.items().stream()
                            .anyMatch(item -> item.plan.fate() == Fate.CLAIM_WITHDRAWN && !item.fateMet);
                    if (withdraws) {
                        withdraw(claim);
                    } else {
                        reviewing.plan(claim);
                    }
                }));
    }

    private static SubmitClaim submission(String id, Claim claim) {
        Holding h = claim.items().getFirst();
        return new SubmitClaim(
                id,
                h.round.batchId(),
                h.platform.code(),
                claim.items().stream().map(item -> item.voucherId).toList(),
                Desk.documents("CLAIM_FORM", "CLAIM_DETAILS"));
    }

    private void trespass(Claim claim) {
        Holding h = claim.items().getFirst();
        Holding unaccepted = scene.holdings.stream()
                .filter(other -> other.status != ACCEPTED && other.platform == h.platform && other.round == h.round)
                .findFirst()
                .orElse(null);
        Platform other = scene.city.the(Platform.Part.OTHER_CITY);
        if (unaccepted != null) {
            scene.next(Deed.refused(
                    Rule.GZ_40, h.provider(), submission("C-UNACCEPTED", new Claim("", List.of(unaccepted)))));
        }
        scene.next(Deed.refused(Rule.ALL_04, Caller.of(other), submission("C-STOLEN", claim)));
        scene.next(Deed.refused(Rule.GZ_40, Caller.of(other), ofAnother(other, claim)));
        scene.next(Deed.refused(
                Rule.GZ_45,
                h.provider(),
                new SubmitClaim(
                        "C-NOFORM",
                        h.round.batchId(),
                        h.platform.code(),
                        List.of(h.voucherId),
                        Desk.documents("OTHER"))));
    }

    /** The same claim again, and others about claims and vouchers that are not theirs. */
    private void afterwards(Claim claim) {
        Holding h = claim.items().getFirst();
        scene.next(Deed.refused(Rule.GZ_40, h.provider(), submission(claim.id(), claim)));
        scene.next(Deed.refused(Rule.GZ_40, Caller.OPERATOR, new PublishClaim("C-NONE")));
        scene.next(Deed.refused(
                Rule.GZ_40, Caller.OPERATOR, new SettleItems(claim.id(), List.of("NONE-A1-V1"), "GZ-BANK-NONE")));
        scene.next(Deed.refused(
                Rule.GZ_33,
                Caller.OPERATOR,
                new BounceSettlement(claim.id(), h.voucherId, "GZ-BANK-NONE", "nothing was paid yet")));
        scene.next(Deed.refused(
                Rule.GZ_42,
                Caller.BUREAU,
                new ReplyToObjection(claim.id(), "O-NONE", ObjectionOutcome.DISMISSED, 0, "nobody objected")));
    }

    private static SubmitClaim ofAnother(Platform other, Claim claim) {
        Holding h = claim.items().getFirst();
        return new SubmitClaim(
                "C-OTHER",
                h.round.batchId(),
                other.code(),
                List.of(h.voucherId),
                Desk.documents("CLAIM_FORM", "CLAIM_DETAILS"));
    }

    private void withdraw(Claim claim) {
        Holding h = claim.items().getFirst();
        claim.items().stream()
                .filter(item -> item.plan.fate() == Fate.CLAIM_WITHDRAWN)
                .forEach(item -> item.fateMet = true);
        scene.at(
                scene.in(1, 10),
                Deed.of(h.provider(), new WithdrawClaim(claim.id(), "a voucher was left out"))
                        .then(() -> {
                            claim.items().forEach(item -> item.status = ACCEPTED);
                            scene.next(Deed.refused(Rule.GZ_40, h.provider(), new WithdrawClaim(claim.id(), "again")));
                            scene.next(Deed.refused(
                                    Rule.GZ_29,
                                    h.provider(),
                                    new RequestPaymentUndo(h.voucherId, "it has stood in a claim")));
                            scene.agenda.at(
                                    scene.in(1, 10), () -> submit(new Claim(claim.id() + "-R", claim.items()), false));
                        }));
    }

    /** When the redemption window is shut (GZ-40); the sweep revokes what was never claimed (GZ-33). */
    private void claimTooLate() {
        scene.holdings.stream()
                .filter(h -> h.status == ACCEPTED && h.platform.part() != Platform.Part.DISQUALIFIED)
                .limit(3)
                .forEach(h -> scene.next(Deed.refused(
                        Rule.GZ_40, h.provider(), submission("C-LATE-" + h.turn, new Claim("", List.of(h))))));
    }
}
