package org.voucherledger.api.season;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import java.util.function.LongConsumer;
import org.voucherledger.api.season.Applying.Queued;
import org.voucherledger.domain.batch.BatchCommand;
import org.voucherledger.domain.batch.BatchCommand.Apply;
import org.voucherledger.domain.batch.BatchCommand.EndApplications;
import org.voucherledger.domain.batch.BatchCommand.GrantApplications;
import org.voucherledger.domain.batch.BatchCommand.OpenBatch;
import org.voucherledger.domain.batch.BatchCommand.PublishGrant;
import org.voucherledger.domain.command.Actor;
import org.voucherledger.domain.command.Command;
import org.voucherledger.domain.party.EnterpriseCommand.RegisterEnterprise;
import tools.jackson.databind.JsonNode;

/**
 * One batch, asked for by everybody at its opening instant, and decided: how long a batch of so many applications takes at a
 * fresh rehearsal ledger, through its public interface only.
 *
 * <p>Invented enterprises register and are checked; each applies once; the window closes; the operator grants, a bounded
 * number of applications a command, and publishes. Nobody orders anything, and when it is too late for that every voucher is
 * recovered (GZ-30). The budget is nine tenths of what is asked for, so that the granting ends
 * before the queue does. Then the ledger's decision record of every application is compared with the order of grant, worked
 * out here a second time (GZ-12), and its books with its log (ALL-03).
 */
public final class Rush {

    /** When the ledger's clock is set to. */
    public static final Instant BEGIN = Calendar.BEGIN;

    public static final int FEWEST_APPLICATIONS = 10;
    public static final int MOST_APPLICATIONS = 500_000;

    private static final Round ROUND = Round.of(1).getFirst();
    private static final int WAVE = 2_500;
    private static final int DECIDED_AT_ONCE = BatchCommand.MOST_AT_ONCE;
    private static final long LOOK_AGAIN_MILLIS = 500;
    private static final List<String> PAPERS = List.of("LICENCE", "TAX_CERTIFICATE", "DECLARATION");

    private final LedgerClient client;
    private final Sender sender;
    private final Progress progress;
    private final long seed;
    private final List<Firm> firms;
    private final List<RushReport.Phase> phases = new ArrayList<>();
    private long position;

    private Rush(Sender sender, Progress progress, int applications, long seed) {
        this.client = sender.client();
        this.sender = sender;
        this.progress = progress;
        this.seed = seed;
        this.firms = City.flawless(seed, applications);
    }

    /**
     * Plays it.
     *
     * @param ledger a rehearsal ledger in which nothing has happened, its clock at {@link #BEGIN} or before
     * @param tokens makes the bearer token of an account
     * @param applications how many, one an enterprise
     * @throws IllegalStateException if the ledger does anything else than it is asked
     */
    public static RushReport play(
            URI ledger, Function<Actor, String> tokens, int applications, long seed, Progress progress) {
        try (var sender = new Sender(new LedgerClient(ledger, tokens), seed)) {
            return new Rush(sender, progress, applications, seed).play();
        }
    }

    private RushReport play() {
        List<List<Long>> asked = firms.stream()
                .map(firm -> {
                    Draw draw = firm.draw().of("asks in a rush");
                    return Applying.parts(draw, Applying.asked(draw));
                })
                .toList();
        long askedFen = asked.stream().mapToLong(Rush::sum).sum();
        long budgetFen = askedFen / 10 * 9;
        clockTo(BEGIN);
        publishScheme(budgetFen);
        timed("register", firms.size(), this::register);
        done(new OpenBatch(
                ROUND.batchId(),
                Scene.SCHEME,
                "",
                budgetFen,
                ROUND.from(),
                ROUND.until(),
                null,
                null,
                null,
                "穗工信〔2020〕示范"));
        clockTo(ROUND.from());
        var queued = new ArrayList<Queued>();
        timed("apply", firms.size(), done -> apply(asked, queued, done));
        clockTo(ROUND.closes().plusSeconds(600));
        done(new EndApplications(ROUND.batchId()));
        clockTo(ROUND.grantedAt());
        var expected = DecisionRecords.of(queued, budgetFen);
        timed(
                "grant",
                expected.granted(),
                done -> untilDone(new GrantApplications(ROUND.batchId(), DECIDED_AT_ONCE), done));
        timed(
                "publish",
                expected.notGranted(),
                done -> untilDone(new PublishGrant(ROUND.batchId(), DECIDED_AT_ONCE), done));
        return report(expected, askedFen);
    }

    private RushReport report(DecisionRecords expected, long askedFen) {
        List<String> flaws = new ArrayList<>();
        var vouchers = new long[1];
        timed("views", firms.size(), done -> {
            List<JsonNode> records =
                    client.all(Caller.AUDITOR, "/batches/" + ROUND.batchId() + "/applications?atLeast=" + position);
            flaws.addAll(expected.flawsOf(records));
            vouchers[0] = records.stream()
                    .mapToLong(record -> record.path("voucherIds").size())
                    .sum();
            done.accept(records.size());
        });
        clockTo(ROUND.orderBy());
        timed("recover", vouchers[0], done -> {
            long recovered = recover(done);
            if (recovered != vouchers[0]) {
                flaws.add(recovered + " of " + vouchers[0] + " vouchers were recovered");
            }
            done.accept(recovered);
        });
        JsonNode books = client.get(Caller.AUDITOR, "/books?atLeast=" + position);
        var verification = new JsonNode[1];
        timed("verify", position, done -> {
            verification[0] = client.post(Caller.AUDITOR, "/books/verification", sender.nextKey(), "{}")
                    .body();
            done.accept(position);
        });
        return new RushReport(
                seed,
                expected.granted(),
                expected.notGranted(),
                askedFen,
                List.copyOf(phases),
                flaws,
                BookTable.of(books, verification[0]));
    }

