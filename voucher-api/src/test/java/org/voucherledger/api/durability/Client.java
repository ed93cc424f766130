package org.voucherledger.api.durability;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import org.voucherledger.domain.party.CreditCode;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Sends commands, most to be accepted and some to be refused, and asks again with the same keys until each is answered.
 *
 * <p>Every accepted command makes one event on one of a few busy streams, so what was done twice can be counted.
 */
final class Client implements Runnable {

    /** How the load has gone so far, over all clients. */
    record Tally(AtomicLong acknowledged, AtomicLong askedAgain, AtomicBoolean enough) {
        Tally() {
            this(new AtomicLong(), new AtomicLong(), new AtomicBoolean());
        }
    }

    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final Duration LONGEST_ANSWER = Duration.ofSeconds(90);
    private static final long PAUSE_NANOS = 100_000_000;
    private static final int PROVIDERS = 5;

    private final HttpClient http =
            HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(2)).build();
    private final String name;
    private final URI commands;
    private final String token;
    private final Journal journal;
    private final Tally tally;
    private final Random random;

    Client(String name, URI program, String token, Journal journal, Tally tally, long seed) {
        this.name = name;
        this.commands = program.resolve("/api/v1/commands");
        this.token = token;
        this.journal = journal;
        this.tally = tally;
        this.random = new Random(seed);
    }

    @Override
    public void run() {
        for (int batch = 0; !tally.enough.get(); batch++) {
            var waiting = new LinkedHashMap<String, Map<String, Object>>();
            int size = 1 + random.nextInt(20);
            for (int i = 0; i < size; i++) {
                String key = name + "-" + batch + "-" + i;
                waiting.put(key, command(key));
            }
            askUntilAnswered(waiting);
        }
    }

    private Map<String, Object> command(String key) {
        String provider = code(random.nextInt(PROVIDERS));
        if (random.nextInt(10) == 0) {
            return Map.of("key", key, "type", "VerifyProvider", "body", Map.of("providerId", "nobody"));
        }
        return Map.of(
                "key",
                key,
                "type",
                "RecogniseProvider",
                "body",
                Map.of(
                        "providerId",
                        provider,
                        "name",
                        key,
                        "level",
                        "CITY",
                        "city",
                        "广州",
                        "serviceTypes",
                        List.of("INFORMATION"),
                        "validFrom",
                        "2019-01-01",
                        "validTo",
                        "2020-12-31"));
    }

    private void askUntilAnswered(Map<String, Map<String, Object>> waiting) {
        while (true) {
            try {
                var request = HttpRequest.newBuilder(commands)
                        .timeout(LONGEST_ANSWER)
                        .header("Authorization", "Bearer " + token)
                        .header("Content-Type", "application/json")
                        .POST(HttpRequest.BodyPublishers.ofByteArray(
                                JSON.writeValueAsBytes(Map.of("commands", List.copyOf(waiting.values())))))
                        .build();
                HttpResponse<byte[]> response = http.send(request, HttpResponse.BodyHandlers.ofByteArray());
                if (response.statusCode() == 200) {
                    note(JSON.readTree(response.body()).get("answers"), waiting);
                } else if (response.statusCode() < 500) {
                    throw new AssertionError(response.statusCode() + " " + new String(response.body()));
                }
                if (waiting.isEmpty()) {
                    return;
                }
            } catch (IOException unknown) {
                // The program was killed, or is not there yet: the same keys are asked again.
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
            tally.askedAgain.incrementAndGet();
            LockSupport.parkNanos(PAUSE_NANOS);
        }
    }

    private void note(JsonNode answers, Map<String, Map<String, Object>> waiting) {
        var lines = new ArrayList<Journal.Line>();
        for (JsonNode answer : answers) {
            String key = answer.get("key").asString();
            int status = answer.get("status").asInt();
            if (status == 200) {
                lines.add(new Journal.Line(key, true, answer.get("position").asLong()));
            } else if (status < 500) {
                JsonNode problem = answer.get("problem");
                if (problem.get("rule") == null) {
                    throw new AssertionError("neither done nor refused by a rule: " + answer);
                }
                lines.add(new Journal.Line(key, false, problem.get("position").asLong()));
            }
        }
        journal.write(lines);
        lines.forEach(line -> waiting.remove(line.key()));
        tally.acknowledged.addAndGet(lines.size());
    }

    private static String code(int number) {
        String first17 = "91440101MA%07d".formatted(number);
        return first17 + CreditCode.checkCharacter(first17);
    }
}
