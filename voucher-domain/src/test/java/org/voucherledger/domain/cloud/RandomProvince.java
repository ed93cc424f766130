package org.voucherledger.domain.cloud;

import static org.assertj.core.api.Assertions.assertThat;
import static org.voucherledger.domain.scenario.Province.GUANGZHOU;
import static org.voucherledger.domain.scenario.Province.MEIZHOU;

import java.time.Duration;
import java.time.Instant;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.axonframework.eventhandling.TrackedEventMessage;
import org.voucherledger.domain.batch.BackAccount;
import org.voucherledger.domain.batch.BatchCommand.CloseBatch;
import org.voucherledger.domain.batch.BatchCommand.EndApplications;
import org.voucherledger.domain.batch.BatchCommand.RaiseBudget;
import org.voucherledger.domain.batch.BatchCommand.TakeBudgetBack;
import org.voucherledger.domain.cloud.CloudCommand.MoveCityQuota;
import org.voucherledger.domain.cloud.CloudCommand.RecallApplication;
import org.voucherledger.domain.cloud.CloudModel.Status;
import org.voucherledger.domain.cloud.CloudModel.Voucher;
import org.voucherledger.domain.command.Command;
import org.voucherledger.domain.command.Role;
import org.voucherledger.domain.party.PriorityTag;
import org.voucherledger.domain.party.SupplierClass;
import org.voucherledger.domain.providerquota.ProviderQuotaCommand.AdjustProviderLimit;
import org.voucherledger.domain.redemption.ClaimCommand.BounceSettlement;
import org.voucherledger.domain.redemption.ClaimCommand.EndNotice;
import org.voucherledger.domain.redemption.ClaimCommand.ItemReview;
import org.voucherledger.domain.redemption.ClaimCommand.PublishClaim;
import org.voucherledger.domain.redemption.ClaimCommand.ReviewFinally;
import org.voucherledger.domain.redemption.ClaimCommand.ReviewFirst;
import org.voucherledger.domain.redemption.ClaimCommand.SettleItems;
import org.voucherledger.domain.redemption.ClaimCommand.WithdrawClaim;
import org.voucherledger.domain.scenario.Books;
import org.voucherledger.domain.scenario.Cast;
import org.voucherledger.domain.scenario.City;
import org.voucherledger.domain.scenario.GuangdongCloudTerms;
import org.voucherledger.domain.scenario.Province;
import org.voucherledger.domain.scheme.SchemeTerms;
import org.voucherledger.domain.time.Shanghai;
import org.voucherledger.domain.voucher.VoucherCommand.RecoverVoucher;
import org.voucherledger.domain.voucher.VoucherCommand.ReturnVoucher;
import org.voucherledger.domain.voucher.VoucherCommand.RevokeForCause;
import org.voucherledger.domain.voucher.VoucherStatus;

/**
 * One province in which everybody acts at random, by a seed, and its {@link CloudModel}: after each step what was allowed and
 * where every fen is are held against each other. What it leaves behind is a log as the domain writes it.
 */
public final class RandomProvince implements AutoCloseable {

    private static final int KEPT = 2_000;
    private static final int WAITING = 3;
    private static final List<String> BATCHES = List.of("GZ", "MZ");

    private final Random random;
    private final long seed;
    private final Province province;
    private final CloudModel model;
    final Set<Status> seen = EnumSet.noneOf(Status.class);
    final Map<String, Integer> done = new LinkedHashMap<>();
    final Map<String, Integer> refused = new LinkedHashMap<>();
    private Instant now = GuangdongCloudTerms.APPLY_FROM.minus(Duration.ofHours(3));
    private int claims;

    public RandomProvince(long seed) {
        this(seed, new City(terms()));
    }

