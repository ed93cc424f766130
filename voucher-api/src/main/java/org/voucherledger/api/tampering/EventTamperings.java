package org.voucherledger.api.tampering;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import org.voucherledger.projections.sealedlog.EventLeaf;

/** Events altered, dropped, inserted, reordered and back-dated; nothing of the sealed log is touched. */
final class EventTamperings {

    private static final int FEW = 5;

    static final List<Tampering> ALL = List.of(
            Tampering.ofRows("a byte of a payload", EventTamperings::payloadByte),
            Tampering.ofRows("a member of a payload", EventTamperings::payloadMember),
            Tampering.ofRows("a byte of metadata", EventTamperings::metadataByte),
            Tampering.ofRows("a member of metadata", EventTamperings::metadataMember),
            Tampering.ofRows("another time", EventTamperings::backDate),
            Tampering.ofRows("the time of another event", EventTamperings::timeOfAnother),
            Tampering.ofRows("a time that is none", EventTamperings::noTime),
            Tampering.ofRows("another sequence", EventTamperings::sequence),
            Tampering.ofRows("another type", EventTamperings::type),
            Tampering.ofRows("another revision", EventTamperings::revision),
            Tampering.ofRows("another identifier", EventTamperings::identifier),
            Tampering.ofRows("another stream", EventTamperings::stream),
            Tampering.ofRows("nothing where something must be", EventTamperings::nothing),
            Tampering.ofRows("the payload of another event", EventTamperings::payloadOfAnother),
            Tampering.ofRows("payloads swapped", EventTamperings::swapPayloads),
            Tampering.ofRows("events dropped", EventTamperings::drop),
            Tampering.ofRows("an event dropped and the gap closed", EventTamperings::dropAndClose),
            Tampering.ofRows("an event pushed in", EventTamperings::pushIn),
            Tampering.ofRows("an event before the first", EventTamperings::insertBeforeAll),
            Tampering.ofRows("an event doubled", EventTamperings::doubled),
            Tampering.ofRows("two events swapped", EventTamperings::swap),
            Tampering.ofRows("an event moved to another place", EventTamperings::moveWithin),
            Tampering.ofRows("an event moved out", EventTamperings::moveOut));

    private EventTamperings() {}

    static void payloadByte(Hand hand) {
        EventLeaf event = hand.event().row();
        hand.setEvent(event.position(), "payload", hand.otherByte(event.payload()));
    }

    static void payloadMember(Hand hand) {
        EventLeaf event = hand.event().row();
        hand.setEvent(event.position(), "payload", OtherJson.than(event.payload(), hand));
    }

    static void metadataByte(Hand hand) {
        EventLeaf event = hand.event().row();
        hand.setEvent(event.position(), "meta_data", hand.otherByte(event.metadata()));
    }

    static void metadataMember(Hand hand) {
        EventLeaf event = hand.event().row();
        hand.setEvent(event.position(), "meta_data", OtherJson.than(event.metadata(), hand));
    }

    /** From a microsecond to years, mostly into the past. */
    static void backDate(Hand hand) {
        EventLeaf event = hand.event().row();
        Duration by = hand.oneOf(
                Duration.ofNanos(1_000L * (1 + hand.below(1_000_000))),
                Duration.ofSeconds(1L + hand.below(100_000)),
                Duration.ofDays(1L + hand.below(2_000)));
        setTime(
                hand,
                event,
                hand.below(4) == 0
                        ? event.recordedAt().plus(by)
                        : event.recordedAt().minus(by));
    }

    private static void timeOfAnother(Hand hand) {
        EventLeaf event = hand.event().row();
        setTime(hand, event, hand.event().row().recordedAt());
    }

    private static void setTime(Hand hand, EventLeaf event, Instant time) {
        hand.setEvent(event.position(), "recorded_at", time.atOffset(ZoneOffset.UTC));
    }

    private static void noTime(Hand hand) {
        hand.change("update ledger.domain_event set recorded_at = '"
                + hand.oneOf("infinity", "-infinity", "0044-03-15 BC") + "' where global_index = " + hand.position());
    }

    private static void sequence(Hand hand) {
        hand.setEvent(hand.position(), "sequence_number", hand.oneOf(-1L, 1L) * (10_000L + hand.below(1_000_000)));
    }

    private static void type(Hand hand) {
        EventLeaf event = hand.event().row();
        EventLeaf model = hand.event().row();
        if (hand.random().nextBoolean()) {
            hand.setEvent(event.position(), "payload_type", model.type());
        } else {
            hand.setEvent(event.position(), "type", hand.oneOf(model.aggregate(), event.aggregate() + "2"));
        }
    }

