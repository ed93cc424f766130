package org.voucherledger.api.architecture;

import java.util.Map;
import org.voucherledger.domain.architecture.ArchitectureProof;

/** The program is built as {@link ApiRules} say, and each of them fails on the fixture that breaks it. */
class ApiArchitectureTest extends ArchitectureProof {

    private static final String API = "org.voucherledger.api";
    /** Outside the program's own package, or it would be started with it. */
    private static final String VIOLATING = "org.voucherledger.violating";

    /** Which fixture breaks which rule; a rule without one is not proved. */
    private static final Map<String, String> BROKEN_BY = Map.of(
            "SQL only where it is named", "SelectsVouchers",
            "endpoints stop at the pipeline", "WritesEvents",
            "no cycles", "violating.season");

    ApiArchitectureTest() {
        super(API, VIOLATING, ApiRules::under, BROKEN_BY);
    }
}
