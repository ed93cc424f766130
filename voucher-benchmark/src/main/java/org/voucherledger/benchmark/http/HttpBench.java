package org.voucherledger.benchmark.http;

import java.util.List;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.DoubleSupplier;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.voucherledger.benchmark.hot.HotBatch;
import org.voucherledger.benchmark.load.OpenLoad;
import org.voucherledger.benchmark.load.OpenLoad.Outcome;
import org.voucherledger.benchmark.measure.Aim;
import org.voucherledger.benchmark.measure.Bar;
import org.voucherledger.benchmark.measure.Benchmark;
import org.voucherledger.benchmark.measure.Chart;
import org.voucherledger.benchmark.measure.Effort;
import org.voucherledger.benchmark.measure.Figures;
import org.voucherledger.benchmark.measure.Machine;
import org.voucherledger.benchmark.measure.Ratio;
import org.voucherledger.benchmark.measure.Rounds;
import org.voucherledger.benchmark.plainjpa.PlainCity;
import org.voucherledger.benchmark.scene.BenchLedger;
import org.voucherledger.benchmark.scene.City;
import org.voucherledger.benchmark.scene.Season;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/**
 * The 10:00 rush as its callers see it: the program in a process of its own, with tokens, keys, audit metadata, views, books and
 * sealing, and the callers in another, on the same processors. Beside it the domain without HTTP, and the plain service over
 * HTTP.
 */
@Command(
        name = "http",
        description = "Applications to one batch over HTTP, singly and in bulk, beside the domain and plain JPA.")
public final class HttpBench implements Benchmark {

    private static final String DOMAIN = "domain, without HTTP";
    private static final String SINGLE = "HTTP, one command a request";
    private static final String BULK = "HTTP, bulk requests";
    private static final String JPA = "plain JPA over HTTP";
    private static final String OFFERED = "ledger at the offered load";
    private static final String OFFERED_JPA = "plain JPA at the offered load";
    private static final String OFFERED_LOAD = "the offered load";
    private static final String EASY_LOAD = "the easy load";
    private static final String EASY = "ledger at an easy load";
    private static final String EASY_JPA = "plain JPA at an easy load";

    /** The load of a rush that is offered to both: what the ledger bears well. */
    private static final double SHARE_OF_THE_LEDGERS_BEST = 0.5;

    /** The load that is easy for both: what the plain service bears without its queue growing. */
    private static final double SHARE_OF_THE_PLAIN_BEST = 0.8;

    private static final int COMMANDS_OF_A_BULK = 500;
    private static final int BULKS_AT_ONCE = 8;
    private static final List<String> PERCENTILES = List.of("50", "99", "99.9");

    /** Of the p99 of the plain service at the same load. */
    private static final double QUARTER = 0.25;

    @Option(names = "--applications", description = "in each rush (5000; with --quick 1000)")
    private Integer applications;

    @Option(names = "--easy", description = "applications at each easy load (2000; with --quick 300)")
    private Integer easy;

    @Option(
            names = "--load",
            description = "applications a second that are offered to both in a rush (half of the ledger's best)")
    private Double load;

    @Option(names = "--connections", description = "of the callers (${DEFAULT-VALUE})")
    private int connections = 256;