    private static void revision(Hand hand) {
        hand.setEvent(hand.position(), "payload_revision", hand.oneOf(null, "", "2", "01"));
    }

    private static void identifier(Hand hand) {
        hand.setEvent(hand.position(), "event_identifier", hand.identifier());
    }

    /** A stream that goes on elsewhere, or one that never was. */
    private static void stream(Hand hand) {
        long position = hand.position();
        hand.change("""
                update ledger.domain_event set aggregate_identifier = ?, sequence_number =
                    (select coalesce(max(sequence_number) + 1, 0) from ledger.domain_event where aggregate_identifier = ?)
                where global_index = ?
                """, repeated(hand.oneOf(hand.event().row().stream(), "voucher-of-nobody"), position));
    }

    private static Object[] repeated(String stream, long position) {
        return new Object[] {stream, stream, position};
    }

    /** As only the owner of the tables can. */
    private static void nothing(Hand hand) {
        String column =
                hand.oneOf("payload", "meta_data", "recorded_at", "payload_type", "type", "aggregate_identifier");
        hand.sql().execute("alter table ledger.domain_event alter column " + column + " drop not null");
        hand.setEvent(hand.position(), column, null);
    }

    private static void payloadOfAnother(Hand hand) {
        hand.setEvent(hand.position(), "payload", hand.event().row().payload());
    }

    private static void swapPayloads(Hand hand) {
        EventLeaf one = hand.event().row();
        EventLeaf other = hand.event().row();
        hand.setEvent(one.position(), "payload", other.payload());
        hand.setEvent(other.position(), "payload", one.payload());
    }

    static void drop(Hand hand) {
        long from = hand.position();
        hand.change("delete from ledger.domain_event where global_index between ? and ?", from, from + hand.below(FEW));
    }

    static void dropAndClose(Hand hand) {
        long position = nearTheEnd(hand);
        hand.change("delete from ledger.domain_event where global_index = ?", position);
        hand.moveEventsFrom(position, -1);
    }

    static void pushIn(Hand hand) {
        long position = nearTheEnd(hand);
        hand.moveEventsFrom(position, 1);
        hand.insertLike(hand.original().events().getFirst().row().position(), position);
    }

    /** So that what has to be compared with everything else stays little; anywhere once in a while. */
    private static long nearTheEnd(Hand hand) {
        int events = hand.original().events().size();
        int back = 1 + hand.below(hand.below(20) == 0 ? events - 1 : 60);
        return hand.original().events().get(events - back).row().position();
    }

    private static void insertBeforeAll(Hand hand) {
        hand.insertLike(hand.position(), -hand.below(1_000));
    }

    /** Exactly the same once more, in the place of another one. */
    private static void doubled(Hand hand) {
        long position = hand.position();
        long at = hand.position();
        hand.sql().execute("""
                alter table ledger.domain_event drop constraint domain_event_event_identifier_key;
                alter table ledger.domain_event drop constraint domain_event_aggregate_identifier_sequence_number_key
                """);
        hand.change("""
                update ledger.domain_event there set event_identifier = m.event_identifier,
                    aggregate_identifier = m.aggregate_identifier, sequence_number = m.sequence_number, type = m.type,
                    recorded_at = m.recorded_at, payload_type = m.payload_type, payload_revision = m.payload_revision,
                    payload = m.payload, meta_data = m.meta_data
                from ledger.domain_event m where m.global_index = ? and there.global_index = ?
                """, position, at);
    }

    static void swap(Hand hand) {
        long one = hand.position();
        long other = hand.position();
        if (one != other) {
            hand.swap(one, other);
        }
    }

    /** Those between make room. */
    private static void moveWithin(Hand hand) {
        int behind = 1 + hand.below(30);
        long at = hand.positionBefore(behind);
        for (long next = at; next < at + behind; next++) {
            if (has(hand, next) && has(hand, next + 1)) {
                hand.swap(next, next + 1);
            }
        }
    }

    private static boolean has(Hand hand, long position) {
        return Boolean.TRUE.equals(hand.sql()
                .queryForObject(
                        "select exists (select 1 from ledger.domain_event where global_index = ?)",
                        Boolean.class,
                        position));
    }

    private static void moveOut(Hand hand) {
        long outside = hand.random().nextBoolean()
                ? -hand.below(1_000)
                : hand.sql().queryForObject("select max(global_index) from ledger.domain_event", Long.class)
                        + 1
                        + hand.below(1_000);
        hand.renumber(hand.position(), outside);
    }
}
