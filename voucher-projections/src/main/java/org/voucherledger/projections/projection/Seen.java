package org.voucherledger.projections.projection;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import java.time.Instant;

/** Something read from a view, as of the position and the ledger's time up to which the view had been told. */
public record Seen<T>(@JsonUnwrapped T value, long position, Instant asOf) {}