    RandomProvince(long seed, City city) {
        this.seed = seed;
        this.random = new Random(seed);
        this.province = new Province(city, GuangdongCloudTerms.SCHEME);
        this.model = new CloudModel(
                Province.FUND_FEN,
                seconds(GuangdongCloudTerms.APPLY_FROM),
                seconds(GuangdongCloudTerms.APPLY_UNTIL),
                seconds(GuangdongCloudTerms.REDEMPTION_FROM),
                seconds(GuangdongCloudTerms.REDEMPTION_UNTIL),
                KEPT,
                WAITING);
        for (int i = 1; i <= 8; i++) {
            String cityName = i % 2 == 0 ? MEIZHOU : GUANGZHOU;
            if (i <= 2) {
                province.registers("E" + i, cityName, PriorityTag.CLUSTER_PILOT);
            } else {
                province.registers("E" + i, cityName);
            }
            model.pending.put("E" + i, 0L);
            model.charged.put("E" + i, 0L);
        }
        for (int i = 1; i <= 3; i++) {
            province.recognises("P" + i, SupplierClass.OTHER);
            model.limits.put("P" + i, 500_000_000L);
            model.reserved.put("P" + i, 0L);
            model.taken.put("P" + i, 0L);
        }
        province.opens("GZ", GUANGZHOU, 100_000).wasAccepted();
        province.opens("MZ", MEIZHOU, 80_000).wasAccepted();
        model.opens("GZ", 100_000);
        model.opens("MZ", 80_000);
    }

    static SchemeTerms terms() {
        return GuangdongCloudTerms.with("cloud", new SchemeTerms.Cloud(2020, WAITING, KEPT));
    }

    private static long seconds(Instant at) {
        return at.getEpochSecond();
    }

    private long now() {
        return seconds(now);
    }

    /** So many steps, from before the window opens to after redemption has closed. */
    public RandomProvince lives(int steps) {
        for (int step = 0; step < steps; step++) {
            now = now.plus(Duration.ofMinutes(random.nextInt(40) * (random.nextInt(6) == 0 ? 100 : 10)));
            province.at(now);
            step();
            compare(step);
        }
        return this;
    }

    public List<TrackedEventMessage<?>> events() {
        return province.city().ledger().events();
    }

    public City city() {
        return province.city();
    }

    private void step() {
        switch (random.nextInt(22)) {
            case 0, 1, 2, 3 -> apply();
            case 4, 5 -> vet();
            case 6 -> one("recall", v -> new RecallApplication(v.id, "取消"), model::recalls);
            case 7, 8 -> claim();
            case 9 -> {
                if (random.nextInt(3) == 0) {
                    one("withdraw", v -> new WithdrawClaim(v.claim, "补件"), model::withdrawsClaim);
                }
            }
            case 10, 11, 12 -> review();
            case 13, 14 -> {
                boolean outOfTurn = random.nextInt(4) == 0;
                one(
                        "settle",
                        v -> new SettleItems(v.claim, List.of(v.id), "bank-" + v.claim, null, outOfTurn ? "已付" : ""),
                        v -> model.settles(v, now(), outOfTurn));
            }
            case 15 -> one("endNotice", v -> new EndNotice(v.claim, List.of(v.id)), v -> model.endsNotice(v, now()));
            case 16 -> {
                if (random.nextInt(2) == 0) {
                    one("bounce", v -> new BounceSettlement(v.claim, v.id, "bank", "退汇"), model::bounces);
                }
            }
            case 17 -> {
                if (random.nextInt(2) == 0) {
                    one("return", v -> new ReturnVoucher(v.id, "不做了"), v -> model.returns(v, now()));
                } else {
                    one("recover", v -> new RecoverVoucher(v.id), v -> model.recovers(v, now()));
                }
            }
            case 18 -> {
                if (random.nextInt(4) == 0) {
                    one("revoke", v -> new RevokeForCause(v.id, "违规"), model::revokesForCause);
                }
            }
            case 19 -> bureau();
            case 20 -> {
                String batch = BATCHES.get(random.nextInt(2));
                told("endApplications", new EndApplications(batch), model.endsApplications(batch, now()));
            }
            default -> {
                String batch = BATCHES.get(random.nextInt(2));
                told("close", new CloseBatch(batch), model.closes(batch, now()));
            }
        }
    }

