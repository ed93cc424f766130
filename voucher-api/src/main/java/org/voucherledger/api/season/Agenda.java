package org.voucherledger.api.season;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.function.BooleanSupplier;

/**
 * What will be done, by the ledger's time.
 *
 * <p>All that stands at an instant is sent as one wave; what its answers bring about at that same instant makes the next
 * wave. Plans are kept and answers told in the order of planning, so the season's course never depends on which answer was
 * faster. Besides deeds there are occasions: moments at which the season looks at the ledger and plans on.
 */
final class Agenda {

    /** Sends a wave and tells each deed its answer, in order. */
    interface Stage {
        void moveClockTo(Instant instant);

        void perform(List<Deed> wave);

        /** Lets the ledger record what time has brought about. */
        void sweep();
    }

    private static final class Moment {
        private final List<Runnable> occasions = new ArrayList<>();
        private final List<Deed> deeds = new ArrayList<>();
    }

    private final TreeMap<Instant, Moment> moments = new TreeMap<>();
    private Instant now = Instant.MIN;
    private Instant swept = Instant.MIN;

    /** Plans a deed; one that would lie in the past is done now. */
    void at(Instant when, Deed deed) {
        moment(when).deeds.add(deed);
    }

    void at(Instant when, Runnable occasion) {
        moment(when).occasions.add(occasion);
    }

    /** Plans a deed for the instant at which the season stands. */
    void next(Deed deed) {
        at(now, deed);
    }

    Instant now() {
        return now;
    }

    /**
     * Plays until nothing is left to be done, or, asked before each instant, it is not to go on; then it can be gone on with. Each day begins with a sweep at
     * eight; what is done before is before it.
     */
    void play(Stage stage, BooleanSupplier goOn) {
        while (!moments.isEmpty() && goOn.getAsBoolean()) {
            now = moments.firstKey();
            Instant eight = Calendar.at(now, 8);
            if (!now.isBefore(eight) && swept.isBefore(eight)) {
                stage.moveClockTo(eight);
                stage.sweep();
                swept = eight;
            }
            stage.moveClockTo(now);
            while (moments.containsKey(now)) {
                Moment moment = moments.remove(now);
                moment.occasions.forEach(Runnable::run);
                if (!moment.deeds.isEmpty()) {
                    stage.perform(moment.deeds);
                }
            }
        }
    }

    private Moment moment(Instant when) {
        return moments.computeIfAbsent(when.isBefore(now) ? now : when, instant -> new Moment());
    }
}
