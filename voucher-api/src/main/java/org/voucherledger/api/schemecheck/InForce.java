package org.voucherledger.api.schemecheck;

import java.util.List;
import org.voucherledger.domain.scheme.SchemeTerms;

/**
 * What a draft is compared with.
 *
 * @param name of the version, or of the file
 * @param terms {@code null} where there are none to compare with
 * @param fundFen the fund in force; {@code null} where it is not known
 * @param running the batches that are not closed
 * @param asked a ledger was asked, so that what it does not have is not there
 */
public record InForce(String name, SchemeTerms terms, Long fundFen, List<RunningBatch> running, boolean asked) {

    /** Nobody was asked. */
    public static final InForce UNKNOWN = new InForce("", null, null, List.of(), false);

    /** The scheme has not been published yet. */
    public static final InForce NOTHING = new InForce("", null, null, List.of(), true);

    /** A batch that goes on under the version it was opened with. */
    public record RunningBatch(String id, int version) {}

    public static InForce of(String file, SchemeTerms terms) {
        return new InForce(file, terms, null, List.of(), false);
    }

    public static InForce of(String version, SchemeTerms terms, long fundFen, List<RunningBatch> running) {
        return new InForce(version, terms, fundFen, List.copyOf(running), true);
    }
}
