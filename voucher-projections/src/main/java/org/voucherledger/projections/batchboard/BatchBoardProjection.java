package org.voucherledger.projections.batchboard;

import static org.voucherledger.projections.applications.ApplicationOutcome.GRANTED;
import static org.voucherledger.projections.applications.ApplicationOutcome.NOT_GRANTED;
import static org.voucherledger.projections.applications.ApplicationOutcome.QUEUED;
import static org.voucherledger.projections.applications.ApplicationOutcome.SKIPPED;
import static org.voucherledger.projections.applications.ApplicationOutcome.WAITING;
import static org.voucherledger.projections.applications.ApplicationOutcome.WITHDRAWN;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.UnaryOperator;
import org.voucherledger.domain.batch.BatchDate;
import org.voucherledger.domain.batch.BatchEvent;
import org.voucherledger.domain.batch.BatchEvent.ApplicationGranted;
import org.voucherledger.domain.batch.BatchEvent.ApplicationNotGranted;
import org.voucherledger.domain.batch.BatchEvent.ApplicationSkipped;
import org.voucherledger.domain.batch.BatchEvent.ApplicationWaitlisted;
import org.voucherledger.domain.batch.BatchEvent.BatchOpened;
import org.voucherledger.domain.batch.BatchEvent.BudgetRaised;
import org.voucherledger.domain.batch.BatchEvent.BudgetTakenBack;
import org.voucherledger.domain.batch.BatchEvent.CityQuotaMoved;
import org.voucherledger.domain.batch.BatchEvent.MoneyTaken;
import org.voucherledger.domain.batch.BatchState;
import org.voucherledger.domain.batch.QueueEvent;
import org.voucherledger.domain.batch.QueueEvent.ApplicationApproved;
import org.voucherledger.domain.batch.QueueEvent.ApplicationQueued;
import org.voucherledger.domain.batch.QueueEvent.ApplicationRecalled;
import org.voucherledger.domain.batch.QueueEvent.ApplicationRejected;
import org.voucherledger.domain.batch.QueueEvent.ApplicationReserved;
import org.voucherledger.domain.batch.QueueEvent.ApplicationWithdrawn;
import org.voucherledger.domain.voucher.VoucherEvent;
import org.voucherledger.domain.voucher.VoucherState;
import org.voucherledger.projections.applications.ApplicationOutcome;
import org.voucherledger.projections.projection.Documents;
import org.voucherledger.projections.projection.Json;
import org.voucherledger.projections.projection.Projection;
import org.voucherledger.projections.projection.States;
import org.voucherledger.projections.projection.Tables;
import org.voucherledger.projections.projection.Told;

/**
 * Each batch as it is now: where its budget is, its dates, and how many applications and vouchers stand where.
 *
 * <p>What is available and lapsed is the batch's own word, the other accounts are the sums over its vouchers; together they
 * are the budget (ALL-03) after every transaction, while a copy that has been told only part of one may be between the two.
 */
public final class BatchBoardProjection implements Projection {

    public static final String NAME = "batchboard";

    private static final String WRITE_BATCH = """
            insert into {slot}.batch values
              (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?::jsonb,
               ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?::json, ?::json)
            on conflict (id) do update set
              (phase, budget_fen, available_fen, held_fen, ordered_fen, paid_fen, accepted_fen, claimed_fen, redeemed_fen,
               lapsed_fen, granted_fen, applications, granted, skipped, not_granted, waiting, withdrawn, vouchers,
               vouchers_by_status, apply_until, applications_ended_at, results_due_at, published_at, late,
               order_deadline, valid_until, redemption_from, redemption_until, backfill_until, queue_closed,
               changed_at, position, state, tally) =
              (excluded.phase, excluded.budget_fen, excluded.available_fen, excluded.held_fen, excluded.ordered_fen,
               excluded.paid_fen, excluded.accepted_fen, excluded.claimed_fen, excluded.redeemed_fen,
               excluded.lapsed_fen, excluded.granted_fen, excluded.applications, excluded.granted, excluded.skipped,
               excluded.not_granted, excluded.waiting, excluded.withdrawn, excluded.vouchers,
               excluded.vouchers_by_status, excluded.apply_until, excluded.applications_ended_at,
               excluded.results_due_at, excluded.published_at, excluded.late, excluded.order_deadline,
               excluded.valid_until, excluded.redemption_from, excluded.redemption_until, excluded.backfill_until,
               excluded.queue_closed, excluded.changed_at, excluded.position, excluded.state, excluded.tally)
            """;

