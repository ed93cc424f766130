package org.voucherledger.domain.command;

import java.time.Instant;
import java.time.LocalDate;
import java.util.Map;
import org.axonframework.messaging.MetaData;
import org.voucherledger.domain.rule.Check;
import org.voucherledger.domain.rule.Decision;
import org.voucherledger.domain.rule.Rule;
import org.voucherledger.domain.time.Shanghai;

/**
 * What arrives with a command: when it was received, from whom, and under which key (ALL-04).
 *
 * <p>The domain has no clock; {@code receivedAt} is the server's stamp on the complete, authenticated request, set before
 * any queue (GZ-10), and every deadline is judged by it. It travels as message metadata into each event the command causes.
 *
 * @param commandId the client's idempotency key
 */
public record Stamp(String commandId, Instant receivedAt, Actor actor, String reason) {

    public static final String COMMAND_ID = "commandId";
    public static final String RECEIVED_AT = "receivedAt";
    public static final String ACTOR = "actor";
    public static final String ROLE = "role";
    public static final String ON_BEHALF_OF = "onBehalfOf";
    public static final String REASON = "reason";
    /** Set by the aggregate that records the event: {@code schemeId@version}. */
    public static final String SCHEME_VERSION = "schemeVersion";

    /** Set by the aggregate that records the event: what had been decided since the event before, see {@code Evidence}. */
    public static final String DECISIONS = "decisions";

    /** The keys that are copied from a command to its events. */
    public static final String[] CORRELATED = {COMMAND_ID, RECEIVED_AT, ACTOR, ROLE, ON_BEHALF_OF, REASON};

    public LocalDate date() {
        return Shanghai.dateOf(receivedAt);
    }

    /** ALL-04: an enterprise, a provider or a holder acts for itself only; staff act in their own right. */
    public Decision actsFor(String party) {
        return Rule.ALL_04.holds(
                Check.ACTOR,
                "NotTheParty",
                !actor.role().isParty() || actor.isFor(party),
                party,
                actor.onBehalfOf(),
                actor.id());
    }

    public MetaData toMetaData() {
        return MetaData.from(Map.of(
                COMMAND_ID, commandId,
                RECEIVED_AT, receivedAt.toString(),
                ACTOR, actor.id(),
                ROLE, actor.role().name(),
                ON_BEHALF_OF, actor.onBehalfOf(),
                REASON, reason));
    }

    public static Stamp from(MetaData metaData) {
        return new Stamp(
                (String) metaData.get(COMMAND_ID),
                Instant.parse((String) metaData.get(RECEIVED_AT)),
                new Actor((String) metaData.get(ACTOR), Role.valueOf((String) metaData.get(ROLE)), (String)
                        metaData.getOrDefault(ON_BEHALF_OF, "")),
                (String) metaData.getOrDefault(REASON, ""));
    }
}
