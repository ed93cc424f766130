package org.voucherledger.api.season;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.voucherledger.domain.batch.BatchCommand.Apply;
import org.voucherledger.domain.batch.BatchCommand.WithdrawApplication;
import org.voucherledger.domain.rule.Rule;
import org.voucherledger.domain.time.Shanghai;

/**
 * The windows: the rush at the opening instant, those who come later, withdraw, apply again, come too early or too late, ask
 * for too much, or may not apply at all (GZ-01, GZ-02, GZ-10, GZ-11).
 */
final class Applying {

    /** An application that stands in a batch's queue, as the ledger answered it. */
    record Queued(String applicationId, long position, int tier, Firm firm, List<Long> partsFen) {
        long amountFen() {
            return partsFen.stream().mapToLong(Long::longValue).sum();
        }
    }

    private static final int STRAGGLERS = 6;
    private static final Duration TOO_EARLY = Duration.ofSeconds(1);

    private final Scene scene;
    private final Map<String, Map<String, Queued>> queues = new HashMap<>();

    Applying(Scene scene) {
        this.scene = scene;
    }

    /** The live applications of a batch in the order of grant: tier, then position (GZ-12). */
    List<Queued> inOrderOfGrant(Round round) {
        return queue(round).values().stream()
                .sorted(Comparator.comparingInt(Queued::tier).thenComparingLong(Queued::position))
                .toList();
    }

    void plan(Round round) {
        Firm early = scene.city.firms().getFirst();
        scene.at(
                round.from().minus(TOO_EARLY),
                Deed.refused(Rule.GZ_10, Caller.of(early), apply(round, early, List.of(100_000L))));
        // What is left of an enterprise's cap is known when the window opens: nothing is pending between two windows.
        scene.agenda.at(round.from(), () -> scene.city.firms().forEach(firm -> plan(round, firm)));
    }

    private void plan(Round round, Firm firm) {
        Draw draw = firm.draw().of("applies in " + round.batchId());
        if (firm.flaw().refusedBy() != null) {
            if (draw.chance(60) || round == scene.rounds.getFirst()) {
                scene.at(
                        day(round, draw),
                        Deed.refused(
                                firm.flaw().refusedBy(), Caller.of(firm), apply(round, firm, parts(draw, 800_000))));
            }
            return;
        }
        if (scene.suspended.contains(firm)) {
            scene.at(
                    round.from(),
                    inTurn(round, Deed.refused(Rule.GZ_32, Caller.of(firm), apply(round, firm, List.of(100_000L)))));
            return;
        }
        if (scene.condemned.contains(firm)) {
            scene.at(round.from(), applying(round, firm, List.of(100_000L)));
            return;
        }
        boolean applies = draw.chance(round == scene.rounds.getFirst() ? 75 : 45);
        long left = scene.leftFen(firm);
        boolean comesBackLater = firm.flaw() == Flaw.BLACKLISTED_WHILE_QUEUED && round != scene.rounds.getFirst();
        if (!applies && firm.flaw() == Flaw.NONE || comesBackLater || left < 20_000) {
            return;
        }
        List<Long> parts = parts(draw, Math.min(left, asked(draw)));
        boolean rushes = draw.chance(40) || firm.flaw() != Flaw.NONE;
        Instant when = rushes ? round.from() : day(round, draw);
        tempt(round, firm, draw, when, left);
        scene.at(when, applying(round, firm, parts));
        if (firm.flaw() == Flaw.NONE && draw.chance(6)) {
            withdraw(round, firm, draw, when);
        }
    }

    private void tempt(Round round, Firm firm, Draw draw, Instant when, long left) {
        switch (draw.below(40)) {
            // One fen more than is left; asked at the opening instant, when nothing can have been given back meanwhile.
            case 0 -> scene.at(round.from(), refused(round, firm, Rule.GZ_11, List.of(left + 1)));
            case 1 -> scene.at(when, refused(round, firm, Rule.GZ_11, List.of(150_000L, 60_000L), 200_000));
            case 2 -> scene.at(when, refused(round, firm, Rule.GZ_11, Collections.nCopies(11, 1_000L)));
            case 3 ->
                scene.at(
                        when,
                        inTurn(
                                round,
                                Deed.refused(
                                        Rule.ALL_06,
                                        Caller.of(firm),
                                        new Apply("GZ2020-9", firm.code(), 100_000, List.of(100_000L)))));
            case 4 ->
                scene.at(
                        when,
                        inTurn(
                                round,
                                Deed.refused(
                                        Rule.ALL_04,
                                        Caller.of(scene.city.firm(Flaw.LARGE)),
                                        apply(round, firm, List.of(100_000L)))));
            case 5 ->
                scene.at(
                        when,
                        inTurn(
                                round,
                                Deed.refused(
                                        Rule.GZ_11,
                                        Caller.of(firm),
                                        new WithdrawApplication(round.batchId(), firm.code()))));
            case 6 ->
                scene.at(
                        Calendar.workingDaysAfter(when, 1, 12),
                        Deed.refused(Rule.GZ_11, Caller.of(firm), apply(round, firm, List.of(100_000L))));
            default -> {}
        }
    }

