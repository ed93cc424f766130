package org.voucherledger.api.season;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import org.voucherledger.domain.command.Actor;
import org.voucherledger.domain.command.Command;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * The platform's backend as the ledger sees it: an HTTP client with a token for each account.
 *
 * <p>Every command has a key, so that it may be sent again when the ledger was overloaded (503) or the connection broke and
 * is done once all the same.
 */
final class LedgerClient {

    private static final String BASE = "/api/v1";
    private static final int MOST_TRIES = 40;
    /** Verifying the books of a large season reads its whole log. */
    private static final Duration PATIENCE = Duration.ofMinutes(15);

    /** A command with the key under which it is sent, however often. */
    record Keyed(String key, Caller by, Command command) {}

    private final URI ledger;
    private final Function<Actor, String> tokens;
    private final Map<Actor, String> issued = new ConcurrentHashMap<>();
    private final HttpClient http = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(Duration.ofSeconds(10))
            .build();
    private final JsonMapper json = JsonMapper.builder().build();

    LedgerClient(URI ledger, Function<Actor, String> tokens) {
        this.ledger = ledger;
        this.tokens = tokens;
    }

    /** Posts one step to its resource. */
    Reply send(Keyed command) {
        ObjectNode body = json.valueToTree(command.command());
        String path = Routes.path(command.command(), body);
        return post(command.by(), path, command.key(), body.toString());
    }

    /** Posts commands of one account together; the answers come in their order. */
    List<Reply> sendTogether(List<Keyed> commands) {
        Reply[] replies = new Reply[commands.size()];
        List<Integer> open = new ArrayList<>();
        for (int i = 0; i < commands.size(); i++) {
            open.add(i);
        }
        for (int tries = 0; !open.isEmpty(); tries++) {
            if (tries == MOST_TRIES) {
                throw new IllegalStateException("the ledger is still overloaded after " + tries + " tries");
            }
            JsonNode answers = bulk(open.stream().map(commands::get).toList());
            List<Integer> again = new ArrayList<>();
            for (int i = 0; i < open.size(); i++) {
                Reply reply = reply(answers.get(i).path("status").asInt(), answers.get(i));
                if (reply.status() == 503) {
                    again.add(open.get(i));
                }
                replies[open.get(i)] = reply;
            }
            open = again;
            if (!open.isEmpty()) {
                pause(1);
            }
        }
        return List.of(replies);
    }

    private JsonNode bulk(List<Keyed> commands) {
        ObjectNode body = json.createObjectNode();
        ArrayNode entries = body.putArray("commands");
        for (Keyed command : commands) {
            ObjectNode entry = entries.addObject();
            entry.put("key", command.key());
            entry.put("type", command.command().getClass().getSimpleName());
            if (!command.by().party().isEmpty()) {
                entry.put("onBehalfOf", command.by().party());
            }
            entry.set("body", json.valueToTree(command.command()));
        }
        HttpResponse<String> response = exchange(request(commands.getFirst().by(), "/commands")
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString(body.toString()))
                .build());
        if (response.statusCode() != 200) {
            throw new IllegalStateException(
                    "bulk commands were answered " + response.statusCode() + " " + response.body());
        }
        return json.readTree(response.body()).get("answers");
    }

    /** Posts a body as it is, for what is not a command's record. */
    Reply post(Caller by, String path, String key, String body) {
        return reply(exchange(request(by, path)
                .header("Content-Type", "application/json")
                .header("Idempotency-Key", key)
                .POST(BodyPublishers.ofString(body))
                .build()));
    }

    Reply postFile(Caller by, String path, String key, String mediaType, byte[] file) {
        return reply(exchange(request(by, path)
                .header("Content-Type", mediaType)
                .header("Idempotency-Key", key)
                .POST(BodyPublishers.ofByteArray(file))
                .build()));
    }

    Reply put(Caller by, String path, String body) {
        return reply(exchange(request(by, path)
                .header("Content-Type", "application/json")
                .PUT(BodyPublishers.ofString(body))
                .build()));
    }

    /** Reads a resource; anything but 200 is a fault. */
    JsonNode get(Caller by, String path) {
        HttpResponse<String> response = exchange(request(by, path).GET().build());
        if (response.statusCode() != 200) {
            throw new IllegalStateException(path + " was answered " + response.statusCode() + " " + response.body());
        }
        return json.readTree(response.body());
    }

    /** Every item of a list, page by page. */
    List<JsonNode> all(Caller by, String path) {
        var items = new ArrayList<JsonNode>();
        String cursor = "";
        do {
            String page = path + (path.contains("?") ? "&" : "?") + "limit=500" + cursor;
            JsonNode answer = get(by, page);
            answer.get("items").forEach(items::add);
            JsonNode next = answer.path("next");
            cursor = next.isString() ? "&cursor=" + next.asString() : "";
        } while (!cursor.isEmpty());
        return items;
    }

    private HttpRequest.Builder request(Caller by, String path) {
        // One token a role of the platform's account, whomever it acts for: the party stands with each command.
        Actor account = new Actor(by.id(), by.role(), by.party().isEmpty() ? "" : "*");
        var builder = HttpRequest.newBuilder(ledger.resolve(BASE + path))
                .timeout(PATIENCE)
                .header("Authorization", "Bearer " + issued.computeIfAbsent(account, tokens));
        return by.party().isEmpty() ? builder : builder.header("On-Behalf-Of", by.party());
    }

    private HttpResponse<String> exchange(HttpRequest request) {
        for (int tries = 1; ; tries++) {
            try {
                HttpResponse<String> response = http.send(request, BodyHandlers.ofString());
                if (response.statusCode() != 503 || tries == MOST_TRIES) {
                    return response;
                }
                pause(response.headers().firstValueAsLong("Retry-After").orElse(1));
            } catch (IOException e) {
                if (tries == MOST_TRIES) {
                    throw new UncheckedIOException("the ledger at " + ledger + " does not answer", e);
                }
                pause(1);
            } catch (InterruptedException e) {
                throw interrupted(e);
            }
        }
    }

    private Reply reply(HttpResponse<String> response) {
        String body = response.body();
        JsonNode read = body.isBlank() ? json.createObjectNode() : json.readTree(body);
        return reply(response.statusCode(), read);
    }

    /** In a bulk answer the problem stands in a field of its own, else it is the body. */
    private Reply reply(int status, JsonNode answer) {
        JsonNode problem = answer.has("problem") && answer.get("problem").isObject() ? answer.get("problem") : answer;
        return new Reply(
                status,
                answer.path("position").asLong(problem.path("position").asLong(0)),
                answer,
                problem.path("rule").asString(""),
                problem.path("about").asString(""));
    }

    private static void pause(long seconds) {
        try {
            Thread.sleep(Duration.ofSeconds(seconds));
        } catch (InterruptedException e) {
            throw interrupted(e);
        }
    }

    private static IllegalStateException interrupted(InterruptedException e) {
        Thread.currentThread().interrupt();
        return new IllegalStateException("the season was interrupted", e);
    }
}
