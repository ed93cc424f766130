package org.voucherledger.api.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.voucherledger.api.pipeline.TestLedger.request;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.voucherledger.api.pipeline.TestCommand.Look;
import org.voucherledger.domain.batch.BatchCommand.Apply;
import org.voucherledger.domain.batch.BatchCommand.CloseBatch;
import org.voucherledger.domain.batch.BatchCommand.EndApplications;
import org.voucherledger.domain.batch.BatchCommand.GrantApplications;
import org.voucherledger.domain.command.Actor;
import org.voucherledger.domain.command.Command;
import org.voucherledger.domain.command.Role;
import org.voucherledger.domain.party.ProviderCommand.VerifyProvider;
import org.voucherledger.domain.voucher.VoucherCommand.ConfirmOrder;

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

    @Test
    @DisplayName("GZ-10: behind a rush of 5,000 on one batch, who applies to another is taken in the next group")
    void a_rush_on_one_batch_does_not_hold_up_another() {
        var intake = new Intake(() -> START, 10_000, START);
        for (int i = 0; i < 5_000; i++) {
            intake.admit(apply("A", "E" + i));
        }
        intake.admit(apply("B", "other"));

        assertThat(commands(intake.waiting(64)))
                .contains(applying("B", "other"))
                .hasSize(64);
        assertThat(commands(intake.rest()))
                .containsExactlyElementsOf(IntStream.range(63, 5_000)
                        .mapToObj(i -> applying("A", "E" + i))
                        .toList());
    }

    @Test
    @DisplayName("The batches take turns from group to group, however many there are")
    void batches_take_turns() {
        var intake = new Intake(() -> START, 10_000, START);
        for (int i = 0; i < 60; i++) {
            intake.admit(apply("B" + i % 6, "E" + i));
        }

        for (int group = 0; group < 15; group++) {
            int first = group * 4;
            assertThat(commands(intake.waiting(4)))
                    .containsExactlyElementsOf(IntStream.range(first, first + 4)
                            .mapToObj(i -> applying("B" + i % 6, "E" + i))
                            .toList());
        }
    }

    @Test
    @DisplayName("GZ-10: a window ends behind every application to it that was received before")
    void the_end_of_a_window_waits() {
        var intake = new Intake(() -> START, 100, START);
        intake.admit(apply("A", "E1"));
        intake.admit(apply("A", "E2"));
        intake.admit(asked(new EndApplications("A")));
        intake.admit(asked(new EndApplications("B")));

        assertThat(commands(intake.rest()))
                .containsExactly(
                        applying("A", "E1"), new EndApplications("B"), applying("A", "E2"), new EndApplications("A"));
    }

    @Test
    @DisplayName("GZ-11: what one enterprise asks for is done in the order of receipt, at whichever batches")
    void one_enterprise_keeps_its_order() {
        var intake = new Intake(() -> START, 100, START);
        intake.admit(apply("A", "E1"));
        intake.admit(apply("A", "E2"));
        intake.admit(apply("B", "E2"));
        intake.admit(apply("B", "E3"));
        intake.admit(apply("C", "E4"));

        assertThat(commands(intake.rest()))
                .containsExactly(
                        applying("A", "E1"),
                        applying("C", "E4"),
                        applying("A", "E2"),
                        applying("B", "E2"),
                        applying("B", "E3"));
    }

    @Test
    @DisplayName("What may concern anything overtakes nobody and is overtaken by nobody")
    void what_names_nothing_keeps_its_place() {
        var intake = new Intake(() -> START, 100, START);
        intake.admit(apply("A", "E1"));
        intake.admit(apply("A", "E2"));
        intake.admit(asked(new Look("anything")));
        intake.admit(apply("B", "E3"));

        assertThat(commands(intake.rest()))
                .containsExactly(applying("A", "E1"), applying("A", "E2"), new Look("anything"), applying("B", "E3"));
    }

    @Test
    @DisplayName("Everything but what comes to a window is done in the order of receipt, whatever it names")
    void steps_keep_their_order() {
        var intake = new Intake(() -> START, 100, START);
        List<Command> steps = List.of(
                new GrantApplications("A", 10),
                new ConfirmOrder("A-A1-V1"),
                new CloseBatch("B"),
                new VerifyProvider("P"),
                new ConfirmOrder("B-A1-V1"));
        steps.forEach(step -> intake.admit(asked(step)));

        assertThat(commands(intake.rest())).containsExactlyElementsOf(steps);
    }

    @Test
    @DisplayName("A step overtakes applications that it has nothing in common with, and none of its own party or batch")
    void steps_and_applications() {
        var intake = new Intake(() -> START, 100, START);
        for (int i = 1; i <= 5; i++) {
            intake.admit(apply("A", "E" + i));
        }
        intake.admit(asked(new ConfirmOrder("V1")));
        intake.admit(
                new CommandRequest(new Actor("handler", Role.ENTERPRISE, "E3"), "k", "sha", new ConfirmOrder("V2")));
        intake.admit(asked(new CloseBatch("A")));

        assertThat(commands(intake.rest()))
                .containsExactly(
                        applying("A", "E1"),
                        new ConfirmOrder("V1"),
                        applying("A", "E2"),
                        applying("A", "E3"),
                        new ConfirmOrder("V2"),
                        applying("A", "E4"),
                        applying("A", "E5"),
                        new CloseBatch("A"));
    }

    @Test
    @DisplayName("No batch takes the whole queue: who comes for another finds room")
    void one_batch_leaves_room() {
        var intake = new Intake(() -> START, 100, START);
        for (int i = 0; i < 75; i++) {
            assertThat(intake.admit(apply("A", "E" + i))).as("%d", i).isPresent();
        }
        assertThat(intake.admit(apply("A", "E75"))).isEmpty();

        int admitted = 0;
        while (intake.admit(apply("B", "F" + admitted)).isPresent()) {
            admitted++;
        }
        assertThat(admitted).isBetween(18, 19);
        assertThat(intake.admit(apply("C", "G"))).isPresent();
    }

    @Test
    @DisplayName("At random: batches and enterprises each see the order of receipt, and nobody is lost")
    void order_holds_at_random() {
        long seed = 5;
        var random = new Random(seed);
        var intake = new Intake(() -> START, 100_000, START);
        List<Apply> asked = new ArrayList<>();
        List<Command> done = new ArrayList<>();
        for (int i = 0; i < 20_000; i++) {
            var apply = new Apply("B" + random.nextInt(7), "E" + random.nextInt(50), i + 1, List.of(1L));
            asked.add(apply);
            intake.admit(asked(apply));
            if (random.nextInt(100) == 0) {
                done.addAll(commands(intake.waiting(random.nextInt(150))));
            }
        }
        done.addAll(commands(intake.rest()));

        for (Function<Apply, String> name : List.<Function<Apply, String>>of(Apply::batchId, Apply::enterpriseId)) {
            assertThat(byName(done.stream().map(Apply.class::cast).toList(), name))
                    .as("seed %d", seed)
                    .isEqualTo(byName(asked, name));
        }
    }

    private static Map<String, List<Apply>> byName(List<Apply> commands, Function<Apply, String> name) {
        return commands.stream().collect(Collectors.groupingBy(name));
    }

    private static Apply applying(String batchId, String enterpriseId) {
        return new Apply(batchId, enterpriseId, 1, List.of(1L));
    }

    private static CommandRequest apply(String batchId, String enterpriseId) {
        return new CommandRequest(
                new Actor("handler", Role.ENTERPRISE, enterpriseId), "k", "sha", applying(batchId, enterpriseId));
    }

    private static CommandRequest asked(Command command) {
        return request("k", command);
    }

    private static List<Command> commands(List<Received> received) {
        return received.stream().map(each -> each.request().command()).toList();
    }
}
