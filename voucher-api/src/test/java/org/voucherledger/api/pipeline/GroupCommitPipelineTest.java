package org.voucherledger.api.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.voucherledger.api.pipeline.TestLedger.await;
import static org.voucherledger.api.pipeline.TestLedger.request;

import java.time.LocalDate;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.voucherledger.api.pipeline.TestCommand.AskCalendar;
import org.voucherledger.api.pipeline.TestCommand.Bind;
import org.voucherledger.api.pipeline.TestCommand.Count;
import org.voucherledger.api.pipeline.TestCommand.CountMany;
import org.voucherledger.api.pipeline.TestCommand.Exhaust;
import org.voucherledger.api.pipeline.TestCommand.Look;
import org.voucherledger.api.pipeline.TestCommand.Poison;
import org.voucherledger.api.pipeline.TestCommand.RefusedTooLate;
import org.voucherledger.api.problem.Language;
import org.voucherledger.api.problem.Problems;
import org.voucherledger.domain.batch.BatchCommand.WithdrawApplication;
import org.voucherledger.domain.command.Actor;
import org.voucherledger.domain.command.Role;
import org.voucherledger.domain.rule.Check;
import org.voucherledger.domain.rule.Rule;

class GroupCommitPipelineTest {

    private final TestLedger ledger = TestLedger.fresh();

    @AfterEach
    void close() {
        ledger.close();
    }

    @Test
    void an_accepted_command_is_answered_with_its_result_and_position() {
        Answer answer = ledger.ask("k1", new Bind("INV1", "V1"));

        assertThat(answer).isInstanceOfSatisfying(Answer.Accepted.class, accepted -> {
            assertThat(accepted.result())
                    .isEqualTo(
                            "{\"key\":\"INV1\",\"voucherId\":\"V1\",\"receivedAt\":\"" + accepted.receivedAt() + "\"}");
            assertThat(accepted.position())
                    .isEqualTo(ledger.number("select max(global_index) from ledger.domain_event"));
        });
    }

    @Test
    void the_same_key_and_body_is_answered_alike_and_done_once() {
        Answer first = ledger.ask("k1", new Bind("INV1", "V1"));
        Answer again = ledger.ask("k1", new Bind("INV1", "V1"));

        assertThat(again).isInstanceOf(Answer.Accepted.class).isEqualTo(first);
        assertThat(ledger.events()).isEqualTo(1);
    }

    @Test
    void the_same_key_with_another_body_is_refused() {
        ledger.ask("k1", new Bind("INV1", "V1"));

        assertThat(ledger.ask("k1", new Bind("INV2", "V1"))).isEqualTo(new Answer.KeyReused("k1"));
        assertThat(ledger.events()).isEqualTo(1);
    }

    @Test
    void the_same_key_on_behalf_of_another_party_is_refused() {
        var one = onBehalfOf("91440101MA59EL1111");
        var other = onBehalfOf("91440101MA5B00001X");

        var together = ledger.inOneGroup(one, other);
        assertThat(await(together.get(0))).isInstanceOf(Answer.Accepted.class);
        assertThat(await(together.get(1))).isEqualTo(new Answer.KeyReused("k1"));
        assertThat(await(ledger.pipeline.submit(other))).isEqualTo(new Answer.KeyReused("k1"));
        assertThat(await(ledger.pipeline.submit(one))).isEqualTo(await(together.get(0)));
        assertThat(ledger.events()).isEqualTo(1);
    }

    private static CommandRequest onBehalfOf(String party) {
        return new CommandRequest(new Actor("platform", Role.OPERATOR, party), "k1", "sha", new Count("A", "V1"));
    }

    @Test
    void two_actors_may_use_the_same_key() {
        ledger.ask("k1", new Bind("INV1", "V1"));
        var other = new CommandRequest(Actor.of("op-2", Role.OPERATOR), "k1", "sha", new Bind("INV2", "V1"));

        assertThat(await(ledger.pipeline.submit(other))).isInstanceOf(Answer.Accepted.class);
    }

    @Test
    void the_same_key_twice_in_one_group_is_done_once() {
        var promises = ledger.inOneGroup(
                request("k1", new Count("INV1", "V1")),
                request("k1", new Count("INV1", "V1")),
                request("k1", new Count("INV2", "V1")));

        assertThat(await(promises.get(0))).isInstanceOf(Answer.Accepted.class).isEqualTo(await(promises.get(1)));
        assertThat(await(promises.get(2))).isEqualTo(new Answer.KeyReused("k1"));
        assertThat(ledger.events()).isEqualTo(1);
    }

