package org.voucherledger.api.tampering;

import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import org.springframework.jdbc.core.JdbcTemplate;
import org.voucherledger.api.seal.Finding.Signed;
import org.voucherledger.api.seal.LeafRows;
import org.voucherledger.projections.sealedlog.EventLeaf;
import org.voucherledger.projections.sealedlog.Leaf;
import org.voucherledger.projections.sealedlog.RefusalLeaf;
import org.voucherledger.projections.sealedlog.SignedNote;
import org.voucherledger.projections.sealedlog.UploadRefusalLeaf;

/**
 * A sealed ledger before anybody laid hands on it: which rows became which leaves, and which checkpoint was the first to cover
 * each of them. What a verification says of it afterwards is held against this.
 */
record Original(
        List<Event> events,
        List<Refused<RefusalLeaf>> refusals,
        List<Refused<UploadRefusalLeaf>> uploads,
        List<Run> runs,
        List<Checkpoint> checkpoints,
        String verifierKey) {

    static final String EVENTS =
            "select " + LeafRows.EVENT_COLUMNS + " from ledger.domain_event order by global_index, event_identifier";
    static final String REFUSALS =
            "select " + LeafRows.REFUSAL_COLUMNS + " from ledger.command_answer where outcome = 'REFUSED' order by id";

    static final String UPLOADS = "select " + LeafRows.UPLOAD_COLUMNS + " from ledger.upload_refusal order by id";

    record Event(long leaf, EventLeaf row) {}

    /** A refused command or upload, by its number. */
    record Refused<L extends Leaf>(long leaf, long id, L row) {}

    /** Which rows a run is of, as the ledger names them, their table, and where a checkpoint says up to which it was read. */
    enum Kind {
        EVENT("ledger.domain_event", "last_position"),
        REFUSAL("ledger.command_answer", "last_answer"),
        UPLOAD("ledger.upload_refusal", "last_upload");

        private final String table;
        private final String lastRead;

        Kind(String table, String lastRead) {
            this.table = table;
            this.lastRead = lastRead;
        }

        String table() {
            return table;
        }

        String lastRead() {
            return lastRead;
        }
    }

    record Run(Kind kind, long firstLeaf, long firstSource, long lastSource, long length) {}

    record Checkpoint(long size, String note, Instant signedAt, long lastPosition, long lastAnswer, long lastUpload) {
        Signed signed() {
            return new Signed(size, signedAt);
        }

        /** Up to which number it says that it was read. */
        long read(Kind kind) {
            return switch (kind) {
                case EVENT -> lastPosition;
                case REFUSAL -> lastAnswer;
                case UPLOAD -> lastUpload;
            };
        }
    }

    /** Reads it all; what is behind the last checkpoint is no part of it. */
    static Original read(JdbcTemplate sql) {
        List<Run> runs = sql.query(
                "select kind, first_leaf, first_source, last_source, length from ledger.seal_run order by first_leaf",
                (row, n) -> new Run(
                        Kind.valueOf(row.getString(1)),
                        row.getLong(2),
                        row.getLong(3),
                        row.getLong(4),
                        row.getLong(5)));
        List<Checkpoint> checkpoints = sql.query(
                "select size, note, signed_at, last_position, last_answer, last_upload from ledger.checkpoint order by size",
                (row, n) -> new Checkpoint(
                        row.getLong(1),
                        row.getString(2),
                        row.getObject(3, OffsetDateTime.class).toInstant(),
                        row.getLong(4),
                        row.getLong(5),
                        row.getLong(6)));
        List<EventLeaf> events = sql.query(EVENTS, (row, n) -> LeafRows.event(row));
        List<RefusalLeaf> refusals = sql.query(REFUSALS, (row, n) -> LeafRows.refusal(row));
        List<UploadRefusalLeaf> uploads = sql.query(UPLOADS, (row, n) -> LeafRows.upload(row));
        var sealedEvents = new ArrayList<Event>();
        var sealedRefusals = new ArrayList<Refused<RefusalLeaf>>();
        var sealedUploads = new ArrayList<Refused<UploadRefusalLeaf>>();
        for (Run run : runs) {
            for (long i = 0; i < run.length(); i++) {
                long leaf = run.firstLeaf() + i;
                switch (run.kind()) {
                    case EVENT -> sealedEvents.add(new Event(leaf, events.get(sealedEvents.size())));
                    case REFUSAL -> {
                        RefusalLeaf row = refusals.get(sealedRefusals.size());
                        sealedRefusals.add(new Refused<>(leaf, row.id(), row));
                    }
                    case UPLOAD -> {
                        UploadRefusalLeaf row = uploads.get(sealedUploads.size());
                        sealedUploads.add(new Refused<>(leaf, row.id(), row));
                    }
                }
            }
        }
        String key = sql.queryForObject("select vkey from ledger.seal_identity", String.class);
        return new Original(
                List.copyOf(sealedEvents),
                List.copyOf(sealedRefusals),
                List.copyOf(sealedUploads),
                runs,
                List.copyOf(checkpoints),
                key);
    }

    long leaves() {
        return last().size();
    }

    Checkpoint last() {
        return checkpoints.getLast();
    }

    SignedNote lastNote() {
        return SignedNote.parse(last().note());
    }

    long lastPosition() {
        return last().lastPosition();
    }

    /** Which of the checkpoints is the first to cover this leaf; their number if none does. */
    int coveringLeaf(long leaf) {
        int at = 0;
        while (at < checkpoints.size() && checkpoints.get(at).size() <= leaf) {
            at++;
        }
        return at;
    }

    /** Which is the first to say that every row of this kind up to this number is sealed. */
    int covering(Kind kind, long number) {
        int at = 0;
        while (at < checkpoints.size() && checkpoints.get(at).read(kind) < number) {
            at++;
        }
        return at;
    }

    /** Of one kind, refused commands or uploads. */
    List<? extends Refused<?>> refused(Kind kind) {
        return kind == Kind.UPLOAD ? uploads : refusals;
    }

    Signed after(int covering) {
        return covering == 0 ? null : checkpoints.get(covering - 1).signed();
    }

    Signed until(int covering) {
        return covering == checkpoints.size() ? null : checkpoints.get(covering).signed();
    }
}
