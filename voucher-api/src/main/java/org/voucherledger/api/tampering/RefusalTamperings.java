package org.voucherledger.api.tampering;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.function.Consumer;
import org.voucherledger.api.tampering.Original.Kind;
import org.voucherledger.api.tampering.Original.Refused;
import org.voucherledger.projections.sealedlog.RefusalLeaf;
import org.voucherledger.projections.sealedlog.UploadRefusalLeaf;

/** Refused commands and uploads altered, dropped, made into something else, moved and invented. */
final class RefusalTamperings {

    static final List<Tampering> ALL = List.of(
            Tampering.ofRows("a refusal altered", of(Kind.REFUSAL, RefusalTamperings::alter)),
            Tampering.ofRows("another answer of a refusal", RefusalTamperings::answer),
            Tampering.ofRows("another time of a refusal", of(Kind.REFUSAL, RefusalTamperings::backDate)),
            Tampering.ofRows("another position of a refusal", RefusalTamperings::position),
            Tampering.ofRows("a refusal dropped", of(Kind.REFUSAL, RefusalTamperings::drop)),
            Tampering.ofRows("a refusal that is none any more", RefusalTamperings::accept),
            Tampering.ofRows("a refusal invented", RefusalTamperings::refuse),
            Tampering.ofRows("a refusal renumbered", of(Kind.REFUSAL, RefusalTamperings::renumber)),
            Tampering.ofRows("a refused upload altered", of(Kind.UPLOAD, RefusalTamperings::alter)),
            Tampering.ofRows("another time of a refused upload", of(Kind.UPLOAD, RefusalTamperings::backDate)),
            Tampering.ofRows("another size of a refused upload", RefusalTamperings::size),
            Tampering.ofRows("a refused upload dropped", of(Kind.UPLOAD, RefusalTamperings::drop)),
            Tampering.ofRows("a refused upload invented", RefusalTamperings::inventUpload),
            Tampering.ofRows("a refused upload renumbered", of(Kind.UPLOAD, RefusalTamperings::renumber)));

    private static final List<String> TEXTS = List.of("actor", "role", "on_behalf_of", "rule", "about", "stage");
    private static final List<String> TEXTS_OF_A_COMMAND = List.of("idempotency_key", "body_sha256", "command_type");
    private static final List<String> TEXTS_OF_AN_UPLOAD = List.of("declared", "sha256", "limit_figure", "used_figure");

    /** Something that can be done to either kind. */
    @FunctionalInterface
    interface Deed {
        void to(Hand hand, Kind kind);
    }

    private RefusalTamperings() {}

    static Consumer<Hand> of(Kind kind, Deed deed) {
        return hand -> deed.to(hand, kind);
    }

    private static Refused<?> any(Hand hand, Kind kind) {
        return hand.oneOf(hand.original().refused(kind));
    }

    static void alter(Hand hand, Kind kind) {
        List<String> own = kind == Kind.REFUSAL ? TEXTS_OF_A_COMMAND : TEXTS_OF_AN_UPLOAD;
        String column = hand.oneOf(hand.random().nextBoolean() ? TEXTS : own);
        set(hand, kind, any(hand, kind).id(), column, hand.oneOf("x", "GZ-" + hand.below(100), ""));
    }

    private static void answer(Hand hand) {
        RefusalLeaf refusal = hand.oneOf(hand.original().refusals()).row();
        hand.change(
                "update ledger.command_answer set answer = ?::json where id = ?",
                new String(OtherJson.than(refusal.answer(), hand), StandardCharsets.UTF_8),
                refusal.id());
    }

    private static void position(Hand hand) {
        RefusalLeaf refusal = hand.oneOf(hand.original().refusals()).row();
        set(hand, Kind.REFUSAL, refusal.id(), "position", refusal.position() - 1 - hand.below(100));
    }

    static void backDate(Hand hand, Kind kind) {
        Refused<?> refused = any(hand, kind);
        Instant received = refused.row() instanceof RefusalLeaf refusal
                ? refusal.receivedAt()
                : ((UploadRefusalLeaf) refused.row()).receivedAt();
        set(
                hand,
                kind,
                refused.id(),
                "received_at",
                received.minusNanos(1_000L * (1 + hand.below(1_000_000_000))).atOffset(ZoneOffset.UTC));
    }

    private static void size(Hand hand) {
        set(hand, Kind.UPLOAD, any(hand, Kind.UPLOAD).id(), "size_bytes", hand.oneOf(0L, 1L + hand.below(1_000_000)));
    }

    private static void set(Hand hand, Kind kind, long id, String column, Object value) {
        hand.change("update " + kind.table() + " set " + column + " = ? where id = ?", value, id);
    }

    static void drop(Hand hand, Kind kind) {
        hand.change(
                "delete from " + kind.table() + " where id = ?", any(hand, kind).id());
    }

    private static void accept(Hand hand) {
        hand.change(
                "update ledger.command_answer set outcome = 'ACCEPTED', rule = null, about = null, stage = null where id = ?",
                any(hand, Kind.REFUSAL).id());
    }

    private static void refuse(Hand hand) {
        List<Long> accepted = hand.sql()
                .queryForList(
                        "select id from ledger.command_answer where outcome = 'ACCEPTED' and id <= ? order by id",
                        Long.class,
                        hand.original().last().lastAnswer());
        hand.change(
                "update ledger.command_answer set outcome = 'REFUSED', rule = 'GZ-11', about = 'deadline', stage = 'DEADLINE'"
                        + " where id = ?",
                hand.oneOf(accepted));
    }

    /** Like another one, before all or in the place of one that goes elsewhere. */
    private static void inventUpload(Hand hand) {
        long at = -hand.below(1_000);
        if (hand.random().nextBoolean()) {
            at = any(hand, Kind.UPLOAD).id();
            moveTo(hand, Kind.UPLOAD, at, behindAll(hand, Kind.UPLOAD));
        }
        hand.change("""
                insert into ledger.upload_refusal overriding system value
                select ?, actor, role, on_behalf_of, received_at, declared, sha256, size_bytes + ?, rule, about, stage,
                    limit_figure, used_figure from ledger.upload_refusal where id <> ? order by id limit 1
                """, at, 1 + hand.below(100), at);
    }

    /** Before all others, or behind them. */
    static void renumber(Hand hand, Kind kind) {
        moveTo(
                hand,
                kind,
                any(hand, kind).id(),
                hand.random().nextBoolean() ? -hand.below(1_000) : behindAll(hand, kind));
    }

    private static void moveTo(Hand hand, Kind kind, long from, long to) {
        set(hand, kind, from, "id", to);
    }

    private static long behindAll(Hand hand, Kind kind) {
        Long last = hand.sql().queryForObject("select max(id) from " + kind.table(), Long.class);
        return last + 1 + hand.below(1_000);
    }
}
