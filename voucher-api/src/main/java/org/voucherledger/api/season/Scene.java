package org.voucherledger.api.season;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What all parts of a season share: who there is, what will be done, what has been counted, and the vouchers issued. */
final class Scene {

    static final String SCHEME = "GZ-2020";
    static final long ANNUAL_CAP_FEN = 2_000_000;

    final City city;
    final List<Round> rounds;
    final Draw draw;
    final Agenda agenda = new Agenda();
    final Tally tally = new Tally();
    final List<Holding> holdings = new ArrayList<>();
    /** What of an enterprise's annual cap is pending or charged, by credit code. */
    final Map<String, Long> committedFen = new HashMap<>();
    /** What a batch has left after its grant, by its id. */
    final Map<String, Long> availableFen = new HashMap<>();
    /** What the batches hold of the fund just now. */
    long budgetsFen;
    /** Enterprises that are frozen just now, or disqualified (GZ-32). */
    final Set<Firm> suspended = new HashSet<>();
    /** Enterprises that will be disqualified between a window and its grant (GZ-32). */
    final Set<Firm> condemned = new HashSet<>();

    Scene(City city, List<Round> rounds, Draw draw) {
        this.city = city;
        this.rounds = rounds;
        this.draw = draw;
    }

    void at(Instant when, Deed deed) {
        agenda.at(when, deed);
    }

    /** At the instant at which the season stands. */
    void next(Deed deed) {
        agenda.next(deed);
    }

    Instant now() {
        return agenda.now();
    }

    /** That hour of the n-th working day from now. */
    Instant in(long workingDays, int hour) {
        return Calendar.workingDaysAfter(now(), workingDays, hour);
    }

    long leftFen(Firm firm) {
        return ANNUAL_CAP_FEN - committedFen.getOrDefault(firm.code(), 0L);
    }

    void commit(Firm firm, long fen) {
        committedFen.merge(firm.code(), fen, Long::sum);
    }
}