    private static final String WRITE_VOUCHER =
            "insert into {slot}.voucher values (?, ?::json) on conflict (id) do update set state = excluded.state";

    private static final String WRITE_APPLICATION =
            "insert into {slot}.application values (?, ?) on conflict (id) do update set outcome = excluded.outcome";

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public void tell(List<Told> events, Tables tables) {
        new Telling(events, tables).tell();
    }

    /** One batch of events and the boards it touches. */
    private static final class Telling {

        private final List<Told> events;
        private final Tables tables;
        private final States<BatchState, BatchEvent> batches;
        private final States<VoucherState, VoucherEvent> vouchers;
        private final Documents<Tally> tallies;
        private final Map<String, ApplicationOutcome> outcomes = new HashMap<>();
        private final Set<String> decided = new TreeSet<>();

        Telling(List<Told> events, Tables tables) {
            this.events = events;
            this.tables = tables;
            var batchIds = new HashSet<String>();
            var voucherIds = new HashSet<String>();
            var applicationIds = new HashSet<String>();
            for (Told told : events) {
                switch (told.event()) {
                    case VoucherEvent e -> {
                        batchIds.add(e.batchId());
                        voucherIds.add(e.voucherId());
                    }
                    case QueueEvent e -> batchIds.add(e.batchId());
                    case BatchEvent e -> batchIds.add(e.batchId());
                    default -> {}
                }
                String applicationId = applicationOf(told);
                if (applicationId != null) {
                    applicationIds.add(applicationId);
                }
            }
            batches = tables.states("batch", BatchState.class, BatchState.EMPTY, batchIds);
            vouchers = tables.states(
                    "voucher", VoucherState.class, VoucherState.EMPTY, VoucherState::withoutPapers, voucherIds);
            tallies = tables.documents("batch", "tally", Tally.class).fetch(batchIds);
            tables.read(
                    "select id, outcome from {slot}.application where id = any(?)",
                    applicationIds,
                    row -> outcomes.put(row.getString(1), ApplicationOutcome.valueOf(row.getString(2))));
        }

        private static String applicationOf(Told told) {
            return switch (told.event()) {
                case ApplicationQueued e -> e.applicationId();
                case ApplicationWithdrawn e -> e.applicationId();
                case ApplicationReserved e -> e.applicationId();
                case ApplicationApproved e -> e.applicationId();
                case ApplicationRejected e -> e.applicationId();
                case ApplicationRecalled e -> e.applicationId();
                case ApplicationGranted e -> e.applicationId();
                case ApplicationSkipped e -> e.applicationId();
                case ApplicationNotGranted e -> e.applicationId();
                case ApplicationWaitlisted e -> e.applicationId();
                default -> null;
            };
        }

        void tell() {
            for (Told told : events) {
                switch (told.event()) {
                    case VoucherEvent e -> {
                        VoucherState before = vouchers.now(e.voucherId());
                        VoucherState after = vouchers.evolve(e.voucherId(), told, e);
                        count(e.batchId(), tally -> tally.voucher(before, after).seen(told));
                    }
                    case QueueEvent e -> {
                        tell(e);
                        count(e.batchId(), tally -> tally.seen(told));
                    }
                    case BatchEvent e -> {
                        batches.evolve(e.batchId(), told, e);
                        tell(e);
                        count(e.batchId(), tally -> tally.seen(told));
                    }
                    default -> {}
                }
            }
            write();
        }

        private void tell(QueueEvent event) {
            switch (event) {
                case ApplicationQueued e -> becomes(e.batchId(), e.applicationId(), QUEUED);
                case ApplicationWithdrawn e -> becomes(e.batchId(), e.applicationId(), WITHDRAWN);
                case ApplicationReserved e -> becomes(e.batchId(), e.applicationId(), QUEUED);
                case ApplicationApproved e -> {
                    becomes(e.batchId(), e.applicationId(), GRANTED);
                    count(e.batchId(), tally -> tally.granted(e.amountFen()));
                }
                case ApplicationRejected e -> becomes(e.batchId(), e.applicationId(), NOT_GRANTED);
                case ApplicationRecalled e -> becomes(e.batchId(), e.applicationId(), WITHDRAWN);
            }
        }

