package org.voucherledger.api.settlementimport;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.voucherledger.api.pipeline.Answer;
import org.voucherledger.api.pipeline.CommandPipeline;
import org.voucherledger.api.pipeline.CommandRequest;
import org.voucherledger.api.pipeline.OutcomeUnknown;
import org.voucherledger.api.security.Asker;
import org.voucherledger.api.settlementimport.Finding.Kind;
import org.voucherledger.api.settlementimport.Reconciliation.Payment;
import org.voucherledger.domain.command.Actor;
import org.voucherledger.domain.command.Role;
import org.voucherledger.domain.redemption.ClaimCommand.SettleItems;
import org.voucherledger.domain.rule.Check;
import org.voucherledger.domain.rule.Rule;

class SettlementsTest {

    private static final Asker CASHIER = new Asker(Actor.of("cashier-1", Role.OPERATOR), "");

    /** Takes so many at a time; what it holds is answered when somebody waits for it, in the order in which it came. */
    private static class SmallQueue implements CommandPipeline {

        private final int room;
        private final List<Runnable> held = new ArrayList<>();
        private final Map<String, Answer> answers = new LinkedHashMap<>();
        final List<String> done = new ArrayList<>();
        private int most;
        private int taken;
        private int limit = Integer.MAX_VALUE;

        SmallQueue(int room) {
            this.room = room;
        }

        /** Others fill the queue after so many more. */
        SmallQueue fullAfter(int more) {
            limit = taken + more;
            return this;
        }

        @Override
        public CompletableFuture<Answer> submit(CommandRequest request) {
            Answer before = answers.get(request.idempotencyKey());
            if (before != null) {
                return CompletableFuture.completedFuture(before);
            }
            if (held.size() >= room || taken >= limit) {
                return CompletableFuture.completedFuture(new Answer.Overloaded(1));
            }
            taken++;
            var answer = new CompletableFuture<Answer>() {
                @Override
                public Answer get(long timeout, java.util.concurrent.TimeUnit unit)
                        throws InterruptedException, java.util.concurrent.ExecutionException,
                                java.util.concurrent.TimeoutException {
                    drain();
                    return super.get(timeout, unit);
                }
            };
            held.add(() -> {
                String claimId = ((SettleItems) request.command()).claimId();
                var outcome = outcome(claimId);
                if (outcome instanceof Answer known) {
                    answers.put(request.idempotencyKey(), known);
                    answer.complete(known);
                } else if (outcome instanceof Throwable fault) {
                    answer.completeExceptionally(fault);
                }
            });
            most = Math.max(most, held.size());
            return answer;
        }

        Object outcome(String claimId) {
            done.add(claimId);
            return new Answer.Accepted("null", done.size(), Instant.EPOCH);
        }

        private void drain() {
            held.forEach(Runnable::run);
            held.clear();
        }
    }

    private static List<Payment> payments(int many) {
        return IntStream.rangeClosed(1, many)
                .mapToObj(i -> new BankLine(i + 1, "C" + i, "V" + i, 100, "YH-" + i, null, "", List.of()))
                .map(line -> new Payment(line.claimId(), line.bankReference(), null, "", List.of(line)))
                .toList();
    }

    private static List<Kind> settle(CommandPipeline pipeline, List<Payment> payments, int atOnce) {
        var found = new Settlements(pipeline, atOnce, Duration.ZERO).settle(payments, CASHIER, "attempt-1");
        return new TreeMap<>(found).values().stream().map(Finding::kind).toList();
    }

    private static List<String> claims(int many) {
        return IntStream.rangeClosed(1, many).mapToObj(i -> "C" + i).toList();
    }

    @ParameterizedTest
    @ValueSource(ints = {4, 5, 9, 10, 11})
    @DisplayName("GZ-43: a file of more payments than the queue holds is settled in waves, in its order")
    void inWaves(int many) {
        var queue = new SmallQueue(5);
        assertThat(settle(queue, payments(many), 5)).isEqualTo(Collections.nCopies(many, Kind.SETTLED));
        assertThat(queue.done).isEqualTo(claims(many));
        assertThat(queue.most).isEqualTo(Math.min(many, 5));
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 4, 5, 6, 11})
    @DisplayName(
            "GZ-43: when the queue is full nothing behind is asked, each line says so, and the same key settles the rest once")
    void overloaded(int taken) {
        var queue = new SmallQueue(5).fullAfter(taken);
        var first = settle(queue, payments(12), 5);
        assertThat(first.subList(0, taken)).containsOnly(taken == 0 ? new Kind[0] : new Kind[] {Kind.SETTLED});
        assertThat(first.subList(taken, 12)).hasSize(12 - taken).containsOnly(Kind.NOT_ASKED);
        assertThat(queue.done).isEqualTo(claims(taken));

        queue.fullAfter(100);
        assertThat(settle(queue, payments(12), 5)).isEqualTo(Collections.nCopies(12, Kind.SETTLED));
        assertThat(queue.done).as("each once, in order").isEqualTo(claims(12));
    }

    @Test
    @DisplayName("GZ-43: what is refused is told with its rule, and hides nothing that was settled before or after")
    void refused() {
        var refusal = Rule.GZ_43.holds(Check.STATE, "ItemRejected", false, "an approved item", "rejected", "V2");
        var queue = new SmallQueue(5) {
            @Override
            Object outcome(String claimId) {
                return claimId.equals("C2") ? new Answer.Denied(refusal, 1, Instant.EPOCH) : super.outcome(claimId);
            }
        };
        assertThat(settle(queue, payments(7), 5).subList(0, 3))
                .containsExactly(Kind.SETTLED, Kind.NOT_PAYABLE, Kind.SETTLED);
        assertThat(queue.done).hasSize(6).doesNotContain("C2");
    }

    @Test
    @DisplayName("GZ-43: what is not answered in time, or failed, is told as that, and no further wave is asked")
    void notAnswered() {
        var queue = new SmallQueue(2) {
            @Override
            Object outcome(String claimId) {
                return switch (claimId) {
                    case "C3" -> "silence";
                    case "C4" -> new IllegalStateException("the disk is full");
                    default -> super.outcome(claimId);
                };
            }
        };
        assertThat(settle(queue, payments(6), 2))
                .containsExactly(
                        Kind.SETTLED, Kind.SETTLED, Kind.NOT_KNOWN, Kind.NOT_RECORDED, Kind.NOT_ASKED, Kind.NOT_ASKED);
        assertThat(settle(
                        new SmallQueue(2) {
                            @Override
                            Object outcome(String claimId) {
                                return new OutcomeUnknown("the connection was lost", null);
                            }
                        },
                        payments(1),
                        2))
                .containsExactly(Kind.NOT_KNOWN);
    }
}
