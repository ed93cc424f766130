package org.voucherledger.api.pipeline;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.springframework.jdbc.core.JdbcTemplate;
import org.voucherledger.domain.rule.Decision;

/**
 * What became of every command (table {@code ledger.command_answer}), refusals included.
 *
 * <p>Invariant: an answer is written in the transaction of the events it speaks of; there is at most one for each key.
 */
class CommandAnswers {

    /** An answer that was given, on whose behalf it was asked for, and to which body. */
    record Given(String onBehalfOf, String bodySha256, Answer answer) {

        /** The answer that this request's key stands for from now on. */
        static Given to(CommandRequest request, Answer answer) {
            return new Given(request.actor().onBehalfOf(), request.bodySha256(), answer);
        }

        /** What the same key is answered: the same again, or that it was used for something else. */
        Answer to(CommandRequest request) {
            boolean same = bodySha256.equals(request.bodySha256())
                    && onBehalfOf.equals(request.actor().onBehalfOf());
            return same ? answer : new Answer.KeyReused(request.idempotencyKey());
        }
    }

    /** An answer to be kept. */
    record Entry(Received received, Answer answer) {}

    /** Key by key, so that no plan can read the whole table for them, however small it was when the plan was made. */
    private static final String FIND = """
            select given.* from unnest(?::text[], ?::text[]) as asked (actor, idempotency_key) cross join lateral (
                select actor, idempotency_key, body_sha256, received_at, outcome, answer::text, position, on_behalf_of
                from ledger.command_answer as a
                where a.actor = asked.actor and a.idempotency_key = asked.idempotency_key limit 1) as given
            """;

    private static final String KEEP = """
            insert into ledger.command_answer (actor, idempotency_key, body_sha256, command_type, role, on_behalf_of,
                received_at, outcome, rule, about, stage, answer, position)
            select actor, idempotency_key, body_sha256, command_type, role, on_behalf_of,
                received_at, outcome, rule, about, stage, answer::json, position
            from unnest(?::text[], ?::text[], ?::text[], ?::text[], ?::text[], ?::text[], ?::timestamptz[], ?::text[], ?::text[],
                ?::text[], ?::text[], ?::text[], ?::bigint[]) with ordinality as kept (actor, idempotency_key, body_sha256,
                command_type, role, on_behalf_of, received_at, outcome, rule, about, stage, answer, position, number)
            order by number
            """;

    private static final List<String> TYPES = List.of(
            "text",
            "text",
            "text",
            "text",
            "text",
            "text",
            "timestamptz",
            "text",
            "text",
            "text",
            "text",
            "text",
            "int8");

    private final JdbcTemplate sql;
    private final AnswerJson json;

    CommandAnswers(JdbcTemplate sql, AnswerJson json) {
        this.sql = sql;
        this.json = json;
    }

    Map<AnswerKey, Given> find(Collection<AnswerKey> keys) {
        String[] actors = keys.stream().map(AnswerKey::actor).toArray(String[]::new);
        String[] idempotencyKeys = keys.stream().map(AnswerKey::idempotencyKey).toArray(String[]::new);
        var given = new HashMap<AnswerKey, Given>();
        sql.query(
                FIND,
                row -> {
                    given.put(new AnswerKey(row.getString(1), row.getString(2)), read(row));
                },
                actors,
                idempotencyKeys);
        return given;
    }

    void keep(List<Entry> entries) {
        if (entries.isEmpty()) {
            return;
        }
        List<Object[]> rows = entries.stream().map(this::row).toList();
        sql.update(KEEP, insert -> {
            for (int column = 0; column < TYPES.size(); column++) {
                int of = column;
                Object[] values = rows.stream().map(row -> row[of]).toArray();
                insert.setArray(column + 1, insert.getConnection().createArrayOf(TYPES.get(column), values));
            }
        });
    }

    private Given read(ResultSet row) throws SQLException {
        Instant receivedAt = row.getObject(4, OffsetDateTime.class).toInstant();
        String text = row.getString(6);
        long position = row.getLong(7);
        Answer answer = "ACCEPTED".equals(row.getString(5))
                ? json.readAccepted(text, position, receivedAt)
                : json.readDenied(text, position, receivedAt);
        return new Given(row.getString(8), row.getString(3), answer);
    }

    private Object[] row(Entry entry) {
        CommandRequest request = entry.received().request();
        String outcome;
        Decision refusal;
        String text;
        long position;
        switch (entry.answer()) {
            case Answer.Accepted accepted -> {
                outcome = "ACCEPTED";
                refusal = null;
                text = json.write(accepted);
                position = accepted.position();
            }
            case Answer.Denied denied -> {
                outcome = "REFUSED";
                refusal = denied.decision();
                text = json.write(denied);
                position = denied.position();
            }
            case Answer.KeyReused reused -> throw new IllegalArgumentException(reused + " is not kept");
            case Answer.Overloaded overloaded -> throw new IllegalArgumentException(overloaded + " is not kept");
        }
        return new Object[] {
            request.actor().id(),
            request.idempotencyKey(),
            request.bodySha256(),
            request.command().getClass().getSimpleName(),
            request.actor().role().name(),
            request.actor().onBehalfOf(),
            entry.received().at().toString(),
            outcome,
            refusal == null ? null : refusal.rule().id(),
            refusal == null ? null : refusal.about(),
            refusal == null ? null : refusal.stage().name(),
            text,
            position
        };
    }
}
