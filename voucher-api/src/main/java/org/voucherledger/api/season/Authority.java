package org.voucherledger.api.season;

import java.time.Instant;
import org.voucherledger.domain.batch.BackAccount;
import org.voucherledger.domain.batch.BatchCommand.Backfill;
import org.voucherledger.domain.batch.BatchCommand.CloseBatch;
import org.voucherledger.domain.batch.BatchCommand.CloseQueue;
import org.voucherledger.domain.batch.BatchCommand.MoveDate;
import org.voucherledger.domain.batch.BatchCommand.OpenBatch;
import org.voucherledger.domain.batch.BatchCommand.RaiseBudget;
import org.voucherledger.domain.batch.BatchCommand.TakeBudgetBack;
import org.voucherledger.domain.batch.BatchDate;
import org.voucherledger.domain.rule.Rule;
import org.voucherledger.domain.scheme.SchemeCommand.ChangeFund;

/** What the bureau decides: batches, budgets, dates, the fund (GZ-15, ALL-01, ALL-03, ALL-06). */
final class Authority {

    private final Scene scene;

    Authority(Scene scene) {
        this.scene = scene;
    }

    void plan() {
        scene.rounds.forEach(round -> scene.at(
                round.openedAt(),
                Deed.of(Caller.BUREAU, opening(round)).then(() -> scene.budgetsFen += round.budgetFen())));
        planRefusedOpenings();
        planBudgets();
        planDates();
        planRedemption();
        planClosing();
    }

    private void planRefusedOpenings() {
        Round first = scene.rounds.getFirst();
        Instant afterLast = scene.rounds.getLast().openedAt().plusSeconds(3600);
        Round like = scene.rounds.getLast();
        scene.at(afterLast, Deed.refused(Rule.ALL_06, Caller.BUREAU, opening(first)));
        scene.at(afterLast, Deed.refused(Rule.ALL_01, Caller.BUREAU, opening("GZ2020-5", "GZ-1999", 100, like)));
        scene.at(
                afterLast,
                Deed.refused(
                        Rule.GZ_10,
                        Caller.BUREAU,
                        new OpenBatch(
                                "GZ2020-7",
                                Scene.SCHEME,
                                "",
                                100,
                                like.until(),
                                like.from(),
                                null,
                                null,
                                null,
                                "穗工信〔2020〕示范4号")));
        scene.at(afterLast, Deed.refused(Rule.ALL_04, Caller.AUDITOR, opening("GZ2020-6", Scene.SCHEME, 100, like)));
        // One fen more than the rest of the fund, and a fund of one fen less than the batches hold.
        scene.agenda.at(afterLast, () -> {
            long rest = Round.FUND_FEN - scene.budgetsFen;
            scene.next(Deed.refused(Rule.GZ_15, Caller.BUREAU, opening("GZ2020-4", Scene.SCHEME, rest + 1, like)));
            scene.next(
                    Deed.refused(Rule.GZ_15, Caller.BUREAU, fund(scene.budgetsFen - 1, "less than the batches hold")));
        });
        scene.agenda.at(Calendar.at("2020-06-16", "16:00"), () -> scene.next(Deed.of(Caller.BUREAU, movedFund())));
    }

    /** A large city adds to its fund; a small one sets aside no more than its batches, which lowers the providers' cap (GZ-21). */
    private ChangeFund movedFund() {
        boolean large = scene.rounds.getFirst().budgetFen() == Round.LARGEST_FEN;
        return large
                ? fund(Round.FUND_FEN + 20_000_000, "200,000 more")
                : fund(scene.budgetsFen, "no further batch is planned");
    }

    private static ChangeFund fund(long fen, String reason) {
        return new ChangeFund(Scene.SCHEME, fen, "穗工信〔2020〕示范8号", reason);
    }

