package org.voucherledger.api.whatif;

import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeSet;
import org.voucherledger.api.schemefile.SchemeFile;
import org.voucherledger.domain.aggregate.DomainEvent;
import org.voucherledger.domain.batch.BatchCommand.OpenBatch;
import org.voucherledger.domain.batch.BatchDate;
import org.voucherledger.domain.batch.BatchEvent.BatchOpened;
import org.voucherledger.domain.batch.QueueEvent.ApplicationApproved;
import org.voucherledger.domain.batch.QueueEvent.ApplicationRecalled;
import org.voucherledger.domain.batch.QueueEvent.ApplicationRejected;
import org.voucherledger.domain.batch.QueueEvent.ApplicationReserved;
import org.voucherledger.domain.cloud.CloudCommand.ApplyWithContract;
import org.voucherledger.domain.cloud.CloudCommand.ApproveApplication;
import org.voucherledger.domain.cloud.CloudCommand.RecallApplication;
import org.voucherledger.domain.cloud.CloudCommand.RejectApplication;
import org.voucherledger.domain.cloud.CloudContract;
import org.voucherledger.domain.command.Actor;
import org.voucherledger.domain.command.Command;
import org.voucherledger.domain.command.Role;
import org.voucherledger.domain.providerquota.ProviderQuotaEvent;
import org.voucherledger.domain.providerquota.ProviderQuotaEvent.ProviderLimitAdjusted;
import org.voucherledger.domain.providerquota.ProviderQuotaEvent.ProviderQuotaReinstated;
import org.voucherledger.domain.providerquota.ProviderQuotaEvent.ProviderQuotaReleased;
import org.voucherledger.domain.providerquota.ProviderQuotaEvent.ProviderQuotaReserved;
import org.voucherledger.domain.providerquota.ProviderQuotaEvent.ProviderQuotaTaken;
import org.voucherledger.domain.rule.Decision;
import org.voucherledger.domain.rule.Rule;
import org.voucherledger.domain.usedonce.UsedOnceEvent;
import org.voucherledger.domain.usedonce.UsedOnceEvent.KeyBound;
import org.voucherledger.domain.usedonce.UsedOnceEvent.KeyReleased;
import org.voucherledger.domain.voucher.Contract;
import org.voucherledger.domain.voucher.VoucherCommand.ApplyDisqualification;
import org.voucherledger.domain.voucher.VoucherCommand.FreezeVoucher;
import org.voucherledger.domain.voucher.VoucherCommand.LiftVoucherFreeze;
import org.voucherledger.domain.voucher.VoucherCommand.RecoverVoucher;
import org.voucherledger.domain.voucher.VoucherCommand.ReturnVoucher;
import org.voucherledger.domain.voucher.VoucherCommand.RevokeForCause;
import org.voucherledger.domain.voucher.VoucherEvent;
import org.voucherledger.domain.voucher.VoucherEvent.VoucherFreezeLifted;
import org.voucherledger.domain.voucher.VoucherEvent.VoucherFrozen;
import org.voucherledger.domain.voucher.VoucherEvent.VoucherReserved;
import org.voucherledger.domain.voucher.VoucherEvent.VoucherReturned;
import org.voucherledger.domain.voucher.VoucherEvent.VoucherRevoked;

/**
 * A city's quota that is reserved at receipt and vetted in turn (CL-03). Each time somebody was vetted then, the next in the
 * draft's order is vetted, and gets the verdict that it got then; who had none by the end, because it withdrew later, is
 * approved. Who cannot be approved under the rules is rejected, so that nobody stops the others.
 */
final class CloudRetelling extends Retelling {

    private record Waiting(int tier, long position, long positionThen, String voucherId) {}

    private final TreeSet<Waiting> waiting =
            new TreeSet<>(Comparator.comparingInt(Waiting::tier).thenComparingLong(Waiting::position));
    private final Map<String, Waiting> byVoucherThen = new HashMap<>();
    private final Map<Long, Decision> notApproved = new HashMap<>();
    private long waitingThen;

