package org.voucherledger.projections.architecture;

import java.util.Map;
import org.voucherledger.domain.architecture.ArchitectureProof;

/** The views are built as {@link ProjectionRules} say, and each of them fails on the fixture that breaks it. */
class ProjectionArchitectureTest extends ArchitectureProof {

    private static final String PROJECTIONS = "org.voucherledger.projections";
    private static final String VIOLATING = PROJECTIONS + ".architecture.violating";

    /** Which fixture breaks which rule; a rule without one is not proved. */
    private static final Map<String, String> BROKEN_BY = Map.of(
            "no clock", "BookedNow",
            "no handlers", "DecidesAnOrder",
            "no ledger", "LoadsAnAggregate",
            "no cycles", "violating.account");

    ProjectionArchitectureTest() {
        super(PROJECTIONS, VIOLATING, ProjectionRules::under, BROKEN_BY);
    }
}