    private void planBudgets() {
        Round first = scene.rounds.get(0);
        Round second = scene.rounds.get(1);
        scene.at(
                Calendar.at("2020-05-20", "16:00"),
                Deed.of(
                                Caller.BUREAU,
                                new RaiseBudget(
                                        second.batchId(), second.raisedFen(), "穗工信〔2020〕示范5号", "demand is high"))
                        .then(() -> scene.budgetsFen += second.raisedFen()));
        scene.agenda.at(Calendar.at("2020-05-08", "16:00"), () -> {
            long left = scene.availableFen.get(first.batchId());
            scene.next(Deed.refused(Rule.ALL_03, Caller.BUREAU, takeBack(first, BackAccount.AVAILABLE, left + 1)));
            if (left > 0) {
                scene.at(scene.now().plusSeconds(60), taken(first, BackAccount.AVAILABLE, left));
            }
        });
        // By then the first batch's idle vouchers have been recovered, and the smallest voucher is larger than this.
        scene.at(Calendar.at("2020-06-10", "16:00"), taken(first, BackAccount.LAPSED, 1_000));
    }

    private Deed taken(Round round, BackAccount from, long fen) {
        return Deed.of(Caller.BUREAU, takeBack(round, from, fen)).then(() -> scene.budgetsFen -= fen);
    }

    private void planDates() {
        Round third = scene.rounds.get(2);
        scene.at(
                Calendar.at("2020-06-23", "16:00"),
                Deed.refused(
                        Rule.ALL_06,
                        Caller.BUREAU,
                        new MoveDate(
                                third.batchId(),
                                BatchDate.APPLY_UNTIL,
                                third.from().plusSeconds(60),
                                "穗工信〔2020〕示范7号",
                                "a day that is over")));
        scene.at(
                Calendar.at("2020-06-24", "16:00"),
                Deed.of(
                        Caller.BUREAU,
                        new MoveDate(
                                third.batchId(),
                                BatchDate.APPLY_UNTIL,
                                third.closes(),
                                "穗工信〔2020〕示范7号",
                                "the platform was down for two days")));
    }

    /** The second batch is claimed later than was announced. */
    private void planRedemption() {
        Round second = scene.rounds.get(1);
        scene.at(
                Calendar.at("2020-06-19", "16:00"),
                Deed.of(
                        Caller.BUREAU,
                        new MoveDate(
                                second.batchId(),
                                BatchDate.REDEMPTION_FROM,
                                second.redemptionFrom(),
                                "穗工信〔2020〕示范10号",
                                "the auditors are not ready")));
        scene.at(
                Calendar.at("2020-06-19", "16:00"),
                Deed.refused(
                        Rule.ALL_06,
                        Caller.BUREAU,
                        new MoveDate(
                                second.batchId(),
                                BatchDate.APPLY_UNTIL,
                                second.redemptionFrom(),
                                "穗工信〔2020〕示范10号",
                                "applications have ended")));
    }

    private void planClosing() {
        Round first = scene.rounds.getFirst();
        Instant published = first.publishedAt().plusSeconds(3600);
        scene.at(published, Deed.refused(Rule.GZ_40, Caller.BUREAU, new CloseBatch(first.batchId())));
        scene.at(published, Deed.refused(Rule.GZ_14, Caller.OPERATOR, new Backfill(first.batchId(), 10)));
        scene.at(published, Deed.refused(Rule.GZ_14, Caller.SYSTEM, new CloseQueue(first.batchId(), 10)));
        scene.at(
                published,
                Deed.refused(Rule.ALL_06, Caller.BUREAU, takeBack("GZ2020-9", BackAccount.AVAILABLE, 1_000)));
    }

    private static OpenBatch opening(Round round) {
        return opening(round.batchId(), Scene.SCHEME, round.budgetFen(), round);
    }

    private static OpenBatch opening(String batchId, String schemeId, long budgetFen, Round like) {
        return new OpenBatch(
                batchId,
                schemeId,
                "",
                budgetFen,
                like.from(),
                like.until(),
                null,
                Calendar.REDEMPTION_FROM,
                Calendar.REDEMPTION_UNTIL,
                "穗工信〔2020〕示范" + batchId + "号");
    }

    private static TakeBudgetBack takeBack(Round round, BackAccount from, long fen) {
        return takeBack(round.batchId(), from, fen);
    }

    private static TakeBudgetBack takeBack(String batchId, BackAccount from, long fen) {
        return new TakeBudgetBack(batchId, from, fen, "穗工信〔2020〕示范6号", "not needed in this batch");
    }
}
