package org.voucherledger.domain.dossier;

import static org.voucherledger.domain.rule.Check.ACTOR;
import static org.voucherledger.domain.rule.Check.FREEZE;
import static org.voucherledger.domain.rule.Check.STATE;
import static org.voucherledger.domain.rule.Check.USED_ONCE;

import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.voucherledger.domain.aggregate.Live;
import org.voucherledger.domain.batch.BackAccount;
import org.voucherledger.domain.batch.BatchEvent;
import org.voucherledger.domain.batch.BatchEvent.MoneyCameBack;
import org.voucherledger.domain.batch.BatchState;
import org.voucherledger.domain.command.Stamp;
import org.voucherledger.domain.enterprisequota.EnterpriseQuotaEvent.QuotaFreed;
import org.voucherledger.domain.holderquota.HolderQuotaEvent.HolderQuotaFreed;
import org.voucherledger.domain.ledger.Ledger;
import org.voucherledger.domain.money.Fen;
import org.voucherledger.domain.party.EnterpriseState;
import org.voucherledger.domain.party.ProviderState;
import org.voucherledger.domain.party.Standing;
import org.voucherledger.domain.providerquota.ProviderQuotaEvent;
import org.voucherledger.domain.providerquota.ProviderQuotaEvent.ProviderQuotaReinstated;
import org.voucherledger.domain.providerquota.ProviderQuotaEvent.ProviderQuotaReleased;
import org.voucherledger.domain.providerquota.ProviderQuotaState;
import org.voucherledger.domain.rule.Checks;
import org.voucherledger.domain.rule.Decision;
import org.voucherledger.domain.rule.Rule;
import org.voucherledger.domain.scheme.SchemeState;
import org.voucherledger.domain.scheme.SchemeTerms;
import org.voucherledger.domain.scheme.SchemeTerms.Kind;
import org.voucherledger.domain.scheme.SchemeTerms.MoneyThen;
import org.voucherledger.domain.scheme.SchemeTerms.Outcome;
import org.voucherledger.domain.scheme.SchemeTerms.QuotaThen;
import org.voucherledger.domain.usedonce.UsedOnceEvent.KeyBound;
import org.voucherledger.domain.usedonce.UsedOnceEvent.KeyReleased;
import org.voucherledger.domain.usedonce.UsedOnceKey;
import org.voucherledger.domain.voucher.Contract;
import org.voucherledger.domain.voucher.VoucherEvent;
import org.voucherledger.domain.voucher.VoucherEvent.ItemReleased;
import org.voucherledger.domain.voucher.VoucherEvent.RemainderLapsed;
import org.voucherledger.domain.voucher.VoucherEvent.VoucherClaimUndone;
import org.voucherledger.domain.voucher.VoucherEvent.VoucherFrozen;
import org.voucherledger.domain.voucher.VoucherEvent.VoucherRevoked;
import org.voucherledger.domain.voucher.VoucherState;
import org.voucherledger.domain.voucher.VoucherStatus;

/**
 * Everything a step of one voucher has to look at: the voucher, its batch, the terms it was issued under, its enterprise
 * unless a person holds it, and, where it is ordered or used, its provider. Asks the questions that many steps share, and records the consequences that come
 * alike with many of them, so that money, quota and keys always move together (ALL-03, GZ-21, GZ-26).
 */
public final class VoucherDossier {

    private final Ledger ledger;
    private final Live<VoucherState, VoucherEvent> voucher;
    private final Live<BatchState, BatchEvent> batch;
    private final SchemeState scheme;
    private final SchemeTerms terms;
    private final EnterpriseState enterprise;

    private VoucherDossier(Ledger ledger, Live<VoucherState, VoucherEvent> voucher) {
        this.ledger = ledger;
        this.voucher = voucher;
        var issue = voucher.now().issue();
        this.batch = ledger.batch(issue.batchId());
        this.scheme = ledger.scheme(issue.schemeId()).now();
        this.terms = scheme.terms(issue.schemeVersion());
        this.enterprise = issue.enterpriseId().isEmpty()
                ? EnterpriseState.EMPTY
                : ledger.enterprise(issue.enterpriseId()).now();
    }

    /** Refuses an unknown voucher. */
    public static VoucherDossier of(Ledger ledger, String voucherId) {
        var voucher = ledger.voucher(voucherId);
        Checks.inOrder(() -> Rule.GZ_26.finds(
                ACTOR, "VoucherUnknown", voucher.now().exists(), "an issued voucher", "unknown", voucherId));
        return new VoucherDossier(ledger, voucher);
    }

    public VoucherState voucher() {
        return voucher.now();
    }

    public BatchState batch() {
        return batch.now();
    }

    public SchemeTerms terms() {
        return terms;
    }

    public EnterpriseState enterprise() {
        return enterprise;
    }

    public String voucherId() {
        return voucher().issue().voucherId();
    }

    public String batchId() {
        return voucher().issue().batchId();
    }

    /** Empty where a person holds the voucher. */
    public String enterpriseId() {
        return voucher().issue().enterpriseId();
    }

