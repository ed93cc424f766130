package org.voucherledger.api.pipeline;

import java.util.concurrent.CompletableFuture;

/**
 * The one way a command reaches the domain.
 *
 * <p>A request is stamped on submission, before any queue (GZ-10), and answered only when its outcome is durable, refusals
 * included. The same key and body from the same actor are answered alike and done once, also after a crash.
 */
public interface CommandPipeline {

    /**
     * Never completes exceptionally for anything the caller did. {@link OutcomeUnknown} says that it was received and may
     * still be done, any other exception that it is at fault and was not done; the same key may be asked again.
     */
    CompletableFuture<Answer> submit(CommandRequest request);
}
