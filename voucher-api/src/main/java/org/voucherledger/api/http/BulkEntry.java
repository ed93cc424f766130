package org.voucherledger.api.http;

import java.security.Principal;
import java.util.Set;
import org.voucherledger.api.problem.Language;
import org.voucherledger.api.problem.Problems;
import org.voucherledger.api.security.ActorAuthentication;
import org.voucherledger.api.security.Asker;
import org.voucherledger.domain.command.Malformed;
import org.voucherledger.domain.scheme.SchemeCommand.PublishScheme;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** One entry of a bulk request; where it cannot be read, {@code unread} says why and the rest is empty. */
final class BulkEntry {

    private static final Set<String> MEMBERS = Set.of("key", "type", "body", "onBehalfOf");

    private final String key;
    private final Asker asker;
    private final CommandReader.Read read;
    private final Reply unread;

    private BulkEntry(String key, Asker asker, CommandReader.Read read, Reply unread) {
        this.key = key;
        this.asker = asker;
        this.read = read;
        this.unread = unread;
    }

    static BulkEntry of(JsonNode entry, Principal caller, Language language) {
        String key = entry.path("key").isString() ? entry.path("key").stringValue() : null;
        try {
            if (!(entry instanceof ObjectNode object)) {
                throw new Malformed("commands", "each entry must be an object");
            }
            object.propertyNames().forEach(name -> known(name, MEMBERS));
            IdempotencyKey.check("key", key);
            CommandRoute route = route(object.path("type"));
            if (!(object.path("body") instanceof ObjectNode body)) {
                throw new Malformed("body", "must be a JSON object");
            }
            return new BulkEntry(key, asker(object, caller), CommandReader.read(route, body), null);
        } catch (Malformed malformed) {
            return new BulkEntry(key, null, null, new Reply.NotDone(Problems.of(malformed, language)));
        }
    }

    static void known(String name, Set<String> names) {
        if (!names.contains(name)) {
            throw new Malformed(
                    name, "unknown field; known are " + names.stream().sorted().toList());
        }
    }

    private static Asker asker(ObjectNode entry, Principal caller) {
        JsonNode party = entry.get("onBehalfOf");
        if (party != null && !party.isString()) {
            throw new Malformed("onBehalfOf", "must be a text");
        }
        return ActorAuthentication.asker(caller, party == null ? null : party.stringValue());
    }

    private static CommandRoute route(JsonNode type) {
        CommandRoute route = type.isString() ? CommandRoutes.named(type.stringValue()) : null;
        if (route == null) {
            throw new Malformed("type", "must be the name of a command, e.g. OrderVoucher");
        }
        if (route.type() == PublishScheme.class) {
            throw new Malformed("type", "a scheme is published from its file: POST " + route.fullPath());
        }
        return route;
    }

    CommandGate.Pending submit(CommandGate gate) {
        return gate.submit(asker, key, read);
    }

    String key() {
        return key;
    }

    /** Why it could not be read, or {@code null}. */
    Reply unread() {
        return unread;
    }
}
