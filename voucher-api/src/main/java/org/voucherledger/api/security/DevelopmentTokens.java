package org.voucherledger.api.security;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import org.voucherledger.domain.command.Actor;

/** Signs tokens with the program's own key, for development, rehearsals and first steps. */
public final class DevelopmentTokens {

    /** Who the program says it is when it signs for itself. */
    public static final String ISSUER = "urn:voucher-ledger:development";

    private final DevelopmentKey key;

    public DevelopmentTokens(DevelopmentKey key) {
        this.key = key;
    }

    /** A bearer token for this actor, valid from {@code now} for so long. */
    public String sign(Actor actor, Instant now, Duration validity) {
        JWTClaimsSet.Builder claims = new JWTClaimsSet.Builder()
                .issuer(ISSUER)
                .audience(TokenClaims.AUDIENCE)
                .subject(actor.id())
                .claim(TokenClaims.ROLE, actor.role().name())
                .issueTime(Date.from(now))
                .expirationTime(Date.from(now.plus(validity)));
        if (!actor.onBehalfOf().isEmpty()) {
            claims.claim(TokenClaims.PARTY, actor.onBehalfOf());
        }
        SignedJWT token = new SignedJWT(new JWSHeader(JWSAlgorithm.RS256), claims.build());
        try {
            token.sign(new RSASSASigner(key.privateKey()));
        } catch (JOSEException e) {
            throw new IllegalStateException("the development key cannot sign", e);
        }
        return token.serialize();
    }
}
