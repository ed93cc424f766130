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
import org.voucherledger.domain.command.Malformed;
import org.voucherledger.domain.command.Role;
import org.voucherledger.domain.party.OpaqueRef;

/** An authenticated caller: the {@link Actor} that its token names, with the authority {@code ROLE_<role>}. */
public final class ActorAuthentication extends AbstractAuthenticationToken {

    /** The header of a request that says for which party it is. */
    public static final String ON_BEHALF_OF = "On-Behalf-Of";

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
        if (actor.role() == Role.HOLDER && !party.isEmpty() && !party.equals(TokenClaims.ANY_PARTY)) {
            try {
                OpaqueRef.check(TokenClaims.PARTY, party);
            } catch (Malformed personal) {
                throw new InvalidBearerTokenException(
                        "the claim " + TokenClaims.PARTY + " is not " + personal.getMessage(), personal);
            }
        }
        return new ActorAuthentication(
                actor, List.of(new SimpleGrantedAuthority("ROLE_" + actor.role().name())));
    }

    /**
     * The one behind a request that the security filters have let through. Whether it may act for the party is decided, and
     * recorded, with the command (ALL-04).
     *
     * @param onBehalfOf the party that the request names, or {@code null} where it names none and the token's counts
     * @throws Malformed if it is no identifier, or for a holder none that may name a person (ALL-05)
     */
    public static Asker asker(Principal principal, String onBehalfOf) {
        if (!(principal instanceof ActorAuthentication authentication)) {
            throw new IllegalStateException("a request reached the ledger without an actor: " + principal);
        }
        Actor actor = authentication.actor;
        boolean forAny = actor.onBehalfOf().equals(TokenClaims.ANY_PARTY);
        if (onBehalfOf == null) {
            Actor named = forAny ? Actor.of(actor.id(), actor.role()) : actor;
            return new Asker(named, named.onBehalfOf());
        }
        String party = party("onBehalfOf", actor.role(), onBehalfOf);
        return new Asker(new Actor(actor.id(), actor.role(), party), forAny ? party : actor.onBehalfOf());
    }

    /** A person is known by an opaque reference only, also to the metadata of events (ALL-05). */
    private static String party(String name, Role role, String value) {
        return role == Role.HOLDER ? OpaqueRef.check(name, value) : Field.id(name, value);
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
