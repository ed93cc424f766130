package org.voucherledger.api.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.voucherledger.api.pipeline.TestCommand.Bind;
import org.voucherledger.api.pipeline.TestCommand.Count;

/** Two programs on one database: the lane's lock orders them, and a cache that is behind is noticed. */
class TwoInstancesTest {

    private static final int COMMANDS = 1_000;

    @Test
    void nothing_is_lost_or_doubled_and_each_ones_order_is_kept() {
        var random = new Random(26);
        try (TestLedger one = TestLedger.fresh();
                TestLedger two = one.another()) {
            List<CompletableFuture<Answer>> answers = new ArrayList<>();
            for (int i = 0; i < COMMANDS; i++) {
                String stream = "S" + random.nextInt(5);
                answers.add(one.submit("one-" + i, new Count(stream, "one" + i)));
                answers.add(two.submit("two-" + i, new Count(stream, "two" + i)));
                if (i % 10 == 0) { // the same key at both, at once
                    answers.add(two.submit("one-" + i, new Count(stream, "one" + i)));
                }
            }

            assertThat(answers)
                    .allSatisfy(answer -> assertThat(TestLedger.await(answer)).isInstanceOf(Answer.Accepted.class));
            assertThat(one.events()).isEqualTo(2 * COMMANDS);
            assertThat(one.number("select count(distinct command_id) from ledger.event"))
                    .isEqualTo(2 * COMMANDS);
            assertThat(inOrder(one, "one")).isEqualTo(inOrderOfAsking("one"));
            assertThat(inOrder(one, "two")).isEqualTo(inOrderOfAsking("two"));
        }
    }

    @Test
    void each_sees_at_once_what_the_other_did() {
        try (TestLedger one = TestLedger.fresh();
                TestLedger two = one.another()) {
            for (int i = 0; i < 20; i++) {
                assertThat(one.ask("a" + i, new Bind("INV" + i, "V1"))).isInstanceOf(Answer.Accepted.class);
                assertThat(two.ask("b" + i, new Bind("INV" + i, "V2"))).isInstanceOf(Answer.Denied.class);
                assertThat(two.ask("c" + i, new Count("INV" + i, "V2"))).isInstanceOf(Answer.Accepted.class);
                assertThat(one.ask("d" + i, new Bind("INV" + i, "V1"))).isInstanceOf(Answer.Denied.class);
            }
        }
    }

    /** Without the keys that both were asked, which may have been done by either. */
    private static List<String> inOrderOfAsking(String who) {
        return IntStream.range(0, COMMANDS)
                .filter(i -> i % 10 != 0)
                .mapToObj(i -> who + "-" + i)
                .toList();
    }

    private static List<String> inOrder(TestLedger ledger, String who) {
        return ledger.sql.queryForList(
                "select command_id from ledger.event where command_id like ? and command_id not like '%0'"
                        + " order by position",
                String.class, who + "-%");
    }
}