    private void apply() {
        int e = 1 + random.nextInt(8);
        String batch = e % 2 == 0 ? "MZ" : "GZ";
        String provider = "P" + (1 + random.nextInt(3));
        boolean pilot = e <= 2;
        long share = pilot || e % 2 == 0 ? 8_000 : 7_000;
        long contract = random.nextInt(20) == 0 ? 1 : 1 + random.nextInt(random.nextInt(5) == 0 ? 60_000 : 9_000);
        var command = province.application("E" + e, batch, provider, province.papers("E" + e, provider, contract));
        told("apply", command, model.applies(batch, "E" + e, pilot, provider, contract, share, now()));
    }

    private void vet() {
        String batch = BATCHES.get(random.nextInt(2));
        Voucher next = model.next(batch);
        Voucher v = next != null && random.nextInt(4) > 0 ? next : any();
        if (v == null) {
            return;
        }
        if (random.nextInt(5) == 0) {
            told("reject", new CloudCommand.RejectApplication(v.id, "不符"), model.rejects(v));
        } else {
            told("approve", new CloudCommand.ApproveApplication(v.id), model.approves(v, now()));
        }
    }

    private void claim() {
        Voucher v = any(Status.ISSUED);
        if (v != null) {
            String claim = "C" + ++claims;
            long paid = Math.max(1, random.nextInt(3) == 0 ? v.contract : random.nextInt((int) (v.contract * 2)));
            told("claim", province.claim(v.id, claim, paid), model.claims(v, claim, paid, now()));
        }
    }

    /** Reviewed and published at once, as far as that goes. */
    private void review() {
        Voucher v = any(random.nextBoolean() ? Status.CLAIMED : Status.REVIEWED);
        if (v == null || v.claim == null) {
            return;
        }
        if (v.status != Status.CLAIMED) {
            long ends = seconds(Shanghai.endOf(Shanghai.dateOf(now).plusDays(7)));
            told("publish", new PublishClaim(v.claim), model.publishes(v, ends));
            return;
        }
        long approved = switch (random.nextInt(4)) {
            case 0 -> 0;
            case 1 -> 1 + random.nextInt((int) v.claimed);
            default -> v.claimed;
        };
        var items = List.of(new ItemReview(v.id, approved, "审核"));
        told("first", new ReviewFirst(v.claim, items), approved <= v.claimed);
        told("final", new ReviewFinally(v.claim, items), model.reviews(v, approved));
    }

    private void bureau() {
        long fen = 1 + random.nextInt(20_000);
        String batch = BATCHES.get(random.nextInt(2));
        String other = BATCHES.get(random.nextInt(2));
        switch (random.nextInt(5)) {
            case 0, 1 ->
                told("move", new MoveCityQuota(batch, other, fen, "notice", "调剂"), model.moves(batch, other, fen));
            case 2 -> told("raise", new RaiseBudget(batch, fen, "notice", "追加"), model.raises(batch, fen));
            case 3 -> {
                BackAccount from = random.nextBoolean() ? BackAccount.LAPSED : BackAccount.AVAILABLE;
                told(
                        "takeBack",
                        new TakeBudgetBack(batch, from, fen, "notice", "收回"),
                        model.takesBack(batch, from == BackAccount.LAPSED, fen));
            }
            default -> {
                String provider = "P" + (1 + random.nextInt(3));
                long limit = random.nextInt(60_000);
                model.limits.put(provider, limit);
                told(
                        "limit",
                        new AdjustProviderLimit(GuangdongCloudTerms.SCHEME, Cast.code(provider), limit, "notice", "抽查"),
                        true);
            }
        }
    }

    private Voucher any(Status... preferred) {
        var all = model.vouchers.values().stream()
                .filter(v -> random.nextInt(8) == 0 || preferred.length == 0 || v.status == preferred[0])
                .toList();
        return all.isEmpty() ? null : all.get(random.nextInt(all.size()));
    }

