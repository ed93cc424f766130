package org.voucherledger.domain.command;

/**
 * Who acts, in which role and for whom (ALL-04).
 *
 * @param id an opaque account reference, never a person's name or number (ALL-05)
 * @param role in which capacity
 * @param onBehalfOf the credit code of the enterprise or provider, or the reference of the holder, acted for; empty for those who act for themselves
 */
public record Actor(String id, Role role, String onBehalfOf) {

    public static Actor of(String id, Role role) {
        return new Actor(id, role, "");
    }

    /** The ledger itself, recording what time has brought about. */
    public static final Actor SYSTEM = of("system", Role.SYSTEM);

    public boolean isFor(String party) {
        return !onBehalfOf.isEmpty() && onBehalfOf.equals(party);
    }
}
