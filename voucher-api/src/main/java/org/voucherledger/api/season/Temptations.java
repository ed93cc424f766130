package org.voucherledger.api.season;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * The trespasses that may be tried before one step. The first vouchers that come to the step try those which nobody has
 * tried yet, so that each is tried even in a small city; later ones are tempted now and then.
 */
final class Temptations {

    private static final int LATER_PERCENT = 4;
    private static final int AT_ONCE = 3;
    private static final Duration SHORT_PAUSE = Duration.ofMinutes(5);
    private static final Duration PAUSE = Duration.ofMinutes(10);

    private final List<Trespass> all;
    private final Set<String> tried = new HashSet<>();

    Temptations(List<Trespass> all) {
        this.all = all;
    }

    /** Plans what this voucher's parties try now, and the step itself: after it, where something is tried. */
    void tempt(Scene scene, Holding holding, Deed step) {
        List<Trespass> chosen = new ArrayList<>();
        for (Trespass trespass : all) {
            if (chosen.size() < AT_ONCE
                    && !tried.contains(trespass.name())
                    && trespass.fits().test(holding)) {
                chosen.add(trespass);
            }
        }
        Draw draw = holding.day("tempted");
        if (chosen.isEmpty() && draw.chance(LATER_PERCENT)) {
            Trespass any = draw.pick(all);
            if (any.fits().test(holding)) {
                chosen.add(any);
            }
        }
        for (Trespass trespass : chosen) {
            tried.add(trespass.name());
            Deed preparation = trespass.preparation(holding);
            if (preparation != null) {
                scene.next(preparation);
            }
            scene.at(scene.now().plus(preparation == null ? Duration.ZERO : SHORT_PAUSE), trespass.by(holding));
        }
        scene.at(chosen.isEmpty() ? scene.now() : scene.now().plus(PAUSE), step);
    }

    /** Fails the run for what could not be tried. */
    void insistAllTried(Tally tally) {
        for (Trespass trespass : all) {
            tally.insist(
                    tried.contains(trespass.name()),
                    trespass.rule().id() + " was never provoked by: " + trespass.name());
        }
    }
}
