package org.voucherledger.domain.cloud;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * The cloud voucher of the rulebook in plain maps and numbers: what may be done, and where the money is. It shares no code with
 * the ledger. Each step answers whether the rulebook allows it; a step that is not allowed changes nothing. Amounts in fen,
 * times as minutes.
 */
final class CloudModel {

    enum Status {
        RESERVED,
        ISSUED,
        CLAIMED,
        REVIEWED,
        PUBLISHED,
        REDEEMED,
        RETURNED,
        REVOKED,
        WITHDRAWN,
        NOT_ADMITTED
    }

    static final class Batch {
        long budget;
        long available;
        long lapsed;
        boolean ended;
        boolean closed;
        long lastPosition;
        long claims;
    }

    static final class Voucher {
        String id;
        String batch;
        String provider;
        String enterprise;
        boolean pilot;
        long position;
        long share;
        long contract;
        long face;
        long held;
        long claimed;
        long redeemed;
        long back;
        Status status;
        long approved;
        long claimNumber;
        String claim;
        long noticeEnds;
    }

    final Map<String, Batch> batches = new LinkedHashMap<>();
    final Map<String, Voucher> vouchers = new LinkedHashMap<>();
    final Map<String, Long> reserved = new LinkedHashMap<>();
    final Map<String, Long> taken = new LinkedHashMap<>();
    final Map<String, Long> limits = new LinkedHashMap<>();
    final Map<String, Long> pending = new LinkedHashMap<>();
    final Map<String, Long> charged = new LinkedHashMap<>();
    long unallocated;

    private final long applyFrom;
    private final long applyUntil;
    private final long redeemFrom;
    private final long redeemUntil;
    private final long keptBasisPoints;
    private final int mostWaiting;

    CloudModel(
            long fund,
            long applyFrom,
            long applyUntil,
            long redeemFrom,
            long redeemUntil,
            long keptBasisPoints,
            int mostWaiting) {
        this.unallocated = fund;
        this.applyFrom = applyFrom;
        this.applyUntil = applyUntil;
        this.redeemFrom = redeemFrom;
        this.redeemUntil = redeemUntil;
        this.keptBasisPoints = keptBasisPoints;
        this.mostWaiting = mostWaiting;
    }

    void opens(String id, long budget) {
        var batch = new Batch();
        batch.budget = budget;
        batch.available = budget;
        unallocated -= budget;
        batches.put(id, batch);
    }

    private List<Voucher> of(String batch) {
        return vouchers.values().stream().filter(v -> v.batch.equals(batch)).toList();
    }

    private long waitingOf(String enterprise) {
        return vouchers.values().stream()
                .filter(v -> v.enterprise.equals(enterprise) && v.status == Status.RESERVED)
                .count();
    }

    // ---- applying and vetting

    boolean applies(
            String batchId, String enterprise, boolean pilot, String provider, long contract, long share, long now) {
        Batch batch = batches.get(batchId);
        long face = contract * share / 10_000;
        long byPilots = of(batchId).stream()
                .filter(v -> v.pilot && v.status != Status.WITHDRAWN && v.status != Status.NOT_ADMITTED)
                .mapToLong(v -> v.face)
                .sum();
        long kept = pilot ? 0 : Math.max(0, batch.budget * keptBasisPoints / 10_000 - byPilots);
        boolean allowed = !batch.ended
                && !batch.closed
                && now >= applyFrom
                && now < applyUntil
                && face > 0
                && waitingOf(enterprise) < mostWaiting
                && face <= batch.available - kept
                && reserved.get(provider) + taken.get(provider) + face <= limits.get(provider);
        if (allowed) {
            var v = new Voucher();
            v.batch = batchId;
            v.position = ++batch.lastPosition;
            v.id = batchId + "-A" + v.position + "-V1";
            v.enterprise = enterprise;
            v.pilot = pilot;
            v.provider = provider;
            v.share = share;
            v.contract = contract;
            v.face = face;
            v.held = face;
            v.status = Status.RESERVED;
            vouchers.put(v.id, v);
            batch.available -= face;
            reserved.merge(provider, face, Long::sum);
            pending.merge(enterprise, face, Long::sum);
        }
        return allowed;
    }

