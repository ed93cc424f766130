package org.voucherledger.api.security;

import org.voucherledger.domain.command.Actor;
import org.voucherledger.domain.rule.Check;
import org.voucherledger.domain.rule.Refused;
import org.voucherledger.domain.rule.Rule;

/**
 * Who asks for what a request says, and for which party it may.
 *
 * @param actor with the party that the request names, whether it may act for it or not
 * @param mandate the party for which the token lets it act; for a platform's token the one that it names, empty for none
 */
public record Asker(Actor actor, String mandate) {

    /**
     * The actor, for a request that is no command and is recorded nowhere.
     *
     * @throws Refused if it may not act for the party that it names (ALL-04)
     */
    public Actor entitled() {
        String party = actor.onBehalfOf();
        if (!party.isEmpty() && !party.equals(mandate)) {
            throw new Refused(Rule.ALL_04.holds(Check.ACTOR, "NotTheParty", false, mandate, party, actor.id()));
        }
        return actor;
    }
}
