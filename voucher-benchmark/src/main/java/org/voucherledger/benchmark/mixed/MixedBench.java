package org.voucherledger.benchmark.mixed;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.voucherledger.benchmark.measure.Bar;
import org.voucherledger.benchmark.measure.Benchmark;
import org.voucherledger.benchmark.measure.Chart;
import org.voucherledger.benchmark.measure.Effort;
import org.voucherledger.benchmark.measure.Figures;
import org.voucherledger.benchmark.measure.Machine;
import org.voucherledger.benchmark.measure.Rounds;
import org.voucherledger.benchmark.plainjpa.PlainJpa;
import org.voucherledger.benchmark.raw.Pgbench;
import org.voucherledger.benchmark.scene.BenchLedger;
import org.voucherledger.benchmark.scene.City;
import org.voucherledger.benchmark.scene.Season;
import org.voucherledger.benchmark.scene.Season.Phase;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/**
 * The whole life of the vouchers of one batch: applied for, granted, ordered, contracted, paid, accepted, claimed, reviewed and
 * settled. Beside it pgbench writes the rows of the same commands, each kind as often; and the plain service does the four
 * steps that it knows.
 */
@Command(
        name = "mixed",
        description = "A batch from its window to the settlement, beside pgbench with the same rows and plain JPA.")
public final class MixedBench implements Benchmark {

    private static final String LEDGER = "a season, all commands";
    private static final String MANY = "pgbench, 32 clients";
    private static final String STEPS = "apply, grant, order, pay";
    private static final String JPA = "plain JPA, 32 threads";

    /** One of each kind of command that was done, and how many there were; the last one stands for all. */
    private static final String KINDS = """
            select command_type, count(*), (array_agg(idempotency_key order by id desc))[1]
            from ledger.command_answer where id > ? group by command_type order by command_type
            """;

    @Option(names = "--enterprises", description = "with two vouchers each (1000; with --quick 200)")
    private Integer enterprises;

    @Option(names = "--seconds", description = "that pgbench gets in each round (5; with --quick 2)")
    private Integer seconds;

    /** A step is an application, an application granted, an order, a payment; two vouchers come of each application. */
    static int steps(int enterprises) {
        return enterprises * (1 + 1 + 2 + 2);
    }

    /** Where the part of the season that counts begins. */
    private long founded;

    private Season season;

    @Override
    public Figures measure(Effort effort) {
        int many = effort.size(enterprises, 1_000, 200);
        int time = effort.size(seconds, 5, 2);
        var city = new City("Q000", many);
        try (BenchLedger ledger = BenchLedger.fresh(effort.scratch());
                var jpa = PlainJpa.over(ledger.pool())) {
            play(ledger, city, many);
            var pgbench = Pgbench.mixed(ledger, kinds(ledger));
            var plain = new PlainSeason(ledger, jpa, city, many);
            var measured = new Rounds()
                    .with(MANY, () -> pgbench.rate(32, time))
                    .with(JPA, plain::rate)
                    .with(LEDGER, () -> play(ledger, city, many))
                    .with(
                            STEPS,
                            () -> steps(many)
                                    * 1e9
                                    / Arrays.stream(Phase.values())
                                            .mapToLong(season::took)
                                            .sum())
                    .run(effort);
            List<Bar> commands = List.of(measured.bar(MANY), measured.bar(LEDGER));
            List<Bar> steps = List.of(measured.bar(JPA), measured.bar(STEPS));
            var figures = new Figures(Machine.describe(ledger.sql()))
                    .with(new Chart("mixed", "The whole life of a batch's vouchers", "commands/s", commands))
                    .with(new Chart("mixed-steps", "Application, grant, order and payment", "steps/s", steps))
                    .with(measured.ratio("mixedVsPgbench32", LEDGER, MANY, null))
                    .with(measured.ratio("mixedVsPlainJpa", STEPS, JPA, null));
            return Pgbench.isThere() ? figures : figures.note(Pgbench.NOT_THERE);
        }
    }

    /** Plays a season on an empty log; commands a second from the opening of the batch. */
    private double play(BenchLedger ledger, City city, int enterprises) {
        ledger.startOver();
        season = new Season(ledger, city, enterprises);
        season.found();
        founded = ledger.number("select max(id) from ledger.command_answer");
        long begun = System.nanoTime();
        season.run();
        long commands = ledger.number("select count(*) from ledger.command_answer where id > ?", founded);
        return commands * 1e9 / (System.nanoTime() - begun);
    }

    private Map<String, Integer> kinds(BenchLedger ledger) {
        Map<String, Integer> weights = new LinkedHashMap<>();
        ledger.sql()
                .query(
                        KINDS,
                        row -> {
                            weights.put(row.getString(3), row.getInt(2));
                        },
                        founded);
        return weights;
    }
}