    /** The first pilot that waits, else the first of the others; {@code null} where nobody waits. */
    Voucher next(String batch) {
        return of(batch).stream()
                .filter(v -> v.status == Status.RESERVED)
                .min(Comparator.<Voucher, Boolean>comparing(v -> !v.pilot).thenComparing(v -> v.position))
                .orElse(null);
    }

    boolean approves(Voucher v, long now) {
        if (v != next(v.batch) || now >= redeemUntil) {
            return false;
        }
        v.status = Status.ISSUED;
        pending.merge(v.enterprise, -v.face, Long::sum);
        charged.merge(v.enterprise, v.face, Long::sum);
        return true;
    }

    boolean rejects(Voucher v) {
        return v == next(v.batch) && undoes(v, Status.NOT_ADMITTED);
    }

    boolean recalls(Voucher v) {
        return v.status == Status.RESERVED && undoes(v, Status.WITHDRAWN);
    }

    private boolean undoes(Voucher v, Status status) {
        v.status = status;
        v.back = v.held;
        v.held = 0;
        batches.get(v.batch).available += v.face;
        reserved.merge(v.provider, -v.face, Long::sum);
        pending.merge(v.enterprise, -v.face, Long::sum);
        return true;
    }

    // ---- claiming

    boolean claims(Voucher v, String claim, long paid, long now) {
        long amount = Math.min(v.held, Math.min(v.contract, paid) * v.share / 10_000);
        if (v.status != Status.ISSUED || now < redeemFrom || now >= redeemUntil || amount == 0) {
            return false;
        }
        reserved.merge(v.provider, -v.held, Long::sum);
        taken.merge(v.provider, amount, Long::sum);
        goesBack(v, v.held - amount);
        v.held = 0;
        v.claimed = amount;
        v.status = Status.CLAIMED;
        v.claim = claim;
        v.claimNumber = ++batches.get(v.batch).claims;
        return true;
    }

    private void goesBack(Voucher v, long fen) {
        v.back += fen;
        batches.get(v.batch).lapsed += fen;
    }

    boolean withdrawsClaim(Voucher v) {
        return v.status == Status.CLAIMED && holdsAgain(v);
    }

    private boolean holdsAgain(Voucher v) {
        taken.merge(v.provider, -v.claimed, Long::sum);
        reserved.merge(v.provider, v.claimed, Long::sum);
        v.held = v.claimed;
        v.claimed = 0;
        v.status = Status.ISSUED;
        return true;
    }

    /** Both reviews with the same word. */
    boolean reviews(Voucher v, long approved) {
        if (v.status != Status.CLAIMED || approved > v.claimed) {
            return false;
        }
        v.approved = approved;
        v.status = Status.REVIEWED;
        return true;
    }

    boolean publishes(Voucher v, long noticeEnds) {
        if (v.status != Status.REVIEWED) {
            return false;
        }
        v.noticeEnds = noticeEnds;
        v.status = Status.PUBLISHED;
        return true;
    }

    boolean endsNotice(Voucher v, long now) {
        if (v.status != Status.PUBLISHED || v.approved > 0 || now < v.noticeEnds) {
            return false;
        }
        return now < redeemUntil ? holdsAgain(v) : revokes(v);
    }

    /** With a reason, whatever its turn: the bank had paid (CL-03). */
    boolean settles(Voucher v, long now, boolean outOfTurn) {
        if (v.status != Status.PUBLISHED || v.approved == 0 || now < v.noticeEnds) {
            return false;
        }
        boolean another = of(v.batch).stream()
                .filter(o -> o != v && o.status == Status.PUBLISHED && o.approved > 0 && now >= o.noticeEnds)
                .anyMatch(o -> o.pilot != v.pilot ? o.pilot : o.claimNumber < v.claimNumber);
        if (another && !outOfTurn) {
            return false;
        }
        taken.merge(v.provider, -(v.claimed - v.approved), Long::sum);
        goesBack(v, v.claimed - v.approved);
        v.claimed = 0;
        v.redeemed = v.approved;
        v.status = Status.REDEEMED;
        return true;
    }