    CloudRetelling(PastBatch batch, SchemeFile draft, PastBatches log) {
        super(batch, draft, log);
    }

    /** Redemption must be dated before anybody applies; where the draft has no dates, the batch's own count (CL-02). */
    @Override
    OpenBatch opening(BatchOpened e) {
        var redemption = draft.terms().redemption();
        return opening(
                e,
                null,
                redemption.from() == null ? e.redemptionFrom() : null,
                redemption.until() == null ? e.redemptionUntil() : null);
    }

    /** Nothing is approved that could not be claimed any more. */
    @Override
    boolean decides(BatchDate date) {
        return date == BatchDate.REDEMPTION_UNTIL;
    }

    @Override
    void retell(DomainEvent event, Instant at) {
        switch (event) {
            case ApplicationReserved e -> waitingThen++;
            case ApplicationApproved e -> vet();
            case ApplicationRejected e -> vet();
            case ApplicationRecalled e -> recall(e);
            case VoucherEvent e -> live(e);
            case ProviderQuotaEvent e -> elsewhere(e);
            case KeyBound e -> bound(e, e.voucherId());
            case KeyReleased e -> bound(e, e.voucherId());
            default -> {}
        }
    }

    private void apply(VoucherReserved then) {
        var apply = new ApplyWithContract(
                then.batchId(),
                then.enterpriseId(),
                then.providerId(),
                then.productId(),
                contract(then.contract()),
                // Declared then, or it would not have been received.
                true,
                true,
                then.documents());
        if (ask(then.position(), apply, enterprise(then.enterpriseId()), then.receivedAt())) {
            var reserved =
                    (ApplicationReserved) ledger.stream("queue:" + batchId()).getLast();
            var next = new Waiting(reserved.tier(), reserved.position(), then.position(), reserved.voucherId());
            waiting.add(next);
            byVoucherThen.put(then.voucherId(), next);
        }
    }

    private static CloudContract contract(Contract then) {
        return new CloudContract(
                then.number(),
                then.item(),
                then.enterpriseName(),
                then.providerName(),
                then.signedOn(),
                then.serviceFrom(),
                then.serviceUntil(),
                then.amountFen(),
                then.unrelatedFen());
    }

    /** One turn was passed then. */
    private void vet() {
        waitingThen--;
        vetNext();
    }

    private void vetNext() {
        Waiting next = waiting.pollFirst();
        if (next == null) {
            return;
        }
        PastBatch.Verdict verdict = batch.verdictOn(next.positionThen());
        if (verdict != null && !verdict.approved()) {
            insist(new RejectApplication(next.voucherId(), verdict.reason()), OPERATOR);
            return;
        }
        Decision refusal = ledger.refusalOf(new ApproveApplication(next.voucherId()), OPERATOR, now);
        if (refusal != null) {
            notApproved.put(next.positionThen(), refusal);
            insist(new RejectApplication(next.voucherId(), refusal.about()), OPERATOR);
        }
    }

    private void recall(ApplicationRecalled then) {
        waitingThen--;
        Waiting own = byVoucherThen.get(then.voucherId());
        // Who was vetted earlier under the draft cannot withdraw any more.
        if (own != null
                && ledger.refusalOf(
                                new RecallApplication(own.voucherId(), then.reason()),
                                enterprise(then.enterpriseId()),
                                now)
                        == null) {
            waiting.remove(own);
        }
    }

