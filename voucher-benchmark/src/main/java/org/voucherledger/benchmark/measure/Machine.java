package org.voucherledger.benchmark.measure;

import org.springframework.jdbc.core.JdbcTemplate;

/** What the figures were made on. */
public final class Machine {

    private static final long MEBIBYTE = 1L << 20;

    private Machine() {}

    public static String describe(JdbcTemplate sql) {
        return "%d processors, %,d MiB heap, Java %s, %s; fsync %s, synchronous_commit %s, full_page_writes %s"
                .formatted(
                        Runtime.getRuntime().availableProcessors(),
                        Runtime.getRuntime().maxMemory() / MEBIBYTE,
                        System.getProperty("java.version"),
                        sql.queryForObject("select split_part(version(), ' on ', 1)", String.class),
                        setting(sql, "fsync"),
                        setting(sql, "synchronous_commit"),
                        setting(sql, "full_page_writes"));
    }

    private static String setting(JdbcTemplate sql, String name) {
        return sql.queryForObject("select current_setting(?)", String.class, name);
    }
}