    /** The opaque reference of the person who holds the voucher; empty where an enterprise does. */
    public String holderRef() {
        return voucher().issue().holderRef();
    }

    /** Whoever holds it: an enterprise or a person. */
    public String holder() {
        return holderRef().isEmpty() ? enterpriseId() : holderRef();
    }

    /** The provider of the live order or purchase; empty while there is neither. */
    public String providerId() {
        return voucher().providerId();
    }

    public ProviderState provider() {
        return providerId().isEmpty()
                ? ProviderState.EMPTY
                : ledger.provider(providerId()).now();
    }

    public Deadlines deadlines() {
        return Deadlines.of(
                voucher(),
                batch(),
                terms.ordering(),
                enterprise.standing(),
                provider().standing());
    }

    /** GZ-21, CL-05: what the provider may take and reserve in the scheme year. */
    public Fen providerCap(String providerId) {
        return scheme.providerCap(
                terms,
                ledger.provider(providerId).now().supplierClass(),
                providerQuota(providerId).now().limit());
    }

    public Live<ProviderQuotaState, ProviderQuotaEvent> providerQuota(String providerId) {
        return ledger.providerQuota(terms.schemeId(), providerId, terms.year());
    }

    public BackAccount back(Instant now) {
        return terms.kind() == Kind.CONSUMPTION ? batch().backIntoCycle(now) : batch().back(now);
    }

    /** Where the money of a voucher goes that ends like this. */
    public BackAccount back(Outcome ending, Instant now) {
        return ending.money() == MoneyThen.LAPSED ? BackAccount.LAPSED : back(now);
    }

    // ---- questions

    public Decision isIn(Rule rule, String step, Set<VoucherStatus> from) {
        return rule.isOneOf(STATE, "VoucherStatus", from, voucher().status(), step);
    }

    /** ALL-01: the step is one of the service voucher's life. */
    public Decision isService(String step) {
        return terms.isOfKind(Kind.SERVICE, step);
    }

    /** A step of the service voucher's life, which no other kind has (ALL-01), from one of these statuses. */
    public Decision isServiceIn(Rule rule, String step, Set<VoucherStatus> from) {
        return Checks.first(Stream.<Supplier<Decision>>of(() -> isService(step), () -> isIn(rule, step, from))
                .map(Supplier::get));
    }

    public boolean isCloud() {
        return terms.kind() == Kind.CLOUD;
    }

    /** A step of the consumption voucher's life, which no other kind has (ALL-01), from one of these statuses. */
    public Decision isConsumptionIn(Rule rule, String step, Set<VoucherStatus> from) {
        return Checks.first(Stream.<Supplier<Decision>>of(
                        () -> terms.isOfKind(Kind.CONSUMPTION, step), () -> isIn(rule, step, from))
                .map(Supplier::get));
    }

    /** GZ-12: a voucher that was granted down a queue is usable from the publication of the grant. */
    public Decision isPublished() {
        return terms.kind() == Kind.SERVICE ? batch().isPublished() : null;
    }

    /** GZ-32: neither the voucher nor a party of it is frozen or disqualified; the first that is refuses. */
    public Decision isNotFrozen() {
        return Checks.first(Stream.of(
                Rule.GZ_32.finds(FREEZE, "VoucherFrozen", !voucher().frozen(), "not frozen", "frozen", voucherId()),
                isGood(enterprise.standing(), enterpriseId()),
                isGood(provider().standing(), providerId())));
    }

    /** GZ-32: the party is neither disqualified nor frozen. */
    public static Decision isGood(Standing standing, String party) {
        Decision qualified = standing.isNotDisqualified(party);
        return qualified.allowed() ? standing.isNotFrozen(party) : qualified;
    }

    /** GZ-26: each key is free or this voucher's already; the first that is neither refuses. */
    public Decision mayUse(List<UsedOnceKey> keys) {
        return Checks.first(keys.stream().map(key -> ledger.usedOnce(key).now().mayServe(voucherId(), key)));
    }

    /** GZ-27: refused where the ledger knows that another fund has paid for the contract's item. */
    public Decision isNotFundedOtherwise(Contract contract) {
        return isNotFundedOtherwise(enterprise, UsedKeys.contractItem(enterpriseId(), providerId(), contract));
    }

    /** The same, before there is a voucher. */
    public static Decision isNotFundedOtherwise(EnterpriseState enterprise, UsedOnceKey item) {
        return Rule.GZ_27.finds(
                USED_ONCE,
                "FundedOtherwise",
                !enterprise.fundedOtherwise().contains(item.key()),
                "no other fund",
                "funded otherwise",
                item.key());
    }

    // ---- consequences

    public void record(VoucherEvent event) {
        voucher.record(event);
    }

    /** Tells the batch what has left the voucher unused. */
    public void moneyBack(long amountFen, BackAccount to) {
        if (amountFen > 0) {
            batch.record(new MoneyCameBack(batchId(), voucherId(), amountFen, to));
        }
    }

    /** GZ-25: what the voucher still holds goes back. */
    public void lapseRemainder(Instant now) {
        long held = voucher().balances().heldFen();
        if (held > 0) {
            BackAccount to = back(now);
            voucher.record(new RemainderLapsed(voucherId(), batchId(), held, to));
            moneyBack(held, to);
        }
    }

