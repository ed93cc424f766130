package org.voucherledger.benchmark.scene;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import org.flywaydb.core.Flyway;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.util.FileSystemUtils;
import org.voucherledger.api.eventstore.LanePool;
import org.voucherledger.api.eventstore.LedgerStore;
import org.voucherledger.api.pipeline.Answer;
import org.voucherledger.api.pipeline.CommandRequest;
import org.voucherledger.api.pipeline.GroupCommitPipeline;
import org.voucherledger.api.pipeline.NamedDocuments;
import org.voucherledger.api.postgres.LedgerPostgres;
import org.voucherledger.api.postgres.ProgramRole;
import org.voucherledger.domain.LedgerDomain;
import org.voucherledger.domain.audit.Frames;
import org.voucherledger.domain.ledger.Ledger;

/** The ledger's own pipeline over an embedded PostgreSQL with the settings that it always has, on a scratch directory. */
public final class BenchLedger implements AutoCloseable {

    private static final int CONNECTIONS = 6;
    private static final int QUEUE = 16_384;
    private static final int IN_FLIGHT = 4_096;

    private final Path directory;
    private final LedgerPostgres postgres;
    private final HikariDataSource pool;
    private final LanePool lane;
    private final JdbcTemplate sql;
    private final BenchClock clock = new BenchClock();
    /** Whoever breaks a long run off leaves neither a server nor its data behind. */
    private final Thread interrupted = new Thread(this::discard);

    private LedgerStore store;
    private GroupCommitPipeline pipeline;

    private BenchLedger(Path directory) {
        this.directory = directory;
        this.postgres = LedgerPostgres.start(directory);
        Runtime.getRuntime().addShutdownHook(interrupted);
        var connections = new HikariConfig();
        connections.setJdbcUrl(postgres.jdbcUrl());
        connections.setUsername(postgres.program().user());
        connections.setPassword(postgres.program().password());
        connections.setMaximumPoolSize(CONNECTIONS);
        connections.addDataSourceProperty("reWriteBatchedInserts", "true");
        this.pool = new HikariDataSource(connections);
        Flyway.configure()
                .dataSource(
                        postgres.jdbcUrl(),
                        postgres.owner().user(),
                        postgres.owner().password())
                .placeholders(Map.of(ProgramRole.PLACEHOLDER, postgres.program().user()))
                .defaultSchema("public")
                .locations("classpath:db/ledger")
                .load()
                .migrate();
        this.sql = new JdbcTemplate(pool);
        this.lane = LanePool.beside(pool);
        begin();
    }

    private void begin() {
        this.store = LedgerStore.over(lane.dataSource(), Ledger.AGGREGATES);
        this.pipeline = GroupCommitPipeline.over(
                store,
                new JdbcTemplate(lane.dataSource()),
                LedgerDomain.commandHandlers(store.ledger(), store.events(), Frames.NONE),
                NamedDocuments.UNASKED,
                clock,
                QUEUE,
                Runtime.getRuntime()::halt);
    }

    /** On a directory of its own under this one, deleted when it is closed. */
    public static BenchLedger fresh(Path under) {
        try {
            Files.createDirectories(under);
            return new BenchLedger(Files.createTempDirectory(under, "bench-"));
        } catch (IOException e) {
            throw new UncheckedIOException("no scratch directory under " + under, e);
        }
    }

    /** Empties the log, for a season that is played from its beginning once more; the server stays as it is. */
    public void startOver() {
        end();
        asOwner("truncate ledger.domain_event, ledger.command_answer, ledger.lane restart identity cascade");
        begin();
    }

    private void end() {
        pipeline.close();
        store.events().shutDown();
    }

    public int port() {
        return postgres.port();
    }

    public LedgerPostgres.Login owner() {
        return postgres.owner();
    }

    /** What only the owner of the tables may do. */
    public void asOwner(String statement) {
        var owner = postgres.owner();
        try (var connection = DriverManager.getConnection(postgres.jdbcUrl(), owner.user(), owner.password());
                var once = connection.createStatement()) {
            once.execute(statement);
        } catch (SQLException e) {
            throw new IllegalStateException(statement, e);
        }
    }

    public Path directory() {
        return directory;
    }

    public HikariDataSource pool() {
        return pool;
    }

    public JdbcTemplate sql() {
        return sql;
    }

    public LedgerStore store() {
        return store;
    }

    public BenchClock clock() {
        return clock;
    }

    public CompletableFuture<Answer> submit(CommandRequest request) {
        return pipeline.submit(request);
    }

    /**
     * Does all of these, many under way at a time.
     *
     * @throws IllegalStateException at the first that is not accepted: a measurement of refusals would measure something else
     */
    public void does(Iterable<CommandRequest> requests) {
        Queue<CompletableFuture<Answer>> underWay = new ArrayDeque<>();
        for (CommandRequest request : requests) {
            if (underWay.size() >= IN_FLIGHT) {
                accepted(underWay.remove().join());
            }
            underWay.add(submit(request));
        }
        underWay.forEach(answer -> accepted(answer.join()));
    }

    /** The result, as JSON. */
    public String does(CommandRequest request) {
        return accepted(submit(request).join());
    }

    /** The result, as JSON; as strict as {@link #does}. */
    public static String accepted(Answer answer) {
        if (answer instanceof Answer.Accepted accepted) {
            return accepted.result();
        }
        throw new IllegalStateException("not accepted: " + answer);
    }

    public long events() {
        return number("select coalesce(max(global_index), 0) from ledger.domain_event");
    }

    public long number(String query, Object... arguments) {
        Long number = sql.queryForObject(query, Long.class, arguments);
        return number == null ? 0 : number;
    }

    public List<String> texts(String query, Object... arguments) {
        return sql.queryForList(query, String.class, arguments);
    }

    @Override
    public void close() {
        end();
        lane.close();
        pool.close();
        Runtime.getRuntime().removeShutdownHook(interrupted);
        discard();
    }

    private void discard() {
        postgres.close();
        try {
            FileSystemUtils.deleteRecursively(directory);
        } catch (IOException e) {
            throw new UncheckedIOException(directory + " is left behind", e);
        }
    }
}
