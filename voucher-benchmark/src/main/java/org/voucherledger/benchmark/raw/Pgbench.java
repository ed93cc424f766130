package org.voucherledger.benchmark.raw;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.voucherledger.benchmark.scene.BenchLedger;

/**
 * PostgreSQL's own load generator on the same server, writing rows of the same number and size as the ledger does for a
 * command. It comes with PostgreSQL's server or contrib package; where it is not there a driver of ours sends the same
 * statements, and says so.
 */
public final class Pgbench {

    /** Said with the figures where they are not pgbench's own. */
    public static final String NOT_THERE =
            "pgbench was not found on this machine: the same statements were sent over JDBC instead, by threads of the benchmark.";

    private static final Pattern RATE = Pattern.compile("tps = ([0-9.]+)");
    private static final Path DEBIAN = Path.of("/usr/lib/postgresql");

    /**
     * A statement that is sent again and again, each time in a transaction of its own.
     *
     * @param weight how often, beside the others
     * @param commands how many commands' rows it writes
     */
    record Script(String statement, int weight, int commands) {}

    private final BenchLedger ledger;
    private final List<Script> scripts;
    private final Optional<Path> program;

    private Pgbench(BenchLedger ledger, List<Script> scripts, Optional<Path> program) {
        this.ledger = ledger;
        this.scripts = scripts;
        this.program = program;
    }

    /** @param commandId of a command that stands for all: what it wrote is what is written here, one command a transaction */
    public static Pgbench like(BenchLedger ledger, String commandId) {
        return mixed(ledger, Map.of(commandId, 1));
    }

    /** @param rowsOfOneTransaction about how many rows go into one transaction, as whole commands */
    public static Pgbench like(BenchLedger ledger, String commandId, int rowsOfOneTransaction) {
        RawRows rows = RawRows.of(ledger, commandId);
        int commands = Math.max(1, rowsOfOneTransaction / rows.rows());
        return new Pgbench(ledger, List.of(new Script(rows.statement(commands), 1, commands)), program());
    }

    /** @param weights how often each of these commands is written, beside the others */
    public static Pgbench mixed(BenchLedger ledger, Map<String, Integer> weights) {
        return new Pgbench(
                ledger,
                weights.entrySet().stream()
                        .map(entry ->
                                new Script(RawRows.of(ledger, entry.getKey()).statement(1), entry.getValue(), 1))
                        .toList(),
                program());
    }

    /** As on a machine without pgbench. */
    public Pgbench overJdbc() {
        return new Pgbench(ledger, scripts, Optional.empty());
    }

    /** Whether what is measured is pgbench itself. */
    public static boolean isThere() {
        return program().isPresent();
    }

    /** Commands a second. */
    public double rate(int clients, int seconds) {
        RawRows.clear(ledger);
        double transactions = program.isPresent()
                ? transactions(program.get(), clients, seconds)
                : new SameStatements(ledger, scripts).transactions(clients, seconds);
        return transactions * scripts.getFirst().commands();
    }

    private double transactions(Path pgbench, int clients, int seconds) {
        List<Path> files = new ArrayList<>();
        try {
            var command = new ArrayList<>(List.of(pgbench.toString(), "-h", "127.0.0.1"));
            command.addAll(List.of(
                    "-p", Integer.toString(ledger.port()), "-U", ledger.pool().getUsername()));
            command.addAll(List.of("-n", "-M", "prepared", "-c", Integer.toString(clients)));
            command.addAll(List.of("-j", Integer.toString(Math.min(clients, 2)), "-T", Integer.toString(seconds)));
            for (Script script : scripts) {
                Path file = Files.createTempFile("pgbench", ".sql");
                files.add(file);
                Files.writeString(file, script.statement() + ";\n");
                command.add("--file=" + file + "@" + script.weight());
            }
            command.add("ledger");
            return rate(command);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } finally {
            files.forEach(file -> file.toFile().delete());
        }
    }

    private double rate(List<String> command) throws IOException {
        var builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.environment().put("PGPASSWORD", ledger.pool().getPassword());
        Process process = builder.start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        try {
            Matcher rate = RATE.matcher(said);
            if (process.waitFor() != 0 || !rate.find()) {
                throw new IllegalStateException("pgbench failed: " + said);
            }
            return Double.parseDouble(rate.group(1));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        }
    }

    /** On the path, or where Debian keeps the programs of each version; the newest then. */
    private static Optional<Path> program() {
        Stream<Path> onThePath = Arrays.stream(
                        Optional.ofNullable(System.getenv("PATH")).orElse("").split(File.pathSeparator))
                .filter(directory -> !directory.isBlank())
                .map(directory -> Path.of(directory, "pgbench"));
        return Stream.concat(onThePath, ofDebian()).filter(Files::isExecutable).findFirst();
    }

    private static Stream<Path> ofDebian() {
        if (!Files.isDirectory(DEBIAN)) {
            return Stream.empty();
        }
        try (Stream<Path> versions = Files.list(DEBIAN)) {
            return versions
                    .filter(version -> version.getFileName().toString().matches("[0-9]+"))
                    .sorted(Comparator.comparingInt((Path version) ->
                                    Integer.parseInt(version.getFileName().toString()))
                            .reversed())
                    .map(version -> version.resolve("bin/pgbench"))
                    .toList()
                    .stream();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
