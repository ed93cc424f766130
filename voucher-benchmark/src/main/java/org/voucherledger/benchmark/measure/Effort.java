package org.voucherledger.benchmark.measure;

import java.nio.file.Path;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The options that all benchmarks share: how thoroughly to measure, and what to make of the figures. */
public final class Effort {

    /** Fewer have no median worth the name. */
    private static final int FEWEST_ROUNDS = 5;

    private static final int QUICK_ROUNDS = 3;

    /** Before that the program is still being compiled, and each round is faster than the one before. */
    private static final int WARM_UPS = 3;

    private static final int QUICK_WARM_UPS = 1;

    @Spec
    private CommandSpec command;

    @Option(
            names = "--rounds",
            description = "that are counted (" + FEWEST_ROUNDS + "; with --quick " + QUICK_ROUNDS + ")")
    private Integer rounds;

    @Option(
            names = "--warm-ups",
            description =
                    "rounds before those that are counted (" + WARM_UPS + "; with --quick " + QUICK_WARM_UPS + ")")
    private Integer warmUps;

    @Option(names = "--quick", description = "a shorter, rougher run")
    private boolean quick;

    @Option(names = "--json", description = "the last line is one JSON object with the figures")
    private boolean json;

    @Option(
            names = "--scratch",
            paramLabel = "DIRECTORY",
            description = "where the scratch database lies (${DEFAULT-VALUE})")
    private Path scratch = Path.of("voucher-data");

    @Option(
            names = "--charts",
            paramLabel = "DIRECTORY",
            description = "draw the charts and put the figures into performance.md there")
    private Path charts;

    /** @throws ParameterException if there are too few for a run that is not quick */
    public int rounds() {
        int asked = rounds == null ? (quick ? QUICK_ROUNDS : FEWEST_ROUNDS) : rounds;
        if (asked < (quick ? 1 : FEWEST_ROUNDS)) {
            throw new ParameterException(
                    command.commandLine(), "--rounds must be " + FEWEST_ROUNDS + " or more, with --quick 1 or more");
        }
        return asked;
    }

    /** One number for a thorough run, another for a quick one, and neither where it was said. */
    public int size(Integer said, int thorough, int quickly) {
        return said != null ? said : quick ? quickly : thorough;
    }

    int warmUps() {
        return size(warmUps, WARM_UPS, QUICK_WARM_UPS);
    }

    public boolean isQuick() {
        return quick;
    }

    public boolean isJson() {
        return json;
    }

    public Path scratch() {
        return scratch;
    }

    /** {@code null} where no charts are asked for. */
    public Path charts() {
        return charts;
    }
}
