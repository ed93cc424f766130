package org.voucherledger.api.postgres;

import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/** Lets a start that fails for want of PostgreSQL end with its plain sentence instead of a stack trace. */
final class PostgresUnavailableAnalyzer extends AbstractFailureAnalyzer<PostgresUnavailable> {

    @Override
    protected FailureAnalysis analyze(Throwable failure, PostgresUnavailable cause) {
        return new FailureAnalysis(cause.getMessage(), null, cause);
    }
}
