package org.voucherledger.api.durability;

import java.io.File;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Collectors;
import org.voucherledger.api.VoucherLedger;
import org.voucherledger.api.pipeline.PlantedProgram;

/** A ledger in a process of its own, with its own PostgreSQL, to be killed. */
final class Program implements AutoCloseable {

    private static final Duration START = Duration.ofMinutes(3);
    private static final HttpClient HTTP =
            HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(2)).build();

    private final Class<?> main;
    private final String classPath;
    private final List<String> arguments;
    private final Path data;
    private final int port;
    private final Path log;
    private final Map<String, String> settings;
    private Process process;

    /** @param arguments in which {@code {data}} and {@code {port}} stand for the directory and the port */
    private Program(
            Class<?> main, String classPath, Path data, Path log, Map<String, String> settings, String... arguments) {
        this.main = main;
        this.settings = Map.copyOf(settings);
        this.classPath = classPath;
        this.data = data;
        this.log = log;
        this.port = freePort();
        this.arguments = List.of(arguments);
    }

    /** The program as it is delivered: nothing of the tests is on its class path. */
    static Program real(Path data, Path log) {
        return real(data, log, Map.of());
    }

    /** The same with settings, as its environment gives them. */
    static Program real(Path data, Path log, Map<String, String> settings) {
        String delivered = Arrays.stream(testClassPath().split(File.pathSeparator))
                .filter(entry -> !entry.contains("test-classes") && !entry.endsWith("-tests.jar"))
                .collect(Collectors.joining(File.pathSeparator));
        return new Program(
                VoucherLedger.class, delivered, data, log, settings, "serve", "--data", "{data}", "--port", "{port}");
    }

    static Program planted(PlantedProgram.Bug bug, Path data, Path log) {
        return new Program(PlantedProgram.class, testClassPath(), data, log, Map.of(), bug.name(), "{data}", "{port}");
    }

    /** The build tool hides it behind a jar of its own, and says here what is in it. */
    private static String testClassPath() {
        return System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
    }

    URI url() {
        return URI.create("http://127.0.0.1:" + port);
    }

    /** Returns when it answers. */
    void start() {
        var command = new ArrayList<String>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(List.of("-Xmx512m", "-cp", classPath, main.getName()));
        arguments.stream()
                .map(argument -> argument.replace("{data}", data.toString()).replace("{port}", Integer.toString(port)))
                .forEach(command::add);
        try {
            var builder = new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()));
            builder.environment().putAll(settings);
            process = builder.start();
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
        long until = System.nanoTime() + START.toNanos();
        while (!answers()) {
            if (!process.isAlive() || System.nanoTime() > until) {
                throw new AssertionError("the program did not start, see " + log);
            }
            LockSupport.parkNanos(50_000_000);
        }
    }

    /** kill -9. */
    void kill() {
        process.destroyForcibly();
        process.onExit().join();
    }

    void awaitDeath() {
        process.onExit().orTimeout(START.toSeconds(), TimeUnit.SECONDS).join();
    }

    /** kill -9 of the database's first process; the others notice and end. */
    void killPostgres() {
        try (var lines = Files.lines(data.resolve("postgres/postmaster.pid"))) {
            long pid = Long.parseLong(lines.findFirst().orElseThrow().strip());
            ProcessHandle.of(pid).ifPresent(ProcessHandle::destroyForcibly);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Straight into the database, past the program. */
    Connection database() throws SQLException, IOException {
        String password = Files.readString(data.resolve("postgres.password")).strip();
        String at = Files.readString(data.resolve("postgres.port")).strip();
        return DriverManager.getConnection("jdbc:postgresql://127.0.0.1:" + at + "/ledger", "voucher", password);
    }

    /** In good order, so that no server is left behind. */
    @Override
    public void close() throws InterruptedException {
        if (!process.isAlive()) {
            start();
        }
        process.destroy();
        if (!process.waitFor(START.toSeconds(), TimeUnit.SECONDS)) {
            process.destroyForcibly();
            killPostgres();
        }
    }

    private boolean answers() {
        var ask = HttpRequest.newBuilder(url().resolve("/livez"))
                .timeout(Duration.ofSeconds(5))
                .build();
        try {
            HTTP.send(ask, HttpResponse.BodyHandlers.discarding());
            return true;
        } catch (IOException notYet) {
            return false;
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private static int freePort() {
        try (var probe = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return probe.getLocalPort();
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }
}
