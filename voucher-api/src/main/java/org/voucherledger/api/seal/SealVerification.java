package org.voucherledger.api.seal;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.springframework.jdbc.core.JdbcTemplate;
import org.voucherledger.api.seal.Finding.Kind;
import org.voucherledger.api.seal.Finding.Signed;
import org.voucherledger.projections.sealedlog.Checkpoint;
import org.voucherledger.projections.sealedlog.EventLeaf;
import org.voucherledger.projections.sealedlog.Frontier;
import org.voucherledger.projections.sealedlog.Hash;
import org.voucherledger.projections.sealedlog.Leaf;
import org.voucherledger.projections.sealedlog.NoteKey;
import org.voucherledger.projections.sealedlog.RefusalLeaf;
import org.voucherledger.projections.sealedlog.SignedNote;
import org.voucherledger.projections.sealedlog.Tiles;
import org.voucherledger.projections.sealedlog.Unreadable;

/**
 * Holds a whole database against what was sealed: hashes every row again, and compares leaves, tree and checkpoints, from the
 * first to the last.
 *
 * <p>What was sealed is what the checkpoints' signatures say. Where rows and the tree in the database differ, the roots that were
 * signed tell which of the two was changed. Reads only, in one pass, and keeps no more in memory than one run of refusals.
 */
public final class SealVerification {

    /** What somebody outside brings along; the more, the less the database can pretend. */
    public record Known(Optional<NoteKey> key, List<SignedNote> checkpoints) {

        public static final Known NOTHING = new Known(Optional.empty(), List.of());

        public Known {
            checkpoints = List.copyOf(checkpoints);
        }
    }

    private static final int ROWS_AT_ONCE = 2_000;

    private final JdbcTemplate sql;
    private final Findings findings = new Findings();
    private final Misplaced misplaced = new Misplaced();
    private final NoteKey key;
    private final boolean keyFromDatabase;
    private final List<Checkpoint> known;
    /** The tree that was signed, as far as is known: over the leaves that the database keeps. */
    private Frontier tree = new Frontier();
    /** The same with the rows as they are, from the first that differs up to the next checkpoint. */
    private Frontier ofRows;

    private boolean treeDiffers;
    private long leaf;
    private long lastEvent;
    private long lastRefusal;
    private long coveredAnswers;
    /** The size of the last checkpoint that has been looked at. */
    private long covered;

    private long counted;
    private long countedEvents;
    private long countedRefusals;

    private SealVerification(JdbcTemplate sql, Known outside) {
        this.sql = sql;
        Optional<Identity> identity = identity();
        this.keyFromDatabase = outside.key().isEmpty();
        this.key = outside.key().orElseGet(() -> identity.map(Identity::key).orElse(null));
        // A key that is none has been found already.
        if (identity.isEmpty() && findings.found() == 0 && hasCheckpoints()) {
            findings.add(Kind.KEY, "the database has checkpoints and does not name the key that signed them");
        }
        this.known = known(outside.checkpoints());
        identity.filter(ours -> !ours.key().equals(key) || !ours.origin().equals(key.name()))
                .ifPresent(ours -> findings.add(
                        Kind.KEY,
                        "the database says that " + ours.origin() + " is signed with the key "
                                + ours.key().text() + ", and the log's key is " + key.text()));
    }

    /**
     * Verifies over this connection, in the transaction in which it is.
     *
     * @param connection not in auto-commit; if others may write, in a snapshot (repeatable read)
     */
    public static SealReport verify(Connection connection, Known outside) {
        JdbcTemplate sql = SealTables.over(connection);
        sql.setFetchSize(ROWS_AT_ONCE);
        return new SealVerification(sql, outside).verify();
    }

    private SealReport verify() {
        long begun = System.nanoTime();
        try (var runs = Rows.of(
                        sql,
                        "select " + Run.COLUMNS + " from ledger.seal_run order by first_leaf",
                        (row, n) -> run(row));
                var events = rows(Source.EVENT, EventLeaf.class);
                var refusals = rows(Source.REFUSAL, RefusalLeaf.class);
                var checkpoints = Rows.of(
                        sql,
                        "select " + SealTables.CHECKPOINT_COLUMNS + ", previous from ledger.checkpoint order by size",
                        (row, n) -> Claimed.of(row));
                var stored = new StoredTree(sql)) {
            new Pass(runs, events, refusals, checkpoints, stored).run();
            if (!stored.isOfSize(leaf)) {
                findings.add(Kind.TREE, "the tree in the database is not that of " + leaf + " leaves");
            }
        }
        findings.end();
        List<Finding> explained = misplaced.explain(findings.kept());
        return new SealReport(
                key == null ? null : key.text(),
                keyFromDatabase,
                leaf,
                countedEvents,
                countedRefusals,
                counted,
                unsealed(),
                Duration.ofNanos(System.nanoTime() - begun),
                findings.found() + explained.size() - findings.kept().size(),
                explained);
    }

