package org.voucherledger.projections.projection;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.axonframework.eventhandling.GapAwareTrackingToken;
import org.axonframework.eventhandling.GenericEventMessage;
import org.axonframework.eventhandling.GlobalSequenceTrackingToken;
import org.axonframework.eventhandling.TrackingToken;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** What a copy has been told, where transactions commit in another order than their events are numbered. */
class ProgressTest {

    @Test
    @DisplayName("An event that fills a gap has the gap's index, not the highest one")
    void a_late_event_has_its_own_index() {
        Progress told = told(gaps(10, 7L, 8L));

        assertThat(told.positionOf(gaps(10, 8L))).isEqualTo(7);
        assertThat(told.positionOf(gaps(11, 7L, 8L))).isEqualTo(11);
    }

    @Test
    @DisplayName("What was told is covered, also when it is told again from the tail; what fills a gap is not")
    void told_again_is_covered() {
        Progress told = told(gaps(10, 7L));

        assertThat(told.covers(gaps(6))).isTrue();
        assertThat(told.covers(gaps(9, 7L))).isTrue();
        assertThat(told.covers(gaps(7))).as("7 had not been committed then").isFalse();
        Progress after = told.with(event(), gaps(7));
        assertThat(after.position()).isEqualTo(10);
        assertThat(after.covers(gaps(7))).isTrue();
        assertThat(after.covers(gaps(10))).isTrue();
        assertThat(after.covers(gaps(11))).isFalse();
    }

    @Test
    @DisplayName("A gap has not been reached, what is around it has")
    void a_gap_has_not_been_reached() {
        Progress told = told(gaps(10, 7L));

        assertThat(told.hasReached(6)).isTrue();
        assertThat(told.hasReached(7)).isFalse();
        assertThat(told.hasReached(10)).isTrue();
        assertThat(told.hasReached(11)).isFalse();
        assertThat(Progress.NONE.hasReached(-1)).isTrue();
    }

    @Test
    @DisplayName("A log without gaps counts plainly")
    void a_log_without_gaps() {
        Progress told = told(new GlobalSequenceTrackingToken(4));

        assertThat(told.positionOf(new GlobalSequenceTrackingToken(5))).isEqualTo(5);
        assertThat(told.covers(new GlobalSequenceTrackingToken(4))).isTrue();
        assertThat(told.covers(new GlobalSequenceTrackingToken(5))).isFalse();
    }

    private static Progress told(TrackingToken token) {
        return Progress.NONE.with(event(), token);
    }

    private static GenericEventMessage<String> event() {
        return new GenericEventMessage<>("something");
    }

    private static TrackingToken gaps(long index, Long... gaps) {
        return GapAwareTrackingToken.newInstance(index, List.of(gaps));
    }
}
