package org.voucherledger.benchmark.raw;

import java.util.List;
import org.voucherledger.benchmark.scene.BenchLedger;

/**
 * The rows that the ledger wrote for one command, to be written again as many times as wanted: of the same columns, of the same
 * sizes, into tables with the same indexes, under keys of their own.
 *
 * @param events each as one row of values
 * @param answer the row of values of what became of the command
 */
record RawRows(List<String> events, String answer) {

    private static final List<String> TABLES = List.of(
            "create schema raw",
            "create table raw.event (like ledger.domain_event including all)",
            "create table raw.answer (like ledger.command_answer including all)",
            "create sequence raw.turn");

    /** From here on a stream counts as one that many continue, and is continued here too. */
    private static final int HOT = 5;

    /**
     * Where identifiers rise with time (version 7) they rise here too, so that the index grows at its end for both.
     *
     * <p>A colon before a name would be a variable of pgbench's.
     */
    private static final String EVENTS = """
            select '(' || case when substr(event_identifier, 15, 1) = '7'
                    then 'lpad(to_hex(nextval(''raw.turn'')), 17, ''0'') || substr(gen_random_uuid()::text, 18)'
                    else 'gen_random_uuid()::text' end || ', ' || case when sequence_number >= ?
                    then replace(quote_literal(aggregate_identifier), ':', ''' || chr(58) || ''') || ', nextval(''raw.turn'')'
                    else format('%L || gen_random_uuid()::text, 0', split_part(aggregate_identifier, ':', 1) || ':') end
                || format(', %L, now(), %L, %L, %L::bytea, %L::bytea)',
                    type, payload_type, payload_revision, payload::text, meta_data::text)
            from ledger.domain_event where convert_from(meta_data, 'UTF8')::jsonb ->> 'commandId' = ? order by global_index
            """;

    private static final String ANSWER = """
            select format('(%L, gen_random_uuid()::text, %L, %L, %L, %L, now(), ''ACCEPTED'', ',
                actor, body_sha256, command_type, role, on_behalf_of)
            from ledger.command_answer where idempotency_key = ?
            """;

    private static final String ANSWERED = "select answer::text from ledger.command_answer where idempotency_key = ?";

    /** @throws IllegalStateException if there is no such command, or it was refused */
    static RawRows of(BenchLedger ledger, String commandId) {
        List<String> events = ledger.texts(EVENTS, HOT, commandId);
        List<String> answers = ledger.texts(ANSWER, commandId);
        if (events.isEmpty() || answers.size() != 1) {
            throw new IllegalStateException("no command " + commandId);
        }
        String answer = ledger.texts(ANSWERED, commandId).getFirst();
        return new RawRows(events, answers.getFirst() + literal(answer) + "::json, 1)");
    }

    /** Again without a colon before a name. */
    private static String literal(String text) {
        return "E'" + text.replace("\\", "\\\\").replace("'", "''").replace(":", "\\x3A") + "'";
    }

    /** Makes the tables where they are not there, and empties them where they are: nobody's turn is slowed by the one before. */
    static void clear(BenchLedger ledger) {
        if (ledger.number("select count(*) from pg_namespace where nspname = 'raw'") == 0) {
            TABLES.forEach(ledger.sql()::execute);
        }
        ledger.sql().execute("truncate raw.event, raw.answer restart identity");
    }

    int rows() {
        return events.size() + 1;
    }

    /** One statement for all of it, so that a transaction costs as few round trips as it can. */
    String statement(int commands) {
        return """
                with written as (
                insert into raw.event (event_identifier, aggregate_identifier, sequence_number, type, recorded_at,
                    payload_type, payload_revision, payload, meta_data) values
                %s returning 1)
                insert into raw.answer (actor, idempotency_key, body_sha256, command_type, role, on_behalf_of, received_at,
                    outcome, answer, position) values
                %s""".formatted(repeated(String.join(",\n", events), commands), repeated(answer, commands));
    }

    private static String repeated(String rows, int times) {
        return (rows + ",\n").repeat(times - 1) + rows;
    }
}
