package org.voucherledger.api.personaldata;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;
import org.springframework.jdbc.core.JdbcTemplate;

/** Looks for a text, and for hashes of it, everywhere that is not the store of personal data. */
final class EverythingElse {

    private static final String STORE = "ledger.personal_datum";

    private final JdbcTemplate sql;
    private final List<Path> logs;

    EverythingElse(JdbcTemplate sql, Path... logs) {
        this.sql = sql;
        this.logs = List.of(logs);
    }

    /** Where it stands; {@code andTheStore} looks there too. */
    List<String> holding(String text, boolean andTheStore) {
        List<String> found = new ArrayList<>();
        for (String table : tables()) {
            if (!andTheStore && table.equals(STORE)) {
                continue;
            }
            for (String form : forms(text)) {
                // A column of bytes is printed in hexadecimal digits.
                Boolean there = sql.queryForObject(
                        "select exists (select from " + table + " t where position(? in t::text) > 0)",
                        Boolean.class,
                        form);
                if (there) {
                    found.add(table + " " + form);
                }
            }
        }
        for (Path log : logs) {
            String said = read(log);
            forms(text).stream().filter(said::contains).forEach(form -> found.add(log.getFileName() + " " + form));
        }
        return found;
    }

    List<String> tables() {
        return sql.queryForList(
                "select format('%I.%I', table_schema, table_name) from information_schema.tables"
                        + " where table_type = 'BASE TABLE' and table_schema not in ('pg_catalog', 'information_schema')"
                        + " order by 1",
                String.class);
    }

    /** As it is, as bytes, and hashed in the usual ways. */
    private static List<String> forms(String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        return Stream.concat(
                        Stream.of(text, HexFormat.of().formatHex(bytes)),
                        Stream.of("MD5", "SHA-1", "SHA-256").map(hash -> hash(hash, bytes)))
                .toList();
    }

    private static String hash(String algorithm, byte[] bytes) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance(algorithm).digest(bytes));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String read(Path log) {
        try {
            return Files.readString(log);
        } catch (IOException e) {
            throw new IllegalStateException("no log to look at: " + log, e);
        }
    }
}
