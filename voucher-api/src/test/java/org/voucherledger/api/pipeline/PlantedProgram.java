package org.voucherledger.api.pipeline;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Collectors;
import javax.sql.DataSource;
import org.springframework.jdbc.core.JdbcTemplate;
import org.voucherledger.api.eventstore.LedgerStore;
import org.voucherledger.api.postgres.TestPostgres;
import org.voucherledger.domain.LedgerDomain;
import org.voucherledger.domain.audit.Frames;
import org.voucherledger.domain.command.Actor;
import org.voucherledger.domain.command.Command;
import org.voucherledger.domain.command.Role;
import org.voucherledger.domain.ledger.Ledger;
import org.voucherledger.domain.party.ProviderCommand.RecogniseProvider;
import org.voucherledger.domain.party.ProviderCommand.VerifyProvider;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * The command pipeline with little around it and, if asked, with a bug that costs durability. It takes the same bulk requests
 * as the real program, starts faster, knows nobody, and once in its life dies by itself at the moment that its bug is about.
 */
public final class PlantedProgram {

    /** What is wrong with it. */
    public enum Bug {
        NONE,
        ACKNOWLEDGES_BEFORE_THE_COMMIT,
        KEEPS_ANSWERS_OUTSIDE_THE_TRANSACTION
    }

    private static final int GROUPS_BEFORE_IT_DIES = 20;

    /** Long enough for what was acknowledged to reach those who wait for it. */
    private static final Duration ON_THE_WIRE = Duration.ofSeconds(1);

    private static final JsonMapper JSON = JsonMapper.builder().build();

    private final GroupCommitPipeline pipeline;
    private final Told told;

    private PlantedProgram(GroupCommitPipeline pipeline, Told told) {
        this.pipeline = pipeline;
        this.told = told;
    }

    /**
     * Whether anybody has been told of a group before its commit. A request is answered when all its commands are, and the last of
     * them may stand in a later group: then nobody has been told yet, and dying would show nothing.
     */
    private static final class Told {
        private Set<String> watched = Set.of();
        private boolean told;

        synchronized void watch(Set<String> keys) {
            watched = keys;
            told = false;
        }

        synchronized void answered(Set<String> keys) {
            told |= keys.stream().anyMatch(watched::contains);
            notifyAll();
        }

        synchronized boolean isTold(Duration within) {
            long until = System.nanoTime() + within.toNanos();
            try {
                for (long left = within.toNanos(); !told && left > 0; left = until - System.nanoTime()) {
                    wait(Math.max(1, left / 1_000_000));
                }
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
            return told;
        }
    }

    /** @param arguments the bug, the data directory, the port */
    public static void main(String[] arguments) throws IOException {
        var postgres = TestPostgres.startIn(Path.of(arguments[1]));
        DataSource pool = pool(
                postgres.jdbcUrl(), postgres.owner().user(), postgres.owner().password());
        TestPostgres.migrate(pool);
        var told = new Told();
        var pipeline = pipeline(Bug.valueOf(arguments[0]), Path.of(arguments[1], "has-died"), pool, told);
        HttpServer server = HttpServer.create(
                new InetSocketAddress(InetAddress.getLoopbackAddress(), Integer.parseInt(arguments[2])), 0);
        server.createContext("/", new PlantedProgram(pipeline, told)::answer);
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        Runtime.getRuntime().addShutdownHook(new Thread(() -> {
            pipeline.close();
            postgres.close();
        }));
        server.start();
    }

    private static DataSource pool(String url, String user, String password) {
        var config = new HikariConfig();
        config.setJdbcUrl(url);
        config.setUsername(user);
        config.setPassword(password);
        return new HikariDataSource(config);
    }

    private static GroupCommitPipeline pipeline(Bug bug, Path hasDied, DataSource pool, Told told) {
        var sql = new JdbcTemplate(pool);
        var store = LedgerStore.over(pool, Ledger.AGGREGATES);
        var json = new AnswerJson(JSON);
        var answers = new PlantedAnswers(bug, hasDied, sql, json, told);
        var execution = new CommandExecution(LedgerDomain.commandHandlers(store.ledger(), store.events(), Frames.NONE));
        var desk =
                new Desk(store, sql, answers, execution, NamedDocuments.UNASKED, new RecordingClock(new SystemClock()));
        var group = new CommandGroup(0, store, sql, answers, json, desk) {
            @Override
            List<Answer> run(List<Received> commands, Decided ahead) {
                List<Answer> given = super.run(commands, ahead);
                answers.afterCommit();
                return given;
            }
        };
        return new GroupCommitPipeline(
                new Intake(new SystemClock(), 8_192, Instant.EPOCH),
                desk,
                group,
                Duration.ofSeconds(30),
                Runtime.getRuntime()::halt);
    }

