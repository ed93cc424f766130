package org.voucherledger.api.reads;

import jakarta.servlet.http.HttpServletRequest;
import java.time.ZoneOffset;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;
import org.voucherledger.api.pipeline.LedgerClock;
import org.voucherledger.domain.command.Actor;

/**
 * The one place where reads of what is sensitive are recorded (ALL-04): who, in which role, for whom, what, when and under
 * which request.
 */
@Component
public class SensitiveReads {

    private final JdbcClient sql;
    private final LedgerClock clock;

    SensitiveReads(JdbcClient sql, LedgerClock clock) {
        this.sql = sql;
        this.clock = clock;
    }

    /**
     * Records a read that is about to be answered. When this returns the record is durable; if it cannot be written, whatever
     * was thrown is all that the caller learns.
     *
     * @param actor who may read it, which has been decided
     * @param subject which one, never what it says
     */
    @Transactional(propagation = Propagation.REQUIRES_NEW)
    public RecordedRead record(HttpServletRequest request, Actor actor, ReadKind kind, String subject) {
        sql.sql("insert into ledger.sensitive_read"
                        + " (read_at, actor, role, on_behalf_of, kind, subject, request_id, request)"
                        + " values (?, ?, ?, ?, ?, ?, ?, ?)")
                .params(
                        clock.now().atOffset(ZoneOffset.UTC),
                        actor.id(),
                        actor.role().name(),
                        actor.onBehalfOf(),
                        kind.name(),
                        subject,
                        RequestId.of(request),
                        request.getMethod() + " " + request.getRequestURI())
                .update();
        return new RecordedRead();
    }
}
