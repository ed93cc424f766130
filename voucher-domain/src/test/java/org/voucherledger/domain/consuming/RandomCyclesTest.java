package org.voucherledger.domain.consuming;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.voucherledger.domain.scenario.ConsumptionTerms.CATERING;
import static org.voucherledger.domain.scenario.ConsumptionTerms.FROM;
import static org.voucherledger.domain.scenario.ConsumptionTerms.LARGE;
import static org.voucherledger.domain.scenario.ConsumptionTerms.REDEMPTION_UNTIL;
import static org.voucherledger.domain.scenario.ConsumptionTerms.RETAIL;
import static org.voucherledger.domain.scenario.ConsumptionTerms.SMALL;
import static org.voucherledger.domain.scenario.ConsumptionTerms.UNTIL;
import static org.voucherledger.domain.scenario.ConsumptionTerms.VALID_UNTIL;
import static org.voucherledger.domain.scenario.GuangzhouTerms.yuan;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.axonframework.commandhandling.CommandHandler;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.voucherledger.domain.batch.BatchCommand.CloseBatch;
import org.voucherledger.domain.batch.BatchCommand.EndApplications;
import org.voucherledger.domain.batch.BatchCommand.TakeVoucher;
import org.voucherledger.domain.command.Command;
import org.voucherledger.domain.ledger.Ledger;
import org.voucherledger.domain.redemption.ClaimCommand.EndNotice;
import org.voucherledger.domain.redemption.ClaimCommand.ItemReview;
import org.voucherledger.domain.redemption.ClaimCommand.ReconcileClaim;
import org.voucherledger.domain.redemption.ClaimCommand.SettleItems;
import org.voucherledger.domain.redemption.ClaimCommand.SubmitClaim;
import org.voucherledger.domain.redemption.ClaimCommand.WithdrawClaim;
import org.voucherledger.domain.scenario.Books.Account;
import org.voucherledger.domain.scenario.Cast;
import org.voucherledger.domain.scenario.City;
import org.voucherledger.domain.scenario.ConsumptionTerms;
import org.voucherledger.domain.scenario.Papers;
import org.voucherledger.domain.scheme.SchemeTerms.QuotaThen;
import org.voucherledger.domain.voucher.VoucherCommand.RecoverVoucher;
import org.voucherledger.domain.voucher.VoucherCommand.ReturnVoucher;
import org.voucherledger.domain.voucher.VoucherCommand.RevokeForCause;
import org.voucherledger.domain.voucher.VoucherCommand.UndoPurchase;
import org.voucherledger.domain.voucher.VoucherCommand.UseVoucher;
import org.voucherledger.domain.voucher.VoucherEvent.PurchaseUndone;
import org.voucherledger.domain.voucher.VoucherStatus;

/** Random steps of two cycles, each held against {@link CycleModel}. {@code -Dseeds} and {@code -Dsteps} make it longer. */
class RandomCyclesTest {

    private static final long MERCHANT_CAP = yuan(400);
    private static final long BUDGET = yuan(1_200);

    private final Map<String, Integer> accepted = new TreeMap<>();
    private final Map<String, Integer> refused = new TreeMap<>();

    /** One run of so many steps. */
    private final class Run implements AutoCloseable {

        private final long seed;
        private final Random random;
        private final City city;
        private final CycleModel model;
        private final List<String> claims = new ArrayList<>();
        private int step;

        Run(long seed, QuotaThen onExpiry, City city) {
            this.seed = seed;
            this.random = new Random(seed);
            this.city = city.at(FROM);
            this.model = new CycleModel(onExpiry == QuotaThen.FREE, MERCHANT_CAP, BUDGET);
            for (String batch : model.cycles.keySet()) {
                city.opensCycle(batch, BUDGET, FROM, UNTIL, VALID_UNTIL, REDEMPTION_UNTIL)
                        .wasAccepted();
            }
            for (String merchant : List.of("P1", "P2")) {
                city.registers(Cast.merchant(merchant, CATERING, RETAIL));
            }
        }

        void take(int steps) {
            // Most of the time passes inside the window, some up to each of the ends.
            Duration whole = Duration.between(FROM, REDEMPTION_UNTIL.plus(Duration.ofDays(5)));
            for (step = 1; step <= steps; step++) {
                double share = (double) step / steps;
                long seconds = (long) (whole.toSeconds() * share * share * share);
                model.now = FROM.plusSeconds(seconds);
                city.at(model.now);
                Command command = next();
                if (command != null) {
                    compare(command);
                }
                if (step % 50 == 0) {
                    compareAll();
                }
            }
            compareAll();
        }