    @Test
    void the_same_key_is_answered_alike_after_a_restart() {
        Answer accepted = ledger.ask("k1", new Bind("INV1", "V1"));
        Answer denied = ledger.ask("k2", new Bind("INV1", "V2"));

        try (TestLedger restarted = ledger.another()) {
            assertThat(restarted.ask("k1", new Bind("INV1", "V1"))).isEqualTo(accepted);
            assertThat(restarted.ask("k2", new Bind("INV1", "V2")))
                    .isInstanceOf(Answer.Denied.class)
                    .isEqualTo(denied);
        }
        assertThat(ledger.events()).isEqualTo(1);
    }

    @Test
    void a_group_is_one_transaction_with_exact_positions() {
        var promises = ledger.inOneGroup(
                request("k1", new Count("A", "V1")),
                request("k2", new Look("A")),
                request("k3", new Count("B", "V1")),
                request("k4", new Bind("A", "V2")));

        var positions = promises.stream()
                .map(TestLedger::await)
                .map(GroupCommitPipelineTest::positionOf)
                .toList();
        long head = ledger.number("select max(global_index) from ledger.domain_event");
        assertThat(positions).containsExactly(head - 1, head - 1, head, head);
        assertThat(ledger.number("select count(distinct xmin::text) from ledger.domain_event"))
                .isEqualTo(1);
        assertThat(ledger.number("select count(*) from ledger.command_answer where xmin::text ="
                        + " (select max(xmin::text) from ledger.domain_event)"))
                .isEqualTo(4);
    }

    @Test
    @DisplayName(
            "ALL-04: an event keeps what its own command was decided by, and nothing of its neighbours in the group")
    void an_event_keeps_its_decisions() {
        ledger.inOneGroup(
                        request("k1", new Bind("A", "V1")),
                        request("k2", new Bind("A", "V2")),
                        request("k3", new CountMany("B", 2)))
                .forEach(TestLedger::await);

        assertThat(ledger.sql.queryForList(
                        "select metadata ->> 'decisions' from ledger.event order by position", String.class))
                .containsExactly(
                        "[[\"ALL-04\", \"RoleNotAllowed\", \"[OPERATOR]\", \"OPERATOR\", \"Bind\"],"
                                + " [\"ALL-04\", \"NotTheParty\", \"\", \"op-1\"],"
                                + " [\"GZ-26\", \"AlreadyUsed\", \"one voucher a key\", \"free\", \"INVOICE A\"]]",
                        "[[\"ALL-04\", \"RoleNotAllowed\", \"[OPERATOR]\", \"OPERATOR\", \"CountMany\"],"
                                + " [\"ALL-04\", \"NotTheParty\", \"\", \"op-1\"]]",
                        null);
    }

    @Test
    void whoever_waits_behind_much_work_gets_a_transaction_of_their_own() {
        var promises = ledger.inOneGroup(
                request("k1", new CountMany("A", 600)),
                request("k2", new CountMany("A", 600)),
                request("k3", new CountMany("A", 600)),
                request("k4", new Look("A")));

        assertThat(promises.stream().map(TestLedger::await)).allMatch(Answer.Accepted.class::isInstance);
        assertThat(ledger.sql.queryForList(
                        "select count(*) from ledger.domain_event group by xmin::text order by min(global_index)",
                        Long.class))
                .containsExactly(1_200L, 600L);
        assertThat(ledger.number("select max(sequence) from ledger.event")).isEqualTo(1_799);
    }

    @Test
    @DisplayName("ALL-02: a refusal is recorded with its rule, and harms no neighbour")
    void a_refusal_harms_no_neighbour() {
        var promises = ledger.inOneGroup(
                request("k1", new Bind("INV1", "V1")),
                request("k2", new Bind("INV1", "V2")),
                request("k3", new Bind("INV3", "V3")));

        assertThat(await(promises.get(0))).isInstanceOf(Answer.Accepted.class);
        assertThat(await(promises.get(1))).isInstanceOfSatisfying(Answer.Denied.class, denied -> {
            assertThat(denied.decision().rule()).isEqualTo(Rule.GZ_26);
            assertThat(denied.decision().used()).isEqualTo("V1");
        });
        assertThat(await(promises.get(2))).isInstanceOf(Answer.Accepted.class);
        assertThat(
                        ledger.sql.queryForList(
                                "select actor || ' ' || idempotency_key || ' ' || command_type || ' ' || rule"
                                        + " || ' ' || stage || ' ' || about from ledger.command_answer where outcome = 'REFUSED'"))
                .singleElement()
                .extracting(row -> row.values().iterator().next())
                .isEqualTo("op-1 k2 Bind GZ-26 USED_ONCE AlreadyUsed");
    }

