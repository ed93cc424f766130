package org.voucherledger.api.schemefile;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.voucherledger.domain.scheme.SchemeTerms.Kind;

/** The steps of each kind of voucher that documents come with, in the order of its life. */
final class Steps {

    private static final String SETTLEMENT = "SETTLEMENT";

    private Steps() {}

    static Set<String> of(Kind kind) {
        return new LinkedHashSet<>(
                switch (kind) {
                    case SERVICE -> List.of("CONTRACT", "PAYMENT", "CLAIM", SETTLEMENT);
                    case CLOUD -> List.of("APPLY", "CLAIM", SETTLEMENT);
                    case CONSUMPTION -> List.of("CLAIM", SETTLEMENT);
                });
    }

    /** Those at which a party decides by its papers; the bank's slip may come or not (GZ-44). */
    static Set<String> decidedByPapers(Kind kind) {
        Set<String> steps = of(kind);
        steps.remove(SETTLEMENT);
        return steps;
    }
}
