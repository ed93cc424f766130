package org.voucherledger.api.postgres;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.springframework.util.FileSystemUtils;

/** A ledger whose data nobody wants any more. */
public final class DiscardedLedger {

    private DiscardedLedger() {}

    /**
     * Empties its data directory. A server that a killed program has left running there is stopped first. The file whose lock
     * keeps two ledgers apart stays, because whoever waits for it would otherwise wait for another one than the next.
     *
     * @param kept names of files that stay as well
     * @throws PostgresUnavailable with a plain sentence, if a ledger is running there; nothing has been touched then
     */
    public static void empty(Path directory, Set<String> kept) {
        empty(directory, kept, Optional.empty());
    }

    /** @param binaries where the programs are unpacked, if not in the data directory */
    static void empty(Path directory, Set<String> kept, Optional<Path> binaries) {
        try (DataDirectory data = DataDirectory.open(directory)) {
            stopServer(data, binaries.orElse(data.binaries()));
            for (Path inside : inside(directory)) {
                String name = inside.getFileName().toString();
                if (!name.equals(DataDirectory.LOCK_FILE) && !kept.contains(name)) {
                    FileSystemUtils.deleteRecursively(inside);
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException("the data directory " + directory + " cannot be emptied", e);
        }
    }

    private static void stopServer(DataDirectory data, Path binaries) throws IOException {
        if (RunningServer.of(data.cluster()).isEmpty()) {
            return;
        }
        var stopped = new PostgresProgram(PostgresBinaries.in(binaries))
                .run("pg_ctl", "-D", data.cluster().toString(), "-m", "immediate", "-w", "stop");
        if (!stopped.succeeded()) {
            throw new PostgresUnavailable("The PostgreSQL that still runs on " + data + " does not stop: "
                    + stopped.output().strip() + ". End it and try again.");
        }
    }

    private static List<Path> inside(Path directory) throws IOException {
        try (Stream<Path> inside = Files.list(directory)) {
            return inside.toList();
        }
    }
}