        private void tell(BatchEvent event) {
            switch (event) {
                case BatchOpened e -> count(e.batchId(), tally -> tally.budget(e.budgetFen()));
                case BudgetRaised e -> count(e.batchId(), tally -> tally.budget(e.amountFen()));
                case BudgetTakenBack e -> count(e.batchId(), tally -> tally.budget(-e.amountFen()));
                case CityQuotaMoved e ->
                    count(e.batchId(), tally -> tally.budget(e.gives() ? -e.amountFen() : e.amountFen()));
                case ApplicationGranted e -> {
                    becomes(e.batchId(), e.applicationId(), GRANTED);
                    count(e.batchId(), tally -> tally.granted(e.amountFen()));
                }
                case MoneyTaken e -> count(e.batchId(), tally -> tally.granted(e.amountFen()));
                case ApplicationSkipped e -> becomes(e.batchId(), e.applicationId(), SKIPPED);
                case ApplicationNotGranted e -> becomes(e.batchId(), e.applicationId(), NOT_GRANTED);
                case ApplicationWaitlisted e -> becomes(e.batchId(), e.applicationId(), WAITING);
                default -> {}
            }
        }

        private void becomes(String batchId, String applicationId, ApplicationOutcome after) {
            ApplicationOutcome before = outcomes.put(applicationId, after);
            decided.add(applicationId);
            count(batchId, tally -> tally.application(before, after));
        }

        private void count(String batchId, UnaryOperator<Tally> change) {
            tallies.put(batchId, change.apply(tallies.getOrDefault(batchId, Tally.NONE)));
        }

        private void write() {
            var rows = new ArrayList<Object[]>();
            tallies.changed().forEach(id -> rows.add(row(id, batches.now(id), tallies.get(id))));
            tables.write(WRITE_BATCH, rows);

            var states = new ArrayList<Object[]>();
            vouchers.changed().keySet().forEach(id -> states.add(new Object[] {id, vouchers.json(id)}));
            tables.write(WRITE_VOUCHER, states);

            tables.write(
                    WRITE_APPLICATION,
                    decided.stream()
                            .map(id -> new Object[] {id, outcomes.get(id).name()})
                            .toList());
        }

        private Object[] row(String id, BatchState batch, Tally tally) {
            var opened = batch.opened();
            var ended = batch.ended();
            var published = batch.published();
            var money = tally.money();
            return new Object[] {
                id,
                opened.schemeId(),
                opened.schemeVersion(),
                opened.city(),
                batch.phase().name(),
                tally.budgetFen(),
                batch.available().value(),
                money.heldFen(),
                money.orderedFen(),
                money.paidFen(),
                money.acceptedFen(),
                money.claimedFen(),
                money.redeemedFen(),
                batch.lapsed().value(),
                tally.grantedFen(),
                tally.allApplications(),
                tally.count(GRANTED),
                tally.count(SKIPPED),
                tally.count(NOT_GRANTED),
                tally.count(WAITING),
                tally.count(WITHDRAWN),
                tally.allVouchers(),
                Json.write(tally.vouchers()),
                Tables.time(opened.applyFrom()),
                date(batch, BatchDate.APPLY_UNTIL),
                ended == null ? null : Tables.time(ended.endedAt()),
                ended == null ? null : Tables.time(ended.resultsDueAt()),
                published == null ? null : Tables.time(published.publishedAt()),
                published == null ? null : published.late(),
                date(batch, BatchDate.ORDER_DEADLINE),
                date(batch, BatchDate.VALID_UNTIL),
                date(batch, BatchDate.REDEMPTION_FROM),
                date(batch, BatchDate.REDEMPTION_UNTIL),
                opened.backfill(),
                date(batch, BatchDate.BACKFILL_UNTIL),
                batch.queueClosed(),
                Tables.time(tally.changedAt()),
                tally.position(),
                Json.write(batch),
                Json.write(tally)
            };
        }

        private static Object date(BatchState batch, BatchDate which) {
            return Tables.time(batch.date(which));
        }
    }
}