    /** What became of a voucher afterwards, as far as it gives money and room back to those who apply later. */
    private void live(VoucherEvent event) {
        if (event instanceof VoucherReserved reserved) {
            apply(reserved);
            return;
        }
        Waiting own = byVoucherThen.get(event.voucherId());
        if (own == null) {
            return;
        }
        String id = own.voucherId();
        Command again = switch (event) {
            case VoucherFrozen e -> new FreezeVoucher(id, e.reason());
            case VoucherFreezeLifted e -> new LiftVoucherFreeze(id, e.newDeadline(), e.reason());
            case VoucherReturned e -> new ReturnVoucher(id, e.reason());
            case VoucherRevoked e -> revocation(id, e);
            default -> null;
        };
        if (again != null) {
            ledger.refusalOf(again, actor(event, own), now);
        }
    }

    /** What is kept and what is freed depends on why; a voucher whose claim was rejected when it was too late is as one not used. */
    private static Command revocation(String id, VoucherRevoked then) {
        if (then.forCause()) {
            return new RevokeForCause(id, then.reason());
        }
        return then.rule().equals(Rule.GZ_32.id()) ? new ApplyDisqualification(id) : new RecoverVoucher(id);
    }

    private Actor actor(VoucherEvent event, Waiting own) {
        return switch (event) {
            case VoucherReturned e ->
                enterprise(((VoucherReserved)
                                ledger.stream("voucher:" + own.voucherId()).getFirst())
                        .enterpriseId());
            case VoucherFrozen e -> OPERATOR;
            case VoucherRevoked e -> e.forCause() ? BUREAU : Actor.SYSTEM;
            default -> BUREAU;
        };
    }

    /** A paper that another batch's voucher bound or freed; what this batch did to it is decided anew (GZ-26). */
    private void bound(UsedOnceEvent event, String voucherId) {
        if (!batch.isOwnVoucher(voucherId)) {
            ledger.happened(event);
        }
    }

    /** What a provider reserved and took in other cities; what this batch did to it is decided anew (CL-05). */
    private void elsewhere(ProviderQuotaEvent event) {
        String id = draft.terms().schemeId();
        int year = draft.terms().year();
        DomainEvent again = switch (event) {
            case ProviderLimitAdjusted e ->
                new ProviderLimitAdjusted(
                        id,
                        e.providerId(),
                        year,
                        e.beforeFen(),
                        e.limitFen(),
                        e.noticeNumber(),
                        e.reason(),
                        e.ratingPosition(),
                        e.ratings(),
                        e.ratingHundredths());
            case ProviderQuotaReserved e ->
                batch.isOwnVoucher(e.voucherId())
                        ? null
                        : new ProviderQuotaReserved(id, e.providerId(), year, e.voucherId(), e.amountFen());
            case ProviderQuotaTaken e ->
                batch.isOwnVoucher(e.voucherId())
                        ? null
                        : new ProviderQuotaTaken(
                                id, e.providerId(), year, e.voucherId(), e.reservedFen(), e.takenFen());
            case ProviderQuotaReinstated e ->
                batch.isOwnVoucher(e.voucherId())
                        ? null
                        : new ProviderQuotaReinstated(id, e.providerId(), year, e.voucherId(), e.amountFen());
            case ProviderQuotaReleased e ->
                batch.isOwnVoucher(e.voucherId())
                        ? null
                        : new ProviderQuotaReleased(
                                id, e.providerId(), year, e.voucherId(), e.reservedFen(), e.takenFen());
        };
        if (again != null) {
            ledger.happened(again);
        }
    }

    /** Where nobody was left waiting then, nobody is. */
    @Override
    void decide() {
        end();
        while (waitingThen == 0 && !waiting.isEmpty()) {
            vetNext();
        }
    }

    @Override
    Decided decided(long positionThen, Decided heard) {
        Decision refusal = notApproved.get(positionThen);
        return refusal == null
                ? heard
                : new Decided(
                        Fate.SKIPPED,
                        heard.position(),
                        heard.tier(),
                        heard.place(),
                        heard.shareBasisPoints(),
                        0,
                        refusal.rule().id(),
                        refusal.about());
    }

    private static Actor enterprise(String id) {
        return new Actor("what-if", Role.ENTERPRISE, id);
    }
}
