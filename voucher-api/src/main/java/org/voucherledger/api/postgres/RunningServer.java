package org.voucherledger.api.postgres;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What is still running of an earlier start. A killed program leaves its server alive; a killed server leaves its
 * {@code postmaster.pid} behind and, for a moment, its own orphans.
 *
 * @param port where it listens
 */
record RunningServer(long pid, int port) {

    private static final Path PROCESSES = Path.of("/proc");

    /** The live server of this cluster, if there is one. */
    static Optional<RunningServer> of(Path cluster) throws IOException {
        Path pidFile = cluster.resolve("postmaster.pid");
        if (!Files.exists(pidFile)) {
            return Optional.empty();
        }
        List<String> lines = Files.readAllLines(pidFile);
        if (lines.size() < 4 || lines.get(3).isBlank()) {
            return Optional.empty();
        }
        var server = new RunningServer(
                Long.parseLong(lines.get(0).strip()),
                Integer.parseInt(lines.get(3).strip()));
        return isPostgres(server.pid) && worksIn(server.pid, cluster) ? Optional.of(server) : Optional.empty();
    }

    /** The server itself or an orphan of it; every one of its processes works in the directory of the cluster. */
    static boolean anyProcessWorksIn(Path cluster) throws IOException {
        if (!Files.isDirectory(PROCESSES)) {
            return false;
        }
        try (Stream<Path> processes = Files.list(PROCESSES)) {
            return processes
                    .map(process -> process.getFileName().toString())
                    .filter(name -> name.chars().allMatch(Character::isDigit))
                    .anyMatch(pid -> worksIn(Long.parseLong(pid), cluster));
        }
    }

    private static boolean isPostgres(long pid) {
        return ProcessHandle.of(pid)
                .flatMap(process -> process.info().command())
                .filter(command -> command.contains("postgres"))
                .isPresent();
    }

    private static boolean worksIn(long pid, Path cluster) {
        if (!Files.isDirectory(PROCESSES)) {
            return true;
        }
        try {
            return Files.readSymbolicLink(PROCESSES.resolve(Long.toString(pid)).resolve("cwd"))
                    .equals(cluster);
        } catch (IOException goneOrSomebodyElses) {
            return false;
        }
    }
}
