package org.voucherledger.projections.projection;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import org.axonframework.eventhandling.GapAwareTrackingToken;
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
    @DisplayName("Two are at the same place if they have been told the same, a late event included")
    void a_place_is_what_has_been_told() {
        Progress told = told(gaps(10, 7L));

        assertThat(told.place())
                .isEqualTo(told(gaps(10, 7L)).asOf(Instant.EPOCH).place());
        assertThat(told.place()).isNotEqualTo(told(gaps(10)).place());
        assertThat(told.place()).isNotEqualTo(told(gaps(11, 7L)).place());
        Progress after = told.through(gaps(10));
        assertThat(after.position()).isEqualTo(10);
        assertThat(after.place()).isEqualTo(told(gaps(10)).place());
        assertThat(Progress.NONE.place()).isNotEqualTo(told(gaps(1)).place());
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
        assertThat(told.through(new GlobalSequenceTrackingToken(5)).position()).isEqualTo(5);
    }

    private static Progress told(TrackingToken token) {
        return Progress.NONE.through(token);
    }

    private static TrackingToken gaps(long index, Long... gaps) {
        return GapAwareTrackingToken.newInstance(index, List.of(gaps));
    }
}
