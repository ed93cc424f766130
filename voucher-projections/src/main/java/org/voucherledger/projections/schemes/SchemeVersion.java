package org.voucherledger.projections.schemes;

import java.time.Instant;
import java.util.Map;

/**
 * One version of a scheme.
 *
 * @param fileSha256 of the bytes of the file it was published from
 * @param terms in the form of the scheme file
 */
public record SchemeVersion(
        String schemeId, int version, Instant publishedAt, String fileSha256, Map<String, Object> terms) {}
