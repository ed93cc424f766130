package org.voucherledger.api.http;

import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.security.Principal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;
import org.voucherledger.api.problem.Language;
import org.voucherledger.api.problem.Problems;
import org.voucherledger.api.security.ActorAuthentication;
import org.voucherledger.api.security.Asker;
import org.voucherledger.domain.command.Malformed;
import org.voucherledger.domain.scheme.SchemeCommand.PublishScheme;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Takes many commands in one request.
 *
 * <p>All entries are received when the request is, and done in the order of the list, so that an entry may build on earlier
 * ones. Each entry has its own key and its own answer; none harms another.
 */
@RestController
class BulkEndpoint {

    static final String PATH = CommandRoute.BASE + "/commands";
    static final int MOST_ENTRIES = 1000;

    private static final Set<String> ENVELOPE = Set.of("commands");
    private static final Set<String> ENTRY = Set.of("key", "type", "body", "onBehalfOf");

    private final CommandGate gate;

    BulkEndpoint(CommandGate gate) {
        this.gate = gate;
    }

    @PostMapping(PATH)
    ResponseEntity<byte[]> answer(HttpServletRequest request) throws IOException {
        Language language = Language.preferred(request.getHeader("Accept-Language"));
        List<Entry> entries = entries(
                CommandReader.object(RequestBody.json(request, RequestBody.MOST_BYTES_OF_A_BULK)),
                request.getUserPrincipal(),
                language);
        List<Map<String, Object>> answers = new ArrayList<>(entries.size());
        submit(entries);
        entries.forEach(entry -> answers.add(entry.await(language).entry(entry.key)));
        return Reply.json(Map.of("answers", answers));
    }

    /** Once one is turned away the rest are too: none may overtake an earlier one that it builds on. */
    private void submit(List<Entry> entries) {
        CommandGate.Pending turnedAway = null;
        for (Entry entry : entries.stream().filter(Entry::isRead).toList()) {
            if (turnedAway != null) {
                entry.pending = turnedAway;
            } else if (entry.submit(gate).turnedAway()) {
                turnedAway = entry.pending;
            }
        }
    }

    private static List<Entry> entries(ObjectNode envelope, Principal caller, Language language) {
        known("", envelope, ENVELOPE);
        JsonNode commands = envelope.get("commands");
        if (commands == null || !commands.isArray() || commands.isEmpty() || commands.size() > MOST_ENTRIES) {
            throw new Malformed("commands", "must be a list of 1 to " + MOST_ENTRIES + " entries");
        }
        List<Entry> entries = new ArrayList<>(commands.size());
        commands.forEach(entry -> entries.add(Entry.of(entry, caller, language)));
        return entries;
    }

    private static void known(String where, ObjectNode object, Set<String> names) {
        object.propertyNames().forEach(name -> {
            if (!names.contains(name)) {
                throw new Malformed(
                        where + name,
                        "unknown field; known are " + names.stream().sorted().toList());
            }
        });
    }

    /** One entry; where it cannot be read, {@code unread} says why and the rest is empty. */
    private static final class Entry {

        private final String key;
        private final Asker asker;
        private final CommandReader.Read read;
        private final Reply unread;
        private CommandGate.Pending pending;

        private Entry(String key, Asker asker, CommandReader.Read read, Reply unread) {
            this.key = key;
            this.asker = asker;
            this.read = read;
            this.unread = unread;
        }

        static Entry of(JsonNode entry, Principal caller, Language language) {
            String key = entry.path("key").isString() ? entry.path("key").stringValue() : null;
            try {
                if (!(entry instanceof ObjectNode object)) {
                    throw new Malformed("commands", "each entry must be an object");
                }
                known("", object, ENTRY);
                IdempotencyKey.check("key", key);
                CommandRoute route = route(object.path("type"));
                if (!(object.path("body") instanceof ObjectNode body)) {
                    throw new Malformed("body", "must be a JSON object");
                }
                return new Entry(key, asker(object, caller), CommandReader.read(route, body), null);
            } catch (Malformed malformed) {
                return new Entry(key, null, null, new Reply.NotDone(Problems.of(malformed, language)));
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
            pending = gate.submit(asker, key, read);
            return pending;
        }

        boolean isRead() {
            return unread == null;
        }

        Reply await(Language language) {
            return unread == null ? pending.await(language) : unread;
        }
    }
}
