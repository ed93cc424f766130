package org.voucherledger.api.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.voucherledger.api.pipeline.TestLedger.await;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.voucherledger.api.pipeline.TestCommand.Bind;
import org.voucherledger.api.pipeline.TestCommand.Count;

/** Several programs on one database: the lane's lock orders them, and what one has in memory is compared with the log. */
class SeveralInstancesTest {

    private static final int COMMANDS = 700;
    private static final Duration LONGEST_SILENCE = Duration.ofMillis(500);

    @ParameterizedTest(name = "{0} instances")
    @ValueSource(ints = {2, 3})
    @DisplayName("Nothing is lost or doubled, each one's order is kept, and no transaction is wasted")
    void together(int count) {
        long seed = 26;
        var random = new Random(seed);
        List<TestLedger> instances = new ArrayList<>();
        try {
            instances.add(TestLedger.fresh());
            while (instances.size() < count) {
                instances.add(instances.getFirst().another());
            }
            List<CompletableFuture<Answer>> answers = new ArrayList<>();
            for (int i = 0; i < COMMANDS; i++) {
                String stream = "S" + random.nextInt(5);
                for (int who = 0; who < count; who++) {
                    answers.add(instances.get(who).submit(key(who, i), new Count(stream, key(who, i))));
                }
                if (i % 10 == 0) { // the same key at two of them, at once
                    answers.add(instances.getLast().submit(key(0, i), new Count(stream, key(0, i))));
                }
            }

            assertThat(answers)
                    .as("seed %d", seed)
                    .allSatisfy(answer -> assertThat(await(answer)).isInstanceOf(Answer.Accepted.class));
            TestLedger one = instances.getFirst();
            assertThat(one.events()).isEqualTo((long) count * COMMANDS);
            assertThat(one.number("select count(distinct command_id) from ledger.event"))
                    .isEqualTo((long) count * COMMANDS);
            for (int who = 0; who < count; who++) {
                assertThat(inOrder(one, who)).isEqualTo(inOrderOfAsking(who));
            }
            assertThat(instances)
                    .allSatisfy(each -> assertThat(each.begun.get()).isEqualTo(each.committed.get()))
                    .allSatisfy(each -> assertThat(each.begun).hasPositiveValue());
        } finally {
            instances.forEach(TestLedger::close);
        }
    }

    @Test
    void each_sees_at_once_what_the_others_did() {
        try (TestLedger one = TestLedger.fresh();
                TestLedger two = one.another();
                TestLedger three = one.another()) {
            for (int i = 0; i < 20; i++) {
                assertThat(one.ask("a" + i, new Bind("INV" + i, "V1"))).isInstanceOf(Answer.Accepted.class);
                assertThat(two.ask("b" + i, new Bind("INV" + i, "V2"))).isInstanceOf(Answer.Denied.class);
                assertThat(three.ask("c" + i, new Count("INV" + i, "V2"))).isInstanceOf(Answer.Accepted.class);
                assertThat(one.ask("d" + i, new Bind("INV" + i, "V1"))).isInstanceOf(Answer.Denied.class);
            }
            assertThat(one.begun.get() + two.begun.get() + three.begun.get())
                    .isEqualTo(one.committed.get() + two.committed.get() + three.committed.get());
        }
    }

    @Test
    @DisplayName(
            "A program that freezes while it holds the lane loses it after the server's time-out, and doubles nothing when it"
                    + " thaws")
    void frozen() {
        try (TestLedger frozen = TestLedger.fresh();
                TestLedger other = frozen.another()) {
            frozen.ask("f0", new Count("A", "f0"));
            var holds = new CountDownLatch(1);
            var thaws = new CountDownLatch(1);
            frozen.sql.execute("alter role current_user set idle_in_transaction_session_timeout = '"
                    + LONGEST_SILENCE.toMillis() + "ms'");
            try {
                frozen.pool.getHikariPoolMXBean().softEvictConnections();
                frozen.writing = () -> {
                    if (thaws.getCount() > 0) {
                        holds.countDown();
                        TestLedger.awaitTrue(() -> thaws.getCount() == 0);
                    }
                };
                var late = frozen.submit("f1", new Count("A", "f1"));
                TestLedger.awaitTrue(() -> holds.getCount() == 0);

                assertThat(other.ask("o1", new Count("A", "o1"))).isInstanceOf(Answer.Accepted.class);
                assertThat(late).isNotDone();

                thaws.countDown();
                assertThat(await(late)).isInstanceOf(Answer.Accepted.class);
            } finally {
                thaws.countDown();
                other.sql.execute("alter role current_user reset idle_in_transaction_session_timeout");
            }
            assertThat(other.sql.queryForList(
                            "select payload ->> 'voucherId' from ledger.event order by position", String.class))
                    .containsExactly("f0", "o1", "f1");
        }
    }

    /** Without the keys that two were asked, which may have been done by either. */
    private static List<String> inOrderOfAsking(int who) {
        return IntStream.range(0, COMMANDS)
                .filter(i -> i % 10 != 0)
                .mapToObj(i -> key(who, i))
                .toList();
    }

    private static List<String> inOrder(TestLedger ledger, int who) {
        return ledger.sql.queryForList(
                "select command_id from ledger.event where command_id like ? and command_id not like '%0'"
                        + " order by position",
                String.class, "i" + who + "-%");
    }

    private static String key(int who, int number) {
        return "i" + who + "-" + number;
    }
}