        private void compare(Command command) {
            String where = "seed %d, step %d, at %s: %s".formatted(seed, step, model.now, command);
            boolean admitted = model.admits(command);
            city.sends(command);
            assertThat(city.lastOutcome().accepted())
                    .as("%s: %s", where, city.lastOutcome().refusal())
                    .isEqualTo(admitted);
            (admitted ? accepted : refused).merge(command.getClass().getSimpleName(), 1, Integer::sum);
            if (admitted) {
                model.happened(command);
            }
        }

        private void compareAll() {
            String where = "seed %d, after step %d: ".formatted(seed, step);
            city.booksBalance();
            model.vouchers.forEach((id, v) -> {
                assertThat(city.state(id).status()).as(where + id).isEqualTo(v.status);
                var now = city.voucher(id);
                now.has(Account.HELD, v.on(VoucherStatus.ISSUED));
                now.has(Account.ACCEPTED, v.on(VoucherStatus.ACCEPTED));
                now.has(Account.CLAIMED, v.on(VoucherStatus.CLAIMED, VoucherStatus.PUBLISHED));
                now.has(Account.REDEEMED, v.redeemed);
                now.has(Account.BACK, v.back);
            });
            model.cycles.forEach((id, cycle) -> {
                var batch = city.batch(id);
                assertThat(batch.phase().name()).as(where + id).isEqualTo(cycle.phase);
                assertThat(batch.available().value()).as(where + id).isEqualTo(cycle.available);
                assertThat(batch.lapsed().value()).as(where + id).isEqualTo(cycle.lapsed);
            });
            model.counts.forEach((key, count) -> {
                String[] of = key.split(" ");
                assertThat(city.taken(of[0], of[1], of[2])).as(where + key).isEqualTo(count);
            });
            for (String merchant : List.of("P1", "P2")) {
                assertThat(city.providerQuota(merchant).taken().value())
                        .as(where + merchant)
                        .isEqualTo(model.merchants.getOrDefault(Cast.code(merchant), 0L));
            }
        }

        private <T> T any(List<T> list) {
            return list.get(random.nextInt(list.size()));
        }

        /** A voucher, more often one that something can be done with. */
        private String voucher() {
            var ids = List.copyOf(model.vouchers.keySet());
            String id = any(ids);
            for (int again = 0; again < 3; again++) {
                if (!model.vouchers.get(id).is(VoucherStatus.REDEEMED, VoucherStatus.RETURNED, VoucherStatus.REVOKED)) {
                    return id;
                }
                id = any(ids);
            }
            return id;
        }

        private Command next() {
            int draw = random.nextInt(100);
            if (draw < 30 || model.vouchers.isEmpty()) {
                return new TakeVoucher(
                        any(List.of("B1", "B2")),
                        "h-" + random.nextInt(8),
                        any(List.of(CATERING, RETAIL)),
                        any(List.of(SMALL, SMALL, LARGE)));
            }
            if (draw < 55) {
                return new UseVoucher(
                        voucher(),
                        Cast.code(any(List.of("P1", "P2"))),
                        "R-" + random.nextInt(60),
                        any(List.of(9_999L, 10_000L, 19_999L, 20_000L)));
            }
            if (draw < 60) {
                String used = used();
                return used.isEmpty() ? null : new UndoPurchase(used, "退货");
            }
            if (draw < 64) {
                return new ReturnVoucher(voucher(), "不用");
            }
            if (draw < 72) {
                return new RecoverVoucher(voucher());
            }
            if (draw < 73) {
                return new RevokeForCause(voucher(), "违规");
            }
            if (draw < 75) {
                return new EndApplications(any(List.of("B1", "B2")));
            }
            if (draw < 77) {
                return new CloseBatch(any(List.of("B1", "B2")));
            }
            return ofClaims(draw);
        }

        /** One that has been used, or none. */
        private String used() {
            var ids = model.vouchers.entrySet().stream()
                    .filter(e -> !e.getValue().merchant.isEmpty())
                    .map(Map.Entry::getKey)
                    .toList();
            return ids.isEmpty() ? "" : any(ids);
        }

