package org.voucherledger.domain.consuming;

import static org.voucherledger.domain.scenario.ConsumptionTerms.CATERING;
import static org.voucherledger.domain.scenario.ConsumptionTerms.LARGE;
import static org.voucherledger.domain.scenario.ConsumptionTerms.SMALL;

import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.voucherledger.domain.batch.BatchCommand.CloseBatch;
import org.voucherledger.domain.batch.BatchCommand.EndApplications;
import org.voucherledger.domain.batch.BatchCommand.TakeVoucher;
import org.voucherledger.domain.command.Command;
import org.voucherledger.domain.redemption.ClaimCommand.EndNotice;
import org.voucherledger.domain.redemption.ClaimCommand.ItemReview;
import org.voucherledger.domain.redemption.ClaimCommand.ReconcileClaim;
import org.voucherledger.domain.redemption.ClaimCommand.SettleItems;
import org.voucherledger.domain.redemption.ClaimCommand.SubmitClaim;
import org.voucherledger.domain.redemption.ClaimCommand.WithdrawClaim;
import org.voucherledger.domain.scenario.ConsumptionTerms;
import org.voucherledger.domain.voucher.VoucherCommand.RecoverVoucher;
import org.voucherledger.domain.voucher.VoucherCommand.ReturnVoucher;
import org.voucherledger.domain.voucher.VoucherCommand.RevokeForCause;
import org.voucherledger.domain.voucher.VoucherCommand.UndoPurchase;
import org.voucherledger.domain.voucher.VoucherCommand.UseVoucher;
import org.voucherledger.domain.voucher.VoucherStatus;

/**
 * CV-01 once more, in plain maps and in the words of the rulebook, sharing nothing with the ledger but its commands: says of
 * each command whether it must be accepted, and what there must be afterwards. The cycles are {@code B1} and {@code B2}, the
 * dates those of {@link ConsumptionTerms}; who sends is always who may.
 */
final class CycleModel {

    /** One voucher. Amounts in fen. */
    static final class Held {
        final String batch;
        final String holder;
        final String category;
        final long face;
        VoucherStatus status = VoucherStatus.ISSUED;
        String merchant = "";
        String reference = "";
        boolean everClaimed;
        long approved;
        long redeemed;
        long back;

        Held(String batch, String holder, String category, long face) {
            this.batch = batch;
            this.holder = holder;
            this.category = category;
            this.face = face;
        }

        boolean is(VoucherStatus... any) {
            return List.of(any).contains(status);
        }

        /** Where the rest of the face is. */
        long on(VoucherStatus... any) {
            return is(any) ? face - back - redeemed : 0;
        }
    }

    static final class Cycle {
        long available;
        long lapsed;
        int taken;
        String phase = "OPEN";

        Cycle(long budget) {
            available = budget;
        }
    }

    private static final class Claimed {
        final Map<String, Long> items = new TreeMap<>();
        boolean reconciled;
        boolean withdrawn;
    }

    final Map<String, Cycle> cycles = new TreeMap<>();
    final Map<String, Held> vouchers = new TreeMap<>();
    final Map<String, Integer> counts = new HashMap<>();
    final Map<String, Long> merchants = new HashMap<>();
    private final Set<String> purchases = new HashSet<>();
    private final Map<String, Claimed> claims = new HashMap<>();
    private final boolean expiryFreesTheCount;
    private final long merchantCap;
    Instant now = ConsumptionTerms.FROM;

    CycleModel(boolean expiryFreesTheCount, long merchantCap, long budget) {
        this.expiryFreesTheCount = expiryFreesTheCount;
        this.merchantCap = merchantCap;
        cycles.put("B1", new Cycle(budget));
        cycles.put("B2", new Cycle(budget));
    }

    static String count(String batch, String holder, String category) {
        return batch + " " + holder + " " + category;
    }

    /** The live items of a claim. */
    List<String> items(String claim) {
        return List.copyOf(claims.get(claim).items.keySet());
    }

    private boolean before(Instant deadline) {
        return now.isBefore(deadline);
    }