    private void one(
            String step,
            java.util.function.Function<Voucher, Command> command,
            java.util.function.Predicate<Voucher> allowed) {
        Status wanted = switch (step) {
            case "recall" -> Status.RESERVED;
            case "withdraw" -> Status.CLAIMED;
            case "settle", "endNotice" -> Status.PUBLISHED;
            case "bounce" -> Status.REDEEMED;
            default -> Status.ISSUED;
        };
        Voucher v = any(wanted);
        boolean ofAClaim = Set.of("withdraw", "settle", "endNotice", "bounce").contains(step);
        if (v != null && (!ofAClaim || v.claim != null)) {
            told(step, command.apply(v), allowed.test(v));
        }
    }

    private void told(String step, Command command, boolean allowed) {
        var actor = command instanceof WithdrawClaim withdraw
                ? City.party(Role.ENTERPRISE, Cast.code(holderOf(withdraw.claimId())))
                : province.city().actorFor(command);
        province.city().sends(command, actor);
        var outcome = province.city().lastOutcome();
        assertThat(outcome.accepted())
                .as("seed %s, %s at %s: %s, refusal %s", seed, step, now, command, outcome.refusal())
                .isEqualTo(allowed);
        (allowed ? done : refused).merge(step, 1, Integer::sum);
    }

    private String holderOf(String claimId) {
        return model.vouchers.values().stream()
                .filter(v -> claimId.equals(v.claim))
                .findFirst()
                .orElseThrow()
                .enterprise;
    }

    private void compare(int step) {
        String at = "seed " + seed + ", step " + step;
        assertThat(model.imbalance()).as("%s: the model itself", at).isNull();
        province.booksBalance();
        model.batches.forEach((id, batch) -> {
            var state = province.city().batch(id);
            assertThat(state.available().value())
                    .as("%s: available of %s", at, id)
                    .isEqualTo(batch.available);
            assertThat(state.lapsed().value()).as("%s: lapsed of %s", at, id).isEqualTo(batch.lapsed);
            var book = province.city().books().batch(id);
            assertThat(List.of(book.budget, book.available, book.lapsed))
                    .as("%s: the book of %s", at, id)
                    .isEqualTo(List.of(batch.budget, batch.available, batch.lapsed));
        });
        assertThat(province.city().books().unallocated(GuangdongCloudTerms.SCHEME))
                .as("%s: unallocated", at)
                .isEqualTo(model.unallocated);
        model.limits.keySet().forEach(provider -> {
            var quota = province.city().providerQuota(provider);
            assertThat(quota.reserved().value())
                    .as("%s: reserved of %s", at, provider)
                    .isEqualTo(model.reserved.get(provider));
            assertThat(quota.taken().value())
                    .as("%s: taken of %s", at, provider)
                    .isEqualTo(model.taken.get(provider));
        });
        model.pending.keySet().forEach(enterprise -> {
            var memo = province.city().books().enterpriseQuota(GuangdongCloudTerms.SCHEME, Cast.code(enterprise), 2020);
            assertThat(memo.first).as("%s: pending of %s", at, enterprise).isEqualTo(model.pending.get(enterprise));
            assertThat(memo.second).as("%s: charged of %s", at, enterprise).isEqualTo(model.charged.get(enterprise));
        });
        model.vouchers.values().forEach(v -> {
            seen.add(v.status);
            var book = province.city().books().voucher(v.id);
            assertThat(List.of(
                            book.at(Books.Account.HELD),
                            book.at(Books.Account.CLAIMED),
                            book.at(Books.Account.REDEEMED),
                            book.at(Books.Account.BACK)))
                    .as("%s: %s", at, v.id)
                    .isEqualTo(List.of(v.held, v.claimed, v.redeemed, v.back));
        });
        if (step % 25 == 0) {
            model.vouchers
                    .values()
                    .forEach(v -> assertThat(statusOf(province.state(v.id).status()))
                            .as("%s: status of %s", at, v.id)
                            .isEqualTo(v.status));
        }
    }

    private static Status statusOf(VoucherStatus status) {
        return switch (status) {
            case APPROVED, REJECTED -> Status.REVIEWED;
            default -> Status.valueOf(status.name());
        };
    }

    @Override
    public void close() {
        province.close();
    }
}
