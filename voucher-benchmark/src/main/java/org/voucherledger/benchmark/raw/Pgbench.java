package org.voucherledger.benchmark.raw;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.voucherledger.benchmark.scene.BenchLedger;

/**
 * PostgreSQL's own load generator on the same server, writing rows of the same number and size as the ledger does for a
 * command, into tables of the same columns and indexes. The program {@code pgbench} comes with PostgreSQL's server or contrib
 * package.
 */
public final class Pgbench {

    private static final Pattern RATE = Pattern.compile("tps = ([0-9.]+)");

    private static final List<String> TABLES = List.of(
            "create schema raw",
            "create table raw.event (like ledger.domain_event including all)",
            "create table raw.answer (like ledger.command_answer including all)");

    private final BenchLedger ledger;
    private final Path script;

    private Pgbench(BenchLedger ledger, Path script) {
        this.ledger = ledger;
        this.script = script;
    }

    /**
     * Makes the tables.
     *
     * @param like the first event of a command that stands for all: what it wrote is what is written here
     * @param commandsOfOneTransaction how many commands' rows go into one transaction
     */
    public static Pgbench like(BenchLedger ledger, String like, int commandsOfOneTransaction) {
        if (ledger.number("select count(*) from pg_namespace where nspname = 'raw'") == 0) {
            TABLES.forEach(ledger.sql()::execute);
        }
        try {
            Path script = Files.createTempFile("pgbench", ".sql");
            Files.writeString(script, script(ledger, like, commandsOfOneTransaction));
            return new Pgbench(ledger, script);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** One statement a table, so that a transaction of one command costs as few round trips as it can. */
    private static String script(BenchLedger ledger, String commandId, int commands) {
        List<String> events = ledger.texts("""
                select format('(gen_random_uuid()::text, %L || gen_random_uuid()::text, 0, %L, now(), %L, %L, %L::bytea, %L::bytea)',
                    split_part(aggregate_identifier, ':', 1) || ':', type, payload_type, payload_revision,
                    payload::text, meta_data::text)
                from ledger.domain_event where convert_from(meta_data, 'UTF8')::jsonb ->> 'commandId' = ?
                """, commandId);
        List<String> answers = ledger.texts("""
                select format('(%L, gen_random_uuid()::text, %L, %L, %L, %L, now(), ''ACCEPTED'', %L::json, 1)',
                    actor, body_sha256, command_type, role, on_behalf_of, answer::text)
                from ledger.command_answer where idempotency_key = ?
                """, commandId);
        if (events.isEmpty() || answers.size() != 1) {
            throw new IllegalStateException("no command " + commandId);
        }
        String allEvents = String.join(",\n", java.util.Collections.nCopies(commands, String.join(",\n", events)));
        String allAnswers = String.join(",\n", java.util.Collections.nCopies(commands, answers.get(0)));
        return """
                with written as (
                insert into raw.event (event_identifier, aggregate_identifier, sequence_number, type, recorded_at,
                    payload_type, payload_revision, payload, meta_data) values
                %s returning 1)
                insert into raw.answer (actor, idempotency_key, body_sha256, command_type, role, on_behalf_of, received_at,
                    outcome, answer, position) values
                %s;
                """.formatted(allEvents, allAnswers);
    }

    /** Transactions a second. */
    public double rate(int clients, int seconds) {
        var command = new ProcessBuilder(
                "pgbench",
                "-h",
                "127.0.0.1",
                "-p",
                Integer.toString(ledger.port()),
                "-U",
                ledger.pool().getUsername(),
                "-n",
                "-M",
                "prepared",
                "-c",
                Integer.toString(clients),
                "-j",
                Integer.toString(Math.min(clients, 2)),
                "-T",
                Integer.toString(seconds),
                "-f",
                script.toString(),
                "ledger");
        command.environment().put("PGPASSWORD", ledger.pool().getPassword());
        command.redirectErrorStream(true);
        try {
            Process process = command.start();
            String said = new String(process.getInputStream().readAllBytes(), java.nio.charset.StandardCharsets.UTF_8);
            Matcher rate = RATE.matcher(said);
            if (process.waitFor() != 0 || !rate.find()) {
                throw new IllegalStateException("pgbench failed: " + said);
            }
            return Double.parseDouble(rate.group(1));
        } catch (IOException e) {
            throw new UncheckedIOException("pgbench is needed; it comes with PostgreSQL's server package", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        }
    }
}
