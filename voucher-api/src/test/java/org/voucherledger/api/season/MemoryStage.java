package org.voucherledger.api.season;

import java.time.Instant;
import java.util.List;
import org.voucherledger.domain.command.Actor;
import org.voucherledger.domain.command.AllowedTo;
import org.voucherledger.domain.command.Command;
import org.voucherledger.domain.command.Role;
import org.voucherledger.domain.redemption.ClaimCommand.EndNotice;
import org.voucherledger.domain.rule.Decision;
import org.voucherledger.domain.scenario.GuangzhouTerms;
import org.voucherledger.domain.scenario.Outcome;
import org.voucherledger.domain.scenario.TestLedger;
import org.voucherledger.domain.scheme.SchemeCommand.PublishScheme;
import org.voucherledger.domain.voucher.VoucherCommand.ApplyDisqualification;
import org.voucherledger.domain.voucher.VoucherCommand.LapseRemainder;
import org.voucherledger.domain.voucher.VoucherCommand.RecoverVoucher;
import tools.jackson.databind.json.JsonMapper;

/** A season's stage without HTTP, PostgreSQL or views: the domain alone, one command after the other. */
final class MemoryStage implements Agenda.Stage, AutoCloseable {

    private final TestLedger ledger = new TestLedger();
    private final JsonMapper json = JsonMapper.builder().build();
    private final Scene scene;
    private Instant now = Calendar.BEGIN;

    MemoryStage(Scene scene) {
        this.scene = scene;
        ledger.send(
                new PublishScheme(GuangzhouTerms.asPublished(), "0".repeat(64)), actor(Caller.BUREAU), Calendar.BEGIN);
    }

    @Override
    public void moveClockTo(Instant instant) {
        now = instant;
    }

    /** What the ledger's own sweep would find in its views: here every voucher is tried. */
    @Override
    public void sweep() {
        for (Holding h : scene.holdings) {
            if (h.isOver()) {
                continue;
            }
            for (Command command : List.of(
                    new RecoverVoucher(h.voucherId),
                    new LapseRemainder(h.voucherId),
                    new ApplyDisqualification(h.voucherId))) {
                ledger.send(command, Actor.SYSTEM, now);
            }
            if (!h.claimId.isEmpty()) {
                ledger.send(new EndNotice(h.claimId, List.of(h.voucherId)), Actor.SYSTEM, now);
            }
        }
    }

    @Override
    public void perform(List<Deed> wave) {
        List<Reply> replies = wave.stream().map(this::reply).toList();
        for (int i = 0; i < wave.size(); i++) {
            scene.tally.count(wave.get(i), replies.get(i));
            wave.get(i).then().accept(replies.get(i));
        }
    }

    private Reply reply(Deed deed) {
        List<Role> allowed =
                List.of(deed.command().getClass().getAnnotation(AllowedTo.class).value());
        if (!allowed.contains(deed.by().role())) {
            return new Reply(403, 0, null, "ALL-04", "RoleNotAllowed", allowed.toString());
        }
        Outcome outcome = ledger.send(deed.command(), actor(deed.by()), now);
        Decision refusal = outcome.refusal();
        return refusal == null
                ? new Reply(200, 0, json.valueToTree(outcome.result()), "", "", "")
                : new Reply(409, 0, null, refusal.rule().id(), refusal.about(), now + " " + refusal);
    }

    private static Actor actor(Caller caller) {
        return new Actor(caller.id(), caller.role(), caller.party());
    }

    @Override
    public void close() {
        ledger.close();
    }
}
