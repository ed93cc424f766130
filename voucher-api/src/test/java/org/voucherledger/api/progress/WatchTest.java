package org.voucherledger.api.progress;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.voucherledger.api.progress.LongRun.Kind;
import org.voucherledger.api.progress.Watch.Watched;

class WatchTest {

    private static final long SECOND = 1_000_000_000;

    private final List<LongRun> underWay = new ArrayList<>();
    private long nanos = 77;
    private final Watch watch = new Watch(List.of(() -> underWay), () -> nanos);

    private Watched at(long second, long done) {
        nanos = 77 + second * SECOND;
        underWay.clear();
        underWay.add(new LongRun(Kind.GRANTING, "B1", done, 1_000));
        return watch.now().getFirst();
    }

    @Test
    @DisplayName(
            "So many of so many, what is left, and from the second look on how many a second and how long it takes")
    void paceAndRest() {
        assertThat(at(0, 100)).isEqualTo(new Watched(Kind.GRANTING, "B1", 100, 1_000, 900, null, null));
        assertThat(at(2, 300)).isEqualTo(new Watched(Kind.GRANTING, "B1", 300, 1_000, 700, 100.0, 7L));
        assertThat(at(3, 303)).isEqualTo(new Watched(Kind.GRANTING, "B1", 303, 1_000, 697, 203 / 3.0, 11L));
    }

    @Test
    @DisplayName("What happened more than half a minute ago is no pace of now; who stands still has no end in sight")
    void onlyTheLastHalfMinuteCounts() {
        at(0, 0);
        at(20, 500);
        assertThat(at(40, 500)).isEqualTo(new Watched(Kind.GRANTING, "B1", 500, 1_000, 500, 0.0, null));
    }

    @Test
    @DisplayName("A run that is over is forgotten, and another one of the same name begins anew")
    void anotherOneOfTheSameName() {
        at(0, 900);
        assertThat(at(1, 10).perSecond()).isNull();
        at(2, 20);
        underWay.clear();
        assertThat(watch.now()).isEmpty();
        assertThat(at(3, 30).perSecond()).isNull();
    }

    @Test
    @DisplayName("The metrics say the same, by kind")
    void metrics() {
        var metrics = new SimpleMeterRegistry();
        watch.bindTo(metrics);
        at(0, 100);
        at(2, 300);
        assertThat(metrics.get("ledger.progress.left")
                        .tag("kind", "GRANTING")
                        .gauge()
                        .value())
                .isEqualTo(700);
        assertThat(metrics.get("ledger.progress.rate")
                        .tag("kind", "GRANTING")
                        .gauge()
                        .value())
                .isEqualTo(100);
        assertThat(metrics.get("ledger.progress.left")
                        .tag("kind", "IMPORTING")
                        .gauge()
                        .value())
                .isZero();
    }
}
