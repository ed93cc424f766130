package org.voucherledger.api.security;

/** What a token says besides the standard claims; {@code sub} is the actor's opaque account reference (ALL-05). */
public final class TokenClaims {

    /** Whom a token must be meant for ({@code aud}). */
    public static final String AUDIENCE = "voucher-ledger";

    /** The name of a {@link org.voucherledger.domain.command.Role}. */
    public static final String ROLE = "role";

    /** The credit code of the enterprise or provider, or the reference of the holder, acted for; absent for those who act for themselves. */
    public static final String PARTY = "party";

    /** The party of a platform's account: it acts for whichever party each request names. */
    public static final String ANY_PARTY = "*";

    private TokenClaims() {}
}
