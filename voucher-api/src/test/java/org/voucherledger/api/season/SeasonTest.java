package org.voucherledger.api.season;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.PrintWriter;
import java.io.Writer;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.voucherledger.api.commandline.LocalLedger;
import org.voucherledger.api.security.DevelopmentKey;
import org.voucherledger.api.security.DevelopmentTokens;

/** The main job, small: the whole program on its own PostgreSQL, played through HTTP from the scheme's file to the books. */
class SeasonTest {

    /** Every rule of the Guangzhou scheme that can refuse something; GZ-03 only ranks, GZ-13 and GZ-44 refuse no command. */
    private static final Set<String> CAN_REFUSE = Set.of(
            "ALL-01", "ALL-03", "ALL-04", "ALL-06", "GZ-01", "GZ-02", "GZ-04", "GZ-05", "GZ-06", "GZ-07", "GZ-08",
            "GZ-09", "GZ-10", "GZ-11", "GZ-12", "GZ-14", "GZ-15", "GZ-20", "GZ-21", "GZ-22", "GZ-23", "GZ-24", "GZ-25",
            "GZ-26", "GZ-27", "GZ-28", "GZ-29", "GZ-30", "GZ-31", "GZ-32", "GZ-33", "GZ-40", "GZ-41", "GZ-42", "GZ-43",
            "GZ-45");

    private static final Season.Size SMALL = new Season.Size(Season.FEWEST_ENTERPRISES, 60, 2020);

    private static Report first;
    private static Report second;

    @BeforeAll
    static void play(@TempDir Path one, @TempDir Path other) {
        first = play(one);
        second = play(other);
    }

    private static Report play(Path data) {
        try (var ledger = LocalLedger.startQuietly(
                Map.of("ledger.data", data.toString(), "ledger.rehearsal", Season.BEGIN.toString()))) {
            var tokens = new DevelopmentTokens(DevelopmentKey.of(data));
            return Season.play(
                    ledger.url(),
                    actor -> tokens.sign(actor, Instant.now(), Duration.ofHours(1)),
                    SMALL,
                    new Progress(new PrintWriter(Writer.nullWriter()), false));
        }
    }

    @Test
    @DisplayName("every command is answered as the rulebook says")
    void everything_comes_out_as_planned() {
        assertEquals(List.of(), first.tally().surprises());
        assertTrue(first.isAsExpected());
    }

    @Test
    @DisplayName("ALL-03: recomputed from the log, the books agree and balance to the fen")
    void books_balance() {
        assertTrue(first.isBalanced(), first.books().toString());
        assertEquals(3, first.books().batches().size());
    }

    @Test
    @DisplayName("every rule that can refuse has refused at least once")
    void every_rule_has_refused() {
        var silent = new TreeSet<>(CAN_REFUSE);
        silent.removeAll(first.tally().refusedByRule().keySet());
        assertEquals(Set.of(), silent);
    }

    @Test
    @DisplayName("the same seed gives the same books, outcomes and refusals")
    void same_seed_same_season() {
        assertEquals(first.books(), second.books());
        assertEquals(first.outcomes(), second.outcomes());
        assertEquals(first.tally().refusedByFact(), second.tally().refusedByFact());
        assertEquals(first.tally().commands(), second.tally().commands());
        assertEquals(first.replay(), second.replay());
    }

    @Test
    @DisplayName("nothing is left on the way: every voucher and application has come to an end")
    void nothing_is_stuck() {
        assertEquals(
                Set.of(
                        "REDEEMED",
                        "RETURNED",
                        "REVOKED",
                        "APPLICATION_GRANTED",
                        "APPLICATION_NOT_GRANTED",
                        "APPLICATION_SKIPPED",
                        "APPLICATION_WITHDRAWN"),
                first.outcomes().keySet());
    }
}
