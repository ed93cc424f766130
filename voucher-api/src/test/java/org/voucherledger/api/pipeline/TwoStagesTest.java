package org.voucherledger.api.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.voucherledger.api.pipeline.TestLedger.await;
import static org.voucherledger.api.pipeline.TestLedger.request;

import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.axonframework.eventhandling.DomainEventMessage;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.voucherledger.api.pipeline.TestCommand.Bind;
import org.voucherledger.api.pipeline.TestCommand.Count;
import org.voucherledger.api.pipeline.TestCommand.CountMany;
import org.voucherledger.api.pipeline.TestCommand.Look;
import org.voucherledger.api.pipeline.TestCommand.Poison;
import org.voucherledger.domain.command.Command;
import org.voucherledger.domain.party.CreditCode;
import org.voucherledger.domain.party.EnterpriseCommand.Declaration;
import org.voucherledger.domain.party.EnterpriseCommand.RegisterEnterprise;
import org.voucherledger.domain.party.Industry;
import org.voucherledger.domain.party.Size;

/** While one group waits for the lane's lock, the next is decided on the state that includes it. */
class TwoStagesTest {

    private static final String ENTERPRISE = "91440100A00000001" + CreditCode.checkCharacter("91440100A00000001");

    private final TestLedger ledger = TestLedger.fresh();

    /** Two groups, after which the lane knows that it is alone. */
    @BeforeEach
    void warm() {
        ledger.ask("warm-1", new Look("A"));
        ledger.ask("warm-2", new Look("A"));
    }

    @AfterEach
    void close() {
        ledger.close();
    }

    @Test
    void the_next_group_is_decided_on_what_the_one_before_records_and_answered_after_it() {
        var promises = inTwoGroups(
                request("k1", new Bind("A", "V1")),
                request("k2", new Bind("A", "V2")),
                request("k3", new Count("A", "V3")));

        assertThat(answers(promises)).containsExactly("accepted 1", "denied 1", "accepted 2");
        assertThat(ledger.committed).hasValue(4);
        assertThat(ledger.begun).hasValue(4);
    }

    @Test
    @DisplayName("A stream that is not in memory is read with what is being written of it, and each event is told once")
    void a_cold_stream_is_read_with_what_is_under_way() {
        ledger.ask("k0", new Count("A", "V0"));
        var promises = ledger.whileTheLaneIsHeld(() -> decidedInTwoGroups(
                () -> ledger.store.cache().removeAll(),
                request("k1", new Count("A", "V1")),
                request("k2", new Bind("A", "V2")),
                request("k3", new Count("A", "V3"))));

        assertThat(answers(promises)).containsExactly("accepted 2", "denied 2", "accepted 3");
        assertThat(ledger.sql.queryForList("select sequence from ledger.event order by position", Long.class))
                .containsExactly(0L, 1L, 2L);
    }

    @Test
    void a_key_whose_first_command_is_being_written_is_answered_alike_and_done_once() {
        var promises = inTwoGroups(
                request("k1", new Count("A", "V1")),
                request("k1", new Count("A", "V1")),
                request("k1", new Count("A", "V2")));

        assertThat(await(promises.get(1))).isEqualTo(await(promises.get(0)));
        assertThat(await(promises.get(2))).isEqualTo(new Answer.KeyReused("k1"));
        assertThat(ledger.events()).isEqualTo(1);
        assertThat(ledger.begun.get()).isEqualTo(ledger.committed.get());
    }

    @Test
    void when_a_group_fails_what_was_decided_behind_it_is_decided_again_and_the_order_is_kept() {
        ledger.sql.execute("""
                create sequence failures;
                create function fail_once() returns trigger language plpgsql as $$ begin
                    if nextval('failures') = 1 then raise exception 'planted'; end if;
                    return null;
                end $$;
                create constraint trigger failing after insert on ledger.command_answer
                    deferrable initially deferred for each row execute function fail_once();
                """);
        List<CompletableFuture<Answer>> promises;
        try {
            promises = inTwoGroups(
                    request("k1", new Bind("A", "V1")),
                    request("k2", new Bind("A", "V2")),
                    request("k3", new Count("A", "V3")));
            promises.forEach(TestLedger::await);
        } finally {
            ledger.sql.execute("drop trigger failing on ledger.command_answer; drop function fail_once();"
                    + " drop sequence failures");
        }

        assertThat(promises.stream().map(TestLedger::await).map(Object::getClass))
                .map(Class::getSimpleName)
                .containsExactly("Accepted", "Denied", "Accepted");
        assertThat(ledger.sql.queryForList(
                        "select payload ->> 'voucherId' from ledger.event order by position", String.class))
                .containsExactly("V1", "V3");
    }