    /** The scheme of the season with a fund that is enough. */
    private void publishScheme(long budgetFen) {
        String fund = "amountFen: " + Round.FUND_FEN;
        String file = Season.schemeFile().replace(fund, "amountFen: " + Math.max(Round.FUND_FEN, budgetFen));
        for (String kind : PAPERS) {
            PaperFile paper = PaperFile.of(kind);
            insist(client.postFile(
                    Caller.OPERATOR,
                    "/documents?name=" + kind + ".pdf",
                    sender.nextKey(),
                    PaperFile.MEDIA_TYPE,
                    paper.content()));
        }
        insist(client.postFile(
                Caller.BUREAU, "/schemes", sender.nextKey(), Season.YAML, file.getBytes(StandardCharsets.UTF_8)));
    }

    private void register(LongConsumer done) {
        for (int from = 0; from < firms.size(); from += WAVE) {
            List<Firm> next = firms.subList(from, Math.min(firms.size(), from + WAVE));
            perform(next.stream()
                    .map(firm -> Deed.of(Caller.of(firm), new RegisterEnterprise(firm.code(), firm.declaration())))
                    .toList());
            perform(next.stream()
                    .map(firm -> Deed.of(Caller.OPERATOR, Registering.verification(firm)))
                    .toList());
            done.accept(from + next.size());
        }
    }

    private void apply(List<List<Long>> asked, List<Queued> queued, LongConsumer done) {
        for (int from = 0; from < firms.size(); from += WAVE) {
            int until = Math.min(firms.size(), from + WAVE);
            var wave = new ArrayList<Deed>();
            for (int i = from; i < until; i++) {
                wave.add(Deed.of(
                        Caller.of(firms.get(i)),
                        new Apply(ROUND.batchId(), firms.get(i).code(), sum(asked.get(i)), asked.get(i))));
            }
            List<Reply> replies = perform(wave);
            for (int i = from; i < until; i++) {
                JsonNode applied = replies.get(i - from).result();
                queued.add(new Queued(
                        applied.get("applicationId").asString(),
                        applied.get("position").asLong(),
                        applied.get("tier").asInt(),
                        firms.get(i),
                        asked.get(i)));
            }
            done.accept(until);
        }
    }

    private void untilDone(Command command, LongConsumer done) {
        long decided = 0;
        while (true) {
            JsonNode result = done(command).result();
            decided += result.get("decided").asLong();
            done.accept(decided);
            if (result.get("done").asBoolean()) {
                return;
            }
        }
    }

    /** How many vouchers the ledger has recovered by itself; until it is over, it tells how far it is. */
    private long recover(LongConsumer done) {
        var swept = CompletableFuture.supplyAsync(() -> client.post(Caller.SYSTEM, "/sweeps", sender.nextKey(), ""));
        while (!swept.isDone()) {
            client.get(Caller.AUDITOR, "/progress").get("items").forEach(run -> {
                if (run.get("subject").asString().equals("recoveries")) {
                    done.accept(run.get("done").asLong());
                }
            });
            try {
                swept.get(LOOK_AGAIN_MILLIS, TimeUnit.MILLISECONDS);
            } catch (TimeoutException notYet) {
                continue;
            } catch (InterruptedException stopped) {
                Thread.currentThread().interrupt();
                throw new IllegalStateException("interrupted", stopped);
            } catch (ExecutionException fault) {
                throw new IllegalStateException("the ledger could not be swept", fault.getCause());
            }
        }
        Reply reply = swept.join();
        insist(reply);
        return reply.body().path("recorded").path("RecoverVoucher").asLong(0);
    }

    private interface Work {
        void run(LongConsumer done);
    }

    private void timed(String name, long count, Work work) {
        long begun = System.nanoTime();
        work.run(done -> progress.counted(name, done, count, seconds(begun)));
        phases.add(new RushReport.Phase(name, count, seconds(begun)));
    }

    private static double seconds(long begun) {
        return Math.max(1, System.nanoTime() - begun) / 1e9;
    }

    private void clockTo(Instant instant) {
        insist(client.put(Caller.SYSTEM, "/rehearsal/clock", "{\"now\":\"" + instant + "\"}"));
    }

    private Reply done(Command command) {
        return perform(List.of(Deed.of(command instanceof OpenBatch ? Caller.BUREAU : Caller.OPERATOR, command)))
                .getFirst();
    }

    private List<Reply> perform(List<Deed> wave) {
        List<Reply> replies = sender.send(wave);
        replies.forEach(this::insist);
        return replies;
    }

    private void insist(Reply reply) {
        if (!reply.isAccepted()) {
            throw new IllegalStateException("the ledger was asked for what it can do and answered " + reply.text());
        }
        position = Math.max(position, reply.position());
    }

    private static long sum(List<Long> parts) {
        return parts.stream().mapToLong(Long::longValue).sum();
    }
}
