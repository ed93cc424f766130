package org.voucherledger.domain.redeeming;

import static org.voucherledger.domain.rule.Check.ACTOR;
import static org.voucherledger.domain.rule.Check.AMOUNTS;
import static org.voucherledger.domain.rule.Check.DEADLINE;
import static org.voucherledger.domain.rule.Check.STATE;
import static org.voucherledger.domain.rule.Rule.GZ_42;

import java.time.Instant;
import java.util.List;
import org.axonframework.commandhandling.CommandHandler;
import org.voucherledger.domain.command.Stamp;
import org.voucherledger.domain.ledger.Ledger;
import org.voucherledger.domain.redemption.ClaimCommand.EndNotice;
import org.voucherledger.domain.redemption.ClaimCommand.ObjectToItem;
import org.voucherledger.domain.redemption.ClaimCommand.PublishClaim;
import org.voucherledger.domain.redemption.ClaimCommand.ReplyToObjection;
import org.voucherledger.domain.redemption.ClaimEvent.ItemDropped;
import org.voucherledger.domain.redemption.ClaimEvent.ItemObjected;
import org.voucherledger.domain.redemption.ClaimEvent.NoticeEnded;
import org.voucherledger.domain.redemption.ClaimEvent.ObjectionAnswered;
import org.voucherledger.domain.redemption.ClaimState.Item;
import org.voucherledger.domain.redemption.ClaimState.ItemStatus;
import org.voucherledger.domain.redemption.ObjectionOutcome;
import org.voucherledger.domain.rule.Checks;
import org.voucherledger.domain.rule.Decision;
import org.voucherledger.domain.time.Shanghai;
import org.voucherledger.domain.voucher.VoucherEvent.ItemApproved;
import org.voucherledger.domain.voucher.VoucherEvent.ItemPublished;
import org.voucherledger.domain.voucher.VoucherEvent.ItemRejected;

/** The public notice: the list is published, challenged, answered, and ends (GZ-42). */
public final class NoticeHandler {

    private final Ledger ledger;

    public NoticeHandler(Ledger ledger) {
        this.ledger = ledger;
    }

    @CommandHandler
    public void handle(PublishClaim publish, Stamp stamp) {
        var dossier = ClaimDossier.of(ledger, publish.claimId());
        Checks.inOrder(
                dossier::isNotWithdrawn,
                () -> isReadyToPublish(dossier),
                () -> dossier.areNotFrozen(dossier.claim().live()));
        dossier.publish(noticeEnd(dossier, stamp), stamp);
    }

    @CommandHandler
    public void handle(ObjectToItem object, Stamp stamp) {
        var dossier = ClaimDossier.of(ledger, object.claimId());
        Checks.inOrder(
                () -> dossier.hasItems(List.of(object.voucherId())),
                () -> isPublished(dossier.claim().item(object.voucherId())),
                () -> GZ_42.finds(
                        STATE,
                        "ObjectionExists",
                        dossier.claim().objectedBy(object.objectionId()) == null,
                        "a new objection",
                        "open already",
                        object.objectionId()),
                () -> GZ_42.before(
                        DEADLINE,
                        "NoticeOver",
                        dossier.claim().item(object.voucherId()).noticeEndsAt(),
                        stamp.receivedAt()));
        dossier.record(new ItemObjected(
                object.claimId(), object.voucherId(), object.objectionId(), object.matter(), object.documents()));
        dossier.voucher(dossier.claim().item(object.voucherId())).turn().tell(stamp);
    }

    /** The item, the claim, the order of payment and, where the amount changes, the voucher hear the bureau's answer together. */
    @CommandHandler
    public void handle(ReplyToObjection reply, Stamp stamp) {
        var dossier = ClaimDossier.of(ledger, reply.claimId());
        Checks.inOrder(() -> GZ_42.finds(
                ACTOR,
                "ObjectionUnknown",
                dossier.claim().objectedBy(reply.objectionId()) != null,
                "an open objection",
                "unknown",
                reply.objectionId()));
        Item item = dossier.claim().objectedBy(reply.objectionId());
        Checks.inOrder(() -> isPublished(item), () -> isInBounds(reply, item));

        long approvedFen = switch (reply.outcome()) {
            case DISMISSED -> item.approvedFen();
            case LOWERED, RAISED -> reply.approvedFen();
            case REJECTED, REVOKED -> 0;
        };
        boolean anew = reply.outcome() == ObjectionOutcome.RAISED;
        Instant ends = anew ? noticeEnd(dossier, stamp) : item.noticeEndsAt();
        dossier.record(new ObjectionAnswered(
                reply.claimId(),
                item.voucherId(),
                reply.objectionId(),
                reply.outcome(),
                approvedFen,
                ends,
                reply.reason()));
        tellVoucher(dossier, item, reply, approvedFen, ends, stamp);
    }

