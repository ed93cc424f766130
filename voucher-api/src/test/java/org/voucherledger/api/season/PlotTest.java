package org.voucherledger.api.season;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** The plot of a season, played at the domain in memory: what is planned is what comes of it. */
class PlotTest {

    @Test
    @DisplayName("nothing in a small season comes out otherwise than planned")
    void everything_comes_out_as_planned() {
        var scene = scene(2020, 150);
        try (var ledger = new MemoryStage(scene)) {
            Plot.of(scene).play(ledger);
        }
        assertEquals(List.of(), scene.tally.surprises());
    }

    private static Scene scene(long seed, int enterprises) {
        var draw = Draw.seeded(seed);
        return new Scene(City.of(seed, enterprises, 60), Round.of(enterprises), draw.of("season"));
    }
}
