package org.voucherledger.api.seal;

import java.time.Instant;

/**
 * Something of a ledger that is not as it was sealed.
 *
 * @param leaf its index in the sealed log, or {@code null} if it never was a leaf
 * @param table which table it stands in, or stood
 * @param row its number there: the position of an event, the number of an answer; or {@code null}
 * @param stream of an event that is there
 * @param sequence of an event that is there
 * @param after the last checkpoint that does not cover it, if there is one
 * @param until the first that covers it: when that was signed, it was as it was sealed; {@code null} if none does
 * @param words all of it in a sentence
 */
public record Finding(
        Kind kind,
        Long leaf,
        String table,
        Long row,
        String stream,
        Long sequence,
        Signed after,
        Signed until,
        String words) {

    /** What was done. */
    public enum Kind {
        /** A row says something else than what was sealed. */
        ALTERED,
        /** A row was sealed and is gone. */
        DROPPED,
        /** A row was never sealed and stands among those that were. */
        INSERTED,
        /** A row stands where another one was sealed, whose place is elsewhere. */
        REORDERED,
        /** The tree kept in the database is not the one that was signed. */
        TREE,
        /** The list of which rows became which leaves contradicts itself. */
        RUNS,
        /** A checkpoint is not one of this log, or not signed with its key. */
        CHECKPOINT,
        /** The database says that it is signed with another key. */
        KEY,
        /** A checkpoint from outside knows more leaves than there are. */
        OLD_COPY,
        /** A checkpoint from outside knows other leaves. */
        FORK,
        /** A checkpoint from outside covers what was declared to be given up when the log was begun anew. */
        BREAK
    }

    /** A checkpoint, by its size and when it says that it was signed. */
    public record Signed(long leaves, Instant at) {}

    /** Of the same row, when it has become clear what was done to it. */
    public Finding as(Kind other, String said) {
        return new Finding(other, leaf, table, row, stream, sequence, after, until, said);
    }

    /** The same, when it has become clear between which checkpoints. */
    Finding between(Signed before, Signed covering) {
        return new Finding(kind, leaf, table, row, stream, sequence, before, covering, words);
    }
}
