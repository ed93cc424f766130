package org.voucherledger.api.pipeline;

import java.util.Collection;
import java.util.Optional;
import java.util.function.Function;
import org.springframework.jdbc.core.JdbcTemplate;
import org.voucherledger.domain.rule.Decision;

/**
 * GZ-45: whether the documents that commands name have been handed in, by whom they are named. Asked after the idempotency key, so that a command that
 * was done keeps its answer when its documents have been erased (ALL-05).
 */
public interface NamedDocuments {

    /** For ledgers whose documents are kept elsewhere. */
    NamedDocuments UNASKED = (requests, sql) -> request -> Optional.empty();

    /**
     * Looks up together what these requests name.
     *
     * @param sql reads what has been committed
     * @return what refuses each of them, if anything does
     */
    Function<CommandRequest, Optional<Decision>> among(Collection<CommandRequest> requests, JdbcTemplate sql);
}