    @Test
    @DisplayName("ALL-04: a role that may not ask is refused before the domain is asked, and that is recorded")
    void the_role_is_checked_first() {
        var auditor = new CommandRequest(Actor.of("aud", Role.AUDITOR), "k1", "sha", new Poison("INV1"));

        assertThat(await(ledger.pipeline.submit(auditor))).isInstanceOfSatisfying(Answer.Denied.class, denied -> {
            assertThat(denied.decision().rule()).isEqualTo(Rule.ALL_04);
            assertThat(denied.decision().stage()).isEqualTo(Check.ACTOR);
            assertThat(denied.decision().about()).isEqualTo("RoleNotAllowed");
        });
        assertThat(ledger.number("select count(*) from ledger.command_answer where rule = 'ALL-04'"))
                .isEqualTo(1);
    }

    @Test
    @DisplayName("ALL-04: whoever acts for a party that is not theirs is refused, and that is recorded with the party")
    void a_foreign_party_is_refused() {
        var actor = new Actor("op-1", Role.OPERATOR, "91440101MA5B00001X");
        var foreign = new CommandRequest(actor, "91440101MA59EL1111", "k1", "sha", new Count("A", "V1"));

        assertThat(await(ledger.pipeline.submit(foreign))).isInstanceOfSatisfying(Answer.Denied.class, denied -> {
            assertThat(denied.decision().about()).isEqualTo("NotTheParty");
            assertThat(denied.decision().limit()).isEqualTo("91440101MA59EL1111");
        });
        assertThat(ledger.events()).isZero();
        assertThat(ledger.sql.queryForObject(
                        "select about || ' ' || on_behalf_of from ledger.command_answer", String.class))
                .isEqualTo("NotTheParty 91440101MA5B00001X");
    }

    @Test
    @DisplayName("GZ-12: a year without working-day data refuses, it does not break")
    void an_unknown_year_refuses() {
        assertThat(ledger.ask("k1", new AskCalendar(LocalDate.of(2199, 1, 1))))
                .isInstanceOfSatisfying(Answer.Denied.class, denied -> {
                    assertThat(denied.decision().rule()).isEqualTo(Rule.GZ_12);
                    assertThat(denied.decision().about()).isEqualTo("NoWorkingDays");
                    assertThat(Problems.of(denied.decision(), Language.EN).status())
                            .as("it is no address that leads nowhere")
                            .isEqualTo(409);
                });
        assertThat(ledger.ask("k2", new AskCalendar(LocalDate.of(2020, 4, 30))))
                .extracting(answer -> ((Answer.Accepted) answer).result())
                .isEqualTo("true");
    }

    @Test
    void a_poisonous_command_harms_no_other() {
        var promises = ledger.inOneGroup(
                request("k1", new Count("A", "V1")),
                request("k2", new Poison("A")),
                request("k3", new Count("A", "V3")));

        assertThat(await(promises.get(0))).isInstanceOf(Answer.Accepted.class);
        assertThatThrownBy(promises.get(1)::join).hasRootCauseMessage("poison");
        assertThat(await(promises.get(2))).isInstanceOf(Answer.Accepted.class);
        assertThat(ledger.sql.queryForList(
                        "select payload ->> 'voucherId' from ledger.event order by position", String.class))
                .containsExactly("V1", "V3");
        assertThat(ledger.number("select count(*) from ledger.command_answer where idempotency_key = 'k2'"))
                .isZero();
    }

    @Test
    void an_error_in_the_lane_ends_the_process() {
        var promises = ledger.inOneGroup(
                request("k1", new Count("A", "V1")),
                request("k2", new Exhaust("A")),
                request("k3", new Count("A", "V3")));

        assertThat(promises)
                .allSatisfy(promise -> assertThatThrownBy(promise::join).hasCauseInstanceOf(OutcomeUnknown.class));
        assertThat(ledger.halts).containsExactly(GroupCommitPipeline.LANE_BROKEN);
        assertThat(ledger.events()).isZero();
        try (TestLedger restarted = ledger.another()) {
            assertThat(restarted.ask("k1", new Count("A", "V1"))).isInstanceOf(Answer.Accepted.class);
        }
    }

    @Test
    void a_refusal_that_has_recorded_something_is_a_fault() {
        var promise = ledger.submit("k1", new RefusedTooLate("A"));

        assertThatThrownBy(promise::join).hasMessageContaining("refused after it had recorded something");
        assertThat(ledger.events()).isZero();
    }

    @Test
    void a_command_sees_what_the_one_before_it_in_the_group_recorded() {
        var promises = ledger.inOneGroup(
                request("k1", new Look("A")),
                request("k2", new Count("A", "V1")),
                request("k3", new Look("A")),
                request("k4", new Bind("A", "V2")));

        assertThat(promises.stream().map(TestLedger::await).map(GroupCommitPipelineTest::resultOf))
                .containsExactly("false", "null", "true", "refused");
    }

