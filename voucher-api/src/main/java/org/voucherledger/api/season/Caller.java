package org.voucherledger.api.season;

import org.voucherledger.domain.command.Role;

/**
 * Who sends a command. The platform's backend sends for enterprises and providers and names the party each time; staff and
 * the bureau act themselves.
 *
 * @param id the account the token is made out to
 * @param party the credit code acted for; empty for those who act for themselves
 */
record Caller(String id, Role role, String party) {

    static final Caller OPERATOR = staff("operator-1", Role.OPERATOR);
    static final Caller SECOND_OPERATOR = staff("operator-2", Role.OPERATOR);
    static final Caller BUREAU = staff("bureau-1", Role.BUREAU);
    static final Caller AUDITOR = staff("auditor-1", Role.AUDITOR);
    static final Caller SYSTEM = staff("system", Role.SYSTEM);
    static final Caller NEIGHBOUR = staff("neighbour", Role.PUBLIC);

    static Caller staff(String id, Role role) {
        return new Caller(id, role, "");
    }

    static Caller of(Firm firm) {
        return new Caller("platform", Role.ENTERPRISE, firm.code());
    }

    static Caller of(Platform platform) {
        return provider(platform.code());
    }

    static Caller provider(String code) {
        return new Caller("platform", Role.PROVIDER, code);
    }
}
