package org.voucherledger.api.season;

import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;
import org.voucherledger.domain.rule.Rule;

/** Everything that will happen in a season, planned from its seed; what follows from the ledger's answers is added on the way. */
final class Plot {

    private final Scene scene;
    private final List<Temptations> temptations;

    private Plot(Scene scene, List<Temptations> temptations) {
        this.scene = scene;
        this.temptations = temptations;
    }

    static Plot of(Scene scene) {
        var choosing = new Choosing(scene.city, scene.rounds);
        var paying = new Paying(scene);
        var contracting = new Contracting(scene, paying);
        var measures = new Measures(scene, choosing);
        var ordering = new Ordering(scene, choosing, contracting, measures);
        var applying = new Applying(scene);
        var granting = new Granting(scene, applying, measures, ordering);
        new Authority(scene).plan();
        new Registering(scene).plan();
        scene.rounds.forEach(applying::plan);
        scene.rounds.forEach(granting::plan);
        measures.planProviders(ordering::orderAnew);
        new Claiming(scene, new Reviewing(scene, new Settling(scene))).plan();
        return new Plot(
                scene,
                Stream.concat(
                                Stream.of(ordering.temptations(), contracting.temptations()),
                                paying.temptations().stream())
                        .toList());
    }

    /** Plays it to the end. */
    void play(Agenda.Stage stage) {
        scene.agenda.at(Calendar.END, () -> {});
        play(stage, () -> true);
        scene.tally.insist(
                scene.tally.refusedByRule().containsKey(Rule.GZ_21.id()), "no provider has come to its cap (GZ-21)");
        temptations.forEach(each -> each.insistAllTried(scene.tally));
    }

    /** Plays it as long as it is to go on. */
    void play(Agenda.Stage stage, BooleanSupplier goOn) {
        scene.agenda.play(stage, goOn);
    }
}
