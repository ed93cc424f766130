package org.voucherledger.api.season;

import java.io.PrintWriter;
import java.time.Instant;
import java.time.LocalDate;
import org.voucherledger.domain.time.Shanghai;

/** Says how far a run has come: one line that is rewritten on a terminal, a line a fortnight or a tenth elsewhere. */
public final class Progress {

    private static final int DAYS_A_LINE = 14;

    private final PrintWriter out;
    private final boolean terminal;
    private final long startedNanos = System.nanoTime();
    private LocalDate said = LocalDate.MIN;
    private long saidTenths;

    public Progress(PrintWriter out, boolean terminal) {
        this.out = out;
        this.terminal = terminal;
    }

    void say(String line) {
        out.println(line);
        out.flush();
    }

    void reached(Instant instant, long commands) {
        LocalDate day = Shanghai.dateOf(instant);
        boolean due =
                terminal ? day.isAfter(said) : said.equals(LocalDate.MIN) || !day.isBefore(said.plusDays(DAYS_A_LINE));
        if (!due) {
            return;
        }
        said = day;
        String line = "  %s   %,7d commands   %,5.0f a second".formatted(day, commands, commands / seconds());
        if (terminal) {
            out.print("\r" + line);
            out.flush();
        } else {
            say(line);
        }
    }

    /** How many of so many have been done in a phase; told for every tenth elsewhere than on a terminal. */
    void counted(String phase, long done, long all, double seconds) {
        String line = "  %-9s  %,9d of %,9d   %,7.0f a second".formatted(phase, done, all, done / seconds);
        if (terminal) {
            out.print("\r" + line + (done == all ? System.lineSeparator() : ""));
            out.flush();
        } else if (done == all || done * 10 / all > saidTenths) {
            say(line);
            saidTenths = done * 10 / all;
        }
        if (done == all) {
            saidTenths = 0;
        }
    }

    void over() {
        if (terminal) {
            out.println();
        }
    }

    double seconds() {
        return Math.max(0.001, (System.nanoTime() - startedNanos) / 1e9);
    }
}