    private void answer(HttpExchange exchange) throws IOException {
        byte[] request = exchange.getRequestBody().readAllBytes();
        byte[] answer = request.length == 0 ? new byte[] {'{', '}'} : commands(JSON.readTree(request));
        exchange.sendResponseHeaders(200, answer.length);
        try (var body = exchange.getResponseBody()) {
            body.write(answer);
        }
        if (request.length > 0) {
            var keys = new HashSet<String>();
            JSON.readTree(request)
                    .get("commands")
                    .forEach(entry -> keys.add(entry.get("key").asString()));
            told.answered(keys);
        }
    }

    private byte[] commands(JsonNode request) {
        Map<String, CompletableFuture<Answer>> promises = new LinkedHashMap<>();
        for (JsonNode entry : request.get("commands")) {
            String key = entry.get("key").asString();
            Class<? extends Command> type = entry.get("type").asString().equals("VerifyProvider")
                    ? VerifyProvider.class
                    : RecogniseProvider.class;
            promises.put(
                    key,
                    pipeline.submit(new CommandRequest(
                            Actor.of("operator-1", Role.OPERATOR),
                            key,
                            "sha",
                            JSON.treeToValue(entry.get("body"), type))));
        }
        List<Object> answers = new ArrayList<>();
        promises.forEach((key, promise) -> answers.add(
                switch (promise.exceptionally(fault -> new Answer.Overloaded(1)).join()) {
                    case Answer.Accepted accepted -> Map.of("key", key, "status", 200, "position", accepted.position());
                    case Answer.Denied denied ->
                        Map.of(
                                "key",
                                key,
                                "status",
                                409,
                                "problem",
                                Map.of("rule", denied.decision().rule(), "position", denied.position()));
                    case Answer.KeyReused reused -> Map.of("key", key, "status", 422, "problem", Map.of());
                    case Answer.Overloaded overloaded -> Map.of("key", key, "status", 503);
                }));
        return JSON.writeValueAsBytes(Map.of("answers", answers));
    }

    /** Where both bugs are planted. */
    private static final class PlantedAnswers extends CommandAnswers {
        private final Bug bug;
        private final Path hasDied;
        private final Told told;
        private int groups;
        private List<Entry> notYetKept = List.of();

        PlantedAnswers(Bug bug, Path hasDied, JdbcTemplate sql, AnswerJson json, Told told) {
            super(sql, json);
            this.bug = bug;
            this.hasDied = hasDied;
            this.told = told;
        }

        @Override
        void keep(List<Entry> entries) {
            groups++;
            switch (bug) {
                case NONE -> super.keep(entries);
                case ACKNOWLEDGES_BEFORE_THE_COMMIT -> {
                    super.keep(entries);
                    told.watch(entries.stream()
                            .map(entry -> entry.received().request().idempotencyKey())
                            .collect(Collectors.toSet()));
                    entries.forEach(entry -> entry.received().promise().complete(entry.answer()));
                    if (groups >= GROUPS_BEFORE_IT_DIES && !Files.exists(hasDied) && told.isTold(ON_THE_WIRE)) {
                        dieOnce();
                    }
                }
                case KEEPS_ANSWERS_OUTSIDE_THE_TRANSACTION -> notYetKept = List.copyOf(entries);
            }
        }

        /** Nobody has been told yet. */
        void afterCommit() {
            if (bug != Bug.ACKNOWLEDGES_BEFORE_THE_COMMIT) {
                dieOnce();
            }
            super.keep(notYetKept);
            notYetKept = List.of();
        }

        private void dieOnce() {
            if (groups < GROUPS_BEFORE_IT_DIES || Files.exists(hasDied)) {
                return;
            }
            try {
                Files.createFile(hasDied);
            } catch (IOException e) {
                throw new IllegalStateException(e);
            }
            LockSupport.parkNanos(ON_THE_WIRE.toNanos());
            Runtime.getRuntime().halt(137);
        }
    }
}
