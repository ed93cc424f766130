package org.voucherledger.api.seal;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.springframework.jdbc.core.JdbcTemplate;
import org.voucherledger.api.seal.Finding.Kind;
import org.voucherledger.api.seal.Finding.Signed;
import org.voucherledger.api.seal.SealReport.Begun;
import org.voucherledger.projections.sealedlog.Break;
import org.voucherledger.projections.sealedlog.Checkpoint;
import org.voucherledger.projections.sealedlog.EventLeaf;
import org.voucherledger.projections.sealedlog.Frontier;
import org.voucherledger.projections.sealedlog.Hash;
import org.voucherledger.projections.sealedlog.Leaf;
import org.voucherledger.projections.sealedlog.NoteKey;
import org.voucherledger.projections.sealedlog.SignedNote;
import org.voucherledger.projections.sealedlog.Tiles;
import org.voucherledger.projections.sealedlog.Unreadable;

/**
 * Holds a whole database against what was sealed: hashes every row again, and compares leaves, tree and checkpoints, from the
 * first to the last.
 *
 * <p>What was sealed is what the checkpoints' signatures say: root, number of leaves, when each was signed, and which it followed. Where rows and the tree in the database differ, the roots that were
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
    /** The log that was begun first, and each that was begun anew, as far as they are declared with keys that are believed. */
    private final List<Log> logs;

    private final List<Checkpoint> known;
    /** The tree that was signed, as far as is known: over the leaves that the database keeps. */
    private Frontier tree = new Frontier();
    /** The same with the rows as they are, from the first that differs up to the next checkpoint. */
    private Frontier ofRows;

    private boolean treeDiffers;
    private long leaf;
    private long lastEvent;
    private long counted;
    private long countedEvents;
    private long countedRefusals;
    private long unsealed;

    private SealVerification(JdbcTemplate sql, Known outside) {
        this.sql = sql;
        List<Identity> identities = identities();
        this.keyFromDatabase = outside.key().isEmpty();
        this.key = outside.key()
                .orElseGet(
                        () -> identities.isEmpty() ? null : identities.getLast().key());
        this.logs = logs(identities);
        this.known = known(outside.checkpoints());
    }

    /**
     * One of the logs of this ledger.
     *
     * @param from it has signed the checkpoints of more leaves than so many
     * @param declared how it was begun anew, or {@code null}
     */
    private record Log(NoteKey key, long from, Declared declared) {
        List<Break> breaks() {
            return declared == null ? List.of() : declared.breaks();
        }
    }

    /** Whoever believes one of the keys may believe all, because each break is declared with the key before it and the one after. */
    private List<Log> logs(List<Identity> identities) {
        var logs = new ArrayList<Log>();
        boolean isBelieved = identities.isEmpty();
        for (Identity identity : identities) {
            isBelieved |= identity.key().equals(key) && identity.origin().equals(key.name());
            Log before = logs.isEmpty() ? null : logs.getLast();
            try {
                Declared declared = identity.declared() == null ? null : Declared.of(identity.declared());
                boolean follows = declared == null
                        ? before == null
                        : before != null
                                && declared.key().equals(identity.key())
                                && declared.begun().ended().equals(before.key())
                                && declared.breaks()
                                        .subList(1, declared.breaks().size())
                                        .equals(before.breaks());
                if (!follows || !identity.origin().equals(identity.key().name())) {
                    throw new Unreadable("it does not follow the one before");
                }
                logs.add(new Log(
                        identity.key(), declared == null ? 0 : declared.begun().holds(), declared));
            } catch (Unreadable undeclared) {
                findings.add(
                        Kind.KEY,
                        "the database says that " + identity.origin() + " is signed with the key "
                                + identity.key().text() + ", which was not declared: " + undeclared.getMessage());
                return List.of(new Log(key, 0, null));
            }
        }
        if (!isBelieved) {
            Identity ours = identities.getLast();
            findings.add(
                    Kind.KEY,
                    "the database says that " + ours.origin() + " is signed with the key "
                            + ours.key().text() + ", and the log's key is " + key.text());
        }
        return isBelieved && !logs.isEmpty() ? List.copyOf(logs) : List.of(new Log(key, 0, null));
    }

    /** The one that has signed the checkpoint of this size. */
    private Log logOf(long size) {
        return logs.reversed().stream()
                .filter(log -> size > log.from())
                .findFirst()
                .orElse(logs.getFirst());
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
                        // A run of another kind is none of ours; its leaves are then missed.
                        "select " + Run.COLUMNS + " from ledger.seal_run where kind in ('EVENT', 'REFUSAL', 'UPLOAD')"
                                + " order by first_leaf",
                        (row, n) -> Run.of(row));
                var events = Rows.of(sql, Source.EVENT.all(), (row, n) -> LeafRows.event(row));
                var refusals = Refusals.of(sql, Source.REFUSAL);
                var uploads = Refusals.of(sql, Source.UPLOAD);
                var checkpoints = Rows.of(
                        sql,
                        "select " + SealTables.CHECKPOINT_COLUMNS + " from ledger.checkpoint order by size",
                        SealVerification::claimed);
                var cosignatures = Rows.of(
                        sql,
                        "select " + Cosigned.COLUMNS + " from ledger.cosignature order by size, vkey",
                        (row, n) -> Cosigned.of(row));
                var stored = new StoredTree(sql)) {
            var refused = new EnumMap<Source, Refusals>(Map.of(Source.REFUSAL, refusals, Source.UPLOAD, uploads));
            new Pass(runs, events, refused, checkpoints, cosignatures, stored, mostLeaves(stored)).run();
            unsealed = unsealed(refused);
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
                unsealed,
                logs.stream()
                        .filter(log -> log.declared() != null)
                        .map(log -> Begun.of(log.declared()))
                        .toList(),
                Duration.ofNanos(System.nanoTime() - begun),
                findings.found() + explained.size() - findings.kept().size(),
                explained);
    }

    private List<Identity> identities() {
        try {
            List<Identity> identities = new SealTables(sql).identities();
            if (identities.isEmpty() && isSealed()) {
                findings.add(Kind.KEY, "the log was sealed, and the database does not say under what name and key");
            }
            return identities;
        } catch (Unreadable forged) {
            findings.add(Kind.KEY, "the database names a key that is none: " + forged.getMessage());
            return List.of();
        }
    }

    /** The checkpoints from outside, by size, those that another key has signed left out and reported. */
    private List<Checkpoint> known(List<SignedNote> notes) {
        var known = new ArrayList<Checkpoint>();
        for (SignedNote note : notes) {
            try {
                Optional<Log> signer = signerOf(note);
                if (signer.isPresent()) {
                    Checkpoint checkpoint = Checkpoint.of(note);
                    if (!isGivenUp(checkpoint, signer.get())) {
                        known.add(checkpoint);
                    }
                    continue;
                }
                findings.add(
                        Kind.CHECKPOINT,
                        "the checkpoint from outside" + said(note) + " is not signed with the key "
                                + (key == null ? "of this ledger, which has none" : key.text()));
            } catch (Unreadable forged) {
                findings.add(Kind.CHECKPOINT, "the checkpoint from outside" + said(note) + ": " + forged.getMessage());
            }
        }
        logs.getLast()
                .breaks()
                .forEach(begun -> known.add(new Checkpoint(begun.ended().name(), begun.holds(), begun.root())));
        known.sort(Comparator.comparingLong(Checkpoint::size));
        return known;
    }

    /** By which its holder knows which of several it is, whether it is true or not. */
    private static String said(SignedNote note) {
        try {
            Checkpoint claimed = Checkpoint.of(note);
            return " that says " + claimed.size() + " leaves of " + claimed.origin();
        } catch (Unreadable none) {
            return "";
        }
    }

    private Optional<Log> signerOf(SignedNote note) {
        return logs.stream()
                .filter(log -> log.key() != null && note.isSignedBy(log.key()))
                .findFirst();
    }

    /** A checkpoint of a log that ended, beyond what the next one goes on with: that it is not here was declared, or was not. */
    private boolean isGivenUp(Checkpoint outside, Log signer) {
        int next = logs.indexOf(signer) + 1;
        if (next == logs.size() || outside.size() <= logs.get(next).from()) {
            return false;
        }
        Declared declared = logs.get(next).declared();
        Break begun = declared.begun();
        boolean isDeclared = begun.givesUp(outside);
        findings.add(
                isDeclared ? Kind.BREAK : Kind.FORK,
                "the checkpoint from outside of " + outside.size() + " leaves is one of "
                        + signer.key().name() + ", which was ended: it was declared at " + declared.at() + " that "
                        + begun.holds() + " leaves of it hold and what was signed beyond, up to " + begun.givenUp()
                        + " leaves, is given up, because: " + begun.reason()
                        + (isDeclared ? "" : "; but this checkpoint is not among what was declared"));
        return true;
    }

    private boolean isSealed() {
        return Boolean.TRUE.equals(sql.queryForObject(
                "select exists (select from ledger.checkpoint) or exists (select from ledger.seal_run)",
                Boolean.class));
    }

    /** A run may say that it goes on for ever; there are no more leaves than hashes are kept, or than were signed for. */
    private long mostLeaves(StoredTree stored) {
        long most = stored.leaves();
        for (Checkpoint outside : known) {
            most = Math.max(most, outside.size());
        }
        try (var newest = Rows.of(
                sql,
                "select " + SealTables.CHECKPOINT_COLUMNS + " from ledger.checkpoint order by size desc",
                SealVerification::claimed)) {
            while (newest.isThere() && newest.look().size() > most) {
                Sealed row = newest.take();
                if (isSigned(row)) {
                    most = row.size();
                }
            }
        }
        return most;
    }

    private boolean isSigned(Sealed row) {
        try {
            SignedNote note = SignedNote.parse(row.note());
            NoteKey signer = logOf(row.size()).key();
            return signer != null
                    && note.isSignedBy(signer)
                    && Checkpoint.of(note).size() == row.size();
        } catch (Unreadable forged) {
            // That has its own finding when the pass comes to it.
            return false;
        }
    }

    private long unsealed(Map<Source, Refusals> refused) {
        long waiting = count(Source.EVENT, lastEvent);
        for (var source : refused.entrySet()) {
            waiting += count(source.getKey(), source.getValue().read());
        }
        return waiting;
    }

    private long count(Source source, long behind) {
        Long rows = sql.queryForObject(source.countBetween(), Long.class, behind, Long.MAX_VALUE);
        return rows == null ? 0 : rows;
    }

    static Hash hash(Leaf leaf) {
        try {
            return Hash.ofLeaf(leaf.line());
        } catch (Unreadable changed) {
            return Hash.OF_NOTHING;
        }
    }

    /** A row of the checkpoints, whatever somebody has written into it. */
    private static Sealed claimed(ResultSet row, int n) throws SQLException {
        byte[] root = row.getBytes(2);
        return new Sealed(
                row.getLong(1),
                root != null && root.length == Hash.BYTES ? Hash.of(root) : Hash.OF_NOTHING,
                Objects.requireNonNullElse(row.getString(3), ""),
                row.getObject(4, OffsetDateTime.class).toInstant(),
                row.getLong(5),
                row.getLong(6),
                row.getLong(7));
    }

    /** One pass over everything, in the order of the leaves. */
    private final class Pass {

        private final Rows<Run> runs;
        private final Rows<EventLeaf> events;
        private final Map<Source, Refusals> refused;
        private final Rows<Sealed> checkpoints;
        private final Rows<Cosigned> cosignatures;
        private final StoredTree stored;
        private final long mostLeaves;
        private int nextKnown;
        /** So many leaves the last checkpoint covers. */
        private long covered;
        /** When the last checkpoint says it was signed. */
        private Instant signedLast = Instant.MIN;

        Pass(
                Rows<Run> runs,
                Rows<EventLeaf> events,
                Map<Source, Refusals> refused,
                Rows<Sealed> checkpoints,
                Rows<Cosigned> cosignatures,
                StoredTree stored,
                long mostLeaves) {
            this.runs = runs;
            this.events = events;
            this.refused = refused;
            this.checkpoints = checkpoints;
            this.cosignatures = cosignatures;
            this.stored = stored;
            this.mostLeaves = mostLeaves;
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
                if (run.firstSource() <= lastOf(run.source())) {
                    findings.add(
                            Kind.RUNS,
                            "ledger.seal_run names " + run.source().table() + " " + run.firstSource() + " twice");
                    break;
                }
                if (!run.isPossible() || run.length() > mostLeaves - leaf) {
                    findings.add(
                            Kind.RUNS,
                            "ledger.seal_run names, from leaf " + leaf + " on, " + run.length() + " rows of "
                                    + run.source().table() + ", " + run.firstSource() + " to " + run.lastSource()
                                    + ": so many there cannot be, in a tree of " + mostLeaves + " leaves");
                    break;
                }
                if (run.source() == Source.EVENT) {
                    events(run);
                } else {
                    refusals(run, refused.get(run.source()));
                }
            }
            end();
        }

        private long lastOf(Source source) {
            return source == Source.EVENT ? lastEvent : refused.get(source).last();
        }

        private void events(Run run) {
            for (long i = 0; i < run.length(); i++) {
                long position = run.firstSource() + i;
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
        private void refusals(Run run, Refusals refusals) {
            insertedRefusals(refusals.takeBefore(run.firstSource()));
            List<Refusals.Row> there = refusals.takeUpTo(run.lastSource());
            List<Hash> hashes = there.stream().map(Refusals.Row::hash).toList();
            var places = new HashMap<Hash, Deque<Integer>>();
            for (int at = 0; at < hashes.size(); at++) {
                places.computeIfAbsent(hashes.get(at), hash -> new ArrayDeque<>())
                        .add(at);
            }
            int next = 0;
            for (long i = 0; i < run.length(); i++) {
                Hash sealed = stored();
                int at = firstFrom(next, places.get(sealed));
                long left = run.length() - i;
                if (at >= 0) {
                    insertedRefusals(there.subList(next, at));
                    next = at + 1;
                    append(sealed, sealed);
                } else if (hashes.size() - next >= left) {
                    Refusals.Row refusal = there.get(next);
                    findings.add(
                            Kind.ALTERED,
                            refusal.source().table(),
                            refusal.id(),
                            leaf,
                            refusal.words() + " is not the one that was sealed");
                    append(hashes.get(next), sealed);
                    next++;
                } else {
                    findings.add(
                            Kind.DROPPED,
                            run.source().table(),
                            null,
                            leaf,
                            run.source().words() + " between " + run.firstSource() + " and " + run.lastSource() + " in "
                                    + run.source().table() + " (leaf " + leaf + ") was sealed and is gone");
                    append(Hash.OF_NOTHING, sealed);
                }
                countedRefusals++;
            }
            insertedRefusals(there.subList(next, there.size()));
        }

        /** The first of these ascending places that is not behind us, or -1; those behind us are forgotten. */
        private int firstFrom(int next, Deque<Integer> places) {
            while (places != null && !places.isEmpty() && places.getFirst() < next) {
                places.removeFirst();
            }
            return places == null || places.isEmpty() ? -1 : places.getFirst();
        }

        private void insertedRefusals(List<Refusals.Row> inserted) {
            for (Refusals.Row refusal : inserted) {
                findings.add(
                        Kind.INSERTED,
                        refusal.source().table(),
                        refusal.id(),
                        null,
                        refusal.words() + " was never sealed as it is, and stands among others that were");
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

        private void atCheckpoint(Sealed row) {
            counted++;
            Optional<Checkpoint> checkpoint = read(row);
            var signed = new Signed(row.size(), signedAt(row, checkpoint));
            checkpoint.ifPresent(ours -> {
                if (saysWhatWasSigned(row, ours) && row.size() == leaf) {
                    compareRoot(ours);
                }
            });
            covered = row.size();
            if (row.size() != leaf
                    || row.lastPosition() != Math.max(lastEvent, 0)
                    || refused.entrySet().stream()
                            .anyMatch(
                                    of -> row.read(of.getKey()) < of.getValue().read())) {
                wrong(row, " covers other rows than it says");
            }
            // Before the first event there is nothing at which they would be come upon.
            insertedBefore(lastEvent + 1);
            refused.forEach((source, refusals) -> covers(row, source, refusals));
            compareCosignatures(row);
            findings.covered(signed);
        }

        /** As the signature says, where there is one over this very tree; what the row says is only the table's word. */
        private static Instant signedAt(Sealed row, Optional<Checkpoint> checkpoint) {
            try {
                return checkpoint
                        .filter(ours -> ours.size() == row.size() && ours.root().equals(row.root()))
                        .map(ours -> Signing.of(ours).at())
                        .orElse(row.signedAt());
            } catch (Unreadable none) {
                // That has its own finding.
                return row.signedAt();
            }
        }

        /** What stands up to where it was read, and was not sealed, was put there since. */
        private void covers(Sealed row, Source source, Refusals refusals) {
            long upTo = row.read(source);
            if (upTo >= nextRun(source, refusals.last())) {
                wrong(row, " covers " + source.table() + " up to " + upTo + ", and some of that was sealed later");
                return;
            }
            refusals.coveredUpTo(upTo);
            insertedRefusals(refusals.takeBefore(refusals.read() + 1));
        }

        /** Where those rows begin that were sealed after this one. */
        private long nextRun(Source source, long last) {
            Long next = sql.queryForObject(
                    "select coalesce(min(first_source), ?) from ledger.seal_run where kind = ? and first_source > ?",
                    Long.class,
                    Long.MAX_VALUE,
                    source.name(),
                    last);
            return next == null ? Long.MAX_VALUE : next;
        }

        private void wrong(Sealed row, String words) {
            findings.add(
                    Kind.CHECKPOINT,
                    "ledger.checkpoint",
                    row.size(),
                    null,
                    "the checkpoint of " + row.size() + " leaves" + words);
        }

        /** Whether the row is as its note: size, root and time; and whether it follows the one that the note says. */
        private boolean saysWhatWasSigned(Sealed row, Checkpoint ours) {
            Signing signing;
            try {
                signing = Signing.of(ours);
            } catch (Unreadable none) {
                wrong(row, ": " + none.getMessage());
                return false;
            }
            if (!signing.begun().equals(logOf(row.size()).breaks())) {
                wrong(row, " does not say how its log was begun as it was declared");
                return false;
            }
            if (ours.size() != row.size()
                    || !ours.root().equals(row.root())
                    || !signing.at().equals(row.signedAt())) {
                wrong(row, " says something else than what was signed");
                return false;
            }
            if (signing.previous() != covered) {
                wrong(
                        row,
                        " was signed after one of " + signing.previous() + ", and here it follows one of " + covered
                                + ": the one between was taken away, or put there");
            } else if (signing.at().isBefore(signedLast)) {
                wrong(row, " was signed before the one that it follows");
            }
            signedLast = signing.at();
            return true;
        }

        /** What witnesses say is believed only when their key has verified it; what is not there any more nobody misses. */
        private void compareCosignatures(Sealed row) {
            while (cosignatures.isThere() && cosignatures.look().size() <= row.size()) {
                Cosigned said = cosignatures.take();
                try {
                    if (said.size() != row.size()) {
                        throw new Unreadable("there is no such checkpoint");
                    }
                    said.on(SignedNote.parse(row.note()));
                } catch (Unreadable forged) {
                    findings.add(
                            Kind.CHECKPOINT,
                            "ledger.cosignature",
                            said.size(),
                            null,
                            "the cosignature by " + said.vkey() + " of the checkpoint of " + said.size()
                                    + " leaves is none: " + forged.getMessage());
                }
            }
        }

        private Optional<Checkpoint> read(Sealed row) {
            try {
                SignedNote note = SignedNote.parse(row.note());
                NoteKey signer = logOf(row.size()).key();
                if (signer != null && !note.isSignedBy(signer)) {
                    wrong(row, " is not signed with the key " + signer.text());
                    return Optional.empty();
                }
                return Optional.of(Checkpoint.of(note));
            } catch (Unreadable forged) {
                wrong(row, ": " + forged.getMessage());
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
            if (!checkpoints.isThere() && covered < leaf) {
                findings.add(
                        Kind.CHECKPOINT,
                        "ledger.checkpoint",
                        null,
                        null,
                        "no checkpoint covers the leaves from " + covered + " to " + (leaf - 1)
                                + ": the last checkpoints were taken away, or nobody has signed what stands there");
            }
            while (checkpoints.isThere()) {
                Sealed row = checkpoints.take();
                counted++;
                wrong(row, " is there, and only " + leaf + " are named");
                refused.forEach((source, refusals) -> refusals.coveredUpTo(row.read(source)));
            }
            refused.forEach(this::isThere);
            insertedBefore(lastEvent + 1);
            refused.values().forEach(refusals -> insertedRefusals(refusals.takeBefore(refusals.read() + 1)));
            misplaced.lookAmongUnsealed(events);
            for (; nextKnown < known.size(); nextKnown++) {
                findings.add(
                        Kind.OLD_COPY,
                        "the checkpoint from outside knows "
                                + known.get(nextKnown).size() + " leaves, and there are only " + leaf
                                + " here: this is an older copy");
            }
        }

        /** Numbers are given in their order, so what was read up to a number has one that is as high. */
        private void isThere(Source source, Refusals refusals) {
            Long last = sql.queryForObject(source.last(), Long.class);
            if (refusals.read() > Math.max(refusals.last(), last == null ? 0 : last)) {
                findings.add(
                        Kind.CHECKPOINT,
                        "the checkpoints cover " + source.table() + " up to " + refusals.read()
                                + ", and there is none up to there");
            }
        }
    }
}
