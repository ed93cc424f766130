package org.voucherledger.api.security;

import org.voucherledger.domain.command.Actor;

/**
 * Who asks for what a request says, and for which party it may.
 *
 * @param actor with the party that the request names, whether it may act for it or not
 * @param mandate the party for which the token lets it act; for a platform's token the one that it names, empty for none
 */
public record Asker(Actor actor, String mandate) {}
