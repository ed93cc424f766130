package org.voucherledger.api.security;

import org.voucherledger.domain.command.Actor;
import org.voucherledger.domain.command.Role;
import org.voucherledger.domain.rule.Check;
import org.voucherledger.domain.rule.Refused;
import org.voucherledger.domain.rule.Rule;

/**
 * Who asks a question, for the party that it may act for: staff may read whatever there is, a party what concerns itself (ALL-04).
 *
 * <p>What is asked for without a name is a party's own; what is asked for by the name of another party is refused, never
 * answered as if it had not been asked. No refusal names the party that could have read it.
 */
public record Reader(Actor actor) {

    /**
     * The party by which a question is narrowed.
     *
     * @param role as which the party is asked for
     * @param named the party that the question names, or {@code null}
     * @return the asker's own where it acts for a party in that role, otherwise the named one
     * @throws Refused if it acts for another one in that role, or for none
     */
    public String only(Role role, String named) {
        if (actor.role() != role) {
            return named;
        }
        String own = own();
        if (named != null) {
            insist(isFor(role, named), named);
        }
        return own;
    }

    /**
     * Insists that what is read concerns the asker's party; what there is not is {@code null}.
     *
     * @param asked what is asked for
     * @throws Refused if it does not
     */
    public void concerns(String asked, String enterprise, String provider, String holder) {
        insist(
                actor.role().isStaff()
                        || isFor(Role.ENTERPRISE, enterprise)
                        || isFor(Role.PROVIDER, provider)
                        || isFor(Role.HOLDER, holder),
                asked);
    }

    /** Whether it is of the staff or acts for this provider, and so may see what the provider has not published. */
    public boolean isBehind(String provider) {
        return actor.role().isStaff() || isFor(Role.PROVIDER, provider);
    }

    /**
     * The party that it acts for.
     *
     * @throws Refused if it does not say for which one
     */
    public String own() {
        if (actor.onBehalfOf().isEmpty()) {
            throw new Refused(Rule.ALL_04.holds(
                    Check.ACTOR, "PartyNotNamed", false, actor.role().name(), "", actor.id()));
        }
        return actor.onBehalfOf();
    }

    /** For whom it brings something: its party, or itself where it is of the public. */
    public String bringer() {
        return actor.role() == Role.PUBLIC ? actor.id() : own();
    }

    public boolean isStaff() {
        return actor.role().isStaff();
    }

    /** That this concerns another party. */
    public Refused refusal(String asked) {
        return new Refused(
                Rule.ALL_04.holds(Check.ACTOR, "ConcernsOthers", false, actor.onBehalfOf(), asked, actor.id()));
    }

    private boolean isFor(Role role, String party) {
        return actor.role() == role && party != null && actor.isFor(party);
    }

    private void insist(boolean entitled, String asked) {
        if (!entitled) {
            throw refusal(asked);
        }
    }
}
