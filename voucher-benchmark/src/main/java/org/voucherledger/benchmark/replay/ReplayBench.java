package org.voucherledger.benchmark.replay;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.voucherledger.benchmark.measure.Aim;
import org.voucherledger.benchmark.measure.Benchmark;
import org.voucherledger.benchmark.measure.Chart;
import org.voucherledger.benchmark.measure.Effort;
import org.voucherledger.benchmark.measure.Figures;
import org.voucherledger.benchmark.measure.Machine;
import org.voucherledger.benchmark.measure.Rounds;
import org.voucherledger.benchmark.scene.BenchLedger;
import org.voucherledger.benchmark.scene.City;
import org.voucherledger.benchmark.scene.LogCopies;
import org.voucherledger.benchmark.scene.Season;
import org.voucherledger.projections.AllProjections;
import org.voucherledger.projections.account.AccountProjection;
import org.voucherledger.projections.applications.ApplicationsProjection;
import org.voucherledger.projections.batchboard.BatchBoardProjection;
import org.voucherledger.projections.books.BooksProjection;
import org.voucherledger.projections.claimworklist.ClaimWorklistProjection;
import org.voucherledger.projections.performance.PerformanceProjection;
import org.voucherledger.projections.projection.Projection;
import org.voucherledger.projections.register.RegisterProjection;
import org.voucherledger.projections.voucherboard.VoucherBoardProjection;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** How fast the log becomes views: beside a view that does nothing with it, and that beside a plain read of its table. */
@Command(
        name = "replay",
        description = "Replays a log into nothing and into the views, beside a raw read of the event table.")
public final class ReplayBench implements Benchmark {

    private static final String RAW = "raw read";
    private static final String NOOP = "no-op replay";
    private static final String MAIN = "main views together";
    private static final String ALL = "all views together";

    /** What boards and dashboards read; the others are for whoever audits, draws samples or looks up a scheme. */
    private static final Set<String> MAIN_VIEWS = Set.of(
            VoucherBoardProjection.NAME,
            BatchBoardProjection.NAME,
            ApplicationsProjection.NAME,
            AccountProjection.NAME,
            BooksProjection.NAME,
            ClaimWorklistProjection.NAME,
            RegisterProjection.NAME,
            PerformanceProjection.NAME);

    @Option(names = "--enterprises", description = "whose season is copied (1000; with --quick 200)")
    private Integer enterprises;

    @Option(names = "--events", description = "how long the log is made (200000; with --quick 20000)")
    private Integer events;

    @Override
    public Figures measure(Effort effort) {
        int citizens = effort.size(enterprises, 1_000, 200);
        try (BenchLedger ledger = BenchLedger.fresh(effort.scratch())) {
            new Season(ledger, new City(LogCopies.mark(0), citizens), citizens).play();
            LogCopies.make(ledger, effort.size(events, 200_000, 20_000), made -> {});
            // As it is when it has lain for a while: the first reader of a row would else settle whether it counts.
            ledger.asOwner("vacuum analyze ledger.domain_event");
            try (var replays = new Replays(ledger)) {
                return measure(effort, ledger, replays);
            }
        }
    }

    private static Figures measure(Effort effort, BenchLedger ledger, Replays replays) {
        List<Projection> all = AllProjections.of(replays.readers().serializer());
        List<Projection> main =
                all.stream().filter(view -> MAIN_VIEWS.contains(view.name())).toList();
        var rounds = new Rounds()
                .with(RAW, replays::raw)
                .with(NOOP, () -> replays.told(List.of(new Noop())))
                .with(MAIN, () -> replays.told(main))
                .with(ALL, () -> replays.told(all));
        all.forEach(view -> rounds.with(view.name(), () -> replays.told(List.of(view))));
        rounds.run(effort);
        Map<String, Object> perView = new LinkedHashMap<>();
        all.forEach(view -> perView.put(view.name(), Math.round(rounds.median(view.name()))));
        return new Figures(Machine.describe(ledger.sql()))
                .with(new Chart("replay", "Replaying the log", "events/s", rounds.bars()))
                .with(rounds.ratio("noopReplayVsRawRead", NOOP, RAW, Aim.atLeast(0.3)))
                .with(rounds.ratio("projectionVsNoop", MAIN, NOOP, Aim.atLeast(0.45)))
                .with(rounds.ratio("allViewsVsNoop", ALL, NOOP, null))
                .with("events", ledger.events())
                .with("viewsPerSecond", perView)
                .note("The main views are "
                        + String.join(", ", MAIN_VIEWS.stream().sorted().toList())
                        + ": all of them told together, from nothing to the last event. A view by itself stands beside"
                        + " its name.");
    }
}