    private Optional<Identity> identity() {
        try {
            return new SealTables(sql).identity();
        } catch (Unreadable forged) {
            findings.add(Kind.KEY, "the database names a key that is none: " + forged.getMessage());
            return Optional.empty();
        }
    }

    /** The checkpoints from outside, by size, those that another key has signed left out and reported. */
    private List<Checkpoint> known(List<SignedNote> notes) {
        var known = new ArrayList<Checkpoint>();
        for (SignedNote note : notes) {
            try {
                if (key != null && note.isSignedBy(key)) {
                    known.add(Checkpoint.of(note));
                    continue;
                }
                findings.add(
                        Kind.CHECKPOINT,
                        "the checkpoint from outside is not signed with the key "
                                + (key == null ? "of this ledger, which has none" : key.text()));
            } catch (Unreadable forged) {
                findings.add(Kind.CHECKPOINT, "the checkpoint from outside: " + forged.getMessage());
            }
        }
        known.sort(Comparator.comparingLong(Checkpoint::size));
        return known;
    }

    private boolean hasCheckpoints() {
        return Boolean.TRUE.equals(
                sql.queryForObject("select exists (select 1 from ledger.checkpoint)", Boolean.class));
    }

    private <L extends Leaf> Rows<L> rows(Source source, Class<L> kind) {
        return Rows.of(sql, source.all(), (row, n) -> kind.cast(source.leaf().mapRow(row, n)));
    }

    private long unsealed() {
        Long waiting = sql.queryForObject(
                "select (select count(*) from ledger.domain_event where global_index > ?)"
                        + " + (select count(*) from ledger.command_answer where outcome = 'REFUSED' and id > ?)",
                Long.class,
                lastEvent,
                Math.max(lastRefusal, coveredAnswers));
        return waiting == null ? 0 : waiting;
    }

    private static Hash hash(Leaf leaf) {
        try {
            return Hash.ofLeaf(leaf.line());
        } catch (Unreadable changed) {
            return Hash.OF_NOTHING;
        }
    }

    /** Without a source if somebody has written one that there is not. */
    private static Run run(ResultSet row) throws SQLException {
        String kind = row.getString("kind");
        boolean isKnown = Arrays.stream(Source.values()).map(Source::name).anyMatch(name -> name.equals(kind));
        return isKnown
                ? Run.of(row)
                : new Run(
                        null,
                        row.getLong("first_leaf"),
                        row.getLong("first_source"),
                        row.getLong("last_source"),
                        row.getLong("length"));
    }

    /** A row of the checkpoints, whatever somebody has written into it, and which checkpoint it says that it followed. */
    private record Claimed(Sealed row, long previous) {

        static Claimed of(ResultSet row) throws SQLException {
            byte[] root = row.getBytes(2);
            var sealed = new Sealed(
                    row.getLong(1),
                    root != null && root.length == Hash.BYTES ? Hash.of(root) : Hash.OF_NOTHING,
                    Objects.requireNonNullElse(row.getString(3), ""),
                    row.getObject(4, OffsetDateTime.class).toInstant(),
                    row.getLong(5),
                    row.getLong(6));
            return new Claimed(sealed, row.getLong("previous"));
        }

        long size() {
            return row.size();
        }
    }

    /** One pass over everything, in the order of the leaves. */
    private final class Pass {

        private final Rows<Run> runs;
        private final Rows<EventLeaf> events;
        private final Rows<RefusalLeaf> refusals;
        private final Rows<Claimed> checkpoints;
        private final StoredTree stored;
        private int nextKnown;

