package org.voucherledger.projections.evidence;

import java.time.Instant;
import org.voucherledger.projections.sealedlog.EventLeaf;
import org.voucherledger.projections.sealedlog.Leaf;
import org.voucherledger.projections.sealedlog.RefusalLeaf;
import org.voucherledger.projections.sealedlog.UploadRefusalLeaf;

/** Does one event follow the other as it must: positions, sequences, times, ids? */
final class Succession {

    /** Hears what does not hold. */
    @FunctionalInterface
    interface Fails {
        void because(Check check, Place place, String zh, String en);
    }

    private final Fails fails;
    private final Known ids = new Known();
    private final Known sequences = new Known();
    private long lastPosition;
    private long lastRefusal;
    private long lastUpload;
    private Instant lastRecorded = Instant.MIN;
    private Place last = Place.WHOLE_FILE;

    Succession(Fails fails) {
        this.fails = fails;
    }

    void next(long line, EventLeaf event, long end) {
        Place place = placeOf(line, event);
        if (event.position() <= lastPosition) {
            fails.because(
                    Check.POSITION,
                    place,
                    "位置 " + event.position() + " 不在 " + lastPosition + " 之后",
                    "position " + event.position() + " does not come after " + lastPosition);
        }
        if (event.position() > end) {
            fails.because(
                    Check.POSITION,
                    place,
                    "位置 " + event.position() + " 超出文件所称的 " + end,
                    "position " + event.position() + " is beyond " + end + ", which the file claims to end with");
        }
        long before = sequences.put(event.stream(), event.sequence());
        if (event.sequence() != before + 1) {
            fails.because(
                    Check.SEQUENCE,
                    place,
                    "此处应为该流的第 " + (before + 1) + " 号事件",
                    "number " + (before + 1) + " of this stream should stand here");
        }
        if (event.recordedAt().isBefore(lastRecorded)) {
            fails.because(
                    Check.TIME,
                    place,
                    "记录时间 " + event.recordedAt() + " 早于前一事件的 " + lastRecorded,
                    "recorded at " + event.recordedAt() + ", before the event ahead of it at " + lastRecorded);
        }
        if (ids.put(event.id(), 0) >= 0) {
            fails.because(Check.ID, place, "编号 " + event.id() + " 重复", "the id " + event.id() + " occurs again");
        }
        lastPosition = Math.max(lastPosition, event.position());
        lastRecorded = event.recordedAt();
        last = place;
    }

    void next(long line, RefusalLeaf refusal) {
        follows(line, refusal, "拒绝记录", "refusal", refusal.id(), lastRefusal);
        lastRefusal = Math.max(lastRefusal, refusal.id());
    }

    void next(long line, UploadRefusalLeaf refusal) {
        follows(line, refusal, "上传拒绝记录", "refused upload", refusal.id(), lastUpload);
        lastUpload = Math.max(lastUpload, refusal.id());
    }

    private void follows(long line, Leaf refusal, String zh, String en, long id, long before) {
        if (id <= before) {
            fails.because(
                    Check.POSITION,
                    placeOf(line, refusal),
                    zh + " " + id + " 不在 " + before + " 之后",
                    en + " " + id + " does not come after " + before);
        }
    }

    /** A whole ledger reaches the position that it claims. */
    void endsAt(long end) {
        if (lastPosition != end) {
            fails.because(
                    Check.POSITION,
                    last,
                    "最后的事件在位置 " + lastPosition + "，文件称止于 " + end,
                    "the last event is at " + lastPosition + ", and the file claims to end with " + end);
        }
    }

    /** Of the event that was told last. */
    Place last() {
        return last;
    }

    /** The largest position so far. */
    long lastPosition() {
        return lastPosition;
    }

    boolean has(String stream) {
        return sequences.has(stream);
    }

    long streams() {
        return sequences.size();
    }

    static Place placeOf(long line, Leaf leaf) {
        return leaf instanceof EventLeaf event
                ? new Place(line, event.position(), event.stream(), event.sequence())
                : new Place(line, null, null, null);
    }
}
