package org.voucherledger.projections.applications;

import java.time.Instant;
import java.util.Objects;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Function;
import org.voucherledger.domain.batch.BackAccount;
import org.voucherledger.domain.batch.BatchDate;
import org.voucherledger.domain.batch.BatchEvent;
import org.voucherledger.domain.batch.BatchEvent.BatchDateMoved;
import org.voucherledger.domain.batch.BatchEvent.BudgetRaised;
import org.voucherledger.domain.batch.BatchEvent.BudgetTakenBack;
import org.voucherledger.domain.batch.BatchEvent.CityQuotaMoved;
import org.voucherledger.domain.batch.BatchPhase;
import org.voucherledger.domain.batch.BatchState;
import org.voucherledger.domain.rule.Rule;
import org.voucherledger.domain.scheme.SchemeState;
import org.voucherledger.domain.scheme.SchemeTerms;
import org.voucherledger.domain.scheme.SchemeTerms.Kind;
import org.voucherledger.domain.scheme.SchemeTerms.WhenItNoLongerFits;
import org.voucherledger.projections.affected.Affected;
import org.voucherledger.projections.affected.Matter;
import org.voucherledger.projections.projection.Json;
import org.voucherledger.projections.projection.Rows;

/**
 * What a decision on a batch's budget or dates changes for its applications (ALL-06), as the queue stands: what each would be
 * granted in its turn, and until when it may wait or be withdrawn. Who will have become ineligible by then is not known.
 */
public final class MovedBudget {

    private final BatchState before;
    private final BatchState after;
    private final SchemeTerms terms;
    private final Instant at;
    private final Rows rows;
    private final Consumer<Affected> affected;

    private MovedBudget(
            BatchEvent decision,
            BatchState before,
            SchemeState scheme,
            Instant at,
            Rows rows,
            Consumer<Affected> affected) {
        this.before = before;
        this.after = before.evolve(decision);
        this.terms = scheme.terms(before.opened().schemeVersion());
        this.at = at;
        this.rows = rows;
        this.affected = affected;
    }

    /** Each application, and the batch itself, that the decision changes, given what it was taken on. */
    static void tell(
            BatchEvent decision,
            BatchState before,
            SchemeState scheme,
            Instant at,
            Rows rows,
            Consumer<Affected> affected) {
        var moved = new MovedBudget(decision, before, scheme, at, rows, affected);
        switch (decision) {
            case BudgetRaised e -> moved.money(BackAccount.AVAILABLE, Rule.GZ_15);
            case BudgetTakenBack e -> moved.money(e.from(), Rule.ALL_03);
            case CityQuotaMoved e -> moved.money(BackAccount.AVAILABLE, Rule.CL_04);
            case BatchDateMoved e -> moved.date(e.date());
            default -> throw new IllegalArgumentException("no decision of the authority: " + decision);
        }
    }

    /** Each that it would change, as the view stands; {@code views} are those that serve. */
    public static void foretell(BatchEvent decision, Instant at, Rows views, Consumer<Affected> affected) {
        views.query(
                "select state, scheme_state from {slot}.funded_batch where id = ?",
                row -> tell(
                        decision,
                        Json.read(row.getString(1), BatchState.class),
                        Json.read(row.getString(2), SchemeState.class),
                        at,
                        views,
                        affected),
                decision.batchId());
    }

    private String batchId() {
        return before.opened().batchId();
    }

    private void money(BackAccount account, Rule rule) {
        affected.accept(Affected.budget(
                batchId(),
                rule,
                before.balance(account).value(),
                after.balance(account).value()));
        Set<ApplicationOutcome> turn = stillToBeGranted();
        if (account == BackAccount.AVAILABLE && !turn.isEmpty()) {
            grants(turn, before.phase() == BatchPhase.PUBLISHED ? Rule.GZ_14 : Rule.GZ_12);
        }
    }

    /** Of which applications money that is available now is granted to some; only service vouchers go down a queue. */
    private Set<ApplicationOutcome> stillToBeGranted() {
        if (terms.kind() != Kind.SERVICE) {
            return Set.of();
        }
        return switch (before.phase()) {
            case OPEN, ENDED -> Set.of(ApplicationOutcome.QUEUED);
            case GRANTED ->
                before.opened().backfill() ? Set.of(ApplicationOutcome.QUEUED, ApplicationOutcome.WAITING) : Set.of();
            case PUBLISHED -> before.backfillIsOpen(at) ? Set.of(ApplicationOutcome.WAITING) : Set.of();
            case CLOSED -> Set.of();
        };
    }

    /** Down the order with what was available and with what is, until the granting ends in both. */
    private void grants(Set<ApplicationOutcome> turn, Rule rule) {
        var was = new Left(before.available().value(), terms.granting().whenItNoLongerFits());
        var is = new Left(after.available().value(), terms.granting().whenItNoLongerFits());
        int[] place = {0};
        WaitingApplication.inOrder(rows, batchId(), next -> {
            if (turn.contains(next.outcome())) {
                long from = was.grant(next.askedFen());
                long to = is.grant(next.askedFen());
                if (from != to) {
                    affected.accept(
                            Affected.grant(rule, batchId(), next.id(), next.enterpriseId(), place[0], from, to));
                }
            }
            place[0]++;
            return !was.ended || !is.ended;
        });
    }

    /** What is left on the way down the order; the first application that gets nothing ends it (GZ-12). */
    private static final class Left {

        private final WhenItNoLongerFits whenItNoLongerFits;
        private long leftFen;
        private boolean ended;

        Left(long leftFen, WhenItNoLongerFits whenItNoLongerFits) {
            this.leftFen = leftFen;
            this.whenItNoLongerFits = whenItNoLongerFits;
        }

        long grant(long askedFen) {
            long granted = ended ? 0 : whenItNoLongerFits.grantedFen(askedFen, leftFen);
            ended = granted == 0;
            leftFen -= granted;
            return granted;
        }
    }

    private void date(BatchDate date) {
        switch (date) {
            case APPLY_UNTIL -> {
                if (terms.kind() == Kind.SERVICE) {
                    dates(
                            ApplicationOutcome.QUEUED,
                            Matter.WITHDRAW_UNTIL,
                            Rule.GZ_10,
                            batch -> batch.date(BatchDate.APPLY_UNTIL));
                }
            }
            case BACKFILL_UNTIL, VALID_UNTIL ->
                dates(
                        ApplicationOutcome.WAITING,
                        Matter.WAIT_UNTIL,
                        Rule.GZ_14,
                        batch -> Instant.MAX.equals(batch.endOfBackfill()) ? null : batch.endOfBackfill());
            case ORDER_DEADLINE, REDEMPTION_FROM, REDEMPTION_UNTIL -> {}
        }
    }

    private void dates(ApplicationOutcome turn, Matter matter, Rule rule, Function<BatchState, Instant> bound) {
        Instant from = bound.apply(before);
        Instant to = bound.apply(after);
        if (Objects.equals(from, to)) {
            return;
        }
        int[] place = {0};
        WaitingApplication.inOrder(rows, batchId(), next -> {
            if (next.outcome() == turn) {
                affected.accept(Affected.application(
                        matter, rule, batchId(), next.id(), next.enterpriseId(), place[0], from, to));
            }
            place[0]++;
            return true;
        });
    }
}
