package org.voucherledger.api.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.voucherledger.api.pipeline.TestCommand.QueueLength;
import org.voucherledger.api.pipeline.TestCommand.QueueMany;

/** A long stream is read from the state on that was kept of it, if that can be believed. */
class SnapshotsTest {

    private static final String PLANTED =
            "update ledger.snapshot set state = convert_to(replace(convert_from(state, 'UTF8'), '\"lastPosition\":2000',"
                    + " '\"lastPosition\":7000'), 'UTF8')";

    private final TestLedger ledger = TestLedger.fresh();

    @AfterEach
    void close() {
        ledger.close();
    }

    @Test
    @DisplayName(
            "After each thousand of events the state is kept, and a start goes on from there and the events behind it")
    void is_read_from_there_on() {
        queue2_100();
        assertThat(ledger.number("select sequence_number from ledger.snapshot where stream = 'queue:B'"))
                .isEqualTo(1_999);
        assertThat(lengthAfterARestart()).isEqualTo("2100");

        // What is planted in the kept state is seen, where no event behind it says otherwise: it was read.
        ledger.sql.update("delete from ledger.domain_event where sequence_number > 1999");
        assertThat(ledger.sql.update(PLANTED)).isEqualTo(1);
        assertThat(lengthAfterARestart()).isEqualTo("7000");
    }

    @Test
    @DisplayName("A state that other code has kept is not believed")
    void other_code() {
        queue2_100();
        ledger.sql.update(PLANTED);
        ledger.sql.update("update ledger.snapshot set code = 'other'");

        assertThat(lengthAfterARestart()).isEqualTo("2100");
    }

    @Test
    @DisplayName("A state that was kept after an event which this log does not have is not believed")
    void other_log() {
        queue2_100();
        ledger.sql.update(PLANTED);
        ledger.sql.update("delete from ledger.domain_event where sequence_number > 1500");

        assertThat(lengthAfterARestart()).isEqualTo("1501");
    }

    @Test
    @DisplayName("A state that cannot be read any more is not believed")
    void unreadable() {
        queue2_100();
        ledger.sql.update("update ledger.snapshot set state = '\\x7b'::bytea");

        assertThat(lengthAfterARestart()).isEqualTo("2100");
    }

    @Test
    @DisplayName("Nothing is kept of a group that was rolled back")
    void rolled_back() {
        ledger.sql.execute("""
                create sequence failures;
                create function fail_once() returns trigger language plpgsql as $$ begin
                    if nextval('failures') <= 2 then raise exception 'planted'; end if;
                    return null;
                end $$;
                create constraint trigger failing after insert on ledger.command_answer
                    deferrable initially deferred for each row execute function fail_once();
                """);
        try {
            assertThatThrownBy(
                            () -> ledger.submit("k", new QueueMany("B", 1_000)).join())
                    .hasStackTraceContaining("planted");
        } finally {
            ledger.sql.execute("drop trigger failing on ledger.command_answer; drop function fail_once();"
                    + " drop sequence failures");
        }
        ledger.ask("again", new QueueMany("B", 1_000));
        TestLedger.awaitTrue(() -> ledger.number("select count(*) from ledger.snapshot") == 1);

        assertThat(ledger.number(
                        "select count(*) from ledger.snapshot join ledger.domain_event using (event_identifier)"))
                .isEqualTo(1);
        assertThat(lengthAfterARestart()).isEqualTo("1000");
    }

    /** In groups that are decided ahead, too. */
    private void queue2_100() {
        for (int i = 0; i < 21; i++) {
            assertThat(ledger.ask("q" + i, new QueueMany("B", 100))).isInstanceOf(Answer.Accepted.class);
        }
        TestLedger.awaitTrue(
                () -> ledger.number("select coalesce(max(sequence_number), 0) from ledger.snapshot") == 1_999);
    }

    private String lengthAfterARestart() {
        try (TestLedger restarted = ledger.another()) {
            return ((Answer.Accepted) restarted.ask("length-" + System.nanoTime(), new QueueLength("B"))).result();
        }
    }
}