    /** Must it be accepted? */
    boolean admits(Command command) {
        return switch (command) {
            case TakeVoucher c -> {
                Cycle cycle = cycles.get(c.batchId());
                boolean offered = c.category().equals(CATERING)
                        ? c.faceFen() == SMALL || c.faceFen() == LARGE
                        : c.faceFen() == SMALL;
                int most = c.category().equals(CATERING) ? 2 : 3;
                yield cycle.phase.equals("OPEN")
                        && before(ConsumptionTerms.UNTIL)
                        && offered
                        && counts.getOrDefault(count(c.batchId(), c.holderRef(), c.category()), 0) < most
                        && c.faceFen() <= cycle.available;
            }
            case UseVoucher c -> {
                Held v = vouchers.get(c.voucherId());
                yield v.is(VoucherStatus.ISSUED)
                        && before(ConsumptionTerms.VALID_UNTIL)
                        && c.purchaseFen() >= (v.face == LARGE ? 20_000 : 10_000)
                        && merchants.getOrDefault(c.providerId(), 0L) + v.face <= merchantCap
                        && !purchases.contains(c.providerId() + c.purchaseReference());
            }
            case UndoPurchase c -> {
                Held v = vouchers.get(c.voucherId());
                yield v.is(VoucherStatus.ACCEPTED) && !v.everClaimed;
            }
            case ReturnVoucher c ->
                vouchers.get(c.voucherId()).is(VoucherStatus.ISSUED) && before(ConsumptionTerms.VALID_UNTIL);
            case RecoverVoucher c -> {
                Held v = vouchers.get(c.voucherId());
                yield v.is(VoucherStatus.ISSUED) && !before(ConsumptionTerms.VALID_UNTIL)
                        || v.is(VoucherStatus.ACCEPTED) && !before(ConsumptionTerms.REDEMPTION_UNTIL);
            }
            case RevokeForCause c ->
                !vouchers.get(c.voucherId()).is(VoucherStatus.REDEEMED, VoucherStatus.RETURNED, VoucherStatus.REVOKED);
            case SubmitClaim c ->
                before(ConsumptionTerms.REDEMPTION_UNTIL)
                        && c.voucherIds().stream()
                                .map(vouchers::get)
                                .allMatch(v -> v.is(VoucherStatus.ACCEPTED)
                                        && v.merchant.equals(c.providerId())
                                        && v.batch.equals(c.batchId()));
            case WithdrawClaim c -> !claims.get(c.claimId()).withdrawn && !claims.get(c.claimId()).reconciled;
            case ReconcileClaim c -> {
                Claimed claim = claims.get(c.claimId());
                Set<String> named = new HashSet<>();
                c.items().forEach(item -> named.add(item.voucherId()));
                yield !claim.withdrawn
                        && !claim.reconciled
                        && named.equals(claim.items.keySet())
                        && c.items().stream().allMatch(item -> item.approvedFen() <= claim.items.get(item.voucherId()));
            }
            case SettleItems c -> {
                Claimed claim = claims.get(c.claimId());
                yield c.voucherIds().stream()
                        .allMatch(id -> claim.items.containsKey(id)
                                && vouchers.get(id).is(VoucherStatus.PUBLISHED)
                                && vouchers.get(id).approved > 0);
            }
            case EndNotice c -> {
                Claimed claim = claims.get(c.claimId());
                yield c.voucherIds().stream()
                        .allMatch(id -> claim.items.containsKey(id)
                                && vouchers.get(id).is(VoucherStatus.PUBLISHED)
                                && vouchers.get(id).approved == 0);
            }
            case EndApplications c -> cycles.get(c.batchId()).phase.equals("OPEN") && !before(ConsumptionTerms.UNTIL);
            case CloseBatch c ->
                cycles.get(c.batchId()).phase.equals("ENDED") && !before(ConsumptionTerms.REDEMPTION_UNTIL);
            default -> throw new IllegalArgumentException("not of this model: " + command);
        };
    }

