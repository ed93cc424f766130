package org.voucherledger.projections.claimworklist;

import static org.voucherledger.domain.scenario.City.Grant.voucher;
import static org.voucherledger.domain.scenario.GuangzhouTerms.yuan;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.axonframework.eventhandling.TrackedEventMessage;
import org.voucherledger.domain.redemption.BankMovement;
import org.voucherledger.domain.redemption.ClaimCommand.BounceSettlement;
import org.voucherledger.domain.redemption.ClaimCommand.HandInBankSlips;
import org.voucherledger.domain.redemption.ClaimCommand.ItemReview;
import org.voucherledger.domain.redemption.ClaimCommand.ObjectToItem;
import org.voucherledger.domain.redemption.ClaimCommand.ReplyToObjection;
import org.voucherledger.domain.redemption.ClaimCommand.ReviewAsExpert;
import org.voucherledger.domain.redemption.ClaimCommand.ReviewFinally;
import org.voucherledger.domain.redemption.ClaimCommand.ReviewFirst;
import org.voucherledger.domain.redemption.ClaimCommand.WithdrawClaim;
import org.voucherledger.domain.redemption.ClaimState;
import org.voucherledger.domain.redemption.ClaimState.Item;
import org.voucherledger.domain.redemption.ClaimState.ItemStatus;
import org.voucherledger.domain.redemption.ObjectionMatter;
import org.voucherledger.domain.redemption.ObjectionOutcome;
import org.voucherledger.domain.redemption.ReviewStage;
import org.voucherledger.domain.scenario.City;
import org.voucherledger.domain.scenario.City.Grant;
import org.voucherledger.domain.scenario.GuangzhouTerms;
import org.voucherledger.domain.scenario.Papers;
import org.voucherledger.domain.voucher.VoucherCommand.RevokeForCause;
import org.voucherledger.domain.voucher.VoucherStatus;

/**
 * A city in which everything has been accepted and claiming is all that is left to do, at random, by a seed: claims of
 * several items, quarrelled over. With an odd seed an expert panel reviews as well.
 */
final class RandomClaims implements AutoCloseable {

    private static final int VOUCHERS = 36;
    private static final int PER_ENTERPRISE = 4;

    private final Random random;
    private final City city;
    private final List<String> vouchers = new ArrayList<>();
    private final List<String> claims = new ArrayList<>();
    private int numbers;

    RandomClaims(long seed) {
        random = new Random(seed);
        city = new City(
                seed % 2 == 0 ? GuangzhouTerms.asPublished() : GuangzhouTerms.with(GuangzhouTerms.Draft::expertPanel));
        city.at("2020-05-01T09:00");
        for (int batch = 0; batch < 2; batch++) {
            var grants = new ArrayList<Grant>();
            for (int i = batch * VOUCHERS / 2; i < (batch + 1) * VOUCHERS / 2; i++) {
                grants.add(voucher("V" + i).worth(yuan(4_000)).to("E" + (1 + i / PER_ENTERPRISE)));
            }
            city.grants(grants.toArray(Grant[]::new));
        }
        city.at("2020-05-20T09:00");
        for (int i = 0; i < VOUCHERS; i++) {
            String name = "V" + i;
            long paidFen = yuan(1 + random.nextInt(4_000));
            city.orders(name).from("P" + (1 + random.nextInt(2))).using(paidFen).wasAccepted();
            city.contracts(name).paysAndAccepts(name, paidFen);
            vouchers.add(city.id(name));
        }
        city.at(GuangzhouTerms.REDEMPTION_FROM);
    }

    RandomClaims quarrels(int steps) {
        for (int step = 0; step < steps; step++) {
            city.at(city.now().plus(Duration.ofMinutes(random.nextInt(60 * 4))));
            if (claims.isEmpty() || random.nextInt(6) == 0) {
                submits();
            } else {
                String id = any(claims);
                acts(id, city.ledger().look(l -> l.claim(id).now()));
            }
        }
        return this;
    }

