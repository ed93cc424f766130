package org.voucherledger.api.schemefile;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.voucherledger.domain.scheme.SchemeTerms.Kind;

/** The steps of each kind of voucher that documents come with, in the order of its life. */
final class Steps {

    private Steps() {}

    static Set<String> of(Kind kind) {
        return new LinkedHashSet<>(
                switch (kind) {
                    case SERVICE -> List.of("CONTRACT", "PAYMENT", "CLAIM");
                    case CLOUD -> List.of("APPLY", "CLAIM");
                    case CONSUMPTION -> List.of("CLAIM");
                });
    }
}
