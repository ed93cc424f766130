package org.voucherledger.api.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.voucherledger.api.pipeline.TestCommand.Bind;

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
        Answer first = ledger.ask("k1", new Bind("INV1", "V1", "first"));
        Answer again = ledger.ask("k1", new Bind("INV1", "V1", "first"));

        assertThat(again).isEqualTo(first);
        assertThat(ledger.events()).isEqualTo(1);
    }

    @Test
    void a_refusal_is_given_again_to_the_letter() {
        ledger.ask("k1", new Bind("INV1", "V1"));
        Answer first = ledger.ask("k2", new Bind("INV1", "V2"));
        Answer again = ledger.ask("k2", new Bind("INV1", "V2"));

        assertThat(first).isInstanceOf(Answer.Denied.class).isEqualTo(again);
    }
}
