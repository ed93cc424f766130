package org.voucherledger.benchmark.raw;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.voucherledger.benchmark.raw.Pgbench.Script;
import org.voucherledger.benchmark.scene.BenchLedger;

/** What pgbench does, for a machine without it: each client a connection, one prepared statement a transaction. */
final class SameStatements {

    private static final long SEED = 20_200_420;

    private final BenchLedger ledger;
    private final List<Script> scripts;

    SameStatements(BenchLedger ledger, List<Script> scripts) {
        this.ledger = ledger;
        this.scripts = scripts;
    }

    /** A second. */
    double transactions(int clients, int seconds) {
        long begun = System.nanoTime();
        long until = begun + TimeUnit.SECONDS.toNanos(seconds);
        try (ExecutorService threads = Executors.newFixedThreadPool(clients)) {
            List<CompletableFuture<Long>> running = new ArrayList<>();
            for (int client = 0; client < clients; client++) {
                var chance = new SplittableRandom(SEED + client);
                running.add(CompletableFuture.supplyAsync(() -> transactions(chance, until), threads));
            }
            long transactions =
                    running.stream().mapToLong(CompletableFuture::join).sum();
            return transactions * 1e9 / (System.nanoTime() - begun);
        }
    }

    private long transactions(SplittableRandom chance, long until) {
        int weights = scripts.stream().mapToInt(Script::weight).sum();
        long transactions = 0;
        try (Connection connection = DriverManager.getConnection(
                ledger.pool().getJdbcUrl(),
                ledger.pool().getUsername(),
                ledger.pool().getPassword())) {
            List<PreparedStatement> prepared = new ArrayList<>();
            for (Script script : scripts) {
                prepared.add(connection.prepareStatement(script.statement()));
            }
            while (System.nanoTime() < until) {
                prepared.get(drawn(chance.nextInt(weights))).execute();
                transactions++;
            }
            return transactions;
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    private int drawn(int weight) {
        int script = 0;
        for (int left = weight - scripts.get(0).weight();
                left >= 0;
                left -= scripts.get(script).weight()) {
            script++;
        }
        return script;
    }
}