    /**
     * Takes the voucher out of its claim: it may be claimed again while the window is open. A cloud voucher holds its money
     * again, its papers are free and its provider's part is reserved again (CL-03, GZ-26).
     */
    public void unclaim() {
        String claimId = voucher().claim().claimId();
        long claimedFen = voucher().balances().claimedFen();
        if (!isCloud()) {
            voucher.record(new ItemReleased(voucherId(), batchId(), claimId, claimedFen));
            return;
        }
        release(UsedKeys.ofPayment(voucher()));
        providerQuota(providerId())
                .record(new ProviderQuotaReinstated(
                        terms.schemeId(), providerId(), terms.year(), voucherId(), claimedFen));
        turn().callOff();
        voucher.record(new VoucherClaimUndone(voucherId(), batchId(), claimId, claimedFen));
    }

    /** The voucher's turn to be paid (CL-03, GZ-43). */
    public PaymentTurn turn() {
        return PaymentTurn.of(ledger, this);
    }

    /** Frees whatever the voucher has of its provider's cap; call it before the event that ends the order. */
    public void releaseProvider() {
        var balances = voucher().balances();
        long taken = balances.paidFen() + balances.acceptedFen() + balances.claimedFen();
        releaseProvider(voucher().reservedFen(), taken);
    }

    public void releaseProvider(long reservedFen, long takenFen) {
        if (reservedFen + takenFen > 0) {
            providerQuota(providerId())
                    .record(new ProviderQuotaReleased(
                            terms.schemeId(), providerId(), terms.year(), voucherId(), reservedFen, takenFen));
        }
    }

    public void bind(List<UsedOnceKey> keys) {
        for (UsedOnceKey key : keys) {
            var entry = ledger.usedOnce(key);
            if (!entry.now().isBoundTo(voucherId())) {
                entry.record(new KeyBound(key.kind(), key.key(), voucherId()));
            }
        }
    }

    public void release(List<UsedOnceKey> keys) {
        for (UsedOnceKey key : keys) {
            var entry = ledger.usedOnce(key);
            if (entry.now().isBoundTo(voucherId())) {
                entry.record(new KeyReleased(key.kind(), key.key(), voucherId()));
            }
        }
    }

    /** Each balance goes back; {@code forCause} keeps the used-once keys bound for good (GZ-26). */
    public void revoke(Rule rule, boolean forCause, String reason, Stamp stamp) {
        revoke(
                rule,
                forCause,
                forCause ? terms.ending().onViolation() : terms.ending().onExpiry(),
                reason,
                stamp);
    }

    /** As on expiry, but the holder had no part in it: whatever the scheme says, what goes back may be asked for again. */
    public void revokeAndFreeQuota(Rule rule, String reason, Stamp stamp) {
        MoneyThen money = terms.ending().onExpiry().money();
        revoke(rule, false, new Outcome(QuotaThen.FREE, money), reason, stamp);
    }

    private void revoke(Rule rule, boolean forCause, Outcome ending, String reason, Stamp stamp) {
        if (!forCause) {
            release(UsedKeys.of(voucher()));
        }
        releaseProvider();
        turn().callOff();
        var b = voucher().balances();
        BackAccount to = back(ending, stamp.receivedAt());
        voucher.record(new VoucherRevoked(
                voucherId(),
                batchId(),
                rule.id(),
                forCause,
                b.heldFen(),
                b.orderedFen(),
                b.paidFen(),
                b.acceptedFen(),
                b.claimedFen(),
                to,
                reason));
        long backFen = b.heldFen() + b.orderedFen() + b.paidFen() + b.acceptedFen() + b.claimedFen();
        moneyBack(backFen, to);
        // A holder who has used the voucher has had it, even if its merchant never claims it.
        freeQuota(ending, holderRef().isEmpty() ? backFen : b.heldFen());
    }

    /** GZ-30, GZ-31, CV-01: what goes back may be asked for or taken again where the scheme says so; else it stays charged. */
    public void freeQuota(Outcome ending, long amountFen) {
        var issue = voucher().issue();
        if (ending.quota() == QuotaThen.KEEP || amountFen == 0) {
            return;
        }
        if (!holderRef().isEmpty()) {
            ledger.holderQuota(batchId(), holderRef())
                    .record(new HolderQuotaFreed(
                            issue.schemeId(), batchId(), holderRef(), issue.category(), voucherId()));
        } else {
            ledger.enterpriseQuota(issue.schemeId(), issue.enterpriseId(), issue.quotaYear())
                    .record(new QuotaFreed(
                            issue.schemeId(), issue.enterpriseId(), issue.quotaYear(), voucherId(), amountFen));
        }
    }

    /** GZ-32: whatever is to be paid for it stands aside from now on. */
    public void freeze(String reason, Stamp stamp) {
        if (!voucher().frozen()) {
            voucher.record(new VoucherFrozen(voucherId(), batchId(), reason));
            turn().tell(stamp);
        }
    }
}
