package org.voucherledger.api.personaldata;

import java.util.EnumSet;
import java.util.Set;
import org.voucherledger.domain.command.Role;

/** Of whom a personal datum tells, and which parties may hand in their own. */
public enum Whose {
    /** The enterprise itself, as the account of a sole trader. */
    ENTERPRISE(Role.ENTERPRISE),
    /** The provider itself. */
    PROVIDER(Role.PROVIDER),
    /** The one named handler of an enterprise or a provider: {@code handlerRef}. */
    HANDLER(Role.ENTERPRISE, Role.PROVIDER),
    /** Who holds consumption vouchers: {@code holderRef}. */
    HOLDER(Role.HOLDER),
    /** Who complains, {@code complainantRef}; no party of the ledger, so nobody's to hand in but the operator's. */
    COMPLAINANT;

    private final Set<Role> handedInBy = EnumSet.of(Role.OPERATOR);

    Whose(Role... parties) {
        handedInBy.addAll(Set.of(parties));
    }

    boolean mayBeHandedInBy(Role role) {
        return handedInBy.contains(role);
    }
}
