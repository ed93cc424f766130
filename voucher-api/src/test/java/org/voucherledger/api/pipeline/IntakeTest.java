package org.voucherledger.api.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.voucherledger.api.pipeline.TestLedger.request;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.voucherledger.api.pipeline.TestCommand.Look;

class IntakeTest {

    private static final Instant START = Instant.parse("2020-04-01T01:00:00Z");

    @Test
    @DisplayName("GZ-10: stamps never go back along the queue, whatever the clock does and however many ask at once")
    void stamps_are_monotone() throws Exception {
        var random = new Random(20200401);
        LedgerClock jumping = () -> {
            synchronized (random) {
                return START.plusMillis(random.nextInt(10_000));
            }
        };
        var intake = new Intake(jumping, 10_000, START);

        try (var clients = Executors.newFixedThreadPool(8)) {
            List<Future<?>> asked = new ArrayList<>();
            for (int client = 0; client < 8; client++) {
                asked.add(clients.submit(() -> {
                    for (int i = 0; i < 500; i++) {
                        intake.admit(request("k", new Look("A")));
                    }
                }));
            }
            for (Future<?> done : asked) {
                done.get();
            }
        }

        assertThat(intake.rest()).hasSize(4_000).extracting(Received::at).isSorted();
    }

    @Test
    @DisplayName("GZ-10: after a restart no stamp lies before one that was given")
    void stamps_go_on_after_a_restart() {
        var intake = new Intake(() -> START, 1, START.plusSeconds(5));

        intake.admit(request("k", new Look("A")));

        assertThat(intake.rest()).extracting(Received::at).containsExactly(START.plusSeconds(5));
    }

    @Test
    void a_full_queue_takes_and_stamps_nothing() throws Exception {
        var intake = new Intake(() -> START, 2, START);
        intake.admit(request("k1", new Look("A")));
        intake.admit(request("k2", new Look("A")));

        assertThat(intake.admit(request("k3", new Look("A")))).isEmpty();

        assertThat(intake.next(10)).hasSize(2);
        assertThat(intake.admit(request("k3", new Look("A")))).isPresent();
    }

    @Test
    void groups_are_bounded_and_end_when_it_is_closed() throws Exception {
        var intake = new Intake(() -> START, 10, START);
        for (int i = 0; i < 5; i++) {
            intake.admit(request("k" + i, new Look("A")));
        }
        intake.close();

        assertThat(intake.admit(request("late", new Look("A")))).isEmpty();
        assertThat(intake.next(3)).hasSize(3);
        assertThat(intake.next(3)).hasSize(2);
        assertThat(intake.next(3)).isEmpty();
    }
}