        private Command ofClaims(int draw) {
            if (draw < 83 || claims.isEmpty()) {
                return claim();
            }
            String claim = any(claims.subList(Math.max(0, claims.size() - 4), claims.size()));
            if (draw < 85) {
                return new WithdrawClaim(claim, "重报");
            }
            var items = model.items(claim);
            if (items.isEmpty()) {
                return null;
            }
            if (draw < 91) {
                return new ReconcileClaim(
                        claim,
                        items.stream()
                                .map(id -> new ItemReview(id, approved(id), "对账"))
                                .toList());
            }
            String id = any(items);
            return draw < 97 ? new SettleItems(claim, List.of(id), "bank-" + step) : new EndNotice(claim, List.of(id));
        }

        private long approved(String id) {
            long face = model.vouchers.get(id).face;
            return switch (random.nextInt(8)) {
                case 0, 1 -> 0;
                case 2 -> face - 1;
                case 3 -> random.nextInt(4) == 0 ? face + 1 : face;
                default -> face;
            };
        }

        private Command claim() {
            String merchant = any(List.of("P1", "P2"));
            String batch = any(List.of("B1", "B2"));
            var ids = new ArrayList<String>();
            model.vouchers.forEach((id, v) -> {
                boolean fits =
                        v.batch.equals(batch) && v.merchant.equals(Cast.code(merchant)) && v.is(VoucherStatus.ACCEPTED);
                if (fits && random.nextInt(3) > 0 || random.nextInt(60) == 0) {
                    ids.add(id);
                }
            });
            if (ids.isEmpty() || ids.size() > 100) {
                return null;
            }
            String claim = "C" + step;
            var submit =
                    new SubmitClaim(claim, batch, Cast.code(merchant), ids, List.of(Papers.document("CLAIM_FORM")));
            if (model.admits(submit)) {
                claims.add(claim);
            }
            return submit;
        }

        @Override
        public void close() {
            city.close();
        }
    }

    private static City city(QuotaThen onExpiry) {
        return new City(ConsumptionTerms.terms(onExpiry, MERCHANT_CAP));
    }

    @ParameterizedTest
    @EnumSource(QuotaThen.class)
    @DisplayName("CV-01, ALL-03: random cycles agree with the rulebook, step by step and fen by fen")
    void agreesWithTheRulebook(QuotaThen onExpiry) {
        long seeds = Long.getLong("seeds", 3);
        int steps = Integer.getInteger("steps", 1_000);
        for (long seed = 1; seed <= seeds; seed++) {
            try (var run = new Run(seed, onExpiry, city(onExpiry))) {
                run.take(steps);
            }
        }
        // Nothing is proved of what never happened, nor of what was never refused.
        assertThat(accepted.keySet())
                .contains(
                        "TakeVoucher",
                        "UseVoucher",
                        "UndoPurchase",
                        "ReturnVoucher",
                        "RecoverVoucher",
                        "RevokeForCause",
                        "SubmitClaim",
                        "WithdrawClaim",
                        "ReconcileClaim",
                        "SettleItems",
                        "EndNotice",
                        "EndApplications",
                        "CloseBatch");
        assertThat(refused.keySet()).containsAll(accepted.keySet());
    }

    /** Reverses a purchase but keeps its reference bound and the merchant's cap charged. */
    static final class UndoForgetsTheRest {
        private final Ledger ledger;

        UndoForgetsTheRest(Ledger ledger) {
            this.ledger = ledger;
        }

        @CommandHandler
        public void handle(UndoPurchase undo) {
            var voucher = ledger.voucher(undo.voucherId());
            if (voucher.now().status() == VoucherStatus.ACCEPTED
                    && !voucher.now().everClaimed()) {
                voucher.record(new PurchaseUndone(
                        undo.voucherId(),
                        voucher.now().issue().batchId(),
                        voucher.now().face().value(),
                        undo.reason()));
            }
        }
    }

    @Test
    @DisplayName("ALL-03: a planted bug is caught")
    void canFail() {
        var tampered = new City(ConsumptionTerms.terms(QuotaThen.KEEP, MERCHANT_CAP), (ledger, handlers) -> {
            List<Object> more = new ArrayList<>(handlers);
            more.add(new UndoForgetsTheRest(ledger));
            return more;
        });
        try (var run = new Run(1, QuotaThen.KEEP, tampered)) {
            assertThatThrownBy(() -> run.take(1_500))
                    .isInstanceOf(AssertionError.class)
                    .hasMessageContaining("seed 1, ");
        }
    }
}