    @Test
    void a_stream_that_was_only_looked_at_leaves_nothing_behind() {
        assertThat(resultOf(ledger.ask("k1", new Look("A")))).isEqualTo("false");
        assertThat(ledger.store.cache().containsKey(TestCommand.keyOf("A").streamId()))
                .isFalse();
        assertThat(ledger.events()).isZero();

        ledger.ask("k2", new Count("A", "V1"));
        ledger.ask("k3", new Count("A", "V2"));

        assertThat(ledger.store.cache().containsKey(TestCommand.keyOf("A").streamId()))
                .isTrue();
        assertThat(ledger.sql.queryForList("select sequence from ledger.event order by position", Long.class))
                .containsExactly(0L, 1L);
    }

    @Test
    void a_log_that_was_set_back_is_read_anew() {
        ledger.ask("k1", new Count("A", "V1"));
        assertThat(resultOf(ledger.ask("k2", new Bind("A", "V2")))).isEqualTo("refused");

        ledger.sql.update("delete from ledger.domain_event");

        assertThat(ledger.ask("k3", new Bind("A", "V2"))).isInstanceOf(Answer.Accepted.class);
        assertThat(ledger.sql.queryForList("select sequence from ledger.event", Long.class))
                .containsExactly(0L);
    }

    @Test
    void many_commands_on_one_stream_keep_their_order() {
        var promises = IntStream.range(0, 1_000)
                .mapToObj(i -> ledger.submit("k" + i, new Count("A", "V" + i)))
                .toList();
        promises.forEach(TestLedger::await);

        assertThat(ledger.sql.queryForList(
                        "select payload ->> 'voucherId' from ledger.event order by sequence", String.class))
                .containsExactlyElementsOf(
                        IntStream.range(0, 1_000).mapToObj(i -> "V" + i).toList());
        assertThat(ledger.number("select groups from ledger.lane")).isLessThan(1_000);
    }

    @Test
    @DisplayName(
            "ALL-04: who, in which role, for whom, why and under which key stand with every event, readable in SQL")
    void an_auditor_reads_events_in_sql() {
        var actor = new Actor("op-1", Role.OPERATOR, "91440101MA59EL1111");
        var command = new Bind("发票 001", "V1", "补录");
        Answer answer = await(ledger.pipeline.submit(new CommandRequest(actor, "k1", "sha", command)));

        var event = ledger.sql.queryForMap("select * from ledger.event");

        assertThat(event)
                .containsEntry("stream", TestCommand.keyOf("发票 001").streamId())
                .containsEntry("sequence", 0L)
                .containsEntry("type", "KeyBound")
                .containsEntry("revision", "1")
                .containsEntry("actor", "op-1")
                .containsEntry("role", "OPERATOR")
                .containsEntry("on_behalf_of", "91440101MA59EL1111")
                .containsEntry("reason", "补录")
                .containsEntry("command_id", "k1");
        assertThat(event.get("payload"))
                .hasToString("{\"key\": \"发票001\", \"kind\": \"INVOICE\", \"voucherId\": \"V1\"}");
        assertThat(ledger.sql.queryForObject("select metadata ->> 'receivedAt' from ledger.event", String.class))
                .isEqualTo(((Answer.Accepted) answer).receivedAt().toString());
    }

    @Test
    @DisplayName("With 5,000 waiting for one batch, who comes for another is answered in the next group but one")
    void a_rush_does_not_hold_up_who_comes_for_another_batch() {
        var other = ledger.whileTheLaneIsHeld(() -> {
            ledger.submit("plug", new Look("plug"));
            ledger.awaitWaiting(1);
            for (int i = 0; i < 5_000; i++) {
                ledger.submit("a" + i, new WithdrawApplication("A", "E" + i));
            }
            return ledger.submit("b", new WithdrawApplication("B", "E"));
        });

        await(other);
        assertThat(ledger.number("select count(distinct xmin::text) from ledger.command_answer where id <="
                        + " (select id from ledger.command_answer where idempotency_key = 'b')"))
                .as("the plug, what was taken before, and the group of who came last")
                .isLessThanOrEqualTo(3);
        assertThat(ledger.number("select count(*) from ledger.command_answer")).isLessThan(5_000);
    }

    @Test
    void what_was_taken_in_is_answered_when_the_ledger_is_stopped() {
        var promises = IntStream.range(0, 200)
                .mapToObj(i -> ledger.submit("k" + i, new Count("A", "V" + i)))
                .toList();

        ledger.pipeline.close();

        assertThat(promises).allSatisfy(promise -> assertThat(promise).isCompleted());
        assertThat(ledger.ask("late", new Count("A", "late"))).isInstanceOf(Answer.Overloaded.class);
    }

    private static long positionOf(Answer answer) {
        return switch (answer) {
            case Answer.Accepted accepted -> accepted.position();
            case Answer.Denied denied -> denied.position();
            case Answer other -> throw new AssertionError(other);
        };
    }

    private static String resultOf(Answer answer) {
        return answer instanceof Answer.Accepted accepted ? accepted.result() : "refused";
    }
}
