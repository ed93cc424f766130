package org.voucherledger.api.postgres;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Runs one of PostgreSQL's programs to its end.
 *
 * <p>PostgreSQL refuses to run as root. Root therefore starts it in a user namespace of its own, where it is nobody and owns
 * the files all the same.
 */
final class PostgresProgram {

    /** How it ended and what it said. */
    record Result(int exitCode, String output) {
        boolean succeeded() {
            return exitCode == 0;
        }
    }

    private final Path home;
    private final boolean asRoot = "root".equals(System.getProperty("user.name"));

    PostgresProgram(Path home) {
        this.home = home;
    }

    /** Makes sure once that this user may run PostgreSQL at all. */
    void requireRunnable() {
        if (asRoot && !run(List.of("unshare", "-U", "true")).succeeded()) {
            throw new PostgresUnavailable("PostgreSQL does not run as root, and this system refuses the user namespace"
                    + " (unshare -U) in which it would. Start the ledger as an ordinary user, or name an outside"
                    + " database with --database-url.");
        }
        Result version = run("postgres", "--version");
        if (!version.succeeded()) {
            throw new PostgresUnavailable("The PostgreSQL that comes with the ledger does not run here: "
                    + version.output().strip() + ". Install PostgreSQL and name it with --database-url.");
        }
    }

    Result run(String program, String... arguments) {
        var command = new ArrayList<String>();
        if (asRoot) {
            command.addAll(List.of("unshare", "-U"));
        }
        command.add(home.resolve("bin").resolve(program).toString());
        command.addAll(List.of(arguments));
        return run(command);
    }

    private static Result run(List<String> command) {
        try {
            Process process = new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectInput(
                            ProcessBuilder.Redirect.from(Path.of("/dev/null").toFile()))
                    .start();
            String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            return new Result(process.waitFor(), output);
        } catch (IOException e) {
            return new Result(-1, e.getMessage());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new PostgresUnavailable("The start of PostgreSQL was interrupted. Start the ledger again.", e);
        }
    }
}
