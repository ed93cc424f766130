package org.voucherledger.api.security;

import java.security.Principal;
import java.util.Collection;
import java.util.List;
import org.springframework.security.authentication.AbstractAuthenticationToken;
import org.springframework.security.core.GrantedAuthority;
import org.springframework.security.core.authority.SimpleGrantedAuthority;
import org.springframework.security.oauth2.jwt.Jwt;
import org.springframework.security.oauth2.server.resource.InvalidBearerTokenException;
import org.voucherledger.domain.command.Actor;
import org.voucherledger.domain.command.Field;
import org.voucherledger.domain.command.Role;
import org.voucherledger.domain.rule.Check;
import org.voucherledger.domain.rule.Refused;
import org.voucherledger.domain.rule.Rule;

/** An authenticated caller: the {@link Actor} that its token names, with the authority {@code ROLE_<role>}. */
public final class ActorAuthentication extends AbstractAuthenticationToken {

    private static final int LONGEST_ID = 128;
    private static final int LONGEST_PARTY = 64;

    private final transient Actor actor;

    private ActorAuthentication(Actor actor, Collection<GrantedAuthority> authorities) {
        super(authorities);
        this.actor = actor;
        setAuthenticated(true);
    }

    /**
     * Reads the actor out of a token whose signature, times, issuer and audience were found good.
     *
     * @throws InvalidBearerTokenException if it does not name an actor and a role of the ledger
     */
    public static ActorAuthentication of(Jwt token) {
        String id = visible("sub", token.getSubject(), LONGEST_ID);
        String role = visible(TokenClaims.ROLE, token.getClaimAsString(TokenClaims.ROLE), LONGEST_PARTY);
        String party = token.hasClaim(TokenClaims.PARTY)
                ? visible(TokenClaims.PARTY, token.getClaimAsString(TokenClaims.PARTY), LONGEST_PARTY)
                : "";
        Actor actor = new Actor(id, role(role), party);
        return new ActorAuthentication(
                actor, List.of(new SimpleGrantedAuthority("ROLE_" + actor.role().name())));
    }

    /**
     * The actor behind a request that the security filters have let through.
     *
     * @param onBehalfOf the party that the request names, or {@code null} where it names none and the token's counts
     * @throws Refused if the token does not let its bearer act for that party (ALL-04)
     */
    public static Actor actor(Principal principal, String onBehalfOf) {
        if (!(principal instanceof ActorAuthentication authentication)) {
            throw new IllegalStateException("a request reached the ledger without an actor: " + principal);
        }
        Actor actor = authentication.actor;
        boolean forAny = actor.onBehalfOf().equals(TokenClaims.ANY_PARTY);
        if (onBehalfOf == null) {
            return forAny ? Actor.of(actor.id(), actor.role()) : actor;
        }
        if (!forAny && !actor.isFor(onBehalfOf)) {
            throw new Refused(
                    Rule.ALL_04.holds(Check.ACTOR, "NotTheParty", false, actor.onBehalfOf(), onBehalfOf, actor.id()));
        }
        return new Actor(actor.id(), actor.role(), Field.id("onBehalfOf", onBehalfOf));
    }

    private static Role role(String name) {
        try {
            return Role.valueOf(name);
        } catch (IllegalArgumentException unknown) {
            throw new InvalidBearerTokenException("the claim role does not name a role of the ledger", unknown);
        }
    }

    private static String visible(String claim, String value, int longest) {
        if (value == null
                || value.isEmpty()
                || value.length() > longest
                || !value.chars().allMatch(c -> c > 32 && c < 127)) {
            throw new InvalidBearerTokenException(
                    "the claim " + claim + " is missing or is not 1 to " + longest + " visible ASCII characters");
        }
        return value;
    }

    @Override
    public Object getPrincipal() {
        return actor;
    }

    @Override
    public String getName() {
        return actor.id();
    }

    @Override
    public Object getCredentials() {
        return "";
    }
}