        Pass(
                Rows<Run> runs,
                Rows<EventLeaf> events,
                Rows<RefusalLeaf> refusals,
                Rows<Claimed> checkpoints,
                StoredTree stored) {
            this.runs = runs;
            this.events = events;
            this.refusals = refusals;
            this.checkpoints = checkpoints;
            this.stored = stored;
        }

        void run() {
            atKnown();
            while (runs.isThere()) {
                Run run = runs.take();
                if (run.firstLeaf() != leaf) {
                    findings.add(
                            Kind.RUNS,
                            "ledger.seal_run goes on with leaf " + run.firstLeaf() + " where leaf " + leaf
                                    + " is next: the leaves between were taken away, or are named twice");
                    break;
                }
                if (!isPossible(run)) {
                    findings.add(
                            Kind.RUNS,
                            "ledger.seal_run names for leaf " + leaf
                                    + " rows that are none, that contradict themselves, or more than the tree has leaves");
                    break;
                }
                if (run.firstSource() <= (run.source() == Source.EVENT ? lastEvent : lastRefusal)) {
                    findings.add(
                            Kind.RUNS,
                            "ledger.seal_run names " + run.source().table() + " " + run.firstSource() + " twice");
                    break;
                }
                if (run.source() == Source.EVENT) {
                    events(run);
                } else {
                    refusals(run);
                }
            }
            end();
        }

        /** Nobody counts to a number that somebody has only written down. */
        private boolean isPossible(Run run) {
            long most = known.isEmpty()
                    ? stored.leaves()
                    : Math.max(stored.leaves(), known.getLast().size());
            long numbers = run.lastSource() - run.firstSource() + 1;
            return run.source() != null
                    && run.length() > 0
                    && run.length() <= most - leaf
                    && (run.source() == Source.EVENT ? numbers == run.length() : numbers >= run.length());
        }

        private void events(Run run) {
            for (long position = run.firstSource(); position <= run.lastSource(); position++) {
                insertedBefore(position);
                lastEvent = position;
                countedEvents++;
                if (events.isThere() && events.look().position() == position) {
                    EventLeaf event = events.take();
                    Hash sealed = stored();
                    Hash now = hash(event);
                    if (!now.equals(sealed)) {
                        altered(event, sealed);
                    }
                    append(now, sealed);
                } else {
                    findings.add(
                            Kind.DROPPED,
                            Source.EVENT.table(),
                            position,
                            leaf,
                            "the event at position " + position + " (leaf " + leaf + ") was sealed and is gone");
                    misplaced.gone(position, stored());
                    append(Hash.OF_NOTHING, stored());
                }
            }
        }

        private void altered(EventLeaf event, Hash sealed) {
            findings.add(
                    Kind.ALTERED,
                    event,
                    leaf,
                    "the event at position " + event.position() + " (" + event.type() + ", stream " + event.stream()
                            + ", sequence " + event.sequence() + ") is not the one that was sealed");
            misplaced.add(event, sealed);
        }

        private void insertedBefore(long position) {
            while (events.isThere() && events.look().position() < position) {
                EventLeaf event = events.take();
                misplaced.pushedIn(event);
                findings.add(
                        Kind.INSERTED,
                        event,
                        null,
                        "the event at position " + event.position() + " (" + event.type() + ", stream "
                                + event.stream() + ", sequence " + event.sequence()
                                + ") was never sealed, and stands before others that were");
            }
        }

        /** Between refusals stand accepted commands, so a place says nothing; what is equal is found by its hash. */
        private void refusals(Run run) {
            insertedRefusalsBefore(run.firstSource());
            lastRefusal = run.lastSource();
            var there = new ArrayList<RefusalLeaf>();
            while (refusals.isThere() && refusals.look().id() <= run.lastSource()) {
                there.add(refusals.take());
            }
            var hashes = there.stream().map(SealVerification::hash).toList();
            int next = 0;
            for (long i = 0; i < run.length(); i++) {
                Hash sealed = stored();
                int at = next < hashes.size() && hashes.get(next).equals(sealed) ? next : -1;
                if (at < 0) {
                    int later = hashes.subList(next, hashes.size()).indexOf(sealed);
                    at = later < 0 ? -1 : next + later;
                }
                long left = run.length() - i;
                if (at >= 0) {
                    insertedRefusals(there.subList(next, at));
                    next = at + 1;
                    append(sealed, sealed);
                } else if (hashes.size() - next >= left) {
                    RefusalLeaf refusal = there.get(next);
                    findings.add(
                            Kind.ALTERED,
                            Source.REFUSAL.table(),
                            refusal.id(),
                            leaf,
                            "the refusal " + refusal.id() + " (" + refusal.commandType() + " of " + refusal.actor()
                                    + ") is not the one that was sealed");
                    append(hashes.get(next), sealed);
                    next++;
                } else {
                    findings.add(
                            Kind.DROPPED,
                            Source.REFUSAL.table(),
                            null,
                            leaf,
                            "a refusal between the answers " + run.firstSource() + " and " + run.lastSource()
                                    + " (leaf " + leaf + ") was sealed and is gone");
                    append(Hash.OF_NOTHING, sealed);
                }
                countedRefusals++;
            }
            insertedRefusals(there.subList(next, there.size()));
        }

