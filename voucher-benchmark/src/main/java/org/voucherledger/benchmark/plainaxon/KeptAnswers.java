package org.voucherledger.benchmark.plainaxon;

import java.time.Instant;
import java.time.ZoneOffset;
import javax.sql.DataSource;
import org.springframework.jdbc.core.JdbcTemplate;
import org.voucherledger.api.pipeline.CommandRequest;
import tools.jackson.databind.json.JsonMapper;

/** The row that makes a command be done once, as the ledger writes it: in the transaction of the command's events. */
final class KeptAnswers {

    private static final String KEEP = """
            insert into ledger.command_answer (actor, idempotency_key, body_sha256, command_type, role, on_behalf_of,
                received_at, outcome, answer, position)
            values (?, ?, ?, ?, ?, ?, ?, 'ACCEPTED', ?::json,
                (select max(global_index) from ledger.domain_event))
            """;

    private final JdbcTemplate sql;

    KeptAnswers(DataSource connections) {
        this.sql = new JdbcTemplate(connections);
    }

    void keep(CommandRequest request, Instant receivedAt, Object result) {
        sql.update(
                KEEP,
                request.actor().id(),
                request.idempotencyKey(),
                request.bodySha256(),
                request.command().getClass().getSimpleName(),
                request.actor().role().name(),
                request.actor().onBehalfOf(),
                receivedAt.atOffset(ZoneOffset.UTC),
                "{\"result\":" + JsonMapper.shared().writeValueAsString(result) + "}");
    }
}