    boolean bounces(Voucher v) {
        if (v.status != Status.REDEEMED) {
            return false;
        }
        v.claimed = v.redeemed;
        v.redeemed = 0;
        v.status = Status.PUBLISHED;
        return true;
    }

    // ---- ending

    boolean returns(Voucher v, long now) {
        if (v.status != Status.ISSUED || now >= redeemUntil) {
            return false;
        }
        charged.merge(v.enterprise, -v.held, Long::sum);
        return ends(v, Status.RETURNED);
    }

    boolean recovers(Voucher v, long now) {
        return v.status == Status.ISSUED && now >= redeemUntil && revokes(v);
    }

    boolean revokesForCause(Voucher v) {
        boolean alive = List.of(Status.ISSUED, Status.CLAIMED, Status.REVIEWED, Status.PUBLISHED)
                .contains(v.status);
        return alive && revokes(v);
    }

    private boolean revokes(Voucher v) {
        return ends(v, Status.REVOKED);
    }

    private boolean ends(Voucher v, Status status) {
        reserved.merge(v.provider, -v.held, Long::sum);
        taken.merge(v.provider, -v.claimed, Long::sum);
        goesBack(v, v.held + v.claimed);
        v.held = 0;
        v.claimed = 0;
        v.status = status;
        return true;
    }

    // ---- the bureau

    boolean moves(String from, String to, long fen) {
        Batch a = batches.get(from);
        Batch b = batches.get(to);
        if (from.equals(to) || a.closed || b.closed || fen > a.available) {
            return false;
        }
        a.available -= fen;
        a.budget -= fen;
        b.available += fen;
        b.budget += fen;
        return true;
    }

    boolean takesBack(String id, boolean lapsed, long fen) {
        Batch batch = batches.get(id);
        if (fen > (lapsed ? batch.lapsed : batch.available)) {
            return false;
        }
        if (lapsed) {
            batch.lapsed -= fen;
        } else {
            batch.available -= fen;
        }
        batch.budget -= fen;
        unallocated += fen;
        return true;
    }

    boolean raises(String id, long fen) {
        Batch batch = batches.get(id);
        if (batch.closed || fen > unallocated) {
            return false;
        }
        batch.available += fen;
        batch.budget += fen;
        unallocated -= fen;
        return true;
    }

    boolean endsApplications(String id, long now) {
        Batch batch = batches.get(id);
        boolean allowed = !batch.ended && !batch.closed && now >= applyUntil;
        batch.ended |= allowed;
        return allowed;
    }

    boolean closes(String id, long now) {
        Batch batch = batches.get(id);
        boolean allowed = batch.ended
                && !batch.closed
                && now >= redeemUntil
                && of(id).stream().allMatch(v -> v.held + v.claimed == 0);
        if (allowed) {
            batch.lapsed += batch.available;
            batch.available = 0;
            batch.closed = true;
        }
        return allowed;
    }

    /** ALL-03, for each batch; the text of the first equation that does not hold, or {@code null}. */
    String imbalance() {
        var wrong = new ArrayList<String>();
        batches.forEach((id, b) -> {
            long alive = of(id).stream()
                    .mapToLong(v -> v.held + v.claimed + v.redeemed)
                    .sum();
            if (b.available + b.lapsed + alive != b.budget || b.available < 0 || b.lapsed < 0) {
                wrong.add(id + ": " + b.available + " + " + b.lapsed + " + " + alive + " != " + b.budget);
            }
        });
        return wrong.stream().filter(Objects::nonNull).findFirst().orElse(null);
    }
}
