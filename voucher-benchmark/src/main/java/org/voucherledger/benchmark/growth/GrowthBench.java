package org.voucherledger.benchmark.growth;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.ToDoubleFunction;
import org.voucherledger.benchmark.measure.Aim;
import org.voucherledger.benchmark.measure.Benchmark;
import org.voucherledger.benchmark.measure.Chart;
import org.voucherledger.benchmark.measure.Effort;
import org.voucherledger.benchmark.measure.Figures;
import org.voucherledger.benchmark.measure.Rounds;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Whether anything gets slower as the ledger grows: the same questions to ledgers of very different lengths, in turns. */
@Command(
        name = "growth",
        description =
                "The cost of commands, of loading a batch, replaying a voucher and past balances as the log grows.")
public final class GrowthBench implements Benchmark {

    private static final long SHORTEST = 10_000;
    private static final long TEN_TIMES = 10;

    @Option(names = "--events", description = "how long the longest log is made (1000000; with --quick 100000)")
    private Integer events;

    @Option(names = "--commands", description = "in each round, to each ledger (500; with --quick 200)")
    private Integer commands;

    @Override
    public Figures measure(Effort effort) {
        long longest = effort.size(events, 1_000_000, 100_000);
        int each = effort.size(commands, 500, 200);
        Map<Long, Grown> ledgers = new LinkedHashMap<>();
        try {
            for (long size = SHORTEST; size <= longest; size *= TEN_TIMES) {
                System.err.println("  growing to " + size);
                ledgers.put(size, Grown.to(size, each, effort.scratch()));
            }
            return measure(effort, ledgers);
        } finally {
            ledgers.values().forEach(Grown::close);
        }
    }

    private static Figures measure(Effort effort, Map<Long, Grown> ledgers) {
        var commands = rounds(effort, ledgers, Grown::microsOfACommand);
        var loads = rounds(effort, ledgers, Grown::millisToLoadABatch);
        var replays = rounds(effort, ledgers, Grown::millisToReplayAVoucher);
        var balances = rounds(effort, ledgers, Grown::millisOfAPastBalance);
        List<Long> sizes = new ArrayList<>(ledgers.keySet());
        String first = name(sizes.getFirst());
        String last = name(sizes.getLast());
        return new Figures(ledgers.get(sizes.getFirst()).machine())
                .with(new Chart("growth-commands", "A command, by events in the log", "µs", commands.bars()))
                .with(new Chart("growth-batch", "Loading a batch, by events in the log", "ms", loads.bars()))
                .with(new Chart("growth-voucher", "Replaying a voucher, by events in the log", "ms", replays.bars()))
                .with(new Chart("growth-balance", "A past balance, by events in the log", "ms", balances.bars()))
                .with(commands.ratio("growth", last, first, Aim.atMost(1.1)))
                .with(loads.ratio("growthOfLoadingABatch", last, first, null))
                .with(replays.ratio("growthOfReplayingAVoucher", last, first, null))
                .with(balances.ratio("growthOfPastBalances", last, first, null))
                .with("events", sizes)
                .note("Each ratio is the cost with the longest log beside that with the shortest, in the same round.");
    }

    private static Rounds rounds(Effort effort, Map<Long, Grown> ledgers, ToDoubleFunction<Grown> cost) {
        var rounds = new Rounds();
        ledgers.forEach((size, ledger) -> rounds.with(name(size), () -> cost.applyAsDouble(ledger)));
        return rounds.run(effort);
    }

    private static String name(long size) {
        return String.format(Locale.ROOT, "%,d events", size);
    }
}
