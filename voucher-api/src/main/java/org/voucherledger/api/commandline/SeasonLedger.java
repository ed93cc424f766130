package org.voucherledger.api.commandline;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Stream;
import org.voucherledger.api.postgres.DiscardedLedger;
import org.voucherledger.api.postgres.PostgresUnavailable;
import org.voucherledger.api.season.Season;
import org.voucherledger.api.security.DevelopmentKey;
import org.voucherledger.api.security.DevelopmentTokens;
import org.voucherledger.domain.command.Actor;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * The ledger at which a season is played: a rehearsal that runs and has not begun yet, or one that is started for it.
 *
 * @param replayOptions what the command line needs to ask this ledger again
 */
record SeasonLedger(URI url, Function<Actor, String> tokens, String replayOptions, Runnable stop)
        implements AutoCloseable {

    /** Stands in a directory that a season made, so that only such a one is ever emptied. */
    private static final String MARKER = "made-by-season";

    private static final Duration TOKEN_VALIDITY = Duration.ofHours(24);
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    /**
     * @param url where a ledger may be running
     * @param key whose development key that ledger believes: its data directory
     * @param own where the data of a ledger are kept that has to be started; emptied before
     * @param say told why, where a ledger that answers cannot be used
     */
    static SeasonLedger find(URI url, Path key, Path own, Consumer<String> say) {
        String obstacle = whyNot(url, key);
        if (obstacle == null) {
            say.accept("Playing at the rehearsal ledger that runs at " + url + ".");
            return new SeasonLedger(url, tokens(key), "--url " + url + " --data " + key, () -> {});
        }
        say.accept(obstacle + " Starting a rehearsal ledger of its own on " + own + " ...");
        return make(own, Map.of());
    }

    /** One that is started for this alone, as its settings say; its directory is emptied before. */
    static SeasonLedger make(Path own, Map<String, String> settings) {
        empty(own);
        var all = new LinkedHashMap<>(settings);
        all.put("ledger.data", own.toString());
        all.put("ledger.rehearsal", Season.BEGIN.toString());
        LocalLedger ledger = LocalLedger.startQuietly(all);
        return new SeasonLedger(ledger.url(), tokens(own), "--data " + own, ledger::close);
    }

    private static Function<Actor, String> tokens(Path data) {
        return actor -> new DevelopmentTokens(DevelopmentKey.of(data)).sign(actor, Instant.now(), TOKEN_VALIDITY);
    }

    /** Why the season cannot be played there, or {@code null}. */
    private static String whyNot(URI url, Path key) {
        try (HttpClient http = HttpClient.newBuilder().connectTimeout(PATIENCE).build()) {
            if (!Files.isDirectory(key)) {
                // Asked without a token: it is enough to know whether anything answers.
                http.send(
                        HttpRequest.newBuilder(url).timeout(PATIENCE).build(), HttpResponse.BodyHandlers.discarding());
                return "A ledger answers at " + url + ", but its data directory is not known here (--data).";
            }
            var request = HttpRequest.newBuilder(url.resolve("/api/v1/rehearsal/clock"))
                    .timeout(PATIENCE)
                    .header("Authorization", "Bearer " + tokens(key).apply(Actor.SYSTEM))
                    .build();
            HttpResponse<String> answer = http.send(request, HttpResponse.BodyHandlers.ofString());
            return switch (answer.statusCode()) {
                case 200 -> hasBegun(url, answer.body());
                case 401 -> "The ledger at " + url + " does not believe the key in " + key + ".";
                default -> "The ledger at " + url + " keeps its own time: it is no rehearsal.";
            };
        } catch (IOException e) {
            return "No ledger answers at " + url + ".";
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CannotRun("interrupted");
        }
    }

    private static String hasBegun(URI url, String answer) {
        JsonNode reading = JsonMapper.shared().readTree(answer);
        Instant now = Instant.parse(reading.get("now").asString());
        return now.isAfter(Season.BEGIN)
                ? "The rehearsal at " + url + " is past " + Season.BEGIN + " and cannot go back."
                : null;
    }

    /** Makes the directory anew; one that no season has made is not touched. */
    private static void empty(Path directory) {
        try {
            if (Files.exists(directory) && !Files.exists(directory.resolve(MARKER)) && !isEmpty(directory)) {
                throw new CannotRun(directory + " was not made by a season and is not emptied. Name another one.");
            }
            // Said first, so that a directory that was half emptied is known again.
            Files.createDirectories(directory);
            Files.write(directory.resolve(MARKER), List.of("The next season empties this directory."));
            DiscardedLedger.empty(directory, Set.of(MARKER));
        } catch (PostgresUnavailable runningThere) {
            throw new CannotRun(runningThere.getMessage());
        } catch (IOException e) {
            throw new UncheckedIOException("the data directory " + directory + " cannot be made anew", e);
        }
    }

    private static boolean isEmpty(Path directory) throws IOException {
        try (Stream<Path> inside = Files.list(directory)) {
            return inside.findAny().isEmpty();
        }
    }

    @Override
    public void close() {
        stop.run();
    }
}