    List<TrackedEventMessage<?>> events() {
        return city.ledger().events();
    }

    private void submits() {
        var accepted = vouchers.stream()
                .filter(id -> city.state(id).status() == VoucherStatus.ACCEPTED)
                .toList();
        if (!accepted.isEmpty()) {
            var first = city.state(any(accepted));
            String id = "C" + ++numbers;
            city.claims(
                    id,
                    accepted.stream()
                            .filter(v -> city.state(v)
                                    .issue()
                                    .batchId()
                                    .equals(first.issue().batchId()))
                            .filter(v -> city.state(v)
                                    .order()
                                    .providerId()
                                    .equals(first.order().providerId()))
                            .limit(1 + random.nextInt(3))
                            .toArray(String[]::new));
            if (city.lastOutcome().accepted()) {
                claims.add(id);
            }
        }
    }

    private void acts(String id, ClaimState claim) {
        var settled = claim.items().values().stream()
                .filter(item -> item.status() == ItemStatus.SETTLED)
                .toList();
        if (!settled.isEmpty() && random.nextInt(4) == 0) {
            city.sends(new BounceSettlement(id, any(settled).voucherId(), "bounced-" + ++numbers, "户名有误"));
        } else if (!settled.isEmpty() && random.nextInt(8) == 0) {
            city.sends(new HandInBankSlips(
                    id, BankMovement.PAID, any(settled).settledUnder(), List.of(Papers.document("BANK_SLIP"))));
        } else if (claim.live().isEmpty()) {
            submits();
        } else if (random.nextInt(40) == 0) {
            city.sends(new RevokeForCause(any(claim.live()).voucherId(), "虚假材料"));
        } else if (!claim.published()) {
            reviews(id, claim);
        } else {
            notice(id, any(claim.live()));
        }
    }

    private void reviews(String id, ClaimState claim) {
        var items = claim.live().stream()
                .map(item -> new ItemReview(item.voucherId(), approved(item.approvedFen()), "审核意见"))
                .toList();
        var next = claim.reviewed();
        if (random.nextInt(8) == 0) {
            city.sends(new WithdrawClaim(id, "更正"));
        } else if (next == null) {
            city.sends(new ReviewFirst(id, items));
        } else if (next == ReviewStage.FINAL) {
            city.publishes(id);
        } else {
            // A scheme without a panel refuses the panel's word.
            city.sends(new ReviewAsExpert(id, items)).sends(new ReviewFinally(id, items));
        }
    }

    private void notice(String id, Item item) {
        int roll = random.nextInt(10);
        if (roll < 4) {
            // An identifier may be used again once its objection is answered.
            city.sends(new ObjectToItem(
                    id,
                    item.voucherId(),
                    "O" + random.nextInt(4),
                    any(List.of(ObjectionMatter.values())),
                    random.nextBoolean() ? List.of() : List.of(Papers.document("OBJECTION"))));
        } else if (!item.objections().isEmpty()) {
            var outcome = any(List.of(ObjectionOutcome.values()));
            long fen = outcome == ObjectionOutcome.LOWERED
                    ? Math.max(1, item.approvedFen() / 2)
                    : Math.min(item.claimedFen(), item.approvedFen() + 1 + random.nextInt(1_000));
            city.sends(new ReplyToObjection(id, any(item.objections()), outcome, fen, "复核" + ++numbers));
        } else {
            city.at(item.noticeEndsAt().isAfter(city.now()) ? item.noticeEndsAt() : city.now());
            if (item.approvedFen() > 0) {
                city.settles(id, item.voucherId());
            } else {
                city.endsNotice(id, item.voucherId());
            }
        }
    }

    private long approved(long fen) {
        return switch (random.nextInt(5)) {
            case 0 -> 0;
            case 1 -> fen / 2;
            default -> fen;
        };
    }

    private <T> T any(List<T> list) {
        return list.get(random.nextInt(list.size()));
    }

    @Override
    public void close() {
        city.close();
    }
}
