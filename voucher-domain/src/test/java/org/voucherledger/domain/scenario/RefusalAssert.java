package org.voucherledger.domain.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.voucherledger.domain.rule.Check;
import org.voucherledger.domain.rule.Decision;

/** What a refusal must say (ALL-02). */
public final class RefusalAssert {

    private final Decision refusal;

    RefusalAssert(Decision refusal) {
        this.refusal = refusal;
    }

    public RefusalAssert limit(long fen) {
        assertThat(refusal.limit()).as("limit of %s", refusal).isEqualTo(fen);
        return this;
    }

    public RefusalAssert used(long fen) {
        assertThat(refusal.used()).as("used of %s", refusal).isEqualTo(fen);
        return this;
    }

    public RefusalAssert asked(long fen) {
        assertThat(refusal.asked()).as("asked of %s", refusal).isEqualTo(fen);
        return this;
    }

    /** The limit is this deadline. */
    public RefusalAssert limit(Instant deadline) {
        assertThat(refusal.limit()).as("limit of %s", refusal).isEqualTo(deadline.toString());
        return this;
    }

    public RefusalAssert at(Check stage) {
        assertThat(refusal.stage()).as("stage of %s", refusal).isEqualTo(stage);
        return this;
    }

    public RefusalAssert about(String fact) {
        assertThat(refusal.about()).as("%s", refusal).isEqualTo(fact);
        return this;
    }
}