    @Test
    void a_command_at_fault_behind_a_group_that_is_being_written_harms_neither() {
        var promises = inTwoGroups(
                request("k1", new Count("A", "V1")),
                request("k2", new Poison("A")),
                request("k3", new Count("A", "V3")));

        assertThat(await(promises.get(0))).isInstanceOf(Answer.Accepted.class);
        assertThat(await(promises.get(2))).isInstanceOf(Answer.Accepted.class);
        assertThat(promises.get(1)).isCompletedExceptionally();
        assertThat(ledger.sql.queryForList(
                        "select payload ->> 'voucherId' from ledger.event order by position", String.class))
                .containsExactly("V1", "V3");
    }

    @Test
    @DisplayName("What another program wrote before the lock was ours is seen, in the same transaction")
    void others_came_first() {
        try (TestLedger other = ledger.another()) {
            var theirs = new AtomicReference<CompletableFuture<Answer>>();
            var promises = ledger.whileTheLaneIsHeld(() -> {
                theirs.set(other.submit("o1", new Bind("A", "theirs")));
                ledger.awaitWaiting(1);
                return decidedInTwoGroups(
                        () -> {}, request("k1", new Bind("A", "ours")), request("k2", new Count("A", "ours")));
            });

            assertThat(await(theirs.get())).isInstanceOf(Answer.Accepted.class);
            assertThat(answers(promises)).containsExactly("denied 1", "accepted 2");
            assertThat(ledger.begun.get() - ledger.committed.get()).isZero();
            assertThat(other.begun.get() - other.committed.get()).isZero();
        }
    }

    @Test
    @DisplayName("A refusal of another program leaves no event, and its key is known all the same")
    void others_refused_meanwhile() {
        ledger.ask("k0", new Count("A", "V0"));
        try (TestLedger other = ledger.another()) {
            var promises = ledger.whileTheLaneIsHeld(() -> {
                var first = other.submit("k1", new Bind("A", "V1"));
                ledger.awaitWaiting(1);
                var second = ledger.submit("k1", new Bind("A", "V1"));
                ledger.awaitWaiting(2);
                return List.of(first, second);
            });

            assertThat(await(promises.get(1))).isInstanceOf(Answer.Denied.class).isEqualTo(await(promises.get(0)));
            assertThat(ledger.begun.get() - ledger.committed.get()).isZero();
        }
    }

    @Test
    @DisplayName("What got in between, decided ahead before the group before it was decided again, is void")
    void decided_without_those_before() {
        Decided ahead = decided(received("k1", new Bind("A", "V1")));
        ledger.desk.forget();
        Decided inBetween = decided(received("k2", new Bind("A", "V2")));

        Decided anew = ledger.desk.decideAnew(ahead.commands());

        assertThat(List.of(ledger.desk.stands(ahead), ledger.desk.stands(inBetween), ledger.desk.stands(anew)))
                .containsExactly(false, false, true);
        assertThat(((DomainEventMessage<?>) anew.events().getFirst()).getSequenceNumber())
                .isZero();
    }

    @Test
    @DisplayName("A group becomes durable while the next one is still being decided")
    void neither_stage_waits_for_the_other() {
        int before = ledger.committed.get();
        var turn = new AtomicInteger();
        var queued = new CountDownLatch(1);
        ledger.deciding = requests -> {
            switch (turn.incrementAndGet()) {
                case 1 -> awaitOpen(queued);
                case 2 -> TestLedger.awaitTrue(() -> ledger.committed.get() > before);
                default -> {}
            }
        };
        var promises = ledger.whileTheLaneIsHeld(() -> {
            var first = ledger.submit("k1", new Count("A", "V1"));
            TestLedger.awaitTrue(() -> turn.get() == 1);
            var second = ledger.submit("k2", new Count("A", "V2"));
            queued.countDown();
            TestLedger.awaitTrue(() -> turn.get() == 2);
            return List.of(first, second);
        });

        assertThat(answers(promises)).containsExactly("accepted 1", "accepted 2");
    }

    @Test
    @DisplayName("What was read ahead and has been continued by another program since is read again")
    void read_ahead_and_continued_by_others() {
        Received ours = received(registration("k1"));
        ledger.desk.isDurable(ledger.desk.decide(List.of(received("k0", new Look("A"))), List.of(ours)));
        try (TestLedger other = ledger.another()) {
            assertThat(await(other.pipeline.submit(registration("o1")))).isInstanceOf(Answer.Accepted.class);
        }
        ledger.desk.othersWrote(List.of("enterprise:" + ENTERPRISE));

        assertThat(ledger.desk.decideAnew(List.of(ours)).events()).isEmpty();
    }

