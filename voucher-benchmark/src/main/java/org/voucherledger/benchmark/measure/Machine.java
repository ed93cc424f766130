package org.voucherledger.benchmark.measure;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.springframework.jdbc.core.JdbcTemplate;

/** What the figures were made on, and the settings of the server as the server says them. */
public final class Machine {

    private static final long MEBIBYTE = 1L << 20;
    private static final Path PROCESSORS = Path.of("/proc/cpuinfo");
    private static final List<String> SETTINGS =
            List.of("fsync", "synchronous_commit", "full_page_writes", "wal_sync_method", "shared_buffers");

    private Machine() {}

    public static String describe(JdbcTemplate sql) {
        return "%d processors%s, %,d MiB memory, %s; Java %s, %,d MiB heap; %s: %s"
                .formatted(
                        Runtime.getRuntime().availableProcessors(),
                        model(),
                        memory() / MEBIBYTE,
                        System.getProperty("os.name"),
                        System.getProperty("java.version"),
                        Runtime.getRuntime().maxMemory() / MEBIBYTE,
                        sql.queryForObject("select split_part(version(), ' on ', 1)", String.class),
                        SETTINGS.stream()
                                .map(name -> name + " " + sql.queryForObject("show " + name, String.class))
                                .collect(Collectors.joining(", ")));
    }

    private static long memory() {
        return ManagementFactory.getOperatingSystemMXBean() instanceof com.sun.management.OperatingSystemMXBean system
                ? system.getTotalMemorySize()
                : 0;
    }

    /** In brackets; nothing where the system does not say. */
    private static String model() {
        if (!Files.isReadable(PROCESSORS)) {
            return "";
        }
        try (Stream<String> lines = Files.lines(PROCESSORS)) {
            return lines.filter(line -> line.startsWith("model name"))
                    .map(line -> " (" + line.substring(line.indexOf(':') + 1).strip() + ")")
                    .findFirst()
                    .orElse("");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