        private void insertedRefusalsBefore(long id) {
            var before = new ArrayList<RefusalLeaf>();
            while (refusals.isThere() && refusals.look().id() < id) {
                before.add(refusals.take());
            }
            insertedRefusals(before);
        }

        private void insertedRefusals(List<RefusalLeaf> inserted) {
            for (RefusalLeaf refusal : inserted) {
                findings.add(
                        Kind.INSERTED,
                        Source.REFUSAL.table(),
                        refusal.id(),
                        null,
                        "the refusal " + refusal.id() + " (" + refusal.commandType() + " of " + refusal.actor()
                                + ") was never sealed as it is, and stands among others that were");
            }
        }

        private Hash stored() {
            return stored.hash(0, leaf);
        }

        private void append(Hash now, Hash sealed) {
            if (ofRows == null && !now.equals(sealed)) {
                ofRows = tree.copy();
            }
            if (ofRows != null) {
                ofRows.append(now);
            }
            tree.append(sealed, this::compareTile);
            leaf++;
            atKnown();
            while (checkpoints.isThere() && checkpoints.look().size() <= leaf) {
                atCheckpoint(checkpoints.take());
            }
        }

        /** The tiles above the leaves are computed from these, and kept all the same. */
        private void compareTile(int level, long index, Hash hash) {
            if (level == 0 || level % Tiles.HEIGHT != 0 || treeDiffers) {
                return;
            }
            if (!stored.hash(level / Tiles.HEIGHT, index).equals(hash)) {
                treeDiffers = true;
                findings.add(
                        Kind.TREE,
                        "ledger.seal_tile, level " + level / Tiles.HEIGHT + ", hash " + index
                                + " is not that of the leaves below it");
            }
        }

        private void atKnown() {
            while (nextKnown < known.size() && known.get(nextKnown).size() <= leaf) {
                Checkpoint outside = known.get(nextKnown++);
                // Where only the rows differ, or only the tree does, that has its own finding.
                boolean isOurs = tree.root().equals(outside.root())
                        || ofRows != null && ofRows.root().equals(outside.root());
                if (!isOurs) {
                    findings.add(
                            Kind.FORK,
                            "the checkpoint from outside of " + outside.size()
                                    + " leaves has another root than the first " + outside.size()
                                    + " leaves here: the log was rewritten, or forked");
                }
            }
        }

        private void atCheckpoint(Claimed claimed) {
            Sealed row = claimed.row();
            counted++;
            var signed = new Signed(row.size(), row.signedAt());
            Optional<Checkpoint> checkpoint = read(row);
            checkpoint.ifPresent(ours -> {
                if (ours.size() != row.size() || !ours.root().equals(row.root())) {
                    findings.add(
                            Kind.CHECKPOINT,
                            "ledger.checkpoint",
                            row.size(),
                            null,
                            "the checkpoint of " + row.size() + " leaves says something else than what was signed");
                } else if (row.size() == leaf) {
                    compareRoot(ours);
                }
            });
            if (row.size() != leaf
                    || row.lastPosition() != Math.max(lastEvent, 0)
                    || row.lastAnswer() < Math.max(lastRefusal, coveredAnswers)) {
                findings.add(
                        Kind.CHECKPOINT,
                        "ledger.checkpoint",
                        row.size(),
                        null,
                        "the checkpoint of " + row.size() + " leaves covers other rows than it says");
            }
            if (claimed.previous() != covered) {
                findings.add(
                        Kind.CHECKPOINT,
                        "ledger.checkpoint",
                        row.size(),
                        null,
                        "the checkpoint of " + row.size() + " leaves followed that of " + claimed.previous()
                                + ", and stands behind that of " + covered
                                + ": checkpoints were taken away, or pushed in");
            }
            covered = row.size();
            if (row.lastAnswer() < nextRefused()) {
                coveredAnswers = Math.max(coveredAnswers, row.lastAnswer());
                insertedRefusalsBefore(coveredAnswers + 1);
            } else {
                findings.add(
                        Kind.CHECKPOINT,
                        "ledger.checkpoint",
                        row.size(),
                        null,
                        "the checkpoint of " + row.size() + " leaves says that it covers all refusals up to the answer "
                                + row.lastAnswer() + ", and some of them were sealed later");
            }
            findings.covered(signed);
        }

