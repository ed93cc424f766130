package org.voucherledger.projections.batchboard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.voucherledger.projections.applications.ApplicationOutcome.GRANTED;
import static org.voucherledger.projections.applications.ApplicationOutcome.WAITING;

import java.time.Instant;
import org.axonframework.eventhandling.GenericEventMessage;
import org.axonframework.messaging.MetaData;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.voucherledger.domain.batch.BatchEvent.QueueClosed;
import org.voucherledger.domain.command.Stamp;
import org.voucherledger.projections.projection.Told;

class TallyTest {

    private static Told told(long position, String at) {
        var event = new QueueClosed("B1");
        return new Told(position, new GenericEventMessage<>(event, MetaData.with(Stamp.RECEIVED_AT, at)), event);
    }

    @Test
    @DisplayName("An event told late, below one that was told before, does not set the board back")
    void a_late_event_does_not_set_the_board_back() {
        var tally = Tally.NONE.seen(told(7, "2020-04-01T01:00:07Z")).seen(told(5, "2020-04-01T01:00:05Z"));

        assertThat(tally.position()).isEqualTo(7);
        assertThat(tally.changedAt()).isEqualTo(Instant.parse("2020-04-01T01:00:07Z"));
    }

    @Test
    @DisplayName("What moves is counted once, and nothing is counted zero times")
    void what_moves_is_counted_once() {
        var tally = Tally.NONE
                .application(null, WAITING)
                .application(WAITING, WAITING)
                .application(WAITING, GRANTED);

        assertThat(tally.applications()).containsOnlyKeys(GRANTED);
        assertThat(tally.count(GRANTED)).isEqualTo(1);
        assertThat(tally.count(WAITING)).isZero();
        assertThat(tally.allApplications()).isEqualTo(1);
    }
}
