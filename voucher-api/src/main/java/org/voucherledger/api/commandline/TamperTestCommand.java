package org.voucherledger.api.commandline;

import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import org.voucherledger.api.postgres.LedgerPostgres;
import org.voucherledger.api.seal.LastCheckpoint;
import org.voucherledger.api.seal.SealKey;
import org.voucherledger.api.seal.SealVerification;
import org.voucherledger.api.season.Progress;
import org.voucherledger.api.season.Season;
import org.voucherledger.api.tampering.Campaign;
import org.voucherledger.api.tampering.Outcome;
import org.voucherledger.projections.sealedlog.NoteKey;
import org.voucherledger.projections.sealedlog.SignedNote;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;
import tools.jackson.databind.json.JsonMapper;

/**
 * {@code ./voucher tamper-test}: tampers with a ledger that is made for it, as its owner could, and looks whether the
 * verification finds each deed. Ends with status 0 only if all were found and nothing was found where nothing had been done.
 */
@Command(
        name = "tamper-test",
        description = {
            "Plays the beginning of a season at a ledger of its own, changes its database in thousands of ways, one at a time,",
            "and looks whether the sealed log tells what was done, where, and since when."
        },
        mixinStandardHelpOptions = true)
final class TamperTestCommand implements Callable<Integer> {

    private static final int MOST = 10_000_000;
    /** As many as a verification reads in a few milliseconds. */
    private static final int EVENTS = 700;

    private static final Season.Size SEASON = new Season.Size(Season.FEWEST_ENTERPRISES, Season.FEWEST_PROVIDERS, 2020);

    @Spec
    private CommandSpec spec;

    @Option(
            names = "--tampers",
            paramLabel = "N",
            defaultValue = "10000",
            description = "How many tamperings (${DEFAULT-VALUE}).")
    private int tampers;

    @Option(
            names = "--seed",
            paramLabel = "S",
            description = "The same seed tampers in the same ways; drawn and printed if it is not said.")
    private Long seed;

    @Option(
            names = "--repeat",
            paramLabel = "S",
            description = "Tries only the tampering of this seed again, at the ledger that the last campaign has left.")
    private Long repeat;

    @Option(
            names = "--data",
            paramLabel = "DIR",
            defaultValue = "${env:LEDGER_DATA:-voucher-data}",
            description =
                    "The ledger that is tampered with is made in DIR/tamper-test (LEDGER_DATA, or ${DEFAULT-VALUE}).")
    private Path data;

    @Option(names = "--json", description = "Let the last line be one JSON object: tried, found, missed.")
    private boolean json;

    @Override
    public Integer call() {
        if (tampers < 1 || tampers > MOST) {
            throw new ParameterException(
                    spec.commandLine(), "--tampers must be from 1 to " + MOST + ", not " + tampers);
        }
        Path own = data.resolve("tamper-test");
        if (repeat == null) {
            makeLedger(own);
        } else if (!Files.exists(own.resolve(SealKey.LAST_CHECKPOINT))) {
            throw new CannotRun("There is no ledger of an earlier campaign in " + own + ".");
        }
        try (LedgerPostgres postgres = LedgerPostgres.start(own);
                Connection owner = DriverManager.getConnection(
                        postgres.jdbcUrl(),
                        postgres.owner().user(),
                        postgres.owner().password())) {
            var campaign = new Campaign(owner, key(own), lastCheckpoint(own), SealVerification::verify);
            return judge(campaign);
        } catch (SQLException e) {
            throw new CannotRun("The database in " + own + " cannot be used: " + e.getMessage());
        }
    }

    private void makeLedger(Path own) {
        say("Making a ledger of its own on " + own + " and playing the beginning of a season ...");
        Map<String, String> sealedOften = Map.of("ledger.seal.events", "90", "ledger.seal.interval", "1s");
        try (SeasonLedger ledger = SeasonLedger.make(own, sealedOften)) {
            Season.begin(
                    ledger.url(),
                    ledger.tokens(),
                    SEASON,
                    EVENTS,
                    new Progress(spec.commandLine().getOut(), Boolean.getBoolean("voucher.terminal")));
            SealedUp.await(own);
        }
    }

    private int judge(Campaign campaign) throws SQLException {
        say("%,d events, %,d refusals and %,d refused uploads, sealed with %,d checkpoints."
                .formatted(campaign.events(), campaign.refusals(), campaign.uploads(), campaign.checkpoints()));
        boolean before = holds(campaign, "before");
        Outcome outcome = outcome(campaign);
        boolean after = holds(campaign, "after");
        print(outcome);
        if (json) {
            var object = JsonMapper.shared().createObjectNode();
            object.put("tried", outcome.tried());
            object.put("found", outcome.found());
            object.put("missed", outcome.missed());
            say(object.toString());
        }
        return outcome.missed() == 0 && outcome.falseAlarms() == 0 && before && after ? 0 : 1;
    }

    private boolean holds(Campaign campaign, String when) throws SQLException {
        Optional<String> wrong = campaign.untouched();
        wrong.ifPresent(words -> say("FALSE ALARM " + when + " anything was done: " + words));
        return wrong.isEmpty();
    }

    private Outcome outcome(Campaign campaign) throws SQLException {
        if (repeat != null) {
            return campaign.repeat(repeat, this::say);
        }
        long from = seed == null ? new SecureRandom().nextLong() : seed;
        say("%,d tamperings, seed %d.".formatted(tampers, from));
        long begun = System.nanoTime();
        int step = Math.max(1, tampers / 10);
        return campaign.run(
                tampers,
                from,
                outcome -> {
                    if (outcome.tried() % step == 0) {
                        double seconds = (System.nanoTime() - begun) / 1e9;
                        say("  %,9d of %,d   %,d missed   %,.0f a minute"
                                .formatted(outcome.tried(), tampers, outcome.missed(), outcome.tried() / seconds * 60));
                    }
                },
                this::say);
    }

    private void print(Outcome outcome) {
        new TreeMap<>(outcome.byTampering())
                .forEach((name, count) -> say("  %,6d of %,6d  %s".formatted(count.found(), count.tried(), name)));
        say(
                "%,d tamperings, %,d found with what, where and since when, %,d missed; %,d false alarms in %,d verifications of an untouched ledger."
                        .formatted(
                                outcome.tried(),
                                outcome.found(),
                                outcome.missed(),
                                outcome.falseAlarms(),
                                outcome.untouched()));
    }

    private void say(Outcome.Missed missed) {
        say("  MISSED: %s: %s%n    again: ./voucher tamper-test --data %s --repeat %d"
                .formatted(missed.tampering(), missed.words(), data, missed.seed()));
    }

    private void say(String line) {
        PrintWriter out = spec.commandLine().getOut();
        out.println(line);
        out.flush();
    }

    static NoteKey key(Path own) {
        return SealKey.read(SealKey.in(own))
                .orElseThrow(() -> new CannotRun("There is no key in " + own + "."))
                .publicKey();
    }

    static SignedNote lastCheckpoint(Path own) {
        return new LastCheckpoint(own.resolve(SealKey.LAST_CHECKPOINT))
                .note()
                .orElseThrow(() -> new CannotRun("There is no last checkpoint in " + own + "."));
    }
}
