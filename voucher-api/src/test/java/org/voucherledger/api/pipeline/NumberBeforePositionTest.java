package org.voucherledger.api.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.voucherledger.api.pipeline.TestCommand.Count;

/** What whoever seals the log relies on to know when a gap in the positions stays one. */
class NumberBeforePositionTest {

    @Test
    @DisplayName(
            "a group has its transaction number before it draws the first position, decided ahead or under the lock")
    void number() {
        try (TestLedger ledger = TestLedger.fresh()) {
            // Told once a statement, before any row of it has drawn a position.
            ledger.sql.execute("""
                    create table numbered (yes boolean not null);
                    create function note_number() returns trigger language plpgsql as $$ begin
                        insert into numbered values (pg_current_xact_id_if_assigned() is not null);
                        return null;
                    end $$;
                    create trigger numbered before insert on ledger.domain_event
                        for each statement execute function note_number();
                    """);
            try {
                for (int i = 0; i < 4; i++) {
                    assertThat(ledger.ask("k" + i, new Count("x", "V" + i))).isInstanceOf(Answer.Accepted.class);
                }
                assertThat(ledger.sql.queryForList("select yes from numbered", Boolean.class))
                        .containsExactly(true, true, true, true);
            } finally {
                ledger.sql.execute("drop trigger numbered on ledger.domain_event; drop function note_number();"
                        + " drop table numbered");
            }
        }
    }
}