    private Deed refused(Round round, Firm firm, Rule rule, List<Long> parts) {
        return refused(
                round,
                firm,
                rule,
                parts,
                parts.stream().mapToLong(Long::longValue).sum());
    }

    private Deed refused(Round round, Firm firm, Rule rule, List<Long> parts, long amountFen) {
        return inTurn(
                round, Deed.refused(rule, Caller.of(firm), new Apply(round.batchId(), firm.code(), amountFen, parts)));
    }

    /** Applications are told one after the other: their order decides. */
    private static Deed inTurn(Round round, Deed deed) {
        return deed.inTurn("applications of " + round.batchId());
    }

    private Deed applying(Round round, Firm firm, List<Long> parts) {
        return inTurn(round, Deed.of(Caller.of(firm), apply(round, firm, parts)))
                .then(reply -> {
                    var queued = new Queued(
                            reply.result().get("applicationId").asString(),
                            reply.result().get("position").asLong(),
                            reply.result().get("tier").asInt(),
                            firm,
                            parts);
                    queue(round).put(firm.code(), queued);
                    scene.commit(firm, queued.amountFen());
                });
    }

    private void withdraw(Round round, Firm firm, Draw draw, Instant applied) {
        Instant when = Calendar.workingDaysAfter(applied, 1, 15);
        if (!when.isBefore(round.until().minus(Duration.ofDays(3)))) {
            return;
        }
        boolean again = draw.chance(60);
        List<Long> parts = parts(draw, 300_000);
        scene.at(
                when,
                Deed.of(Caller.of(firm), new WithdrawApplication(round.batchId(), firm.code()))
                        .then(() -> {
                            Queued gone = queue(round).remove(firm.code());
                            scene.commit(firm, -gone.amountFen());
                            if (again) {
                                scene.at(scene.in(1, 11), applying(round, firm, parts));
                            }
                        }));
    }

    /** At the closing instant, which is out, and later: everyone is refused (GZ-10). */
    void planStragglers(Round round) {
        scene.agenda.at(
                round.closes(),
                () -> scene.city.firms().stream()
                        .filter(firm -> firm.flaw() == Flaw.NONE && !scene.suspended.contains(firm))
                        .limit(STRAGGLERS)
                        .forEach(firm -> scene.next(Deed.refused(
                                Rule.GZ_10,
                                Caller.of(firm),
                                queue(round).containsKey(firm.code())
                                        ? new WithdrawApplication(round.batchId(), firm.code())
                                        : apply(round, firm, List.of(100_000L))))));
    }

    private Map<String, Queued> queue(Round round) {
        return queues.computeIfAbsent(round.batchId(), id -> new HashMap<>());
    }

    private static Instant day(Round round, Draw draw) {
        return Calendar.workingDayBetween(
                Shanghai.dateOf(round.from()).plusDays(1),
                Shanghai.dateOf(round.until()).minusDays(1),
                11,
                draw);
    }

    /** Between 1,500 and 20,000 CNY, small amounts oftener; most of them round, some to the fen. */
    static long asked(Draw draw) {
        long fen = draw.magnitude(150_000, 2_000_000);
        return draw.chance(80) ? fen / 10_000 * 10_000 : fen;
    }

    /** The amount in one to four parts. */
    static List<Long> parts(Draw draw, long fen) {
        int count = 1 + draw.below(4);
        var parts = new ArrayList<Long>();
        long left = fen;
        for (int i = 1; i < count && left > 100_000; i++) {
            long part = Math.max(50_000, left / (count - i + 1) / 1_000 * 1_000);
            parts.add(part);
            left -= part;
        }
        parts.add(left);
        return List.copyOf(parts);
    }

    private static Apply apply(Round round, Firm firm, List<Long> parts) {
        return new Apply(
                round.batchId(),
                firm.code(),
                parts.stream().mapToLong(Long::longValue).sum(),
                parts);
    }
}