    @Override
    public Figures measure(Effort effort) {
        int many = effort.size(applications, 5_000, 1_000);
        int few = effort.size(easy, 2_000, 300);
        int enterprises = Math.max(many, few);
        var city = new City("Q000", enterprises);
        try (BenchLedger domain = BenchLedger.fresh(effort.scratch());
                ServedLedger served = ServedLedger.beside(domain, city);
                ServerProcess plain = ServedPlainJpa.beside(domain)) {
            var hot = new HotBatch(domain, city, many, many);
            served.openWindows(Season.OPENS);
            served.awaitViews();
            var rush = new HttpRush(city, served, PlainCity.found(domain.sql(), city, enterprises));
            var toLedger = new OpenLoad(served.address(), connections);
            var bulks = new OpenLoad(served.address(), BULKS_AT_ONCE);
            var toPlain = new OpenLoad(plain.address(), connections);
            var rounds = new Rounds()
                    .with(DOMAIN, hot::ofTheLedger)
                    .with(BULK, () -> rush.inBulk(bulks, many, COMMANDS_OF_A_BULK));
            var single = loaded(rounds, SINGLE, () -> rush.singly(toLedger, many));
            var plainly = loaded(rounds, JPA, () -> rush.atThePlainService(toPlain, many));
            // Both get the same load, and it is reckoned anew in each round from what was borne just before.
            DoubleSupplier offered = () -> load != null
                    ? load
                    : SHARE_OF_THE_LEDGERS_BEST * single.get().perSecond();
            DoubleSupplier easily =
                    () -> SHARE_OF_THE_PLAIN_BEST * plainly.get().perSecond();
            rounds.with(OFFERED_LOAD, offered);
            loaded(rounds, OFFERED, () -> rush.offered(toLedger, many, offered.getAsDouble()));
            loaded(rounds, OFFERED_JPA, () -> rush.offeredToThePlainService(toPlain, many, offered.getAsDouble()));
            rounds.with(EASY_LOAD, easily);
            loaded(rounds, EASY, () -> rush.offered(toLedger, few, easily.getAsDouble()));
            loaded(rounds, EASY_JPA, () -> rush.offeredToThePlainService(toPlain, few, easily.getAsDouble()));
            rounds.run(effort);
            return figures(rounds, many, Machine.describe(domain.sql()));
        }
    }

    /** Besides its rate, how long its requests took is measured in each round. */
    private static AtomicReference<Outcome> loaded(Rounds rounds, String name, Supplier<Outcome> load) {
        var last = new AtomicReference<Outcome>();
        rounds.with(name, () -> {
            last.set(load.get());
            return last.get().perSecond();
        });
        PERCENTILES.forEach(percentile ->
                rounds.with(p(name, percentile), () -> last.get().millis(Double.parseDouble(percentile))));
        return last;
    }

    private static String p(String name, String percentile) {
        return name + ", p" + percentile;
    }

    private Figures figures(Rounds rounds, int many, String machine) {
        String rush = String.format(Locale.ROOT, "Waiting when %,d apply at once", many);
        String half = load == null
                ? "Waiting in a rush of half of what the ledger takes"
                : String.format(Locale.ROOT, "Waiting in a rush of %,.0f applications a second", load);
        String easy = "Waiting at a load that plain JPA bears";
        List<Bar> rates = Stream.of(DOMAIN, BULK, SINGLE, JPA).map(rounds::bar).toList();
        return new Figures(machine)
                .with(new Chart("http", "Applications to one batch over HTTP", "commands/s", rates))
                .with(new Chart("http-rush", rush, "ms", waits(rounds, SINGLE, JPA)))
                .with(new Chart("http-load", half, "ms", waits(rounds, OFFERED, OFFERED_JPA)))
                .with(new Chart("http-easy", easy, "ms", waits(rounds, EASY, EASY_JPA)))
                .with(rounds.ratio("httpVsDomain", SINGLE, DOMAIN, Aim.atLeast(0.3)))
                .with(rounds.ratio("bulkHttpVsDomain", BULK, DOMAIN, Aim.atLeast(0.7)))
                .with(rounds.ratio("httpVsPlainJpa", SINGLE, JPA, null))
                .with(p99(rounds, "atOnceP99VsPlainJpa", SINGLE, JPA, null))
                .with(p99(rounds, "rushP99VsPlainJpa", OFFERED, OFFERED_JPA, Aim.atMost(QUARTER)))
                .with(p99(rounds, "easyP99VsPlainJpa", EASY, EASY_JPA, null))
                .note("Offered in the rush: " + load(rounds, OFFERED_LOAD) + "; at the easy load: "
                        + load(rounds, EASY_LOAD) + " applications a second.");
    }

    private static String load(Rounds rounds, String name) {
        Bar bar = rounds.bar(name);
        return Bar.figure(bar.median()) + " (" + Bar.figure(bar.least()) + " to " + Bar.figure(bar.most()) + ")";
    }

    private static Ratio p99(Rounds rounds, String name, String ledger, String plain, Aim aim) {
        return rounds.ratio(name, p(ledger, "99"), p(plain, "99"), aim);
    }

    private static List<Bar> waits(Rounds rounds, String ledger, String plain) {
        return PERCENTILES.stream()
                .flatMap(percentile -> Stream.of(
                        rounds.bar(p(ledger, percentile)).named(p("ledger", percentile)),
                        rounds.bar(p(plain, percentile)).named(p("plain JPA", percentile))))
                .toList();
    }
}
