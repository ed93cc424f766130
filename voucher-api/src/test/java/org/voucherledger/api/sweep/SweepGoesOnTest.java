package org.voucherledger.api.sweep;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.voucherledger.api.sweep.PlantedWork.accepted;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.voucherledger.api.pipeline.Answer;
import org.voucherledger.api.progress.LongRun;
import org.voucherledger.domain.rule.Check;
import org.voucherledger.domain.rule.Rule;

/** Nothing that one finding, one view or one refusal does keeps a sweep from the rest. */
class SweepGoesOnTest {

    private static final String DUE = "2020-06-02T00:00:00Z";
    private static final Answer NOT_DUE = new Answer.Denied(
            Rule.GZ_30.holds(Check.DEADLINE, "NotDue", false, "due", "not due", "recovery"), 1, Instant.EPOCH);

    private final PlantedWork work = new PlantedWork();

    @AfterEach
    void close() {
        work.close();
    }

    @Test
    @DisplayName("A command that ends in a fault of the ledger is counted, and the others are recorded")
    void a_fault_ends_nothing() throws TimeoutException {
        work.vouchers(1, 3)
                .answering(request -> request.idempotencyKey().contains(" V0002:")
                        ? CompletableFuture.failedFuture(new IllegalStateException("planted"))
                        : CompletableFuture.completedFuture(accepted(1)));

        var swept = work.sweepAt(DUE);

        assertThat(swept.failed()).isEqualTo(1);
        assertThat(swept.recorded()).isEqualTo(Map.of("RecoverVoucher", 2));
    }

    @Test
    @DisplayName("A thousand findings that are refused hide nothing that stands behind them")
    void refusals_hide_nothing() throws TimeoutException {
        work.vouchers(1, DueWork.MOST_AT_ONCE + 1)
                .answering(request -> CompletableFuture.completedFuture(
                        request.idempotencyKey().contains(" V1001:") ? accepted(1) : NOT_DUE));

        var swept = work.sweepAt(DUE);

        assertThat(swept.recorded()).isEqualTo(Map.of("RecoverVoucher", 1));
        assertThat(swept.refused()).isEqualTo(DueWork.MOST_AT_ONCE);
        assertThat(work.keys()).hasSize(DueWork.MOST_AT_ONCE + 1).doesNotHaveDuplicates();
    }

    @Test
    @DisplayName("A finding that was refused is asked again from the next day in Shanghai on, and not before")
    void refused_today_asked_tomorrow() throws TimeoutException {
        work.vouchers(1, 1).answering(request -> CompletableFuture.completedFuture(NOT_DUE));

        work.sweepAt("2020-06-02T00:00:00Z");
        work.sweepAt("2020-06-02T15:59:59Z");
        work.sweepAt("2020-06-02T16:00:00Z");

        List<String> keys = work.keys();
        assertThat(keys).hasSize(3);
        assertThat(keys.get(1)).isEqualTo(keys.get(0));
        assertThat(keys.get(2)).isNotEqualTo(keys.get(0));
    }

    @Test
    @DisplayName("What a view that is stuck shows is left; what the others show is swept")
    void one_view_is_stuck() throws TimeoutException {
        work.vouchers(1, 1).batch("B1").notice("C1", "V0001").stick("claimworklist");

        var swept = work.sweepAt(DUE, Duration.ofSeconds(5));

        assertThat(swept.behind()).containsExactly("claimworklist");
        assertThat(swept.recorded()).isEqualTo(Map.of("EndApplications", 1, "RecoverVoucher", 1));
    }

    @Test
    @DisplayName("A sweep that can look at no view at all says so")
    void every_view_is_stuck() {
        work.vouchers(1, 1).stick("voucherboard", "batchboard", "claimworklist");

        assertThatThrownBy(() -> work.sweepAt(DUE, Duration.ofMillis(10)))
                .isInstanceOf(TimeoutException.class)
                .hasMessageContainingAll("voucherboard", "batchboard");
        assertThat(work.keys()).isEmpty();
    }

    @Test
    @DisplayName("What an earlier sweep recorded under the same key is not recorded again, nor counted")
    void a_repetition_is_not_counted() throws TimeoutException {
        work.vouchers(1, 2).somethingHappens();
        long head = work.head();
        work.answering(request -> CompletableFuture.completedFuture(
                accepted(request.idempotencyKey().contains(" V0001:") ? head : head + 1)));

        var swept = work.sweepAt(DUE);

        assertThat(swept.recorded()).isEqualTo(Map.of("RecoverVoucher", 1));
        assertThat(swept.position()).isEqualTo(head + 1);
    }

    @Test
    @DisplayName("However many are due, no more are under way than a few commits carry, and it is seen how far it is")
    void a_bounded_number_is_under_way() throws TimeoutException {
        int due = DueWork.MOST_AT_ONCE + 1;
        var unanswered = new AtomicInteger();
        var most = new AtomicInteger();
        var seen = new ArrayList<LongRun>();
        work.vouchers(1, due).answering(request -> {
            most.accumulateAndGet(unanswered.incrementAndGet(), Math::max);
            seen.addAll(work.underWay());
            return new CompletableFuture<>() {
                @Override
                public Answer join() {
                    unanswered.decrementAndGet();
                    return accepted(1);
                }
            };
        });

        assertThat(work.sweepAt(DUE).recorded()).isEqualTo(Map.of("RecoverVoucher", due));
        assertThat(most).hasValue(Sweep.MOST_UNDER_WAY);
        assertThat(unanswered).hasValue(0);
        assertThat(seen.getFirst()).isEqualTo(new LongRun(LongRun.Kind.SWEEPING, "recoveries", 0, due));
        assertThat(seen.getLast())
                .isEqualTo(new LongRun(LongRun.Kind.SWEEPING, "recoveries", due - Sweep.MOST_UNDER_WAY, due));
        assertThat(work.underWay()).isEmpty();
    }

    @Test
    @DisplayName(
            "GZ-14: a waiting list that takes several commands is closed by one finding, each step under its own key")
    void a_command_of_many_steps() throws TimeoutException {
        work.waitingList("B1")
                .answering(request -> CompletableFuture.completedFuture(new Answer.Accepted(
                        "{\"done\":" + (work.keys().size() == 3) + ",\"decided\":300}", 1, Instant.EPOCH)));

        assertThat(work.sweepAt(DUE).recorded()).isEqualTo(Map.of("CloseQueue", 3));
        assertThat(work.keys()).hasSize(3).doesNotHaveDuplicates();
    }
}
