package org.voucherledger.api.eventstore;

import java.security.SecureRandom;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;
import org.axonframework.common.IdentifierFactory;

/**
 * Identifiers of messages, as UUIDs of version 7: each is greater than the one before it in this program, so that the index of
 * the log grows at its end and not everywhere at once. What they are beyond that is drawn at random for each start.
 *
 * <p>Axon finds it by its name under {@code META-INF/services}.
 */
public final class RisingIdentifiers extends IdentifierFactory {

    private static final long VERSION_7 = 0x7000L;
    private static final long VARIANT = 0x8000_0000_0000_0000L;
    private static final int COUNTER_BITS = 12;
    private static final long COUNTER = (1L << COUNTER_BITS) - 1;

    /** Milliseconds since 1970 and a counter within them, which may run ahead of the clock. */
    private static final AtomicLong LAST = new AtomicLong();

    private static final SecureRandom RANDOM = new SecureRandom();
    /** Two programs that draw an identifier in the same moment differ by these bits. */
    private static final long PROGRAM = RANDOM.nextLong() >>> 2;

    @Override
    public String generateIdentifier() {
        long now = System.currentTimeMillis() << COUNTER_BITS;
        long moment = LAST.updateAndGet(last -> Math.max(last + 1, now));
        return new UUID(moment >>> COUNTER_BITS << 16 | VERSION_7 | moment & COUNTER, VARIANT | PROGRAM).toString();
    }
}