    /** What it brings about, once it was accepted. */
    void happened(Command command) {
        switch (command) {
            case TakeVoucher c -> {
                Cycle cycle = cycles.get(c.batchId());
                cycle.available -= c.faceFen();
                counts.merge(count(c.batchId(), c.holderRef(), c.category()), 1, Integer::sum);
                vouchers.put(
                        c.batchId() + "-T" + ++cycle.taken,
                        new Held(c.batchId(), c.holderRef(), c.category(), c.faceFen()));
            }
            case UseVoucher c -> {
                Held v = vouchers.get(c.voucherId());
                v.status = VoucherStatus.ACCEPTED;
                v.merchant = c.providerId();
                v.reference = c.purchaseReference();
                merchants.merge(v.merchant, v.face, Long::sum);
                purchases.add(v.merchant + v.reference);
            }
            case UndoPurchase c -> {
                Held v = vouchers.get(c.voucherId());
                v.status = VoucherStatus.ISSUED;
                forgetPurchase(v, v.face);
            }
            case ReturnVoucher c -> {
                Held v = vouchers.get(c.voucherId());
                v.status = VoucherStatus.RETURNED;
                back(v, v.face);
                counts.merge(count(v.batch, v.holder, v.category), -1, Integer::sum);
            }
            case RecoverVoucher c -> {
                Held v = vouchers.get(c.voucherId());
                if (v.is(VoucherStatus.ISSUED) && expiryFreesTheCount) {
                    counts.merge(count(v.batch, v.holder, v.category), -1, Integer::sum);
                }
                revoke(v, false);
            }
            case RevokeForCause c -> {
                revoke(vouchers.get(c.voucherId()), true);
                claims.values().forEach(claim -> claim.items.remove(c.voucherId()));
            }
            case SubmitClaim c -> {
                var claim = new Claimed();
                for (String id : c.voucherIds()) {
                    claim.items.put(id, vouchers.get(id).face);
                    vouchers.get(id).status = VoucherStatus.CLAIMED;
                    vouchers.get(id).everClaimed = true;
                }
                claims.put(c.claimId(), claim);
            }
            case WithdrawClaim c -> {
                Claimed claim = claims.get(c.claimId());
                claim.withdrawn = true;
                claim.items.keySet().forEach(id -> vouchers.get(id).status = VoucherStatus.ACCEPTED);
                claim.items.clear();
            }
            case ReconcileClaim c -> {
                claims.get(c.claimId()).reconciled = true;
                for (ItemReview item : c.items()) {
                    vouchers.get(item.voucherId()).status = VoucherStatus.PUBLISHED;
                    vouchers.get(item.voucherId()).approved = item.approvedFen();
                }
            }
            case SettleItems c -> {
                for (String id : c.voucherIds()) {
                    Held v = vouchers.get(id);
                    v.status = VoucherStatus.REDEEMED;
                    v.redeemed = v.approved;
                    back(v, v.face - v.approved);
                    merchants.merge(v.merchant, v.approved - v.face, Long::sum);
                }
            }
            case EndNotice c -> {
                for (String id : c.voucherIds()) {
                    claims.get(c.claimId()).items.remove(id);
                    if (before(ConsumptionTerms.REDEMPTION_UNTIL)) {
                        vouchers.get(id).status = VoucherStatus.ACCEPTED;
                    } else {
                        revoke(vouchers.get(id), false);
                    }
                }
            }
            case EndApplications c -> cycles.get(c.batchId()).phase = "ENDED";
            case CloseBatch c -> {
                Cycle cycle = cycles.get(c.batchId());
                cycle.phase = "CLOSED";
                cycle.lapsed += cycle.available;
                cycle.available = 0;
            }
            default -> throw new IllegalArgumentException("not of this model: " + command);
        }
    }

    private void revoke(Held v, boolean forCause) {
        if (!v.merchant.isEmpty()) {
            merchants.merge(v.merchant, -v.face, Long::sum);
            if (!forCause) {
                purchases.remove(v.merchant + v.reference);
            }
        }
        v.status = VoucherStatus.REVOKED;
        v.merchant = "";
        back(v, v.face);
    }

    private void forgetPurchase(Held v, long fen) {
        merchants.merge(v.merchant, -fen, Long::sum);
        purchases.remove(v.merchant + v.reference);
        v.merchant = "";
        v.reference = "";
    }

    /** Available while the window is open, else lapsed. */
    private void back(Held v, long fen) {
        v.back += fen;
        Cycle cycle = cycles.get(v.batch);
        if (cycle.phase.equals("OPEN") && before(ConsumptionTerms.UNTIL)) {
            cycle.available += fen;
        } else {
            cycle.lapsed += fen;
        }
    }
}