    private void tellVoucher(
            ClaimDossier dossier, Item item, ReplyToObjection reply, long approvedFen, Instant ends, Stamp stamp) {
        var voucher = dossier.voucher(item);
        String id = item.voucherId();
        switch (reply.outcome()) {
            case DISMISSED -> voucher.turn().tell(stamp);
            case LOWERED -> {
                voucher.record(new ItemApproved(id, voucher.batchId(), reply.claimId(), approvedFen, reply.reason()));
                voucher.turn().tell(stamp);
            }
            case REJECTED -> {
                voucher.record(new ItemRejected(id, voucher.batchId(), reply.claimId(), reply.reason()));
                voucher.turn().callOff();
            }
            case REVOKED -> {
                voucher.revoke(GZ_42, true, reply.reason(), stamp);
                dossier.record(new ItemDropped(reply.claimId(), id, reply.reason()));
            }
            case RAISED -> {
                voucher.record(new ItemApproved(id, voucher.batchId(), reply.claimId(), approvedFen, reply.reason()));
                voucher.record(new ItemPublished(id, voucher.batchId(), reply.claimId(), ends));
                voucher.turn().await(ends, stamp);
                dossier.publishAnew(id, reply.objectionId(), ends, stamp.date());
            }
        }
    }

    /** Rejections take effect: the voucher may be claimed again, or ends where the redemption window is shut. */
    @CommandHandler
    public void handle(EndNotice end, Stamp stamp) {
        var dossier = ClaimDossier.of(ledger, end.claimId());
        Checks.inOrder(() -> dossier.hasItems(end.voucherIds()));
        List<Item> items = dossier.items(end.voucherIds());
        Checks.inOrder(
                () -> dossier.arePublishedAndFree(items),
                () -> areRejected(items),
                () -> dossier.areNotFrozen(items),
                () -> noticeIsOver(items, stamp));
        for (Item item : items) {
            var voucher = dossier.voucher(item);
            if (stamp.receivedAt().isBefore(voucher.deadlines().redemptionUntil())) {
                voucher.unclaim();
            } else {
                voucher.revoke(GZ_42, false, "rejected, and the redemption window is shut", stamp);
            }
        }
        dossier.record(new NoticeEnded(end.claimId(), end.voucherIds()));
    }

    /** GZ-42: 24:00 of the last day of notice, counted from the day after publication. */
    private static Instant noticeEnd(ClaimDossier dossier, Stamp stamp) {
        return Shanghai.endOf(stamp.date().plusDays(dossier.terms().redemption().noticeDays()));
    }

    /** GZ-42: the notice of each item is over. */
    static Decision noticeIsOver(List<Item> items, Stamp stamp) {
        return Checks.first(items.stream()
                .map(item -> GZ_42.notBefore(DEADLINE, "NoticeRunning", item.noticeEndsAt(), stamp.receivedAt())));
    }

    private static Decision isReadyToPublish(ClaimDossier dossier) {
        boolean ready = dossier.claim().reviewed() == dossier.lastReview()
                && !dossier.claim().published()
                && !dossier.claim().live().isEmpty();
        String actual = dossier.claim().published()
                ? "published"
                : String.valueOf(dossier.claim().reviewed());
        return GZ_42.holds(STATE, "NotReadyToPublish", ready, "finally reviewed, unpublished", actual, "publish");
    }

    private static Decision isPublished(Item item) {
        return GZ_42.holds(
                STATE,
                "ItemNotPublished",
                item.status() == ItemStatus.PUBLISHED,
                "PUBLISHED",
                item.status().name(),
                item.voucherId());
    }

    private static Decision areRejected(List<Item> items) {
        return items.stream()
                .filter(item -> item.approvedFen() > 0)
                .findFirst()
                .map(item -> GZ_42.holds(STATE, "ItemApproved", false, 0L, item.approvedFen(), item.voucherId()))
                .orElse(null);
    }

    /** Lowered is less than before but something; raised is more than before and at most what is claimed. */
    private static Decision isInBounds(ReplyToObjection reply, Item item) {
        long asked = reply.approvedFen();
        return switch (reply.outcome()) {
            case DISMISSED, REJECTED, REVOKED -> null;
            case LOWERED ->
                GZ_42.holds(
                        AMOUNTS,
                        "NotLowered",
                        asked > 0 && asked < item.approvedFen(),
                        item.approvedFen(),
                        item.approvedFen(),
                        asked);
            case RAISED ->
                GZ_42.holds(
                        AMOUNTS,
                        "NotRaised",
                        asked > item.approvedFen() && asked <= item.claimedFen(),
                        item.claimedFen(),
                        item.approvedFen(),
                        asked);
        };
    }
}