    @Test
    @DisplayName("What is still being written is not read ahead, since its end would be missing")
    void read_ahead_while_it_is_written() {
        var looks = Stream.concat(
                        IntStream.range(0, GroupCommitPipeline.GROUP).mapToObj(i -> request("l" + i, new Look("A"))),
                        Stream.of(registration("k2")))
                .toArray(CommandRequest[]::new);
        var promises = ledger.whileTheLaneIsHeld(
                () -> decidedInTwoGroups(() -> ledger.store.cache().removeAll(), registration("k1"), looks));

        assertThat(await(promises.getFirst())).isInstanceOf(Answer.Accepted.class);
        assertThat(await(promises.getLast())).isInstanceOf(Answer.Denied.class);
        assertThat(ledger.begun.get() - ledger.committed.get()).isZero();
    }

    private Decided decided(Received command) {
        return ledger.desk.decide(List.of(command), List.of());
    }

    private static CommandRequest registration(String key) {
        var declaration = new Declaration(
                "企业",
                "广州市",
                "天河区",
                Industry.INDUSTRY,
                20,
                1_000,
                500,
                Size.SMALL,
                true,
                LocalDate.of(2015, 3, 1),
                "handler-1",
                1);
        return new CommandRequest(TestLedger.OPERATOR, key, "body", new RegisterEnterprise(ENTERPRISE, declaration));
    }

    private static Received received(String key, Command command) {
        return received(request(key, command));
    }

    private static Received received(CommandRequest request) {
        return new Received(request, Instant.parse("2020-04-01T02:00:00Z"), new CompletableFuture<>());
    }

    @Test
    void what_is_left_of_a_group_that_records_much_goes_before_what_came_later() {
        var promises = inTwoGroups(
                request("k1", new Look("A")),
                IntStream.range(0, 5)
                        .mapToObj(i -> request("m" + i, new CountMany("A", 600)))
                        .toArray(CommandRequest[]::new));

        assertThat(promises.stream().map(TestLedger::await)).allMatch(Answer.Accepted.class::isInstance);
        assertThat(ledger.sql.queryForList(
                        "select count(*) from ledger.domain_event group by xmin::text order by min(global_index)",
                        Long.class))
                .containsExactly(1_200L, 1_200L, 600L);
        assertThat(ledger.sql.queryForList(
                        "select idempotency_key from ledger.command_answer where idempotency_key like 'm%' order by id",
                        String.class))
                .containsExactly("m0", "m1", "m2", "m3", "m4");
    }

    private List<CompletableFuture<Answer>> inTwoGroups(CommandRequest first, CommandRequest... second) {
        return ledger.whileTheLaneIsHeld(() -> decidedInTwoGroups(() -> {}, first, second));
    }

    /**
     * The first command is a group and waits for the lane's lock; behind it the others are a group that is decided, which is when
     * this ends.
     *
     * @param between done when the first has been decided
     */
    private List<CompletableFuture<Answer>> decidedInTwoGroups(
            Runnable between, CommandRequest first, CommandRequest... second) {
        var turn = new AtomicInteger();
        var queued = new CountDownLatch(1);
        var decided = new CountDownLatch(1);
        ledger.deciding = requests -> {
            switch (turn.incrementAndGet()) {
                case 1 -> awaitOpen(queued);
                case 2 -> {
                    between.run();
                    decided.countDown();
                }
                default -> {}
            }
        };
        var before = ledger.pipeline.submit(first);
        TestLedger.awaitTrue(() -> turn.get() == 1);
        var promises = Stream.concat(Stream.of(before), Stream.of(second).map(ledger.pipeline::submit))
                .toList();
        queued.countDown();
        awaitOpen(decided);
        return promises;
    }

    private static void awaitOpen(CountDownLatch latch) {
        TestLedger.awaitTrue(() -> latch.getCount() == 0);
    }

    /** What was answered, and behind how many events. */
    private List<String> answers(List<CompletableFuture<Answer>> promises) {
        promises.forEach(TestLedger::await);
        long first = ledger.number("select min(global_index) from ledger.domain_event");
        return promises.stream()
                .map(TestLedger::await)
                .map(answer -> switch (answer) {
                    case Answer.Accepted accepted -> "accepted " + (accepted.position() - first + 1);
                    case Answer.Denied denied -> "denied " + (denied.position() - first + 1);
                    case Answer other -> other.toString();
                })
                .toList();
    }
}
