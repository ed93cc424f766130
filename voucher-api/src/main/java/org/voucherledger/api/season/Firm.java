package org.voucherledger.api.season;

import java.util.Set;
import org.voucherledger.domain.party.EnterpriseCommand.Declaration;
import org.voucherledger.domain.party.PriorityTag;
import org.voucherledger.domain.party.Size;

/**
 * An invented enterprise of the city.
 *
 * @param number from one
 * @param code its credit code, which is its identifier
 * @param size what the standard makes of the declared figures; what it declares may differ
 * @param draw its own stream of draws
 */
record Firm(int number, String code, Declaration declaration, Size size, Set<PriorityTag> tags, Flaw flaw, Draw draw) {

    String name() {
        return declaration.name();
    }
}
