package org.voucherledger.api.tampering;

import java.nio.charset.StandardCharsets;
import java.time.ZoneOffset;
import java.util.List;
import org.voucherledger.projections.sealedlog.RefusalLeaf;

/** Refusals altered, dropped, made into something else, and invented. */
final class RefusalTamperings {

    static final List<Tampering> ALL = List.of(
            Tampering.ofRows("a refusal altered", RefusalTamperings::alter),
            Tampering.ofRows("another answer of a refusal", RefusalTamperings::answer),
            Tampering.ofRows("another time of a refusal", RefusalTamperings::backDate),
            Tampering.ofRows("a refusal dropped", RefusalTamperings::drop),
            Tampering.ofRows("a refusal that is none any more", RefusalTamperings::accept),
            Tampering.ofRows("a refusal invented", RefusalTamperings::refuse),
            Tampering.ofRows("a refusal renumbered", RefusalTamperings::renumber));

    private RefusalTamperings() {}

    static void alter(Hand hand) {
        RefusalLeaf refusal = hand.refusal().row();
        String column = hand.oneOf(
                "actor",
                "idempotency_key",
                "body_sha256",
                "command_type",
                "role",
                "on_behalf_of",
                "rule",
                "about",
                "stage");
        set(hand, refusal.id(), column, hand.oneOf("x", "GZ-" + hand.below(100), ""));
    }

    private static void answer(Hand hand) {
        RefusalLeaf refusal = hand.refusal().row();
        hand.change(
                "update ledger.command_answer set answer = ?::json where id = ?",
                new String(OtherJson.than(refusal.answer(), hand), StandardCharsets.UTF_8),
                refusal.id());
    }

    private static void backDate(Hand hand) {
        RefusalLeaf refusal = hand.refusal().row();
        if (hand.random().nextBoolean()) {
            set(hand, refusal.id(), "position", refusal.position() - 1 - hand.below(100));
        } else {
            set(
                    hand,
                    refusal.id(),
                    "received_at",
                    refusal.receivedAt()
                            .minusNanos(1_000L * (1 + hand.below(1_000_000_000)))
                            .atOffset(ZoneOffset.UTC));
        }
    }

    private static void set(Hand hand, long id, String column, Object value) {
        hand.change("update ledger.command_answer set " + column + " = ? where id = ?", value, id);
    }

    static void drop(Hand hand) {
        hand.change(
                "delete from ledger.command_answer where id = ?",
                hand.refusal().row().id());
    }

    private static void accept(Hand hand) {
        hand.change(
                "update ledger.command_answer set outcome = 'ACCEPTED', rule = null, about = null, stage = null where id = ?",
                hand.refusal().row().id());
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

    private static void renumber(Hand hand) {
        hand.change(
                "update ledger.command_answer set id = ? where id = ?",
                -hand.below(1_000),
                hand.refusal().row().id());
    }
}
