package org.voucherledger.benchmark;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.voucherledger.benchmark.bulk.BulkBench;
import org.voucherledger.benchmark.charts.PerformancePage;
import org.voucherledger.benchmark.evidence.EvidenceBench;
import org.voucherledger.benchmark.evidence.SealingBench;
import org.voucherledger.benchmark.fair.FairBench;
import org.voucherledger.benchmark.growth.GrowthBench;
import org.voucherledger.benchmark.hot.HotBench;
import org.voucherledger.benchmark.http.HttpBench;
import org.voucherledger.benchmark.measure.Benchmark;
import org.voucherledger.benchmark.measure.Effort;
import org.voucherledger.benchmark.measure.Figures;
import org.voucherledger.benchmark.measure.Ratio;
import org.voucherledger.benchmark.mixed.MixedBench;
import org.voucherledger.benchmark.replay.ReplayBench;
import org.voucherledger.benchmark.spread.SpreadBench;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParseResult;
import tools.jackson.databind.json.JsonMapper;

/** What {@code ./voucher bench} understands: the name of a benchmark and how to measure, or no name for all of them. */
@Command(
        name = "bench",
        description = "Measures the ledger, side by side with what it is built upon: one benchmark, or all in turn.",
        mixinStandardHelpOptions = true)
public final class Bench {

    @Mixin
    private final Effort effort = new Effort();

    private Bench() {}

    /** In the order in which they are run where none is named. */
    private static List<Benchmark> benchmarks() {
        return List.of(
                new HotBench(),
                new SpreadBench(),
                new MixedBench(),
                new FairBench(),
                new HttpBench(),
                new BulkBench(),
                new ReplayBench(),
                new GrowthBench(),
                new SealingBench(),
                new EvidenceBench());
    }

    public static void main(String... arguments) {
        System.exit(run(arguments));
    }

    /** 0 if it went well, 2 if the arguments cannot be understood, 1 otherwise. */
    public static int run(String... arguments) {
        var all = new CommandLine(new Bench()).setUsageHelpAutoWidth(true);
        for (Benchmark benchmark : benchmarks()) {
            CommandSpec one = CommandSpec.forAnnotatedObject(benchmark)
                    .addMixin("effort", CommandSpec.forAnnotatedObject(new Effort()))
                    .mixinStandardHelpOptions(true);
            all.addSubcommand(one.name(), one);
        }
        return all.setExecutionStrategy(Bench::measure).execute(arguments);
    }

    private static int measure(ParseResult parsed) {
        Integer helped = CommandLine.executeHelpRequest(parsed);
        if (helped != null) {
            return helped;
        }
        Map<String, Object> numbers = new LinkedHashMap<>();
        Effort effort;
        if (parsed.hasSubcommand()) {
            CommandSpec one = parsed.subcommand().commandSpec();
            effort = (Effort) one.mixins().get("effort").userObject();
            Figures figures = told(one, effort);
            numbers.put("benchmark", one.name());
            numbers.putAll(figures.numbers());
            numbers.putAll(figures.others());
        } else {
            effort = ((Bench) parsed.commandSpec().userObject()).effort;
            numbers.put("benchmark", "all");
            for (CommandLine one : parsed.commandSpec().subcommands().values()) {
                Figures figures = told(one.getCommandSpec(), effort);
                numbers.putAll(figures.numbers());
                if (!figures.others().isEmpty()) {
                    numbers.put(one.getCommandName(), figures.others());
                }
            }
        }
        if (effort.isJson()) {
            System.out.println(JsonMapper.shared().writeValueAsString(numbers));
        }
        return 0;
    }

    private static Figures told(CommandSpec one, Effort effort) {
        System.err.println(one.name() + " ...");
        // Before anything is measured, so that a wrong number of rounds is not found out afterwards.
        effort.rounds();
        Figures figures = ((Benchmark) one.userObject()).measure(effort);
        System.out.println(one.name() + ", on " + figures.machine());
        figures.charts().forEach(chart -> {
            System.out.println(chart.title());
            chart.bars().forEach(bar -> System.out.println("  " + bar.line(chart.unit())));
        });
        figures.ratios().stream().map(Ratio::line).forEach(System.out::println);
        figures.notes().forEach(System.out::println);
        if (effort.charts() != null) {
            new PerformancePage(effort.charts()).show(one.name(), figures, effort.isQuick());
        }
        return figures;
    }
}
