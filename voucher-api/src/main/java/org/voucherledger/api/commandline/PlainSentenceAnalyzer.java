package org.voucherledger.api.commandline;

import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.voucherledger.api.pipeline.LedgerClocks;
import org.voucherledger.api.security.DevelopmentKeyUnavailable;

/** Lets a start that fails for a reason we know end with its plain sentence instead of a stack trace. */
final class PlainSentenceAnalyzer extends AbstractFailureAnalyzer<RuntimeException> {

    @Override
    protected FailureAnalysis analyze(Throwable failure, RuntimeException cause) {
        for (Throwable reason = failure; reason != null; reason = reason.getCause()) {
            if (reason instanceof DevelopmentKeyUnavailable || reason instanceof LedgerClocks.NotARehearsal) {
                return new FailureAnalysis(reason.getMessage(), null, reason);
            }
        }
        return null;
    }
}
