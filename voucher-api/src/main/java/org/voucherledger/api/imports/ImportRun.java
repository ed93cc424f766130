package org.voucherledger.api.imports;

import java.io.IOException;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.voucherledger.api.table.FileFlaw;
import org.voucherledger.api.table.Header;
import org.voucherledger.api.table.RowReader;
import org.voucherledger.api.table.SheetRow;
import org.voucherledger.api.table.TableFile;

/**
 * One import from its file to its report: first every row is looked at, then the good ones are done, a bounded chunk at a
 * time. It can be stopped between two chunks, or by a crash anywhere, and goes on behind the last chunk that was recorded;
 * what of an unrecorded chunk was done already is found to stand so and is not done again.
 */
final class ImportRun {

    static final int CHUNK = 512;
    /** A sheet of a million rows unpacks to less. */
    private static final long MOST_BYTES_UNPACKED = 1L << 30;

    private final Imports imports;
    private final RowDoing doing;
    private final OnTheBlacklist onTheBlacklist;
    private final Imports.Job job;
    private final BooleanSupplier stopping;

    ImportRun(
            Imports imports, RowDoing doing, OnTheBlacklist onTheBlacklist, Imports.Job job, BooleanSupplier stopping) {
        this.imports = imports;
        this.doing = doing;
        this.onTheBlacklist = onTheBlacklist;
        this.job = job;
        this.stopping = stopping;
    }

    /** It was asked to stop and goes on at the next start. */
    static final class Stopped extends RuntimeException {
        Stopped() {
            super("stopped", null, false, false);
        }
    }

    /** The file as a whole, or a row where all were to be good, is why nothing was done. */
    static final class NothingDone extends RuntimeException {
        NothingDone(String message) {
            super(message, null, false, false);
        }
    }

    /**
     * Runs to the end.
     *
     * @throws NothingDone if the file is refused
     * @throws Stopped between two chunks
     */
    void run() throws IOException {
        TableFile file;
        try {
            file = TableFile.of(job.spool(), MOST_BYTES_UNPACKED);
            if (job.state() != Import.State.WORKING) {
                check(file);
            }
        } catch (FileFlaw unreadable) {
            imports.looked(job.id(), 0, 0, List.of(unreadable.flaw()));
            throw new NothingDone(unreadable.getMessage());
        }
        BitSet flawed = imports.flawedLines(job.id());
        var named = new HashSet<String>();
        goodRows(file, flawed, chunk -> {
            chunk.forEach(row -> named.add(row.party()));
            List<Wanted> left =
                    chunk.stream().filter(row -> row.line() > job.lastLine()).toList();
            if (!left.isEmpty()) {
                work(left);
            }
        });
        if (job.complete()) {
            clearOthers(named);
        }
    }

    private void check(TableFile file) throws IOException {
        imports.beginChecking(job.id(), file.form());
        var checking = new RowChecking(job.kind(), file.isEvenlyWide());
        file.read(row -> {
            checking.look(row);
            if (checking.looked() > 0 && checking.looked() % CHUNK == 0) {
                stopIfAsked();
                imports.looked(job.id(), checking.looked(), checking.flawed(), checking.takeFlaws());
            }
        });
        checking.end();
        imports.looked(job.id(), checking.looked(), checking.flawed(), checking.takeFlaws());
        if (job.mode() == Import.Mode.ALL_OR_NOTHING) {
            if (checking.flawed() > 0) {
                throw new NothingDone(checking.flawed() + " rows have a flaw, and it was to be all or nothing");
            }
            if (!job.dryRun()) {
                rehearse(file);
            }
        }
        imports.beginWorking(job.id());
    }

    /** Asks of every row what a rule would say to it before the first is done. */
    private void rehearse(TableFile file) throws IOException {
        var refused = new long[1];
        goodRows(file, new BitSet(), chunk -> {
            RowDoing.Outcome outcome = doing.rehearse(job.actor(), chunk);
            refused[0] += outcome.refused();
            imports.worked(job.id(), new Imports.Progress(0, 0, outcome.refused(), 0, 0), outcome.refusals());
        });
        if (refused[0] > 0) {
            throw new NothingDone(refused[0] + " rows would be refused, and it was to be all or nothing");
        }
    }

    private void work(List<Wanted> rows) {
        RowDoing.Outcome outcome = job.dryRun() ? doing.rehearse(job.actor(), rows) : doing.carryOut(job.actor(), rows);
        imports.worked(
                job.id(),
                new Imports.Progress(
                        outcome.done(),
                        outcome.unchanged(),
                        outcome.refused(),
                        0,
                        rows.getLast().line()),
                outcome.refusals());
    }

    /**
     * GZ-01: a complete list is the whole blacklist; who was on it and is not named is cleared. The reason goes into events, so it
     * names the list by its import and its hash: what the file was called may be personal data (ALL-05).
     */
    private void clearOthers(Set<String> named) {
        String reason = "not on the complete list of import " + job.id() + " (SHA-256 " + job.fileSha256() + ")";
        var others = new ArrayList<Wanted>();
        for (String listed : onTheBlacklist.now()) {
            if (!named.contains(listed)) {
                others.add(BlacklistRow.cleared(listed, reason));
            }
        }
        for (int from = 0; from < others.size(); from += CHUNK) {
            stopIfAsked();
            List<Wanted> chunk = others.subList(from, Math.min(others.size(), from + CHUNK));
            RowDoing.Outcome outcome =
                    job.dryRun() ? doing.rehearse(job.actor(), chunk) : doing.carryOut(job.actor(), chunk);
            imports.worked(
                    job.id(), new Imports.Progress(0, 0, outcome.refused(), outcome.done(), 0), outcome.refusals());
        }
    }

    private void goodRows(TableFile file, BitSet flawed, Consumer<List<Wanted>> each) throws IOException {
        var rows = new GoodRows(job.kind(), flawed, file.isEvenlyWide(), chunk -> {
            stopIfAsked();
            each.accept(chunk);
        });
        file.read(rows::take);
        rows.end();
    }

    private void stopIfAsked() {
        if (stopping.getAsBoolean()) {
            throw new Stopped();
        }
    }

    /** Reads the rows again that were found good, and hands them on a chunk at a time. */
    private static final class GoodRows {

        private final ListKind kind;
        private final BitSet flawed;
        private final boolean evenlyWide;
        private final Consumer<List<Wanted>> each;
        private final Map<String, Wanted> chunk = new LinkedHashMap<>();
        private Header header;

        GoodRows(ListKind kind, BitSet flawed, boolean evenlyWide, Consumer<List<Wanted>> each) {
            this.kind = kind;
            this.flawed = flawed;
            this.evenlyWide = evenlyWide;
            this.each = each;
        }

        void take(SheetRow row) {
            if (header == null) {
                header = Header.of(row, kind.columns());
            } else if (!flawed.get(Math.toIntExact(row.line()))) {
                Wanted wanted = kind.read(new RowReader(row, header, evenlyWide));
                chunk.put(wanted.party(), wanted);
                if (chunk.size() == CHUNK) {
                    end();
                }
            }
        }

        void end() {
            if (!chunk.isEmpty()) {
                each.accept(List.copyOf(chunk.values()));
                chunk.clear();
            }
        }
    }
}