        private long lastAnswer() {
            Long last = sql.queryForObject(Source.REFUSAL.last(), Long.class);
            return last == null ? 0 : last;
        }

        /** The answer with which the refusals begin that were sealed after those that have been looked at. */
        private long nextRefused() {
            Long next = sql.queryForObject(
                    "select coalesce(min(first_source), ?) from ledger.seal_run where kind = 'REFUSAL' and first_source > ?",
                    Long.class,
                    Long.MAX_VALUE,
                    lastRefusal);
            return next == null ? Long.MAX_VALUE : next;
        }

        private Optional<Checkpoint> read(Sealed row) {
            try {
                SignedNote note = SignedNote.parse(row.note());
                if (key != null && !note.isSignedBy(key)) {
                    findings.add(
                            Kind.CHECKPOINT,
                            "ledger.checkpoint",
                            row.size(),
                            null,
                            "the checkpoint of " + row.size() + " leaves is not signed with the key " + key.text());
                    return Optional.empty();
                }
                return Optional.of(Checkpoint.of(note));
            } catch (Unreadable forged) {
                findings.add(
                        Kind.CHECKPOINT,
                        "ledger.checkpoint",
                        row.size(),
                        null,
                        "the checkpoint of " + row.size() + " leaves: " + forged.getMessage());
                return Optional.empty();
            }
        }

        /** The signed root knows which of the two is as it was: the rows, or the tree. */
        private void compareRoot(Checkpoint signed) {
            boolean rows = ofRows != null && ofRows.root().equals(signed.root());
            if (rows) {
                findings.takeBackLeaves();
                tree = ofRows;
            } else if (tree.root().equals(signed.root())) {
                ofRows = null;
                return;
            }
            ofRows = null;
            if (!treeDiffers) {
                treeDiffers = true;
                findings.add(
                        Kind.TREE,
                        rows
                                ? "the tree in the database was changed; the rows are those that were signed in the"
                                        + " checkpoint of " + signed.size() + " leaves"
                                : "neither the rows nor the tree in the database are those that were signed in the"
                                        + " checkpoint of " + signed.size() + " leaves");
            }
        }

        private void end() {
            while (checkpoints.isThere()) {
                Sealed row = checkpoints.take().row();
                counted++;
                findings.add(
                        Kind.CHECKPOINT,
                        "ledger.checkpoint",
                        row.size(),
                        null,
                        "there is a checkpoint of " + row.size() + " leaves, and only " + leaf + " are named");
                coveredAnswers = Math.max(coveredAnswers, row.lastAnswer());
            }
            if (leaf > covered) {
                findings.add(
                        Kind.CHECKPOINT,
                        "ledger.checkpoint",
                        null,
                        null,
                        "there are " + leaf + " leaves, and no checkpoint for those behind " + covered
                                + ": the last ones were taken away");
            }
            if (coveredAnswers > Math.max(lastRefusal, lastAnswer())) {
                findings.add(
                        Kind.CHECKPOINT,
                        "the checkpoints cover answers up to " + coveredAnswers + ", and there are none up to there");
            }
            insertedBefore(lastEvent + 1);
            insertedRefusalsBefore(coveredAnswers + 1);
            misplaced.lookAmongUnsealed(events);
            for (; nextKnown < known.size(); nextKnown++) {
                findings.add(
                        Kind.OLD_COPY,
                        "the checkpoint from outside knows "
                                + known.get(nextKnown).size() + " leaves, and there are only " + leaf
                                + " here: this is an older copy");
            }
        }
    }
}
