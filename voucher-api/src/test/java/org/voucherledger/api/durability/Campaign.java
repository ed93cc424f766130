package org.voucherledger.api.durability;

import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.LockSupport;

/** Clients at work, and kills at moments that a seed decides. */
final class Campaign {

    /** What is killed with signal 9. */
    enum Victim {
        PROGRAM,
        POSTGRES,
        BOTH,
        /** Nobody kills it: it dies by itself, when it chooses. */
        ITSELF
    }

    /** What it came to; the text is the line that a reader of the build sees. */
    record Result(long seed, Map<Victim, Integer> kills, long askedAgain, Verdict verdict) {
        @Override
        public String toString() {
            int all = kills.values().stream().mapToInt(Integer::intValue).sum();
            return "kill -9: seed=" + seed + " kills=" + all + " " + kills + " commands=" + verdict.acknowledged()
                    + " askedAgain=" + askedAgain + " lost=" + verdict.lost().size() + " doubled="
                    + verdict.doubled().size();
        }
    }

    private static final int CLIENTS = 8;
    private static final Duration LONGEST_WAIT = Duration.ofMinutes(4);

    private final Program program;
    private final String token;
    private final Path journals;
    private final long seed;

    Campaign(Program program, String token, Path journals, long seed) {
        this.program = program;
        this.token = token;
        this.journals = journals;
        this.seed = seed;
    }

    /**
     * @param victims one after the other
     * @param most how many commands are acknowledged at most between two kills
     */
    Result run(List<Victim> victims, int most) throws Exception {
        var random = new Random(seed);
        var tally = new Client.Tally();
        var kills = new EnumMap<Victim, Integer>(Victim.class);
        List<Path> files = new ArrayList<>();
        List<Journal> open = new ArrayList<>();
        List<Future<?>> clients = new ArrayList<>();
        try (var threads = Executors.newFixedThreadPool(CLIENTS)) {
            for (int i = 0; i < CLIENTS; i++) {
                Path file = journals.resolve("client-" + i);
                files.add(file);
                open.add(new Journal(file));
                clients.add(threads.submit(
                        new Client("c" + i, program.url(), token, open.get(i), tally, random.nextLong())));
            }
            try {
                for (Victim victim : victims) {
                    awaitMore(tally, 1 + random.nextInt(most), clients);
                    LockSupport.parkNanos(random.nextInt(250_000_000));
                    kill(victim);
                    kills.merge(victim, 1, Integer::sum);
                }
                awaitMore(tally, most, clients);
            } finally {
                tally.enough().set(true);
            }
            for (Future<?> client : clients) {
                client.get(LONGEST_WAIT.toSeconds(), TimeUnit.SECONDS);
            }
        }
        for (Journal journal : open) {
            journal.close();
        }
        return new Result(seed, kills, tally.askedAgain().get(), verdict(files));
    }

    private void kill(Victim victim) {
        switch (victim) {
            case PROGRAM -> {
                program.kill();
                program.start();
            }
            case POSTGRES -> program.killPostgres();
            case ITSELF -> {
                program.awaitDeath();
                program.start();
            }
            case BOTH -> {
                program.killPostgres();
                program.kill();
                program.start();
            }
        }
    }

    private Verdict verdict(List<Path> files) throws IOException, SQLException {
        List<Journal.Line> lines = new ArrayList<>();
        for (Path file : files) {
            lines.addAll(Journal.read(file));
        }
        try (var database = program.database()) {
            return Verdict.of(lines, database);
        }
    }

    private static void awaitMore(Client.Tally tally, int more, List<Future<?>> clients)
            throws ExecutionException, InterruptedException, TimeoutException {
        long goal = tally.acknowledged().get() + more;
        long until = System.nanoTime() + LONGEST_WAIT.toNanos();
        while (tally.acknowledged().get() < goal) {
            for (Future<?> client : clients) {
                if (client.isDone()) {
                    client.get(); // it has failed; say how
                }
            }
            if (System.nanoTime() > until) {
                throw new TimeoutException("no command has been acknowledged for a long time");
            }
            LockSupport.parkNanos(2_000_000);
        }
    }
}
