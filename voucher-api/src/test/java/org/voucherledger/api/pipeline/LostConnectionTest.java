package org.voucherledger.api.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.springframework.dao.DataAccessResourceFailureException;
import org.voucherledger.api.pipeline.TestCommand.Count;
import tools.jackson.databind.json.JsonMapper;

/** When the connection breaks at the commit nobody knows what became of it, until the keys have been looked up. */
class LostConnectionTest {

    private final TestLedger ledger = TestLedger.fresh();
    private final AtomicInteger runs = new AtomicInteger();

    @AfterEach
    void close() {
        ledger.close();
    }

    @Test
    void a_commit_that_arrived_is_found_and_not_done_again() {
        Answer answer = run(answers -> {
            if (runs.incrementAndGet() == 1) {
                throw lost();
            }
            return answers;
        });

        assertThat(answer).isInstanceOf(Answer.Accepted.class);
        assertThat(runs).hasValue(2);
        assertThat(ledger.events()).isEqualTo(1);
    }

    @Test
    void a_commit_that_came_with_a_warning_is_looked_up_in_a_transaction_that_writes() {
        ledger.sql.execute("""
                create sequence commits;
                create function warn_at_the_first_commit() returns trigger language plpgsql as $$ begin
                    if nextval('commits') = 1 then raise warning 'no standby has it'; end if;
                    return null;
                end $$;
                create constraint trigger warned after insert on ledger.command_answer
                    deferrable initially deferred for each row execute function warn_at_the_first_commit();
                """);
        try {
            assertThat(ledger.ask("k1", new Count("A", "V1"))).isInstanceOf(Answer.Accepted.class);
        } finally {
            ledger.sql.execute("drop trigger warned on ledger.command_answer;"
                    + " drop function warn_at_the_first_commit(); drop sequence commits");
        }

        assertThat(ledger.events()).isEqualTo(1);
        assertThat(ledger.number("select groups from ledger.lane")).isEqualTo(2);
    }

    @Test
    void a_broken_session_is_replaced_and_its_commands_are_run() throws Exception {
        CompletableFuture<Answer> promise;
        try (var holder = ledger.pool.getConnection();
                var statement = holder.createStatement()) {
            statement.execute("select pg_advisory_lock(" + CommandGroup.LANE_LOCKS + ", 0)");
            promise = ledger.submit("k1", new Count("A", "V1"));
            TestLedger.awaitTrue(
                    () -> ledger.number("select count(pg_terminate_backend(pid)) from pg_stat_activity where datname ="
                                    + " current_database() and wait_event = 'advisory'")
                            == 1);
            statement.execute("select pg_advisory_unlock_all()");
        }

        assertThat(TestLedger.await(promise)).isInstanceOf(Answer.Accepted.class);
        assertThat(ledger.events()).isEqualTo(1);
    }

    @Test
    @DisplayName(
            "GZ-10: who waits for a database that stays away is told so, and the command keeps its stamp and place")
    void a_database_that_stays_away_loses_no_stamp() {
        var promise = new CompletableFuture<Answer>();
        Instant stamp = Instant.parse("2020-04-01T01:00:00.000001Z");
        var received = new Received(TestLedger.request("k1", new Count("A", "V1")), stamp, promise);

        runWith(received, Duration.ZERO, UnaryOperator.identity(), () -> {
            if (runs.incrementAndGet() <= 3) {
                throw lost();
            }
            assertThatThrownBy(promise::join)
                    .hasCauseInstanceOf(OutcomeUnknown.class)
                    .hasRootCauseInstanceOf(SQLException.class);
        });

        assertThat(runs).hasValue(4);
        assertThat(ledger.ask("k1", new Count("A", "V1")))
                .isInstanceOfSatisfying(
                        Answer.Accepted.class,
                        accepted -> assertThat(accepted.receivedAt()).isEqualTo(stamp));
        assertThat(ledger.events()).isEqualTo(1);
    }

    @Test
    void a_lane_that_is_told_to_stop_does_not_take_that_for_a_fault_of_its_commands() {
        var promise = new CompletableFuture<Answer>();
        var received = new Received(TestLedger.request("k1", new Count("A", "V1")), Instant.EPOCH, promise);
        var runner = new GroupRunner(
                group(UnaryOperator.identity(), () -> {
                    Thread.currentThread().interrupt();
                    throw new DataAccessResourceFailureException("pool", new SQLException("interrupted"));
                }),
                Runnable::run,
                Duration.ofSeconds(30));

        assertThatThrownBy(() -> runner.run(List.of(received))).isInstanceOf(InterruptedException.class);

        assertThat(promise).isNotDone();
    }

    private Answer run(UnaryOperator<List<Answer>> afterCommit) {
        var promise = new CompletableFuture<Answer>();
        runWith(
                new Received(TestLedger.request("k1", new Count("A", "V1")), Instant.EPOCH, promise),
                Duration.ofSeconds(30),
                afterCommit,
                () -> {});
        return TestLedger.await(promise);
    }

    private void runWith(
            Received received, Duration patience, UnaryOperator<List<Answer>> afterCommit, Runnable before) {
        try {
            new GroupRunner(group(afterCommit, before), Runnable::run, patience).run(List.of(received));
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    private CommandGroup group(UnaryOperator<List<Answer>> afterCommit, Runnable before) {
        var json = new AnswerJson(JsonMapper.builder().build());
        var execution = new CommandExecution(TestLedger.handlers(ledger.store));
        var answers = new CommandAnswers(ledger.sql, json);
        var desk = new Desk(
                ledger.store,
                ledger.sql,
                answers,
                execution,
                NamedDocuments.UNASKED,
                new RecordingClock(new SystemClock()));
        return new CommandGroup(0, ledger.store, ledger.sql, answers, json, desk) {
            @Override
            List<Answer> run(List<Received> commands, Decided ahead) {
                before.run();
                return afterCommit.apply(super.run(commands, ahead));
            }
        };
    }

    private static DataAccessResourceFailureException lost() {
        return new DataAccessResourceFailureException("commit", new SQLException("connection lost", "08006"));
    }
}
