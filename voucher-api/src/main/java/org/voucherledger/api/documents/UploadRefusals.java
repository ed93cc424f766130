package org.voucherledger.api.documents;

import java.time.Instant;
import java.time.ZoneOffset;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.voucherledger.domain.command.Actor;
import org.voucherledger.domain.rule.Decision;

/** Every upload that was refused, kept like every refused command (ALL-02): who, what and which rule; without bytes and name. */
@Component
class UploadRefusals {

    private final JdbcClient sql;

    UploadRefusals(JdbcClient sql) {
        this.sql = sql;
    }

    /**
     * Keeps a refusal. The transaction gets its number before it takes one in the table, so that whoever finds a gap there knows
     * when nothing can fill it any more. What was asked for is not among its figures: of an upload that is its name.
     *
     * @param declared the media type that the sender gave, or {@code null}
     * @param document what came, or {@code null} where it was not read to its end
     */
    void keep(Decision refusal, Actor by, String declared, Incoming document, Instant at) {
        sql.sql("with underway as materialized (select pg_current_xact_id() as number)"
                        + " insert into ledger.upload_refusal (actor, role, on_behalf_of, received_at, declared, sha256,"
                        + " size_bytes, rule, about, stage, limit_figure, used_figure)"
                        + " select ?, ?, ?, ?, ?, ?, ?::bigint, ?, ?, ?, ?, ? from underway where number is not null")
                .params(
                        by.id(),
                        by.role().name(),
                        by.onBehalfOf(),
                        at.atOffset(ZoneOffset.UTC),
                        declared,
                        document == null ? null : document.sha256(),
                        document == null ? null : document.sizeBytes(),
                        refusal.rule().id(),
                        refusal.about(),
                        refusal.stage().name(),
                        refusal.limit().toString(),
                        refusal.used().toString())
                .update();
    }
}
